"""Agencies, who works for them, and actions, made by the room's own ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from factories import accounts
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.disruption import queries
from licensing.disruption.changes import acting, agencies, asking, beginning, reviewing
from licensing.disruption.models import ActionEvent, Agency, AgencyMember
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, Effect, EventKind, Rank, TargetKind
from licensing.permissions import Role
from licensing.register.events import RecordKind
from licensing.setup import owner_session
from licensing.suitability.changes import concerns as complaints
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource

GUESTHOUSE = Aim(TargetKind.PREMISES, "Lantern Guesthouse", "1 Sample Street", "OX1 1ZZ")
ADULT = Aim(TargetKind.PERSON, "Rowan Sampleton")
SEEN = "It was seen on a visit."


@contextmanager
def as_user(user_id: UUID) -> Iterator[ActingUser]:
    """Act as somebody; the caller commits."""
    with acting_as(accounts.open_session(user_id)):
        user = who_is_acting()
        assert user is not None
        yield user


def agency(kind: AgencyKind, code: str = accounts.OXFORD, *, is_partner: bool = False) -> UUID:
    """An agency that a council's administrator keeps: the one there is, or a new one."""
    with owner_session() as session:
        council = accounts.authority_id(code)
        wanted = select(Agency.id).where(Agency.authority_id == council, Agency.kind == kind)
        if there := session.scalars(wanted).first():
            return there
    with as_user(accounts.user(Role.ADMINISTRATOR, code)) as administrator:
        made = agencies.add(
            administrator,
            kind=kind,
            is_partner=is_partner,
            name=f"{code} {kind.label}",
            contact="Duty desk",
            email=f"{kind}@example.org",
            phone="01865 000000",
        )
        db.session.commit()
        return made


def officer_of(agency_id: UUID, code: str = accounts.OXFORD, rank: Rank | None = None) -> UUID:
    """A disruption officer who works for an agency."""
    member = accounts.user(Role.DISRUPTION_OFFICER, code)
    work_for(agency_id, member, code, rank)
    return member


def work_for(agency_id: UUID, user_id: UUID, code: str = accounts.OXFORD, rank: Rank | None = None) -> None:
    """A council's administrator says that somebody works for an agency."""
    with as_user(accounts.user(Role.ADMINISTRATOR, code)) as administrator:
        agencies.add_member(administrator, queries.agency(agency_id), user_id, rank)
        db.session.commit()


def begin(code: str = accounts.OXFORD, power: str = "CCEPO", since: date | None = None) -> None:
    """A council's administrator confirms from when a power is in force; before anybody could use it, if not told."""
    with as_user(accounts.user(Role.ADMINISTRATOR, code)) as administrator:
        beginning.begin(administrator, queries.versions_of(power)[0], since or date(2099, 6, 3), "SI 2099/1")
        db.session.commit()


def consider(user_id: UUID, code: str, aim: Aim, lead: UUID, **more: Any) -> UUID:
    """Somebody considers a power on something, for their own agency."""
    with as_user(user_id) as user:
        power = next(row for row in queries.versions_of(code) if row.as_power().holds_on(dates.today()))
        given: dict[str, Any] = {"considered_on": dates.today(), "objective": "To end it.", "threshold": SEEN, **more}
        mine = queries.acting_agencies()[0].id
        plan = acting.Plan(power_id=power.id, lead_agency_id=lead, recording_agency_id=mine, aims=[aim], **given)
        made = acting.consider(user, plan)
        db.session.commit()
        return made


def tell(user_id: UUID, action_id: UUID, *events: Event, officer: str = "Officer 101", words: str = "") -> None:
    """What happened to an action, one after another."""
    with as_user(user_id) as user:
        for event in events:
            acting.record_event(user, action_id, event, officer=officer, words=words)
        db.session.commit()


def closed(user_id: UUID, lead: UUID, on: date, aim: Aim = GUESTHOUSE, code: str = "FIRE31") -> UUID:
    """A place that a notice closed on a day."""
    made = consider(user_id, code, aim, lead, considered_on=on)
    authorised = Event(EventKind.AUTHORISED, on, rank=Rank.HEAD_OF_SERVICE)
    tell(user_id, made, authorised, Event(EventKind.SERVED, on), Event(EventKind.IN_FORCE, on))
    return made


def ask(user_id: UUID, asked: UUID, action_id: UUID | None, what: str = "Please look at the exits.") -> UUID:
    """Somebody asks another agency for something, for their own."""
    with as_user(user_id) as user:
        mine, due = queries.acting_agencies()[0].id, dates.today() + timedelta(days=7)
        made = asking.ask(user, mine, asked, what, due, action_id=action_id)
        db.session.commit()
        return made


def leave(user_id: UUID, code: str) -> None:
    """Somebody no longer works for any agency."""
    with as_user(accounts.user(Role.ADMINISTRATOR, code)) as administrator:
        for member in db.session.scalars(select(AgencyMember).where(AgencyMember.user_id == user_id)):
            agencies.end_member(administrator, member)
        db.session.commit()


def complain(user_id: UUID, person_id: UUID, on: date) -> None:
    """Somebody complains about a person of the own register."""
    with as_user(user_id) as user:
        given: dict[str, Any] = {
            "category": ComplaintCategory.CONDUCT,
            "source": ComplaintSource.PUBLIC,
            "received_on": on,
            "summary": "Was rude.",
            "case_reference": None,
        }
        complaints.record_complaint(user, RecordKind.PERSON, person_id, given)
        db.session.commit()


def review(user_id: UUID, action_id: UUID, effect: Effect = Effect.PARTIAL) -> None:
    """The look after 30 days."""
    with as_user(user_id) as user:
        reviewing.review(user, action_id, 30, effect, "Fewer people come and go.")
        db.session.commit()


def disrupted(code: str, officer: UUID, premises_id: UUID) -> dict[str, UUID]:
    """A visit that licensing considers at premises of the council, an old one that is in force and to be looked at,
    and what another service is asked. The ids by the names of the routes."""
    licensing = agency(AgencyKind.LICENSING, code)
    other = agency(AgencyKind.ENVIRONMENTAL_HEALTH, code)
    member = officer_of(other, code)
    aim = Aim(TargetKind.PREMISES, "Sample place", "1 Sample Street", "", premises_id, accounts.authority_id(code))
    made = consider(officer, "PREMVISIT", aim, licensing)
    past = dates.today() - timedelta(days=95)
    old = consider(officer, "PREMVISIT", aim, licensing, considered_on=past)
    tell(officer, old, Event(EventKind.AUTHORISED, past), Event(EventKind.IN_FORCE, past))
    review(officer, old)
    with owner_session() as session:
        member_row = session.scalars(select(AgencyMember.id).where(AgencyMember.user_id == member)).one()
        first = session.scalars(select(ActionEvent.id).where(ActionEvent.action_id == made)).one()
    return {
        "disruption_action_id": made,
        "disruption_event_id": first,
        "action_in_force_id": old,
        "partner_task_id": ask(member, licensing, None),
        "agency_id": other,
        "member_id": member_row,
    }
