"""An operation that was recorded and one that is planned, test purchases with each result, and a hotel notice."""

from datetime import date, time, timedelta
from uuid import uuid4

from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, Rank, TargetKind
from licensing.hotel_notices import changes as notices
from licensing.hotel_notices import rules as notice_rules
from licensing.hotel_notices.words import Capacity, Explained
from licensing.operations.changes import finishing, planning, recording, testing
from licensing.operations.changes.planning import Plan
from licensing.operations.changes.recording import Seen
from licensing.operations.changes.testing import Tried
from licensing.operations.models import Operation
from licensing.operations.rules import StopCounts
from licensing.operations.words import FindingKind, OperationKind, TestKind
from licensing.sample.councils import OXFORD, OXFORDSHIRE
from licensing.sample.disruption import TRADING_STANDARDS, agency_of
from licensing.sample.users import POLICE

_LANTERN = Aim(TargetKind.PREMISES, "Lantern Guesthouse (sample)", "1 Sample Street, Oxford", "OX1 1ZZ")
_TUGBOAT = Aim(TargetKind.PREMISES, "The Tugboat (sample)", "2 Sample Wharf, Oxford", "OX1 1ZY")
_STORES = Aim(TargetKind.PREMISES, "Corner Stores (sample)", "3 Sample Street, Oxford", "OX1 1ZX")
_HARBOUR = Aim(TargetKind.PREMISES, "Harbour Hotel (sample)", "4 Sample Wharf, Oxford", "OX1 1ZW")


def operate() -> None:
    """Operations, tests and a notice, by the police and trading standards; commits.

    They are of today, whatever day the samples are of: an operation is planned for today or later.
    """
    today = dates.today()
    with on_behalf_of(POLICE.email, as_sample=True) as officer:
        if db.session.scalar(select(Operation.id).limit(1)):
            return
        _recorded(officer, today)
        _planned(officer, today)
        _notice(officer, today)
    with on_behalf_of(TRADING_STANDARDS.email, as_sample=True) as officer:
        _tests(officer, today)


def _plan(kind: OperationKind, name: str, on_day: date) -> planning.Plan:
    police = agency_of(AgencyKind.POLICE, OXFORDSHIRE.place)
    joining = [
        agency_of(AgencyKind.LICENSING, OXFORD.place),
        agency_of(AgencyKind.TRADING_STANDARDS, OXFORDSHIRE.place),
    ]
    objective = "To find out who drives late at night without a badge, and what guesthouses see."
    return Plan(kind, name, on_day, time(21), time(1), police, police, objective, joining)


def _recorded(officer: ActingUser, today: date) -> None:
    stop = planning.plan(officer, _plan(OperationKind.TAXI_STOP, "Lamplight (sample)", today))
    planning.add_place(officer, stop, _LANTERN)
    planning.brief(
        officer, stop, "Two cars at the bridge, one at the station. Ring the duty desk if a child is at risk."
    )
    planning.begin(officer, stop)
    db.session.commit()
    seen = [
        Seen(FindingKind.VEHICLE, "AB12 CDE", "No plate at the back. The driver said that it fell off.", True),
        Seen(FindingKind.PERSON, "Rowan Sampleton (sample)", "Waited outside the guesthouse for an hour.", False),
    ]
    for one in seen:
        recording.record_finding(officer, stop, uuid4(), one)
    recording.count(officer, stop, StopCounts(18, 15, 2, 1, 1))
    db.session.commit()
    first = disruption.acting_agencies()[0].id
    asked = agency_of(AgencyKind.LICENSING, OXFORD.place)
    vehicle = db.session.get_one(Operation, stop).findings[0]
    finishing.ask_agency(
        officer, stop, vehicle.id, first, asked, "Please inspect the vehicle.", today + timedelta(days=7)
    )
    finishing.debrief(officer, stop, "Joint teams at the bridge worked.", "Do it again before the holidays.")
    db.session.commit()


def _planned(officer: ActingUser, today: date) -> None:
    visits = _plan(OperationKind.VISITS, "Open Doors (sample)", today + timedelta(days=5))
    planned = planning.plan(officer, visits)
    for place in (_LANTERN, _HARBOUR):
        planning.add_place(officer, planned, place)
    db.session.commit()


def _tests(officer: ActingUser, today: date) -> None:
    """One that passed, one that was refused and not reported, one that sold."""
    mine, day = agency_of(AgencyKind.TRADING_STANDARDS, OXFORDSHIRE.place), today - timedelta(days=10)
    for place, kind, parts in (
        (_HARBOUR, TestKind.BOOKING, (False, True, True)),
        (_LANTERN, TestKind.BOOKING, (False, True, False)),
        (_TUGBOAT, TestKind.ALCOHOL, (False, True, False)),
        (_STORES, TestKind.TOBACCO, (True, False, False)),
    ):
        testing.record_test(officer, Tried(place, day, kind, *parts, recording_agency_id=mine))
    db.session.commit()


def _notice(officer: ActingUser, today: date) -> None:
    """In effect since two months, with one requirement met and one overdue."""
    police, day = agency_of(AgencyKind.POLICE, OXFORDSHIRE.place), today - timedelta(days=60)
    notice = notices.prepare(
        officer,
        notices.Draft(
            hotel=_HARBOUR,
            lead_agency_id=police,
            recording_agency_id=police,
            authorised_on=day,
            officer="Inspector 101 (sample)",
            rank=Rank.INSPECTOR,
            effective_on=day,
            expires_on=day + timedelta(days=150),
            explains=list(Explained),
            objective="To learn which nights to look at.",
            threshold="Three calls in a month from people who work nearby.",
            partners=[agency_of(AgencyKind.LICENSING, OXFORD.place)],
        ),
    )
    notices.serve(officer, notice, day, Capacity.MANAGER, "Ash Sampleby (sample)", "Officer 102 (sample)")
    for first in (50, 20):
        made = today - timedelta(days=first)
        wanted = notice_rules.Requirement(made, made, made + timedelta(days=7), made + timedelta(days=10))
        required = notices.require(officer, notice, wanted, "Officer 102 (sample)")
        if first == 50:
            notices.receive(officer, required, made + timedelta(days=9), complete=True)
    db.session.commit()
