"""Agencies of the county and its districts, and actions in several states: on a guesthouse, a pub and an adult."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.accounts.models import User
from licensing.db import db
from licensing.disruption import queries
from licensing.disruption.changes import acting, agencies, asking, reviewing
from licensing.disruption.models import Action
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, Effect, EventKind, Rank, TargetKind
from licensing.permissions import Role
from licensing.sample.councils import COUNCILS, DISTRICTS, OXFORD, OXFORDSHIRE, Council
from licensing.sample.users import COMMUNITY_SAFETY, FIRE, POLICE, SampleUser

TRADING_STANDARDS = SampleUser(OXFORDSHIRE, Role.DISRUPTION_OFFICER)
_OF_A_DISTRICT = (
    AgencyKind.LICENSING,
    AgencyKind.ENVIRONMENTAL_HEALTH,
    AgencyKind.COMMUNITY_SAFETY,
    AgencyKind.HOUSING,
)
_OF_THE_COUNTY = (
    AgencyKind.TRADING_STANDARDS,
    AgencyKind.FIRE_AND_RESCUE,
    AgencyKind.CHILDRENS_SERVICES,
    AgencyKind.POLICE,
    AgencyKind.OTHER,  # the team of several agencies
)
_KINGFISHER = "Kingfisher (sample)"
_WORK_FOR = (
    (TRADING_STANDARDS, AgencyKind.TRADING_STANDARDS, Rank.AUTHORISED_OFFICER),
    (FIRE, AgencyKind.FIRE_AND_RESCUE, Rank.AUTHORISED_OFFICER),
    (POLICE, AgencyKind.POLICE, Rank.INSPECTOR),
    (COMMUNITY_SAFETY, AgencyKind.COMMUNITY_SAFETY, Rank.AUTHORISED_OFFICER),
)
_GUESTHOUSE = "Lantern Guesthouse (sample)"
_PUB = "The Tugboat (sample)"
_ADULT = "Rowan Sampleton (sample)"


def disrupt(today: date) -> None:
    """Agencies, who works for them, and what they did; commits."""
    for council in COUNCILS:
        _keep_agencies(council)
    with on_behalf_of(FIRE.email, as_sample=True) as officer:
        if db.session.scalar(select(Action.id).limit(1)):
            return
        _close_guesthouse(officer, today)
    with on_behalf_of(POLICE.email, as_sample=True) as officer:
        _warn_adult(officer, today)
        _close_pub(officer, today)
    with on_behalf_of(TRADING_STANDARDS.email, as_sample=True) as officer:
        _decide_against(officer, today)


def _keep_agencies(council: Council) -> None:
    with on_behalf_of(SampleUser(council, Role.ADMINISTRATOR).email) as administrator:
        there = {one.kind: one for one in queries.agencies_kept(administrator.authority.id)}
        for kind in _OF_A_DISTRICT if council in DISTRICTS else _OF_THE_COUNTY:
            if kind not in there:
                _add_agency(administrator, council, kind)
        for user, kind, rank in _WORK_FOR:
            if user.council is council and kind not in there:
                agency = next(one for one in queries.agencies_kept(administrator.authority.id) if one.kind is kind)
                person = db.session.scalars(select(User.id).where(User.email == user.email)).one()
                agencies.add_member(administrator, agency, person, rank)
        db.session.commit()


def _add_agency(administrator: ActingUser, council: Council, kind: AgencyKind) -> None:
    agencies.add(
        administrator,
        kind=kind,
        is_partner=kind in (AgencyKind.POLICE, AgencyKind.OTHER),
        name=_KINGFISHER if kind is AgencyKind.OTHER else f"{council.place} {kind.label.lower()} (sample)",
        contact="Duty desk",
        email=f"{kind.value.replace('_', '')}@{council.domain}",
        phone="01865 000000",
    )


def agency_of(kind: AgencyKind, place: str) -> UUID:
    """The sample agency of a council that does this."""
    return next(one.id for one in queries.agencies() if one.kind is kind and one.name.startswith(f"{place} "))


def kingfisher() -> UUID:
    """The sample's team of several agencies."""
    return next(one.id for one in queries.agencies() if one.name == _KINGFISHER)


def _consider(officer: ActingUser, code: str, lead: UUID, on: date, aim: Aim, objective: str, **more: object) -> UUID:
    power = queries.versions_of(code)[0]
    recording = queries.acting_agencies()[0].id
    plan = acting.Plan(power.id, lead, recording, on, [aim], objective, **more)  # type: ignore[arg-type]  (its fields)
    made = acting.consider(officer, plan)
    db.session.commit()
    return made


