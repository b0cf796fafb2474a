"""When an account counts as unused, and when access is reviewed again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.administration.rules import is_inactive, review_due

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
TODAY = NOW.date()


def test_ninety_days_without_a_sign_of_somebody_is_unused() -> None:
    long_ago = NOW - timedelta(days=400)
    assert is_inactive(NOW - timedelta(days=90), long_ago, NOW)
    assert not is_inactive(NOW - timedelta(days=89, hours=23), long_ago, NOW)
    assert is_inactive(None, long_ago, NOW)
    assert not is_inactive(None, NOW - timedelta(days=3), NOW)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, TODAY),
        (date(2026, 1, 5), date(2026, 7, 5)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 6, 30)),
    ],
)
def test_access_is_reviewed_again_six_months_later(last: date | None, due: date) -> None:
    assert review_due(last, TODAY) == due


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_review_is_always_due_within_half_a_year_and_a_few_days(last: date) -> None:
    assert timedelta(days=178) <= review_due(last, TODAY) - last <= timedelta(days=184)
