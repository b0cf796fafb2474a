"""Clocks that run: started once, met, ceased, paused, moved; whose they are; and a council's own periods."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from accounts import browsers
from factories import accounts, register
from flask import Flask
from sqlalchemy import text
from tasks.conftest import acting

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes, queries
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock
from licensing.deadlines.rules import ENGLAND, ClockState, FirstDay, Unit
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

ENTRY, REPORT = ClockCode.NR3S_ENTRY, ClockCode.S5_REPORT
MONDAY = date(2026, 6, 1)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def about(app: Flask) -> tuple[ObjectKind, UUID]:
    return ObjectKind.PERSON, register.add(register.KHAN, accounts.OXFORD)


def started(by: UUID, about: tuple[ObjectKind, UUID], code: ClockCode = REPORT, on: date = MONDAY) -> UUID:
    with acting(by) as user:
        clock = changes.start(user, code, about, on)
        db.session.commit()
        return clock.id


def kept(clock_id: UUID) -> Clock:
    with owner_session() as session:
        return session.get_one(Clock, clock_id)


def test_a_clock_runs_once_about_a_record(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    first = started(officer, about)
    assert started(accounts.user(Role.LICENSING_MANAGER), about, on=date(2026, 6, 3)) == first
    assert kept(first).due_on == date(2026, 6, 12)
    assert started(officer, about, ENTRY) != first


def test_one_that_was_met_late_says_so_and_the_next_begins_anew(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    first = started(officer, about)
    with acting(officer) as user:
        changes.meet(user, REPORT, about, date(2026, 6, 15))
        changes.meet(user, REPORT, about, date(2026, 6, 16))  # nothing runs any more
        db.session.commit()
    assert kept(first).state_on(dates.today()) is ClockState.MET_LATE
    assert (kept(first).met_on, kept(first).missed_on) == (date(2026, 6, 15), date(2026, 6, 12))
    assert started(officer, about) != first


def test_an_overdue_clock_that_is_given_another_day_stays_missed(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    clock, next_month = started(officer, about), dates.today() + timedelta(days=30)
    with acting(officer) as user:
        changes.give_another_day(user, clock, next_month, "The court asked for it")
        db.session.commit()
    found = kept(clock)
    assert (found.first_due_on, found.due_on, found.missed_on) == (date(2026, 6, 12), next_month, date(2026, 6, 12))
    with acting(officer) as user:
        with pytest.raises(RuleBroken, match="due on that day already"):
            changes.give_another_day(user, clock, next_month, "Again")
        with pytest.raises(RuleBroken, match="on or after the day on which the clock started"):
            changes.give_another_day(user, clock, date(2026, 5, 1), "Earlier")


def test_a_paused_clock_has_as_many_days_left_as_before(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    clock = started(officer, about)
    with acting(officer) as user:
        with time_machine.travel("2026-06-04T10:00:00Z"):
            changes.pause(user, clock, "The police asked us to wait")
            assert queries.one_clock(clock).state_on(dates.today()) is ClockState.PAUSED
            with pytest.raises(RuleBroken, match="paused already"):
                changes.pause(user, clock, "Again")
        with time_machine.travel("2026-06-29T10:00:00Z"):
            changes.resume(user, clock, "They are done")
        db.session.commit()
    # From Thursday 4 to Friday 12 June there were seven working days, the Thursday among them.
    assert (kept(clock).due_on, kept(clock).missed_on) == (date(2026, 7, 7), None)


def test_what_has_ended_is_not_changed(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    clock = started(officer, about)
    with acting(officer) as user:
        changes.cease(user, REPORT, about, "Reported by another council")
        db.session.commit()
        for change in (changes.pause, changes.resume):
            with pytest.raises(RuleBroken, match="ended already"):
                change(user, clock, "Why")
    assert kept(clock).state_on(dates.today()) is ClockState.CEASED


def test_a_duty_is_none_before_its_first_day(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    with acting(officer) as user, pytest.raises(RuleBroken, match="was not the law on that day"):
        changes.start(user, ENTRY, about, date(2023, 4, 26))
    assert started(officer, about, ENTRY, date(2023, 4, 27))


def test_another_council_and_other_roles_see_no_clock(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    clock = started(officer, about)
    for stranger in (
        accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL),
        accounts.user(Role.DISRUPTION_OFFICER),
        accounts.user(Role.AUDITOR),
    ):
        with acting(stranger):
            assert not queries.clock_exists(clock)
            assert queries.clocks_about(*about) == []
    with acting(accounts.user(Role.LICENSING_MANAGER)):
        assert [one.id for one in queries.clocks_about(*about)] == [clock]


def test_a_council_chooses_a_period_where_no_statute_fixes_it(app: Flask) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER)
    chosen = {"unit": Unit.YEARS, "first_day": FirstDay.AFTER, "source": "Policy 4.2", "reason": "Our practice"}
    with acting(manager) as user:
        changes.set_own_rule(user, ClockCode.SUSPENSION_REVIEW, length=3, valid_from=MONDAY, **chosen)
        db.session.commit()
        before = queries.due(ClockCode.SUSPENSION_REVIEW, user.authority.id, MONDAY - timedelta(days=1))
        since = queries.due(ClockCode.SUSPENSION_REVIEW, user.authority.id, MONDAY)
        assert (before.due_on, since.due_on) == (date(2026, 6, 28), date(2029, 6, 1))
        with pytest.raises(RuleBroken, match="from that day already"):
            changes.set_own_rule(user, ClockCode.SUSPENSION_REVIEW, length=2, valid_from=MONDAY, **chosen)
        with pytest.raises(RuleBroken, match="The law fixes this period"):
            changes.set_own_rule(user, ClockCode.S61_EFFECT, length=3, valid_from=MONDAY, **chosen)
        with pytest.raises(RuleBroken, match="Which checks are needed"):
            changes.set_own_rule(user, ClockCode.DBS_UPDATE, length=3, valid_from=MONDAY, **chosen)
    with acting(accounts.user(Role.LICENSING_MANAGER, accounts.CHERWELL)) as user:
        elsewhere = queries.due(ClockCode.SUSPENSION_REVIEW, user.authority.id, MONDAY)
        assert elsewhere.due_on == date(2026, 6, 29)


def test_setting_up_again_keeps_what_a_council_chose(app: Flask) -> None:
    from licensing.setup import write_reference_data

    with owner_session() as session:
        before = session.execute(text("SELECT count(*) FROM clock_rule")).scalar_one()
    write_reference_data()
    with owner_session() as session:
        assert session.execute(text("SELECT count(*) FROM clock_rule")).scalar_one() == before


def test_the_trail_and_the_history_say_what_happened(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    clock = started(officer, about)
    with acting(officer) as user:
        changes.meet(user, REPORT, about, date(2026, 6, 12))
        db.session.commit()
        assert [one.kind.value for one in queries.changes_of(clock)] == ["met", "started"]
    with owner_session() as session:
        trail = session.scalars(text("SELECT action FROM audit_entry WHERE object_id = :id"), {"id": clock}).all()
    assert sorted(trail) == ["added", "changed"]


def test_what_runs_stands_among_the_work_of_its_team(app: Flask, about: tuple[ObjectKind, UUID]) -> None:
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    clock = started(accounts.user(Role.LICENSING_OFFICER), about)
    work = officer.get("/work?when=overdue&kind=S5_REPORT").text
    assert f'href="/work/clocks/{clock}"' in work
    assert "Khan" in work
    assert f'href="/work/clocks/{clock}"' not in officer.get("/work?kind=visit").text
    assert "Overdue" in officer.get(f"/work/clocks/{clock}").text


def test_what_is_done_while_the_clock_is_paused_is_in_time(officer: UUID, about: tuple[ObjectKind, UUID]) -> None:
    today = dates.today()
    clock = started(officer, about, on=today - timedelta(days=20))
    with owner_session() as session:  # paused before its day, which passed meanwhile
        row = session.get_one(Clock, clock)
        row.due_on = today - timedelta(days=3)
        row.paused_on = today - timedelta(days=5)
        session.commit()
    with acting(officer) as user:
        changes.meet(user, REPORT, about, today)
        db.session.commit()
    assert kept(clock).state_on(today) is ClockState.MET
    assert kept(clock).missed_on is None


@pytest.mark.parametrize(("hours", "state"), [(-1, ClockState.MET), (5, ClockState.MET_LATE), (None, ClockState.MET)])
def test_a_period_of_hours_is_over_at_its_moment_where_that_is_known(
    officer: UUID, about: tuple[ObjectKind, UUID], hours: int | None, state: ClockState
) -> None:
    begun = datetime(2026, 6, 1, 9, 30, tzinfo=ENGLAND)
    with acting(officer) as user:
        clock = changes.start(user, ClockCode.LA_53A_INTERIM, about, begun)
        assert clock.due_at
        at = None if hours is None else clock.due_at + timedelta(hours=hours)
        changes.meet(user, ClockCode.LA_53A_INTERIM, about, clock.due_on, at=at)
        db.session.commit()
        clock_id = clock.id
    assert kept(clock_id).state_on(dates.today()) is state
    assert kept(clock_id).met_at == at
