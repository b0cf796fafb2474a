"""Entries on NR3S that are due, made and put right."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from licensing.db import db
from licensing.register.catalogue import DRIVER_KINDS
from licensing.register.events import ADVERSE, RelevantInformation
from licensing.register.models import Licence, LicenceEvent
from licensing.sharing.models import Nr3sEntry, Nr3sUpdate
from licensing.sharing.rules import EntryState

PER_PAGE = 25
_SHOWN = (
    selectinload(Nr3sEntry.person),
    selectinload(Nr3sEntry.licence),
    selectinload(Nr3sEntry.event),
    selectinload(Nr3sEntry.updates),
)
_OWES_UPDATE = exists().where(Nr3sUpdate.entry_id == Nr3sEntry.id, Nr3sUpdate.action.is_(None))


class Which(StrEnum):
    """Which entries are listed."""

    TO_DO = "to_do"
    ENTERED = "entered"
    REMOVED = "removed"
    NOT_NEEDED = "not_needed"
    ALL = "all"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


def entry_exists(entry_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Nr3sEntry.id == entry_id))))


def update_exists(update_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Nr3sUpdate.id == update_id))))


def entry(entry_id: UUID) -> Nr3sEntry:
    """An entry with everything its page shows."""
    return db.session.scalars(select(Nr3sEntry).where(Nr3sEntry.id == entry_id).options(*_SHOWN)).one()


def entry_for_update(entry_id: UUID) -> Nr3sEntry:
    """The entry, locked and read anew: two people cannot settle it at once."""
    found = select(Nr3sEntry).where(Nr3sEntry.id == entry_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def update_for_update(update_id: UUID) -> Nr3sUpdate:
    found = select(Nr3sUpdate).where(Nr3sUpdate.id == update_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def entry_of_update(update_id: UUID) -> UUID:
    return db.session.scalars(select(Nr3sUpdate.entry_id).where(Nr3sUpdate.id == update_id)).one()


def entries_page(which: Which, page: int) -> Pagination:
    """Entries by the day from which their period runs, and so by the day they are due."""
    found = select(Nr3sEntry).options(*_SHOWN)
    if which is Which.TO_DO:
        found = found.where(or_(Nr3sEntry.state == EntryState.DUE, _OWES_UPDATE))
    elif which is not Which.ALL:
        found = found.where(Nr3sEntry.state == EntryState(which.value))
    ordered = found.order_by(Nr3sEntry.notified_on, Nr3sEntry.id)
    return db.paginate(ordered, page=page, per_page=PER_PAGE, error_out=False)


def entries_to_do() -> list[Nr3sEntry]:
    """Every entry that is due or has to be put right, by the day from which its period runs."""
    found = select(Nr3sEntry).options(selectinload(Nr3sEntry.event), selectinload(Nr3sEntry.updates))
    to_do = found.where(or_(Nr3sEntry.state == EntryState.DUE, _OWES_UPDATE))
    return list(db.session.scalars(to_do.order_by(Nr3sEntry.notified_on, Nr3sEntry.id)))


@dataclass(frozen=True)
class Owed:
    """How many entries and updates wait, and how many of them are overdue."""

    entries: int
    updates: int
    overdue: int


def owed(first_running: date) -> Owed:
    """What waits. `first_running` is the earliest start whose period is not over."""
    is_late, update_is_late = Nr3sEntry.notified_on < first_running, Nr3sUpdate.from_on < first_running
    entries = select(func.count(), func.count().filter(is_late)).where(Nr3sEntry.state == EntryState.DUE)
    updates = select(func.count(), func.count().filter(update_is_late)).where(Nr3sUpdate.action.is_(None))
    (waiting, late), (to_put_right, late_too) = (
        db.session.execute(entries).one(),
        db.session.execute(updates).one(),
    )
    return Owed(waiting, to_put_right, late + late_too)


def entries_of(person_id: UUID, licence_id: UUID | None = None) -> list[Nr3sEntry]:
    """The entries about a person, or about one of their licences alone; the last decision first."""
    found = select(Nr3sEntry).where(Nr3sEntry.person_id == person_id).options(*_SHOWN)
    if licence_id:
        found = found.where(Nr3sEntry.licence_id == licence_id)
    return list(db.session.scalars(found.order_by(Nr3sEntry.notified_on.desc(), Nr3sEntry.id)))


def first_said(event_id: UUID) -> LicenceEvent:
    """A decision as it was first recorded, whatever corrected it since."""
    event = db.session.get_one(LicenceEvent, event_id)
    while event.supersedes_id:
        event = db.session.get_one(LicenceEvent, event.supersedes_id)
    return event


def standing_event(event_id: UUID) -> LicenceEvent | None:
    """A decision as it stands after its corrections; None where it was found never to have happened."""
    event: LicenceEvent | None = db.session.get_one(LicenceEvent, event_id)
    while event and event.superseded_at:
        later = select(LicenceEvent).where(LicenceEvent.supersedes_id == event.id)
        event = db.session.scalars(later.order_by(LicenceEvent.recorded_at, LicenceEvent.id)).first()
    return event


def entry_of_event(event_id: UUID) -> Nr3sEntry | None:
    """The entry of a decision, whichever of its corrections is asked about."""
    return db.session.scalars(select(Nr3sEntry).where(Nr3sEntry.event_id == first_said(event_id).id)).first()


def historic_decisions(licence_id: UUID) -> list[LicenceEvent]:
    """Adverse decisions on a driver's licence, on relevant information, that have no entry; the first first."""
    first = aliased(Nr3sEntry)
    rests_on_it = LicenceEvent.relevant_information.in_((RelevantInformation.WHOLLY, RelevantInformation.PARTLY))
    found = (
        select(LicenceEvent)
        .join(Licence, Licence.id == LicenceEvent.licence_id)
        .where(
            Licence.id == licence_id,
            Licence.kind.in_(DRIVER_KINDS),
            LicenceEvent.kind.in_(ADVERSE),
            LicenceEvent.superseded_at.is_(None),
            rests_on_it,
            LicenceEvent.notified_on.is_not(None),
            ~exists().where(first.event_id == LicenceEvent.id),
        )
        .order_by(LicenceEvent.notified_on, LicenceEvent.id)
    )
    return [one for one in db.session.scalars(found) if entry_of_event(one.id) is None]