def _tell(officer: ActingUser, action_id: UUID, events: list[tuple[Event, str]]) -> None:
    for event, words in events:
        acting.record_event(officer, action_id, event, officer="Officer 101 (sample)", words=words)
        db.session.commit()


def _close_guesthouse(officer: ActingUser, today: date) -> None:
    """Prohibited by the fire service, put right, and looked at after 30 days; trading standards join."""
    fire = agency_of(AgencyKind.FIRE_AND_RESCUE, OXFORDSHIRE.place)
    trading = agency_of(AgencyKind.TRADING_STANDARDS, OXFORDSHIRE.place)
    day = today - timedelta(days=45)
    place = Aim(TargetKind.PREMISES, _GUESTHOUSE, "1 Sample Street, Oxford", "OX1 1ZZ", None, None)
    closed = _consider(
        officer,
        "FIRE31",
        fire,
        day,
        place,
        "To stop rooms being let while nobody could get out in a fire.",
        threshold="Two of three exits were locked on a joint visit; the alarm did not sound.",
        partners=[trading],
        cases="S/2",
    )
    rank = Rank.AUTHORISED_OFFICER
    _tell(
        officer,
        closed,
        [
            (Event(EventKind.AUTHORISED, day, rank=rank), "Agreed on the spot with the duty manager."),
            (Event(EventKind.SERVED, day), "Handed to whoever manages the place."),
            (Event(EventKind.IN_FORCE, day), "At once: the risk was imminent."),
        ],
    )
    reviewing.review(officer, closed, 30, Effect.EFFECTIVE, "No rooms were let; the exits are open.")
    due = dates.today() + timedelta(days=7)  # as is asked for today, whatever day the samples are of
    asking.ask(officer, fire, trading, "Please check the prices and terms shown to guests.", due, action_id=closed)
    db.session.commit()


def _warn_adult(officer: ActingUser, today: date) -> None:
    police = agency_of(AgencyKind.POLICE, OXFORDSHIRE.place)
    day = today - timedelta(days=12)
    warned = _consider(
        officer,
        "CAWN",
        police,
        day,
        Aim(TargetKind.PERSON, _ADULT),
        "To keep the adult from a child in the county’s care.",
        threshold="Seen with the child on three nights; the county had said no.",
        partners=[agency_of(AgencyKind.CHILDRENS_SERVICES, OXFORDSHIRE.place)],
        cases="S/3",
    )
    _tell(
        officer,
        warned,
        [
            (Event(EventKind.AUTHORISED, day), "The county made a statement."),
            (Event(EventKind.SERVED, day, ends_on=today + timedelta(days=170)), "Read out and signed."),
        ],
    )


def _close_pub(officer: ActingUser, today: date) -> None:
    police = agency_of(AgencyKind.POLICE, OXFORDSHIRE.place)
    day = today - timedelta(days=70)
    place = Aim(TargetKind.PREMISES, _PUB, "2 Sample Wharf, Oxford", "OX1 1ZY")
    community = agency_of(AgencyKind.COMMUNITY_SAFETY, OXFORD.place)
    believed = "Twelve calls to disorder in two months, by the log of the police."
    closed = _consider(
        officer, "ASBCO", police, day, place, "To end disorder.", threshold=believed, partners=[community]
    )
    ends = day + timedelta(days=90)
    _tell(
        officer,
        closed,
        [
            (Event(EventKind.AUTHORISED, day, rank=Rank.COURT), "Made by the court."),
            (Event(EventKind.SERVED, day), ""),
            (Event(EventKind.IN_FORCE, day, ends_on=ends), "Three months."),
            (Event(EventKind.BREACHED, day + timedelta(days=20)), "Somebody drank inside; the police were rung."),
        ],
    )


def _decide_against(officer: ActingUser, today: date) -> None:
    trading = agency_of(AgencyKind.TRADING_STANDARDS, OXFORDSHIRE.place)
    place = Aim(TargetKind.PREMISES, "Corner Stores (sample)", "3 Sample Street, Oxford", "OX1 1ZX")
    day = today - timedelta(days=20)
    refused = _consider(officer, "S169A", trading, day, place, "To stop sales of alcohol to children.")
    _tell(officer, refused, [(Event(EventKind.NOT_USED, day), "One sale in three months: a warning was given.")])
