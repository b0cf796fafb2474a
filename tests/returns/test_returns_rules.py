"""The periods of returns, and what of parts beside their whole is told to everybody."""

from datetime import date

import pytest

from licensing.errors import RuleBroken
from licensing.figures.of_returns import every_figure
from licensing.figures.rules import Period
from licensing.returns.catalogue import RETURNS
from licensing.returns.rules import check_published, last_financial_year, last_survey_year, told_parts


def test_the_survey_is_of_the_twelve_months_to_the_last_first_of_april() -> None:
    assert last_survey_year(date(2026, 4, 1)) == Period(date(2025, 4, 2), date(2026, 4, 1))
    assert last_survey_year(date(2026, 3, 31)) == Period(date(2024, 4, 2), date(2025, 4, 1))


def test_the_last_financial_year_has_ended() -> None:
    assert last_financial_year(date(2026, 4, 1)) == Period(date(2025, 4, 1), date(2026, 3, 31))
    assert last_financial_year(date(2026, 3, 31)) == Period(date(2024, 4, 1), date(2025, 3, 31))
    check_published(last_financial_year(date(2026, 3, 31)))


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2024, 1, 1), date(2024, 12, 31)),
        Period(date(2023, 4, 1), date(2024, 3, 31)),
    ],
)
def test_whole_years_are_published(period: Period) -> None:
    check_published(period)


@pytest.mark.parametrize(
    ("period", "field"),
    [
        (Period(date(2024, 1, 1), date(2024, 11, 30)), "until_on"),
        (Period(date(2024, 1, 1), date(2025, 12, 31)), "until_on"),
        (Period(date(2024, 2, 1), date(2025, 1, 31)), "from_on"),
        (Period(date(2024, 4, 2), date(2025, 4, 1)), "from_on"),
    ],
)
def test_no_other_period_is_published_since_two_could_be_subtracted(period: Period, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_published(period)
    assert broken.value.field == field


@pytest.mark.parametrize(
    ("parts", "whole", "told"),
    [
        ({"a": 12, "b": 9, "c": 0}, 21, {"a": 12, "b": 9, "c": 0}),
        ({"a": 12, "b": 3, "c": 0}, 15, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 3, "c": 8}, 23, {"a": None, "b": None, "c": 8}),
        # In several parts at once: two of ten are left over by one of them.
        ({"a": 8, "b": 10}, 10, {"a": None, "b": 10}),
        ({"a": 6, "b": 7, "c": 0}, 12, {"a": 6, "b": 7, "c": 0}),
    ],
)
def test_what_is_small_or_would_give_it_back_is_withheld(
    parts: dict[str, int], whole: int, told: dict[str, int | None]
) -> None:
    assert told_parts(parts, whole) == told


def test_every_figure_of_a_return_is_one_of_the_catalogue_and_says_what_it_counts() -> None:
    for one in RETURNS.values():
        for table in one.tables:
            for code in filter(None, (*table.parts, table.whole, table.unsaid)):
                assert every_figure()[code].words, code
            assert all(every_figure()[code].rests_on for code in table.parts)
            # Counts of people beside each other are one table with their whole, or stand alone.
            assert len(table.parts) == 1 or table.whole
