"""What is unusual in how cases are read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.allegations.unusual import MOST_IN_AN_HOUR, Alert, Look, Unusual, alerts, share_a_surname

ONE, CASE, COUNTY, CITY = UUID(int=1), UUID(int=9), UUID(int=4), UUID(int=5)
NOON = datetime(2026, 6, 3, 11, tzinfo=UTC)  # noon in England
DAY, NEXT, LONG = date(2026, 6, 3), date(2026, 6, 4), timedelta(days=90)


def look(at: datetime = NOON, case_id: UUID = CASE, purpose: str | None = "own_case", own: bool = False) -> Look:
    worked_at = at - timedelta(days=1)
    return Look(COUNTY, at, ONE, "Test Officer", case_id, purpose, own, None, worked_at, worked_too=False)


def found_in(*looks: Look, today: date = NEXT) -> list[Alert]:
    return alerts(looks, today, LONG)


def kinds(*looks: Look, today: date = NEXT) -> set[Unusual]:
    return {one.kind for one in found_in(*looks, today=today)}


def test_a_look_with_a_purpose_at_noon_is_not_unusual() -> None:
    assert found_in(look()) == []


def test_a_look_without_a_purpose_is() -> None:
    assert kinds(look(purpose=None)) == {Unusual.NO_PURPOSE}


def test_ones_own_surname_is() -> None:
    assert kinds(look(own=True)) == {Unusual.OWN_SURNAME}


@pytest.mark.parametrize(("hour", "unusual"), [(5, True), (6, False), (17, False), (18, True)])
def test_hours_are_those_of_the_clock_in_england(hour: int, unusual: bool) -> None:
    """In June that clock is an hour ahead of UTC."""
    assert kinds(look(NOON.replace(hour=hour))) == ({Unusual.ODD_HOURS} if unusual else set())


def test_many_cases_within_an_hour_are_one_alert_with_their_number() -> None:
    many = [look(NOON + timedelta(minutes=n), uuid4()) for n in range(MOST_IN_AN_HOUR + 2)]
    (alert,) = found_in(*many)
    assert (alert.kind, alert.cases, alert.on) == (Unusual.MANY_CASES, MOST_IN_AN_HOUR + 2, DAY)


def test_one_case_looked_at_often_is_not_many() -> None:
    assert found_in(*(look(NOON + timedelta(minutes=n)) for n in range(50))) == []


def test_what_one_person_does_at_two_councils_is_an_alert_for_each() -> None:
    both = found_in(look(own=True), replace(look(own=True), authority_id=CITY))
    assert {(one.authority_id, one.cases) for one in both} == {(COUNTY, 1), (CITY, 1)}


@pytest.mark.parametrize(
    ("closed_on", "idle_days", "worked_too", "unusual"),
    [
        (None, 89, False, False),
        (None, 90, False, False),
        (None, 91, False, True),
        (None, 91, True, False),
        (DAY, 1, False, False),  # closed on the day itself
        (DAY - timedelta(days=1), 1, False, True),
        (DAY - timedelta(days=1), 1, True, False),
    ],
)
def test_a_case_at_rest_is_unusual_to_open_unless_one_works_on_it(
    closed_on: date | None, idle_days: int, worked_too: bool, unusual: bool
) -> None:
    at_rest = replace(look(), closed_on=closed_on, worked_at=NOON - timedelta(days=idle_days), worked_too=worked_too)
    assert kinds(at_rest) == ({Unusual.NO_OPEN_CASE} if unusual else set())
    assert kinds(at_rest, today=DAY) == set()  # the day is not over: work may follow


@given(st.lists(st.integers(0, 300), max_size=40))
def test_cases_no_more_than_so_many_in_any_hour_are_never_many(minutes: list[int]) -> None:
    looks = [look(NOON + timedelta(minutes=n), uuid4()) for n in minutes]
    fullest = max((sum(0 <= other - n <= 60 for other in minutes) for n in minutes), default=0)
    assert (Unusual.MANY_CASES in kinds(*looks)) == (fullest > MOST_IN_AN_HOUR)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Sample", "Bert SAMPLE", True),
        ("Anna Sample", "Sample Bert", False),
        ("Anna Sample (sample)", "B Sample", True),
        ("", "", False),
    ],
)
def test_a_surname_is_the_last_word_of_a_name(one: str, other: str, same: bool) -> None:
    assert share_a_surname(one, other) is same
