"""Papers of a county, its districts and answers to the public, in any order, and a reader who solves for the rest.

The reader has all of them, may work at one of the councils and know all its numbers, and looks for a count of one to
four that can only be one number. A number to the nearest five is read as within three: that within two would tell of
some worlds in hundreds, in which the numbers of all other councils stand at their edges at once.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import pytest

from licensing.accounts.rules import Tier
from licensing.briefings.beside import withheld_beside
from licensing.briefings.content import Content, Words
from licensing.figures import gathering
from licensing.figures.catalogue import catalogue
from licensing.figures.elsewhere import Elsewhere, Telling, about, gathered, number, span
from licensing.figures.gathering import Figure
from licensing.figures.queries import Place
from licensing.figures.rules import Counted, Period
from licensing.figures.words import ABOUT, SMALL, WITHHELD, Audience
from licensing.suppression import told

CODE = "decisions.revoked"
PLACES = ("A", "B", "C", "D", "E")
MONTHS = (1, 2)
WORLDS = 500

Cell = tuple[str, int]  # a place and a month
World = dict[Cell, int]
Sum = tuple[frozenset[Cell], int, int]  # what cells add up to, at least and at most
Said = tuple[str, str, Period, str | None]


@dataclass
class Papers:
    """What was published so far: what it says, and what is held against what is published next."""

    world: World
    places: Sequence[str]
    sums: list[Sum] = field(default_factory=list)
    of_county: list[Content] = field(default_factory=list)
    of_district: dict[str, list[Content]] = field(default_factory=dict)
    said: list[tuple[str, Said]] = field(default_factory=list)  # and by whom

    def count(self, place: str, period: Period) -> int:
        return sum(count for (where, month), count in self.world.items() if where == place and month in months(period))

    def others(self, but_for: str) -> Elsewhere:
        return gathered(one for by, one in self.said if by != but_for)

    def publish(self, own: str, period: Period) -> None:
        """A briefing of one council, or of the county where it is called nothing."""
        counts = [self._counted(one) for one in (period, period.before, period.last_year)]
        area = [Place(UUID(int=0), one, one, Tier.DISTRICT) for one in ([own] if own else self.places)]
        made = gathering.figure_of(catalogue()[CODE], counts, area, own or None, restricted=False)
        content = paper(made, own, period)
        earlier = self.of_district.setdefault(own, []) if own else self.of_county
        [figure] = withheld_beside(content, earlier, self.others(own))
        earlier.append(replace(content, figures=(figure,)))
        self._read(figure, own, period)

    def answer(self, own: str, period: Period) -> None:
        """To the public, of the whole time."""
        others, count = self.others("nobody"), self.count(own, period)
        telling = others.telling(CODE, own, others.timeline(CODE, own), span(period, count))
        exact = str(count) if telling is Telling.EXACTLY else about(count) if telling is Telling.ROUNDED else WITHHELD
        shown = SMALL if told(count) is None else exact
        self._say("an answer", own, period, shown)
        self._add([own], period, shown)

    def _say(self, by: str, place: str, period: Period, shown: str | None) -> None:
        """As the database gives it: of a table with a total also what it withholds."""
        if by == "" or number(shown or "") is not None:
            self.said.append((by, (CODE, place, period, shown)))

    def _counted(self, period: Period) -> Counted:
        numbers = {(place, CODE): self.count(place, period) for place in self.places}
        recorded = {(place, word): 1 for place in self.places for word in ("recorded.existed", "recorded.decisions")}
        return Counted(numbers | recorded, self.places)

    def _read(self, figure: Figure, own: str, period: Period) -> None:
        three = (
            (period, figure.shown),
            (period.before, figure.previous_shown),
            (period.last_year, figure.last_year_shown),
        )
        for which, (when, shown) in zip(("value", "previous", "last_year"), three, strict=True):
            self._add([own] if own else self.places, when, shown)
            if own:
                self._say(own, own, when, shown)
            elif which != "value" and number(shown) is not None:
                for place in self.places:
                    self._say("", place, when, None)
        if not own:
            for place, shown in figure.by_place.items():
                self._add([place], period, shown)
                self._say("", place, period, shown)

    def _add(self, places: Sequence[str], period: Period, shown: str) -> None:
        cells = frozenset((place, month) for place in places for month in months(period))
        count = number(shown)
        if count is not None:
            self.sums.append((cells, count, count))
        elif shown == SMALL:
            self.sums.append((cells, 1, 4))
        elif shown.startswith(ABOUT):
            near = int(shown.removeprefix(ABOUT))
            self.sums.append((cells, near - 3, near + 3))


def months(period: Period) -> set[int]:
    """Those of the world; nothing happened before it."""
    return {one for one in MONTHS if period.from_on <= date(2026, one, 15) <= period.until_on}


def of_months(first: int, last: int) -> Period:
    return Period(date(2026, first, 1), date(2026, last + 1, 1) - date.resolution)


def paper(figure: Figure, own: str, period: Period) -> Content:
    named = ((own, own),) if own else ()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Content(Audience.SCRUTINY, own, not own, named, period, at, (figure,), Words(), "BR-0000-0000", 1, "Sample")


def published(chance: Random) -> Papers:
    """A world, and eight papers of it in any order."""
    places, most = PLACES[: chance.randint(4, 5)], chance.choice((4, 8, 15))
    world = {(place, month): chance.randint(0, most) for place in places for month in MONTHS}
    papers, periods = Papers(world, places), [of_months(1, 1), of_months(2, 2), of_months(1, 2)]
    for _ in range(8):
        own = chance.choice(("", "", *places))
        if own and chance.random() < 0.3:
            papers.answer(own, periods[-1])
        else:
            papers.publish(own, chance.choice(periods))
    return papers


def recovered(papers: Papers) -> Iterator[tuple[str, Cell]]:
    """(who reads, cell) of the small counts that can only be what they are."""
    for own in ("", *papers.places):
        known = {cell: count for cell, count in papers.world.items() if cell[0] == own}
        for cell, count in papers.world.items():
            others = (papers.world | {cell: other} for other in (count - 1, count + 1, count - 2, count + 2, count + 3))
            if cell[0] != own and 0 < count < 5 and not any(
                solved(papers.sums, one, known.keys() | {cell}) for one in others if one[cell] >= 0
            ):  # fmt: skip
                yield own, cell


def solved(sums: Collection[Sum], world: World, settled: AbstractSet[Cell]) -> bool:
    """Whether the cells that are not settled can be changed, one after another, until everything adds up."""
    wrong = next((one for one in sums if not one[1] <= sum(world[cell] for cell in one[0]) <= one[2]), None)
    if wrong is None:
        return True
    cells, least, most = wrong
    free, have = sorted(cells - settled), sum(world[cell] for cell in cells)
    step = least - have if have < least else most - have
    return any(
        solved(sums, world | {cell: world[cell] + moved}, settled | {cell})
        for cell in free
        for moved in {step, step - 1 if step > 1 else step, step + 1 if step < -1 else step}
        if world[cell] + moved >= 0
    ) or (
        len(free) > 1
        and abs(step) > 1
        and any(
            solved(sums, world | {cell: world[cell] + (1 if step > 0 else -1)}, settled | {cell})
            for cell in free
            if world[cell] + (1 if step > 0 else -1) >= 0
        )
    )


def given_back() -> Iterator[tuple[World, list[tuple[str, Cell]]]]:
    chance = Random(20261123)
    for _ in range(WORLDS):
        papers = published(chance)
        if found := list(recovered(papers)):
            yield papers.world, found


def test_no_order_of_papers_gives_a_small_count_back() -> None:
    assert list(given_back()) == []


@pytest.mark.parametrize(
    "careless",
    [
        lambda patch: patch.setattr(Elsewhere, "telling", lambda *_: Telling.EXACTLY),
        lambda patch: patch.setattr(Elsewhere, "tells_of", lambda *_: False),
    ],
)
def test_the_attack_succeeds_where_papers_of_others_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, careless: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """Otherwise the test above could not fail."""
    careless(monkeypatch)
    assert any(given_back())
