"""Operations, test purchases and hotel notices, made by the rooms' own ways."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from factories.disruption import agency, as_user

from licensing import dates
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, Rank, TargetKind
from licensing.hotel_notices import changes as notices
from licensing.hotel_notices import queries as notice_queries
from licensing.hotel_notices import rules as notice_rules
from licensing.hotel_notices.words import Capacity, Explained
from licensing.operations.changes import finishing, planning, recording, testing
from licensing.operations.changes.planning import Plan
from licensing.operations.changes.recording import Seen
from licensing.operations.changes.testing import Tried
from licensing.operations.words import FindingKind, OperationKind, TestKind

HOTEL = Aim(TargetKind.PREMISES, "Harbour Hotel", "4 Sample Wharf", "OX1 1ZW")
OBJECTIVE = "To see who drives at night."
SEEN = Seen(FindingKind.PERSON, "Rowan Sampleton", "Waited outside for an hour.", needs_follow_up=True)


def plan(user_id: UUID, *, partners: Collection[UUID] = (), **more: Any) -> UUID:
    """An operation for today, led by the agency of whoever plans it."""
    with as_user(user_id) as user:
        mine = disruption.acting_agencies()[0].id
        given = Plan(
            **{
                "kind": OperationKind.TAXI_STOP,
                "name": "Lamplight",
                "on_day": dates.today(),
                "starts_at": time(22),
                "ends_at": time(2),
                "lead_agency_id": mine,
                "recording_agency_id": mine,
                "objective": OBJECTIVE,
                "partners": partners,
                **more,
            }
        )
        made = planning.plan(user, given)
        db.session.commit()
        return made


def begin(user_id: UUID, operation_id: UUID) -> None:
    """Brief those who go out, with a hotel to go to, and begin."""
    with as_user(user_id) as user:
        planning.add_place(user, operation_id, HOTEL)
        planning.brief(user, operation_id, "Two cars at the bridge.")
        planning.begin(user, operation_id)
        db.session.commit()


def find(user_id: UUID, operation_id: UUID, seen: Seen = SEEN, finding_id: UUID | None = None) -> UUID:
    """Something is found."""
    made = finding_id or uuid4()
    with as_user(user_id) as user:
        recording.record_finding(user, operation_id, made, seen)
        db.session.commit()
    return made


def give(user_id: UUID, operation_id: UUID, finding_id: UUID) -> UUID:
    """Whoever found it follows it up."""
    with as_user(user_id) as user:
        mine = disruption.acting_agencies()[0].id
        due_on = dates.today() + timedelta(days=7)
        made = finishing.give(user, operation_id, finding_id, mine, user_id, "Speak to the manager.", due_on)
        db.session.commit()
        return made


def try_place(user_id: UUID, kind: TestKind = TestKind.BOOKING, **parts: Any) -> UUID:
    """A test purchase: refused, proof asked for, and nobody rung, where nothing else is said."""
    with as_user(user_id) as user:
        given: dict[str, Any] = {
            "place": HOTEL,
            "on_day": dates.today(),
            "kind": kind,
            "accepted": False,
            "id_asked": True,
            "police_called": False,
            "recording_agency_id": disruption.acting_agencies()[0].id,
            **parts,
        }
        made = testing.record_test(user, Tried(**given))
        db.session.commit()
        return made


def prepare(user_id: UUID, police: UUID, effective_on: date, days: int = 100, **more: Any) -> UUID:
    """A notice that the police issue and the agency of whoever records it joins."""
    with as_user(user_id) as user:
        given: dict[str, Any] = {
            "hotel": HOTEL,
            "lead_agency_id": police,
            "recording_agency_id": disruption.acting_agencies()[0].id,
            "authorised_on": min(effective_on, dates.today()),
            "officer": "Inspector 101",
            "rank": Rank.INSPECTOR,
            "effective_on": effective_on,
            "expires_on": effective_on + timedelta(days=days),
            "explains": list(Explained),
            "objective": "To learn which nights to look at.",
            "threshold": "Three calls in a month.",
            **more,
        }
        made = notices.prepare(user, notices.Draft(**given))
        db.session.commit()
        return made


def serve(user_id: UUID, notice_id: UUID, on: date, name: str = "Ash Sampleby") -> None:
    """The manager is given the notice."""
    with as_user(user_id) as user:
        notices.serve(user, notice_id, on, Capacity.MANAGER, name, "PC 102")
        db.session.commit()


def service_of(user_id: UUID, notice_id: UUID) -> UUID:
    """The first service of a notice as it stands."""
    with as_user(user_id):
        return notice_queries.notice(notice_id).served[0].id


def require(user_id: UUID, notice_id: UUID, made_on: date, *, days: int = 7, due_in: int = 10) -> UUID:
    """Information about guests is required."""
    wanted = notice_rules.Requirement(
        made_on, made_on, made_on + timedelta(days=days), made_on + timedelta(days=due_in)
    )
    with as_user(user_id) as user:
        made = notices.require(user, notice_id, wanted, "PC 102")
        db.session.commit()
        return made


def receive(user_id: UUID, requirement_id: UUID, on: date, *, complete: bool) -> None:
    with as_user(user_id) as user:
        notices.receive(user, requirement_id, on, complete=complete)
        db.session.commit()


def operated(code: str, officer: UUID) -> dict[str, UUID]:
    """One of everything of a council's licensing officer: the ids by the names of the routes."""
    agency(AgencyKind.LICENSING, code)
    police, today = agency(AgencyKind.POLICE, code, is_partner=True), dates.today()
    operation_id = plan(officer)
    begin(officer, operation_id)
    followed = find(officer, operation_id)
    give(officer, operation_id, followed)
    finding_id = find(officer, operation_id)
    notice_id = prepare(officer, police, today - timedelta(days=20))
    serve(officer, notice_id, today - timedelta(days=20))
    requirement_id = require(officer, notice_id, today - timedelta(days=15))
    receive(officer, requirement_id, today, complete=False)
    return {
        "operation_id": operation_id,
        "finding_id": finding_id,
        "purchase_id": try_place(officer),
        "hotel_notice_id": notice_id,
        "requirement_id": requirement_id,
        "hotel_service_id": service_of(officer, notice_id),
    }
