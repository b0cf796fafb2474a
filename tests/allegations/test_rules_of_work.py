"""In which order the days of a case come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.allegations.rules_of_work import check_closing_day, check_day
from licensing.errors import RuleBroken

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))


@given(DAYS, st.none() | DAYS)
def test_a_day_is_refused_before_what_comes_first_and_no_other(on: date, before: date | None) -> None:
    if before and on < before:
        with pytest.raises(RuleBroken) as broken:
            check_day("outcome_on", on, "referred", before)
        assert broken.value.field == "outcome_on"
    else:
        check_day("outcome_on", on, "referred", before)


@given(DAYS, DAYS, st.lists(st.none() | DAYS))
def test_a_case_closes_after_its_threshold_and_its_last_outcome(
    on: date, threshold_on: date, outcomes_on: list[date | None]
) -> None:
    if all(on >= one for one in [threshold_on, *outcomes_on] if one):
        check_closing_day(on, threshold_on, outcomes_on)
    else:
        with pytest.raises(RuleBroken, match="or a later one"):
            check_closing_day(on, threshold_on, outcomes_on)
