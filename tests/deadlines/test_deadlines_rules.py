"""Counting periods: the worked examples of the field, and what must hold of any."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.deadlines.catalogue import national_rules
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.queries import holiday
from licensing.deadlines.rules import (
    ENGLAND,
    Calendar,
    ClockRule,
    ClockState,
    FirstDay,
    SetBy,
    Skips,
    Unit,
    moved_on,
    reckon,
    state_on,
)

ENGLISH = Calendar(holiday, {})
RULES = {rule.code: rule for rule in national_rules()}
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def rule(length: int, unit: Unit, first_day: FirstDay = FirstDay.AFTER, skips: Skips = Skips.NOTHING) -> ClockRule:
    return ClockRule(
        ClockCode.S5_REPORT, "", length, unit, first_day, "", "", "", SetBy.LAW, True, date(2000, 1, 1), skips=skips
    )


any_rule = st.builds(rule, st.integers(1, 60), st.sampled_from(Unit), st.sampled_from(FirstDay), st.sampled_from(Skips))


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("S61_EFFECT", "2026-06-01", "2026-06-21"),
        ("MAG_APPEAL_1976", "2026-06-01", "2026-06-22"),
        ("S60_61_GROUNDS", "2026-06-01", "2026-06-15"),
        ("NR3S_ENTRY", "2026-12-22", "2026-12-30"),
        ("NR3S_ANSWER", "2026-08-24", "2026-09-21"),
        ("S5_REPORT", "2026-06-01", "2026-06-12"),
        ("S5_REPORT", "2026-05-23", "2026-06-08"),
        ("S6_REPLY", "2026-08-24", "2026-09-21"),
        ("S68_DEEMED", "2026-06-01", "2026-08-01"),
        ("S68_DEEMED", "2026-12-31", "2027-02-28"),
        ("LA_REVIEW_CONSULT", "2026-06-01", "2026-06-29"),
        ("LA_REVIEW_HEAR", "2026-06-29", "2026-07-27"),
        ("LA_53A_FINAL", "2026-06-01", "2026-06-29"),
        ("LA_APPEAL", "2026-06-01", "2026-06-21"),
        ("HEPN_APPLY", "2026-06-01", "2026-06-03"),
        ("CLOSE_CJPA_FROM", "2026-06-01", "2026-06-08"),
        ("CLOSE_CJPA_APPLY", "2026-06-01", "2026-12-01"),
        ("CLOSE_CJPA_APPLY", "2026-08-31", "2027-02-28"),
        ("S116_MAX", "2026-06-01", "2026-12-01"),
        ("LADO_REFER", "2026-06-05", "2026-06-08"),
        ("DBS_UPDATE", "2026-08-31", "2027-02-28"),
        ("TRAIN_REFRESH", "2024-02-29", "2027-02-28"),
        ("NR3S_RETENTION", "2026-06-01", "2037-05-31"),
    ],
)
def test_the_worked_examples(code: str, start: str, due: str) -> None:
    found = reckon(RULES[ClockCode(code)], date.fromisoformat(start), ENGLISH)
    assert found.due_on == date.fromisoformat(due)


def test_an_entry_counted_from_the_day_after_would_be_due_a_day_later() -> None:
    exclusive = rule(5, Unit.WORKING_DAYS, FirstDay.AFTER)
    assert reckon(exclusive, date(2026, 12, 22), ENGLISH).due_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        # Friday afternoon: the weekend does not count.
        ("LA_53A_INTERIM", datetime(2026, 6, 5, 15, tzinfo=ENGLAND), datetime(2026, 6, 9, 15, tzinfo=ENGLAND)),
        ("CLOSE_SOA_HEAR", datetime(2026, 6, 5, 15, tzinfo=ENGLAND), datetime(2026, 6, 7, 15, tzinfo=ENGLAND)),
        ("CLOSE_ASB_HEAR", datetime(2026, 12, 24, 9, tzinfo=ENGLAND), datetime(2026, 12, 27, 9, tzinfo=ENGLAND)),
        # The clocks go back in between: 48 hours are 48 hours.
        ("SELF_REPORT", datetime(2026, 10, 24, 12, tzinfo=ENGLAND), datetime(2026, 10, 26, 11, tzinfo=ENGLAND)),
        ("SELF_REPORT", datetime(2027, 3, 27, 12, tzinfo=ENGLAND), datetime(2027, 3, 29, 13, tzinfo=ENGLAND)),
    ],
)
def test_hours_run_by_the_clock_and_leave_out_what_the_law_leaves_out(
    code: str, start: datetime, due: datetime
) -> None:
    assert reckon(RULES[ClockCode(code)], start, ENGLISH).due_at == due


def test_the_day_of_royal_mourning_and_the_coronation_were_no_working_days() -> None:
    assert not ENGLISH.is_working(date(2022, 9, 19))
    assert not ENGLISH.is_working(date(2023, 5, 8))
    assert ENGLISH.why_not(date(2026, 12, 28)).startswith("Boxing Day")


def test_a_day_on_which_the_council_is_closed_does_not_count() -> None:
    closed = Calendar(holiday, {date(2026, 6, 3): "Elections"})
    found = reckon(rule(5, Unit.WORKING_DAYS, FirstDay.COUNTS), date(2026, 6, 1), closed)
    assert found.due_on == date(2026, 6, 8)
    assert ("Elections", 0) in [(one.words, one.number) for one in found.days]


@given(any_rule, days, st.integers(0, 400))
def test_a_later_start_is_never_due_earlier(one: ClockRule, day: date, later: int) -> None:
    assert reckon(one, day, ENGLISH).due_on <= reckon(one, day + timedelta(days=later), ENGLISH).due_on


@given(any_rule, days)
def test_a_longer_period_is_never_due_earlier(one: ClockRule, day: date) -> None:
    longer = rule(one.length + 1, one.unit, one.first_day, one.skips)
    assert reckon(one, day, ENGLISH).due_on <= reckon(longer, day, ENGLISH).due_on


@given(st.integers(1, 60), st.sampled_from(FirstDay), days)
def test_working_days_end_on_one_and_are_as_many_as_were_asked_for(length: int, first: FirstDay, day: date) -> None:
    found = reckon(rule(length, Unit.WORKING_DAYS, first), day, ENGLISH)
    begins = day if first is FirstDay.COUNTS else day + timedelta(days=1)
    between = [begins + timedelta(days=n) for n in range((found.due_on - begins).days + 1)]
    assert ENGLISH.is_working(found.due_on)
    assert sum(map(ENGLISH.is_working, between)) == length


@given(any_rule, days)
def test_a_reckoning_says_of_each_day_whether_it_counts(one: ClockRule, day: date) -> None:
    found = reckon(one, day, ENGLISH)
    assert found.days[0].day == day
    assert found.days[-1].day >= found.due_on or one.unit is Unit.HOURS
    assert [shown.day for shown in found.days] == sorted(shown.day for shown in found.days)
    if one.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        assert [shown.number for shown in found.days if shown.number] == list(range(1, one.length + 1))


@given(st.integers(1, 240), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_hours_that_skip_nothing_are_elapsed_time(length: int, start: datetime) -> None:
    begins = start.replace(tzinfo=UTC)
    due = reckon(rule(length, Unit.HOURS), begins, ENGLISH).due_at
    assert due is not None
    assert due.astimezone(UTC) - begins == timedelta(hours=length)


@given(days, st.integers(0, 40), st.integers(0, 40), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]))
def test_a_pause_takes_nothing_and_gives_nothing(day: date, left: int, paused: int, unit: Unit) -> None:
    due, resumed = day + timedelta(days=left), day + timedelta(days=paused)
    moved = moved_on(due, day, resumed, unit, ENGLISH)
    assert moved >= resumed
    if unit is Unit.DAYS:
        assert moved - resumed == due - day
    elif any(ENGLISH.is_working(day + timedelta(days=n)) for n in range(left + 1)):
        count = sum(ENGLISH.is_working(day + timedelta(days=n)) for n in range(left + 1))
        assert sum(ENGLISH.is_working(resumed + timedelta(days=n)) for n in range((moved - resumed).days + 1)) == count


def test_what_was_missed_stays_missed() -> None:
    day, due = date(2026, 6, 10), date(2026, 6, 9)
    nothing = {"paused_on": None, "met_on": None, "missed": False, "ceased": False}
    assert state_on(day, due, **nothing) is ClockState.OVERDUE
    assert state_on(due, due, **nothing) is ClockState.DUE_SOON
    assert state_on(date(2026, 6, 1), due, **nothing) is ClockState.RUNNING
    assert state_on(day, due, **{**nothing, "paused_on": due}) is ClockState.PAUSED
    assert state_on(day, due, **{**nothing, "met_on": due}) is ClockState.MET
    assert state_on(day, due, **{**nothing, "met_on": day}) is ClockState.MET_LATE
    assert state_on(day, date(2026, 6, 30), **{**nothing, "met_on": due, "missed": True}) is ClockState.MET_LATE


def test_every_clock_has_a_rule_a_source_and_words() -> None:
    assert set(RULES) == set(ClockCode)
    assert all(one.source and one.name and one.starts and one.stops for one in RULES.values())
