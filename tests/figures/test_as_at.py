"""As at a moment: computed, put right later, and computed again as at before, the figures are the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from factories import accounts, allegations, register
from factories.disruption import as_user
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock
from licensing.figures import queries
from licensing.figures.gathering import NOT_TOLD, figures
from licensing.figures.rules import Counted, Period
from licensing.measures.rules import quarter_of
from licensing.permissions import Role
from licensing.register import queries as people
from licensing.register.changes.people import correct_person, person_state
from licensing.register.models import Licence
from licensing.setup import owner_session

CASE = "lado.licensed_transport"


def lately() -> Period:
    return Period(dates.today() - timedelta(days=60), dates.today())


def now() -> datetime:
    with owner_session() as session:
        return session.scalars(text("SELECT clock_timestamp()")).one()


def counts(at: datetime | None = None, period: Period | None = None) -> Counted:
    """As the database counts, before anything is withheld."""
    with owner_session() as session:
        [found] = queries.counted(session, queries.places_counted(session), [period or lately()], at or now())
        return found


def of(code: str, counted: Counted) -> int:
    return sum(counted.of(code, counted.places).values())


def as_owner(*statements: str, **values: object) -> None:
    with owner_session() as session:
        for one in statements:
            session.execute(text(one), values)
        session.commit()


def a_case_of_the_year() -> UUID:
    """Cases are counted of the twelve months to the end of the last quarter."""
    return a_case_of(quarter_of(dates.today()).from_on - timedelta(days=100))


def a_case_of(day: date) -> UUID:
    case_id = allegations.open_case(allegations.officer())
    as_owner("UPDATE lado_case SET referred_on = :day, threshold_on = :day WHERE id = :case", day=day, case=case_id)
    return case_id


@pytest.mark.parametrize(
    ("change", "code", "was", "became"),
    [
        ("UPDATE lado_case SET sector = 'education' WHERE id = :case", f"{CASE}.open", 1, 0),
        ("UPDATE lado_case SET threshold_met = false WHERE id = :case", f"{CASE}.open", 1, 0),
        ("UPDATE lado_case SET referred_on = referred_on - 800 WHERE id = :case", f"{CASE}.referred", 1, 0),
        (
            "UPDATE lado_case SET stage = 'closed', closed_on = referred_on WHERE id = :case",
            f"{CASE}.closed_in_3_months",
            0,
            1,
        ),
    ],
)
def test_a_case_that_is_put_right_is_counted_as_it_was_believed_to_be(
    app: Flask, change: str, code: str, was: int, became: int
) -> None:
    case_id = a_case_of_the_year()
    before = now()
    first = counts(before)
    as_owner("ALTER TABLE lado_case DISABLE TRIGGER guard_closing", change, case=case_id)
    assert (of(code, first), of(code, counts())) == (was, became)
    assert counts(before) == first


def test_allegations_are_of_the_twelve_months_to_the_end_of_a_quarter(app: Flask) -> None:
    year = quarter_of(dates.today()).from_on.year - 1
    a_case_of(date(year - 1, 2, 10))

    def counted_on(word: str, *days: date) -> list[int]:
        return [of(f"{CASE}.{word}", counts(period=Period(day, day))) for day in days]

    last_days = (date(year - 1, 3, 30), date(year - 1, 3, 31), date(year, 3, 30), date(year, 3, 31))
    assert counted_on("referred", *last_days) == [0, 1, 1, 0]
    assert counted_on("open", date(year - 1, 2, 28), *last_days) == [0, 0, 1, 1, 1]


def test_an_outcome_that_is_found_later_is_not_counted_before(app: Flask) -> None:
    case_id = a_case_of_the_year()
    close = "UPDATE lado_case SET stage = 'closed', closed_on = referred_on WHERE id = :case"
    as_owner("ALTER TABLE lado_case DISABLE TRIGGER guard_closing", close, case=case_id)
    before = now()
    first = counts(before)
    found = "UPDATE allegation SET outcome = 'substantiated', outcome_on = current_date WHERE case_id = :case"
    as_owner(found, case=case_id)
    assert (of(f"{CASE}.substantiated", first), of(f"{CASE}.substantiated", counts())) == (0, 1)
    assert counts(before) == first


def test_a_date_of_birth_that_is_found_later_was_missing_before(app: Flask) -> None:
    person_id = register.add(replace(register.numbered(1), date_of_birth=None), accounts.OXFORD)
    before = now()
    first = counts(before)
    with as_user(accounts.user(Role.LICENSING_OFFICER)) as officer:
        person = people.people([person_id])[person_id]
        given = {
            "given_names": person.given_names,
            "family_name": person.family_name,
            "date_of_birth": date(1980, 2, 3),
            "nino": None,
            "driving_licence_no": None,
            "reason": "Their passport was seen.",
        }
        correct_person(officer, person_id, given, person_state(person))
        db.session.commit()
    assert (of("quality.no_date_of_birth", first), of("quality.no_date_of_birth", counts())) == (1, 0)
    assert counts(before) == first


@pytest.mark.parametrize("paused", [False, True])
def test_a_clock_that_is_given_another_day_was_overdue_before(app: Flask, paused: bool) -> None:
    today = dates.today()
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    with as_user(accounts.user(Role.LICENSING_MANAGER)) as manager:
        started = clocks.start(manager, ClockCode.S6_REPLY, (ObjectKind.PERSON, person_id), today - timedelta(days=50))
        clock_id = started.id
        db.session.commit()
    before = now()
    first = counts(before)
    with as_user(accounts.user(Role.LICENSING_MANAGER)) as manager:
        clocks.give_another_day(manager, clock_id, today + timedelta(days=9), "They asked for longer.")
        db.session.commit()
        if paused:
            clocks.pause(manager, clock_id, "They are abroad.")
            clocks.resume(manager, clock_id, "They are back.")
            db.session.commit()
        assert db.session.get_one(Clock, clock_id).due_on >= today + timedelta(days=9)
    assert (of("clocks.s6_reply.overdue", first), of("clocks.s6_reply.overdue", counts())) == (1, 0)
    assert counts(before) == first


def test_what_was_due_on_the_last_day_of_a_period_and_was_late_is_missed_in_it(app: Flask) -> None:
    today = dates.today()
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    with as_user(accounts.user(Role.LICENSING_MANAGER)) as manager:
        about = (ObjectKind.PERSON, person_id)
        last = clocks.start(manager, ClockCode.S6_REPLY, about, today - timedelta(days=60)).due_on
        clocks.meet(manager, ClockCode.S6_REPLY, about, last + timedelta(days=3))
        db.session.commit()
    periods = [Period(last - timedelta(days=20), last), Period(last + timedelta(days=1), last + timedelta(days=20))]
    assert [of("clocks.s6_reply.missed", counts(period=one)) for one in periods] == [1, 0]


def test_since_when_that_is_exact_is_told(app: Flask) -> None:
    with owner_session() as session:
        assert queries.exact_since(session) <= datetime.now(UTC)


def considered_after(days: Sequence[int]) -> None:
    """So many cases about drivers, each relied on in a consideration opened so many days after its referral."""
    lado, officer = allegations.officer(), accounts.user(Role.LICENSING_OFFICER)
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    made = allegations.fill(accounts.COUNTY, person_id, officer)
    assert lado
    with owner_session() as session:
        licence_id = session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
        session.execute(text("DELETE FROM relied_item"))
        for number, after in enumerate(days):
            _copy(session, made, licence_id, officer, number, dates.today() - timedelta(days=after))
        session.commit()


def _copy(session: Session, made: allegations.Filled, licence_id: UUID, officer: UUID, number: int, day: date) -> None:
    ids = {name: str(uuid4()) for name in ("case", "release", "consideration")}
    given = {**ids, "officer": officer, "licence": licence_id, "ref": f"SAMPLE-{number}", "day": day}
    given |= {
        "old_case": made.lado_case_id,
        "old_release": made.release_id,
        "oxford": accounts.authority_id(accounts.OXFORD),
    }
    for statement in _COPIES:
        session.execute(text(statement), given)


_COPIES = (
    "INSERT INTO lado_case SELECT (jsonb_populate_record(c, jsonb_build_object('id', CAST(:case AS text), 'reference',"
    " CAST(:ref AS text), 'referred_on', CAST(:day AS date)))).* FROM lado_case c WHERE c.id = :old_case",
    "INSERT INTO case_release SELECT (jsonb_populate_record(r, jsonb_build_object('id', CAST(:release AS text),"
    " 'case_id', CAST(:case AS text)))).* FROM case_release r WHERE r.id = :old_release",
    "INSERT INTO consideration (id, authority_id, reference, licence_id, source, ground, opened_on, concern_sealed,"
    " opened_by) VALUES (:consideration, :oxford, :ref, :licence, 'designated_officer', 'breach_of_the_acts',"
    " current_date, '\\x00', :officer)",
    "INSERT INTO relied_item (id, authority_id, release_id, object_kind, object_id, content_sealed, relied_by)"
    " VALUES (gen_random_uuid(), :oxford, :release, 'consideration', :consideration, '\\x00', :officer)",
)


@pytest.mark.parametrize(("number", "value"), [(9, None), (11, 30)])
def test_the_days_from_an_allegation_to_its_consideration_are_told_of_enough_cases_alone(
    app: Flask, number: int, value: int | None
) -> None:
    considered_after([30 + one - number // 2 for one in range(number)])
    with owner_session() as session:
        told = {one.code: one for one in figures(session, lately(), now())}["lado.days_to_consideration"]
    assert told.value == value
    assert told.shown == (NOT_TOLD if value is None else "30")


def test_a_register_that_was_stale_is_still_so_as_at_then_after_it_is_brought_in_again(app: Flask) -> None:
    """Brought in 80 days ago and again 20 days ago: on the day 30 days ago it was stale, and today it is not."""
    today, council = dates.today(), accounts.authority_id(accounts.OXFORD)
    officer = accounts.user(Role.LICENSING_OFFICER)
    brought = (
        "INSERT INTO import (id, authority_id, reference, kind, status, file_name, sha256, options, receipt,"
        " changed_rows, fingerprint, staged_by, staged_at, applied_at)"
        " VALUES (gen_random_uuid(), :council, :reference, 'drivers', 'applied', 'sample.csv', '', '{}', '{}', '[]',"
        " '', :by, :at, :at)"
    )
    for number, days in enumerate((80, 20)):
        at = datetime.now(UTC) - timedelta(days=days)
        as_owner(brought, council=council, reference=f"IM-{number}", by=officer, at=at)
    of_day = {
        days: counts(period=Period(today - timedelta(days=days + 5), today - timedelta(days=days)))
        for days in (90, 30, 0)
    }
    stale = {days: of("quality.stale_imports", counted) for days, counted in of_day.items()}
    assert stale == {90: 0, 30: 1, 0: 0}
    known = {days: counted.is_recorded("recorded.imports", accounts.OXFORD) for days, counted in of_day.items()}
    assert known == {90: False, 30: True, 0: True}
