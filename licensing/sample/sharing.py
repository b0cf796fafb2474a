"""What is recorded of NR3S and between authorities, in each of its states, for the decisions that the samples hold."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.permissions import Role
from licensing.register.catalogue import DRIVER_KINDS
from licensing.register.events import ADVERSE, RelevantInformation
from licensing.register.models import Licence, LicenceEvent
from licensing.sample.councils import Council
from licensing.sample.users import SampleUser
from licensing.sharing.changes import entries, exchanges, searches
from licensing.sharing.changes.disclosures import Told
from licensing.sharing.rules import (
    ExchangeKind,
    Method,
    Outcome,
    Particular,
    SearchPurpose,
    SearchResult,
    SearchTerm,
    UpdateAction,
    UpdateReason,
)

_WHO = {Particular.NAME: "Sample Driver", Particular.LICENCE_NUMBER: "SAMPLE/0001"}
_OUTSIDE = exchanges.ToWhom(None, "Sampleton Borough Council", "Licensing team", Method.SECURE_EMAIL)
_RESTS_ON_IT = (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)


def share(council: Council, today: date) -> None:
    """An entry in each state, searches, and letters both ways, waiting and answered; commits."""
    with on_behalf_of(SampleUser(council, Role.LICENSING_MANAGER).email) as manager:
        decided = _decisions()
        for number, (event_id, _, _) in enumerate(decided):
            _enter(manager, event_id, number, today)
        for person_id, licence_id in [(person, licence) for _, person, licence in decided][:3]:
            _search(manager, person_id, licence_id, today)
            _ask(manager, person_id, licence_id, today)
        searches.name_user(manager, manager.id, today - timedelta(days=200), today - timedelta(days=200))
        _report(manager, today)
        _receive(manager, today)
        db.session.commit()


def _decisions() -> list[tuple[UUID, UUID, UUID]]:
    """(decision, person, licence) for the last notified decisions on relevant information, the last first."""
    found = (
        select(LicenceEvent.id, Licence.person_id, Licence.id)
        .join(Licence, Licence.id == LicenceEvent.licence_id)
        .where(
            Licence.kind.in_(DRIVER_KINDS),
            Licence.person_id.is_not(None),
            LicenceEvent.kind.in_(ADVERSE),
            LicenceEvent.superseded_at.is_(None),
            LicenceEvent.relevant_information.in_(_RESTS_ON_IT),
            LicenceEvent.notified_on >= date(2023, 4, 27),
        )
        .order_by(LicenceEvent.notified_on.desc(), Licence.number)
        .limit(6)
    )
    return [(event, person, licence) for event, person, licence in db.session.execute(found) if person]


def _enter(manager: ActingUser, event_id: UUID, number: int, today: date) -> None:
    """The first is left due, the second is not needed, the third removed; the others are entered, one to put right."""
    entry = entries.expect_entry(manager, event_id)
    if entry is None or number == 0:
        return
    if number == 1:
        entries.need_no_entry(
            manager, entry.id, "On reading it again: an unpaid fee, and no relevant information.", today
        )
        return
    entries.confirm_entry(manager, entry.id, min(today, entry.notified_on + timedelta(days=3)), f"SAMPLE-{number}")
    if number == 2:
        update = entries.expect_update(manager, event_id, UpdateReason.APPEAL_ALLOWED)
        if update:
            entries.confirm_update(manager, update.id, UpdateAction.REMOVED, update.from_on, "")
    elif number == 3:
        entries.expect_update(manager, event_id, UpdateReason.CORRECTED)


def _search(manager: ActingUser, person_id: UUID, licence_id: UUID, today: date) -> None:
    found = searches.Search(
        SearchPurpose.RENEWAL,
        today - timedelta(days=9),
        manager.id,
        (SearchTerm.NAME, SearchTerm.DATE_OF_BIRTH),
        SearchResult.ENTRIES,
        (_OUTSIDE.body,),
        own_entries=True,
    )
    searches.record_search(manager, person_id, licence_id, found)


def _told(manager: ActingUser, purpose: ExchangeKind) -> Told:
    return Told("Name and licence number", _OUTSIDE.body, _OUTSIDE.contact, purpose.label, manager.id)


def _ask(manager: ActingUser, person_id: UUID, licence_id: UUID, today: date) -> None:
    kind, words = ExchangeKind.INFORMATION, "The information on which your decision rests."
    row = exchanges.write_to(manager, kind, _OUTSIDE, _WHO, words, person_id=person_id, licence_id=licence_id)
    exchanges.send(manager, row.id, today - timedelta(days=8), _told(manager, kind))


def _report(manager: ActingUser, today: date) -> None:
    """One concern that was reported and replied to, and one that is still to be sent."""
    kind, conduct = ExchangeKind.CONCERN, "Refused a passenger with an assistance dog, and threatened them."
    for days in (40, 2):
        concern = exchanges.Concern(today - timedelta(days=days), "We would have considered a suspension.")
        row = exchanges.write_to(manager, kind, _OUTSIDE, _WHO, conduct, concern=concern)
        if days == 40:
            exchanges.send(manager, row.id, today - timedelta(days=36), _told(manager, kind))
            replied_on = today - timedelta(days=15)
            exchanges.record_answer(row.id, Outcome.NO_ACTION, replied_on, "The driver was warned in writing.")


def _receive(manager: ActingUser, today: date) -> None:
    """One request answered in time, one that waits, and one that is overdue."""
    kind, words = ExchangeKind.INFORMATION, "On what does your decision rest? It is for an application to us."
    for days in (30, 5, 60):
        received = exchanges.receive(manager, kind, _OUTSIDE, _WHO, words, today - timedelta(days=days))
        if days == 30:
            told = _told(manager, kind)
            answered_on = today - timedelta(days=20)
            answer = "The decision notice of the sub-committee."
            exchanges.answer(manager, received, Outcome.DISCLOSED, answered_on, answer, told, Method.SECURE_EMAIL)
