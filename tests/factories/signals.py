"""Signals, their thresholds and dismissals, and meetings about them, made by the rooms' own ways."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from factories import accounts, register
from factories.disruption import agency, as_user

from licensing import dates
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.words import AgencyKind
from licensing.permissions import Role
from licensing.register.details import LicenceDetails
from licensing.register.events import Event, EventKind, RecordKind
from licensing.register.models import Organisation
from licensing.signals import changes, queries
from licensing.signals.rules import Signal
from licensing.subject_meetings import changes as meetings
from licensing.subject_meetings import queries as meeting_queries
from licensing.subject_meetings.changes import Owner, Plan, Topic
from licensing.subject_meetings.words import SubjectKind
from licensing.suitability.changes import concerns as complaints
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource

PURPOSE, MINUTE = "To agree who visits which place.", "Seven came. The hotel was talked about first."
REASON = "The three complaints are of one evening and one passenger."


def seen_by(user_id: UUID) -> list[Signal]:
    """Every signal that somebody may know of."""
    with as_user(user_id):
        return queries.every_signal()


def codes_seen_by(user_id: UUID) -> set[str]:
    return {one.rule.code for one in seen_by(user_id)}


def choose(code: str, threshold: int, council: str = accounts.OXFORD, *, in_use: bool = True) -> None:
    """A council's administrator chooses from how many on something is a signal."""
    with as_user(accounts.user(Role.ADMINISTRATOR, council)) as administrator:
        changes.choose(administrator, code, threshold, in_use=in_use)
        db.session.commit()


def dismiss(user_id: UUID, signal: Signal) -> None:
    """Somebody dismisses a signal as it was shown to them."""
    with as_user(user_id) as user:
        changes.dismiss(user, signal.id, [str(one) for one in signal.row_ids], REASON)
        db.session.commit()


def complain(user_id: UUID, kind: RecordKind, record_id: UUID, *days_ago: int) -> list[UUID]:
    """Complaints about a record of one's own council's register, so many days ago each."""
    with as_user(user_id) as user:
        made = [complaints.record_complaint(user, kind, record_id, _complaint(ago)) for ago in days_ago]
        db.session.commit()
        return made


def _complaint(days_ago: int) -> dict[str, Any]:
    return {
        "category": ComplaintCategory.CONDUCT,
        "source": ComplaintSource.PUBLIC,
        "received_on": dates.today() - timedelta(days=days_ago),
        "summary": "Was rude.",
        "case_reference": None,
    }


def revoked_driver(number: int, code: str, days_ago: int, *more: Event) -> UUID:
    """A driver whose licence was revoked so many days ago; returns the person's id."""
    on = dates.today() - timedelta(days=days_ago)
    revoked = Event(EventKind.REVOKED, decided_on=on, notified_on=on, immediate=True)
    details = register.numbered(number)
    licence = replace(details.licences[0], events=(register.GRANTED, revoked, *more))
    return register.add(replace(details, licences=(licence,)), code)


def drives_for(user_id: UUID, person_id: UUID, organisation_id: UUID, until: date | None = None) -> None:
    """Somebody drove for an operator, until a day where one is given."""
    with as_user(user_id) as user:
        operator = db.session.get_one(Organisation, organisation_id)
        complaints.record_operator(user, person_id, operator, (None, until))
        db.session.commit()


def with_licence(licence: LicenceDetails, number: int, code: str) -> UUID:
    """Somebody who holds exactly this."""
    return register.add(replace(register.numbered(number), licences=(licence,)), code)


def meet(user_id: UUID, invited: Collection[UUID] = (), *, in_days: int = 0) -> UUID:
    """A meeting that the agency of whoever plans it has, today where no day is given."""
    with as_user(user_id) as user:
        mine = disruption.acting_agencies()[0].id
        on_day = dates.today() + timedelta(days=in_days)
        made = meetings.plan(user, Plan(on_day, time(14, 30), "By video", mine, PURPOSE, list(invited)))
        db.session.commit()
        return made


def talk_about(user_id: UUID, meeting_id: UUID, name: str = "Harbour Hotel", **more: Any) -> None:
    """Put something on the agenda."""
    with as_user(user_id) as user:
        topic = {"kind": SubjectKind.PREMISES, "name": name, "why": "Rooms let by the hour.", **more}
        meetings.add_subject(user, meeting_id, Topic(**topic))
        db.session.commit()


def decide(user_id: UUID, meeting_id: UUID, owner: Owner, what: str = "Visit on a Friday night.") -> None:
    """Type back what was decided about the first subject."""
    with as_user(user_id) as user:
        subject = next((one.id for one in meeting_queries.subjects_of(meeting_id)), None)
        meetings.decide(user, meeting_id, subject, owner, what, dates.today() + timedelta(days=7))
        db.session.commit()


def signalled(code: str, officer: UUID, premises_id: UUID) -> dict[str, UUID]:
    """A signal about premises at which two actions are considered, which the council's licensing dismissed, and a
    meeting about it. The ids by the names of the routes."""
    agency(AgencyKind.LICENSING, code)
    choose("actions-premises-365", 2, code)
    signal = next(one for one in seen_by(officer) if one.record_id == premises_id)
    dismiss(officer, signal)
    meeting_id = meet(officer)
    talk_about(officer, meeting_id, signal.name, record_id=premises_id, signal_id=signal.id)
    with as_user(officer):
        mine = disruption.acting_agencies()[0].id
    decide(officer, meeting_id, Owner(mine, colleague_id=officer))
    return {"signal_id": signal.id, "subject_meeting_id": meeting_id}
