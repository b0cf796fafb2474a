"""What adverse decisions were about: counted by hand, told of all councils together, and withheld together."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from factories import accounts, dated, register
from flask import Flask
from sqlalchemy import select

from licensing.decisions.models import Decision
from licensing.figures import queries
from licensing.figures.gathering import Figure, figures
from licensing.figures.of_grounds import GROUNDS, code_of
from licensing.figures.rules import Period
from licensing.figures.words import WITHHELD
from licensing.permissions import Role
from licensing.register.events import Event, EventKind
from licensing.register.models import LicenceEvent
from licensing.setup import owner_session
from licensing.suitability.rules import Limb

HARM, ROAD, HARASSMENT = Limb.HARM, Limb.ROAD_SAFETY, Limb.HARASSMENT


def decide(code: str, first: int, kind: EventKind, day: date, *about: tuple[Limb, ...]) -> None:
    """A decision on another driver's licence for each, with the limbs that it names."""
    people = [register.numbered(first + number) for number in range(len(about))]
    decided = (register.GRANTED, Event(kind, decided_on=day, notified_on=day))
    register.add_all([replace(one, licences=(replace(one.licences[0], events=decided),)) for one in people], code)
    manager = accounts.user(Role.LICENSING_MANAGER, code)
    with owner_session() as session:
        wanted = select(LicenceEvent).where(
            LicenceEvent.authority_id == accounts.authority_id(code),
            LicenceEvent.kind == kind,
            LicenceEvent.decided_on == day,
        )
        events = [(one.id, one.licence_id) for one in session.scalars(wanted.order_by(LicenceEvent.id))]
    dated.write(*(_named(code, manager, day, event, limbs) for event, limbs in zip(events, about, strict=True)))


def _named(code: str, by: UUID, day: date, event: tuple[UUID, UUID], limbs: tuple[Limb, ...]) -> Decision:
    made = dated.at_once(event[1], by, day)
    made.authority_id, made.event_id, made.limbs = accounts.authority_id(code), event[0], list(limbs)
    return made


def told(period: Period, place: str | None = None, *, alone: bool = False) -> dict[str, Figure]:
    """Of the county; of one place among all; or of a council alone, as its own leaders are told."""
    with owner_session() as session:
        area = [one for one in queries.places_counted(session) if not alone or one.code == place]
        every = figures(session, period, datetime.now(UTC), place, restricted=alone, area=area)
        return {one.code: one for one in every if one.code in GROUNDS}


def test_a_limb_is_told_of_all_councils_together_and_of_no_place(app: Flask) -> None:
    """Each council decided on thirteen, and one of Oxford named two limbs. Harm: 7 and 7; roads: 7 and 6."""
    days = dated.days()
    decide(accounts.OXFORD, 1, EventKind.REVOKED, days.now[0], *[(HARM,)] * 6, (HARM, ROAD), *[(ROAD,)] * 6)
    decide(accounts.CHERWELL, 101, EventKind.SUSPENDED, days.now[2], *[(HARM,)] * 7, *[(ROAD,)] * 6)
    decide(accounts.OXFORD, 201, EventKind.REVOKED, days.outside[0], (HARM,))  # the day after
    county = told(days.period)
    assert {code: one.value for code, one in county.items() if one.value} == {code_of(HARM): 14, code_of(ROAD): 13}
    assert county[code_of(HARASSMENT)].shown == "0"
    assert [one.previous for one in county.values()] == [0] * len(GROUNDS)
    assert all(one.by_place == {} for one in county.values())
    # Of a place beside the others nothing; of a council that has its own edition its own.
    assert {one.shown for one in told(days.period, accounts.OXFORD).values()} == {WITHHELD}
    own = told(days.period, accounts.OXFORD, alone=True)
    assert {code: one.value for code, one in own.items() if one.value} == {code_of(HARM): 7, code_of(ROAD): 7}


def test_a_small_limb_takes_the_others_with_it(app: Flask) -> None:
    """One decision named harassment alone, one beside harm, and two nothing; another council's twenty named harm."""
    days = dated.days()
    about = [(HARM,)] * 5 + [(HARM, HARASSMENT), (HARASSMENT,), (), ()]
    decide(accounts.OXFORD, 1, EventKind.REVOKED, days.now[1], *about)
    decide(accounts.CHERWELL, 101, EventKind.SUSPENDED, days.now[1], *[(HARM,)] * 20)
    county = told(days.period)
    # Three of 29 do not name harm: it would tell of them.
    assert {one.value for one in county.values()} == {None}
    own = told(days.period, accounts.OXFORD, alone=True)
    counted = {code: one.value for code, one in own.items() if one.value}
    assert counted == {code_of(HARM): 6, code_of(HARASSMENT): 2, code_of("not_recorded"): 2}
