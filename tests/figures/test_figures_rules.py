"""Periods and the catalogue."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.figures.catalogue import catalogue
from licensing.figures.recorded import NOT_RECORDED, why
from licensing.figures.rules import Period, check_existed, check_period
from licensing.figures.words import Audience, Better, Section, Tells, Unit

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 800))
def test_the_period_before_ends_the_day_before_and_is_as_long(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    assert period.before.until_on == first - timedelta(days=1)
    if period.months is None:
        assert period.before.until_on - period.before.from_on == timedelta(days=length)
    else:
        assert period.before.months == period.months
    assert period.last_year.from_on < period.from_on
    assert period.last_year.until_on < period.until_on


def test_whole_months_are_compared_with_whole_months() -> None:
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert quarter.before == Period(date(2025, 10, 1), date(2025, 12, 31))
    february = Period(date(2025, 2, 1), date(2025, 2, 28))
    assert february.last_year == Period(date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 2, 1), date(2026, 1, 31), "must end on or after"),
        (date(2026, 2, 1), date(2026, 6, 2), "today or in the past"),
    ],
)
def test_a_period_that_is_none_is_refused(first: date, last: date, says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        check_period(Period(first, last), date(2026, 6, 1))


def test_a_council_is_not_asked_about_days_without_it() -> None:
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    check_existed("Sample Council", date(2026, 6, 1), date(2026, 6, 30), june)
    with pytest.raises(RuleBroken, match="did not exist before 2 June 2026"):
        check_existed("Sample Council", date(2026, 6, 2), None, june)
    with pytest.raises(RuleBroken, match="ended on 29 June 2026"):
        check_existed("Sample Council", date(1974, 4, 1), date(2026, 6, 29), june)


def test_every_figure_says_what_it_means_and_how_it_is_computed_or_why_not() -> None:
    for code, one in catalogue().items():
        assert code == one.code
        assert one.name
        assert one.words
        assert one.owner
        assert one.counted
        assert all(why(word) != NOT_RECORDED or word == code for word in one.rests_on)
        assert bool(one.out_of) or one.unit is not Unit.PERCENT
        assert one.target is None or one.better is not Better.NEITHER


def test_the_codes_that_scripts_rely_on_are_there() -> None:
    promised = (
        "licences.private_hire_driver.in_force decisions.revoked decisions.revoked_immediate clocks.nr3s_entry.met"
        " clocks.nr3s_entry.missed vetting.dbs_current_percent training.in_date_percent lado.licensed_transport.open"
        " disruption.CAWN disruption.premises_closed.guesthouse disruption.premises_closed.pub courts.trials"
        " courts.convicted mash.enquiries mash.assessments awareness.reach"
    )
    assert set(promised.split()) <= catalogue().keys()


def test_of_people_nothing_is_told_exactly() -> None:
    exact = {code for code, one in catalogue().items() if one.tells is Tells.EXACT}
    assert all(code.split(".")[0] in {"clocks", "disruption", "operations", "test_purchases", "courts", "quality"} or
               code.startswith("decisions.premises_") for code in exact)  # fmt: skip
    assert all(one.tells is Tells.HIDDEN for one in catalogue().values() if one.code.startswith("lado.licensed"))


def test_every_audience_has_a_selection_and_every_section_an_audience() -> None:
    assert all(one.sections for one in Audience)
    assert {section for one in Audience for section in one.sections} == set(Section)
