"""A check's results as the page shows them: with what was said of each, and what is linked to a record of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.driver_check import queries, verdicts
from licensing.driver_check.answers import Answer, Found
from licensing.driver_check.asking import Asked
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.rules import Judgement
from licensing.driver_check.verdicts import Said
from licensing.register import same_person


@dataclass(frozen=True)
class Shown:
    """One result; `person_id` is for asking on, never for the page, where the record is another council's."""

    found: Found
    person_id: UUID | None
    said: Said | None = None
    linked_to: UUID | None = None  # a person on our own register

    @property
    def is_the_person(self) -> bool:
        """Whether an officer said so of this very check, and nothing has changed since."""
        said = self.said
        return bool(said and said.holds and said.of_this_check and said.judgement is Judgement.SAME)


def results_shown(user: ActingUser, check: DriverCheck, asked: Asked, answer: Answer) -> list[Shown]:
    """All results, in their order; whoever was said to be somebody else comes after the others, and is never hidden."""
    people = queries.results(check.id)
    said = verdicts.standing(check, asked, people)
    linked = same_person.own_records_of(list(people.values()), user.authority.id)
    shown = [_shown(found, people.get(found.result), said, linked) for found in answer.found]
    return sorted(shown, key=lambda one: one.said is not None and one.said.sets_aside)


def to_link(shown: Sequence[Shown]) -> tuple[Shown, Shown] | None:
    """(own record, another council's) that officers said are both the person, and are not linked yet."""
    same = [one for one in shown if one.is_the_person]
    own = next((one for one in same if one.found.own), None)
    others = (one for one in same if not one.found.own and one.found.may_be_told and one.linked_to is None)
    other = next(others, None)
    return (own, other) if own and other else None


def _shown(found: Found, person_id: UUID | None, said: dict[int, Said], linked: dict[UUID, UUID]) -> Shown:
    return Shown(found, person_id, said.get(found.result), linked.get(person_id) if person_id else None)
