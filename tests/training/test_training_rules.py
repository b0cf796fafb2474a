"""What somebody's training comes to as at a day, how long it lasts, and what cannot be recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.training.rules import (
    NO_END,
    NOTHING,
    Audience,
    Facts,
    Given,
    Policy,
    Result,
    TrainingStatus,
    Unit,
    When,
    check_counts,
    check_given,
    months_after,
    policy_in_force,
    standing,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
POLICY = Policy(
    Audience.DRIVER, 3, Unit.YEARS, When.APPLICATION_STARTED, date(2018, 1, 1), "A page", verified=True, is_own=False
)
PASSED = Given(Result.PASSED, "A course", "A provider", completed_on=date(2026, 6, 3))


@given(day=DAYS, more=st.integers(1, 400), length=st.integers(1, 120), unit=st.sampled_from(Unit))
def test_what_is_completed_later_never_expires_sooner(day: date, more: int, length: int, unit: Unit) -> None:
    policy = replace(POLICY, length=length, unit=unit)
    sooner, later = policy.expiry(day), policy.expiry(day + timedelta(days=more))
    assert sooner is not None
    assert later is not None
    assert day < sooner <= later


@given(day=DAYS, months=st.integers(1, 240))
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day == day.day or (after + timedelta(days=1)).day == 1


def test_three_years_from_a_leap_day_end_on_the_last_of_february() -> None:
    assert POLICY.expiry(date(2024, 2, 29)) == date(2027, 2, 28)
    assert POLICY.refresh == "Every 3 years"


def test_training_that_is_done_once_does_not_expire() -> None:
    once = replace(POLICY, length=None)
    assert once.expiry(TODAY) is None
    assert standing(Facts(passed_until=NO_END), TODAY).words == "Training is passed and does not expire."


@given(day=DAYS)
def test_a_councils_own_policy_holds_from_its_day_and_the_default_until_then(day: date) -> None:
    own = replace(POLICY, length=1, is_own=True, valid_from=date(2026, 4, 1))
    newer = replace(own, length=2, valid_from=date(2028, 4, 1))
    held = policy_in_force([newer, POLICY, own], Audience.DRIVER, day)
    begun = [one for one in (POLICY, own, newer) if one.valid_from <= day]
    assert held == (begun[-1] if begun else None)
    assert policy_in_force([own], Audience.COUNCIL, day) is None


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        (NOTHING, TrainingStatus.NOT_STARTED, "No training is recorded."),
        (Facts(passed_until=TODAY), TrainingStatus.PASSED, "Training is in date until 22 November 2026."),
        (
            Facts(passed_until=date(2026, 11, 21)),
            TrainingStatus.EXPIRED,
            "Training expired on 21 November 2026. Nothing is booked.",
        ),
        (
            Facts(passed_until=date(2026, 11, 21), booked_for=date(2026, 12, 10)),
            TrainingStatus.EXPIRED_BOOKED,
            "Training expired on 21 November 2026; booked again for 10 December 2026.",
        ),
        (Facts(booked_for=TODAY), TrainingStatus.BOOKED, "Training is booked for 22 November 2026."),
        (Facts(failed=True), TrainingStatus.ATTENDED_FAILED, "Attended, and has not passed."),
        (Facts(failed=True, unverified=True), TrainingStatus.CERTIFICATE_UNVERIFIED, "A certificate waits"),
        (Facts(exempt=True, passed_until=date(2020, 1, 1)), TrainingStatus.EXEMPT, "Exempt from training"),
        (Facts(passed_until=date(2020, 1, 1), unverified=True), TrainingStatus.EXPIRED, "A certificate waits"),
    ],
)
def test_the_standing_is_the_best_that_can_be_said(facts: Facts, status: TrainingStatus, words: str) -> None:
    found = standing(facts, TODAY)
    assert found.status is status
    assert words in found.words


def test_what_lapses_soon_is_in_date_today() -> None:
    for days, lapses in ((0, True), (30, True), (31, False)):
        found = standing(Facts(passed_until=TODAY + timedelta(days=days)), TODAY)
        assert found.status.is_in_date
        assert found.lapses_within(30, TODAY) is lapses
    assert not standing(Facts(passed_until=NO_END), TODAY).lapses_within(60, TODAY)
    assert not standing(Facts(passed_until=TODAY - timedelta(days=1)), TODAY).lapses_within(60, TODAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(PASSED, completed_on=None), "completed_on"),
        (replace(PASSED, completed_on=date(2026, 11, 23)), "completed_on"),
        (replace(PASSED, expires_on=date(2026, 6, 2)), "expires_on"),
        (replace(PASSED, score=69), "score"),
        (replace(PASSED, result=Result.BOOKED), "booked_for"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(wrong: Given, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_given(wrong, 70, TODAY)
    assert broken.value.field == field


def test_what_can_be_is_not_refused() -> None:
    check_given(replace(PASSED, score=70), 70, TODAY)
    check_given(replace(PASSED, score=1), None, TODAY)
    check_given(replace(PASSED, result=Result.ATTENDED_FAILED, score=20), 70, TODAY)
    check_given(replace(PASSED, result=Result.BOOKED, booked_for=date(2020, 1, 1), completed_on=None), 70, TODAY)
    check_given(Given(Result.EXEMPT, "A course", "A provider"), 70, TODAY)


def test_no_more_are_trained_than_there_are() -> None:
    check_counts(12, 12)
    with pytest.raises(RuleBroken, match="12"):
        check_counts(13, 12)
