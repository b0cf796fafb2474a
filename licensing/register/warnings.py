"""Where a later feature has somebody told of a person before they decide, without the register knowing why.

What is told stands on the screen alone. It is never kept with an answer, printed, exported, listed or mailed.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from licensing.audit.rules import ObjectKind

Teller = Callable[[Collection[UUID], ObjectKind, UUID], dict[UUID, str]]

_tellers: list[Teller] = []


def warns_of_people(teller: Teller) -> Teller:
    """Declares what answers for records of people, met through the page of a record, with a sentence for the reader."""
    _tellers.append(teller)
    return teller


def warnings_of(people: Collection[UUID], through: ObjectKind, object_id: UUID) -> dict[UUID, list[str]]:
    """The sentences for those of these people of whom there is one.

    That they were met is committed before it is told: a view asks before it reads what it shows.
    """
    told: dict[UUID, list[str]] = {}
    for teller in _tellers:
        for person_id, sentence in teller(people, through, object_id).items():
            told.setdefault(person_id, []).append(sentence)
    return told


def warnings_about(person_id: UUID | None, through: ObjectKind, object_id: UUID) -> list[str]:
    """The same of one person; nothing where a licence is not held by one."""
    return warnings_of([person_id], through, object_id).get(person_id, []) if person_id else []
