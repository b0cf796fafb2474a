"""Written dates are read strictly, and dates are written in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.dates import (
    DateNotUnderstood,
    DateOrder,
    day_of,
    in_words,
    moment_in_words,
    parse_written,
    years_after,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-03",
        "03/06/2025",
        "3/6/2025",
        "03-06-2025",
        "03.06.2025",
        "03 06 2025",
        "3 June 2025",
        "3rd June 2025",
        "3 Jun 2025",
        "03-JUN-2025",
        " 3 june, 2025 ",
        "2025-06-03 00:00:00",
        "2025-06-03T14:05:00.000Z",
        "03/06/2025 14:05",
    ],
)
def test_the_usual_ways_of_writing_a_date_are_read(text: str) -> None:
    assert parse_written(text) == date(2025, 6, 3)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/25/1980", "MDY", date(1980, 3, 25)),
        ("1980/03/25", "YMD", date(1980, 3, 25)),
        ("1980-03-25", "MDY", date(1980, 3, 25)),
        ("25 March 1980", "MDY", date(1980, 3, 25)),
    ],
)
def test_another_order_is_read_when_it_is_said(text: str, order: DateOrder, expected: date) -> None:
    assert parse_written(text, order) == expected


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        (
            "03/25/1980",
            "DMY",
            "25 cannot be a month; if this file writes the month first, choose that when you bring it in",
        ),
        (
            "25/03/1980",
            "MDY",
            "25 cannot be a month, and the mapping says that this file writes the month first",
        ),
        (
            "1980/03/25",
            "DMY",
            "The year comes first; if this file writes the year first, say so in the mapping",
        ),
        (
            "25/03/1980",
            "YMD",
            "The year does not come first, and the mapping says that this file writes the year first",
        ),
        ("31/02/2025", "DMY", "31 February 2025 is not a date: February 2025 has 28 days"),
        ("29 February 2023", "DMY", "29 February 2023 is not a date: February 2023 has 28 days"),
        ("0 June 2025", "DMY", "0 June 2025 is not a date: June 2025 has 30 days"),
        ("13/13/2025", "DMY", "13 cannot be a month"),
        ("01/01/3017", "DMY", "The year 3017 is not between 1900 and 2100"),
        ("01/01/1899", "DMY", "The year 1899 is not between 1900 and 2100"),
        ("21-FEB-05", "DMY", "The year 05 must have four digits"),
        ("03/06/25", "DMY", "The year 25 must have four digits"),
        ("3 Juny 2025", "DMY", "'Juny' is not a month"),
        ("soon", "DMY", "'soon' is not a date: write it like 3 June 2025 or 03/06/2025"),
        ("", "DMY", "'' is not a date: write it like 3 June 2025 or 03/06/2025"),
        (
            "٠٣/٠٦/٢٠٢٥",
            "DMY",
            "'٠٣/٠٦/٢٠٢٥' is not a date: write it like 3 June 2025 or 03/06/2025",
        ),
    ],
)
def test_a_date_that_cannot_be_read_is_refused_in_words(text: str, order: DateOrder, reason: str) -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        parse_written(text, order)
    assert str(refused.value) == reason


@given(DAYS)
def test_every_day_is_read_back_from_its_words(day: date) -> None:
    assert parse_written(in_words(day)) == day


@given(DAYS, st.sampled_from(["/", "-", ".", " "]), st.sampled_from(["DMY", "MDY", "YMD"]))
def test_every_day_is_read_back_from_numbers_in_the_order_said(day: date, separator: str, order: DateOrder) -> None:
    parts = {"D": f"{day.day:02}", "M": f"{day.month:02}", "Y": f"{day.year}"}
    assert parse_written(separator.join(parts[part] for part in order), order) == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_in_range_or_refused(text: str) -> None:
    try:
        day = parse_written(text)
    except DateNotUnderstood:
        return
    assert 1900 <= day.year <= 2100


def test_a_date_in_words_has_no_leading_zero() -> None:
    assert in_words(date(2025, 6, 3)) == "3 June 2025"


def test_a_moment_is_written_by_the_clock_in_england() -> None:
    assert moment_in_words(datetime(2025, 6, 3, 13, 5, tzinfo=UTC)) == "3 June 2025 at 2:05pm"


def test_a_moment_just_after_midnight_in_summer_is_of_the_day_in_england() -> None:
    assert day_of(datetime(2025, 6, 2, 23, 30, tzinfo=UTC)) == date(2025, 6, 3)


def test_a_leap_day_has_its_anniversary_on_the_last_of_february() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
