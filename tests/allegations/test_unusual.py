"""What is unusual in how cases are read."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.allegations.unusual import MOST_IN_AN_HOUR, Look, Unusual, alerts, share_a_surname

ONE, CASE = UUID(int=1), UUID(int=9)
NOON = datetime(2026, 6, 3, 11, tzinfo=UTC)  # noon in England


def look(at: datetime = NOON, case_id: UUID = CASE, purpose: str | None = "own_case", own: bool = False) -> Look:
    return Look(at, ONE, "Test Officer", case_id, purpose, own)


def kinds(*looks: Look) -> set[Unusual]:
    return {one.kind for one in alerts(looks)}


def test_a_look_with_a_purpose_at_noon_is_not_unusual() -> None:
    assert alerts([look()]) == []


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
    (alert,) = alerts(many)
    assert (alert.kind, alert.cases, alert.on) == (Unusual.MANY_CASES, MOST_IN_AN_HOUR + 2, date(2026, 6, 3))


def test_one_case_looked_at_often_is_not_many() -> None:
    assert alerts([look(NOON + timedelta(minutes=n)) for n in range(50)]) == []


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
