"""A briefing beside those published before: no sum or difference of periods gives a small count back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from licensing.briefings.beside import withheld_beside
from licensing.briefings.content import Content, Words
from licensing.briefings.page import pages
from licensing.figures.catalogue import catalogue
from licensing.figures.gathering import Figure
from licensing.figures.rules import Period
from licensing.figures.words import WITHHELD, Audience, Better
from licensing.suppression import Timeline

CODE = "decisions.revoked"


def of_months(first: int, last: int) -> Period:
    return Period(date(2026, first, 1), date(2026, last + 1, 1) - date.resolution)


def briefing(period: Period, count: int | None, code: str = CODE) -> Content:
    one = catalogue()[code]
    shown = "fewer than 5" if count is None else str(count)
    figure = Figure(
        code,
        one.name,
        one.words,
        one.section,
        one.unit,
        one.owner,
        count,
        shown,
        None,
        "",
        None,
        "",
        {},
        one.better,
        None,
        0,
    )  # fmt: skip
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Content(
        Audience.SCRUTINY, "Oxfordshire", True, (), period, at, (figure,), Words(), "BR-0000-0000", 1, "Sample"
    )


def told(new: Content, *earlier: Content) -> int | None:
    return withheld_beside(new, earlier)[0].value


def test_a_longer_period_is_withheld_where_the_difference_is_small() -> None:
    summer = briefing(of_months(6, 8), 9)
    assert told(briefing(of_months(6, 9), 11), summer) is None
    assert told(briefing(of_months(6, 9), 14), summer) == 14
    assert told(briefing(of_months(6, 9), 9), summer) == 9


def test_a_quarter_less_two_of_its_months_is_the_third() -> None:
    months = [briefing(of_months(7, 7), 6), briefing(of_months(8, 8), 7), briefing(of_months(9, 9), None)]
    assert told(briefing(of_months(7, 9), 16), *months) is None
    assert told(briefing(of_months(7, 9), 18), *months) == 18


def test_what_is_counted_of_children_is_held_against_other_periods_too() -> None:
    missing = "indicators.missing_over_two"
    months = [briefing(of_months(7, 7), 12, missing), briefing(of_months(8, 8), 9, missing)]
    assert told(briefing(of_months(7, 9), 24, missing), *months) is None


def by_place(period: Period, **shown: str) -> Content:
    content = briefing(period, 30)
    return replace(content, figures=(replace(content.figures[0], by_place=shown),))


def places_told(new: Content, *earlier: Content) -> set[str]:
    return set(withheld_beside(new, earlier)[0].by_place.values())


def test_places_over_days_that_others_share_are_not_told_where_either_withholds_one() -> None:
    """Two months and their sum, of which each table withholds two places, have one solution together."""
    july, august, both = of_months(7, 7), of_months(8, 8), of_months(7, 8)
    small = {"A": WITHHELD, "B": WITHHELD, "C": "20"}
    assert places_told(by_place(august, **small), by_place(july, **small)) == {WITHHELD, "20"}
    assert places_told(by_place(both, A="10", B="5", C="41"), by_place(july, **small)) == {WITHHELD}
    large = {"A": "9", "B": "12", "C": "20"}
    assert places_told(by_place(both, A="18", B="24", C="40"), by_place(july, **large)) == {"18", "24", "40"}
    assert places_told(by_place(both, A="12", B="24", C="40"), by_place(july, **large)) == {WITHHELD}


def test_the_same_days_are_told_by_place_again_as_they_were() -> None:
    july, small = of_months(7, 7), {"A": WITHHELD, "B": WITHHELD, "C": WITHHELD, "D": "20"}
    assert places_told(by_place(july, **small), by_place(july, **small)) == {WITHHELD, "20"}
    assert places_told(by_place(july, **{**small, "D": "21"}), by_place(july, **small)) == {WITHHELD}


def with_part(period: Period, whole: int, part: int) -> Content:
    """Of revocations, those at once; in one district too, whose numbers are the same."""
    made = [briefing(period, count, code) for code, count in ((CODE, whole), (f"{CODE}_immediate", part))]
    figures = [replace(one.figures[0], by_place={"A": one.figures[0].shown}) for one in made]
    return replace(made[0], figures=tuple(figures))


def test_what_a_part_leaves_of_its_whole_is_held_against_other_periods_too() -> None:
    """Twenty and six are large, and so are those not at once; of the month between them it would be two."""
    summer = with_part(of_months(6, 7), 12, 6)
    longer = withheld_beside(with_part(of_months(6, 8), 20, 12), [summer])
    assert [(one.shown, one.by_place["A"]) for one in longer] == [("20", "20"), (WITHHELD, WITHHELD)]
    longer = withheld_beside(with_part(of_months(6, 8), 24, 12), [summer])
    assert [(one.shown, one.by_place["A"]) for one in longer] == [("24", "24"), ("12", "12")]


def test_whatever_order_periods_are_published_in_nothing_small_is_known() -> None:
    """Months of random counts; periods of random lengths, one after another, in 200 worlds."""
    chance = Random(7)
    for _ in range(200):
        counts = [chance.randint(0, 7) for _ in range(9)]
        published: list[Content] = []
        for _ in range(12):
            first = chance.randint(1, 9)
            last = chance.randint(first, 9)
            count = sum(counts[first - 1 : last])
            new = briefing(of_months(first, last), None if 0 < count < 5 else count)
            published.append(briefing(new.period, told(new, *published)))
        spans = [
            (one.period.from_on, one.period.until_on + date.resolution, figure.value)
            for one in published
            if (figure := one.figure(CODE)) and figure.value is not None
        ]
        line = Timeline()
        for one in spans:
            assert not line.gives_small(one)
            line.tell(one)


def test_what_misses_its_target_beyond_the_first_five_is_counted() -> None:
    one = briefing(of_months(7, 7), 10)
    missed = replace(one.figures[0], better=Better.MORE, target=90)
    content = replace(one, figures=(missed,) * 7)
    [exceptions] = [block for block in pages(content)[0] if block.heading == "Exceptions"]
    assert len(exceptions.points) == 6
    assert exceptions.points[-1] == "And 2 more."
