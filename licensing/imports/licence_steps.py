"""What a plan of any kind writes to licences that the register has: events, and badges or plates."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from licensing import dates
from licensing.db import insert_many, update_many
from licensing.matching.identifiers import normalise
from licensing.register import rederive
from licensing.register.events import ONE_DAY, Event
from licensing.register.models import Licence, LicenceMark
from licensing.register.rows import Rows


@dataclass
class LicenceChange:
    """Events to add to a known licence, and the number on its badge or plate before and after, where it changes."""

    licence_id: UUID
    events: list[Event]
    badge_no: str = ""
    former_badge_no: str = ""


def gather_events(rows: Rows, changes: Sequence[LicenceChange]) -> None:
    for change in changes:
        for event in change.events:
            rows.add_event(change.licence_id, event)


def write_badges(authority_id: UUID, changes: Sequence[LicenceChange]) -> None:
    """The present numbers, with the former ones kept as history."""
    changed = [change for change in changes if change.badge_no]
    update_many(
        Licence,
        [{"id": one.licence_id, "badge_no": one.badge_no, "badge_key": normalise(one.badge_no)} for one in changed],
    )
    former = [(one.licence_id, one.former_badge_no) for one in changed if one.former_badge_no]
    insert_many(
        LicenceMark,
        [
            {
                "id": uuid4(),
                "authority_id": authority_id,
                "licence_id": licence_id,
                "number": number,
                "number_key": normalise(number),
                "from_on": None,
                "until_on": dates.today() - ONE_DAY,
            }
            for licence_id, number in former
        ],
    )


def derive(changes: Sequence[LicenceChange]) -> None:
    rederive.licences(list(dict.fromkeys(change.licence_id for change in changes if change.events)))
