"""Small numbers of people are not told: a count of one to four is a name to whoever knows the place.

Counts of premises, actions and clocks are exact and are not for this.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

SMALLEST_TOLD = 5
# A percentage of fewer than these moves by several points with one person.
SMALLEST_BASE = 20
# Of so many a whole per cent is four people: what places withhold does not come back from the percentage of all.
LARGE_BASE = 400
WITHHELD = "Withheld"
# Beside the numbers of places stand those who read them and know their own place's: two more at least are withheld.
AMONG_PLACES = 3

Key = TypeVar("Key")
# A count of a period: its first day, the day after its last, and what was counted.
Span = tuple[date, date, int]


def suppressed(counts: Mapping[Key, int], least: int = 2) -> dict[Key, int | None]:
    """The counts of one table whose total is told, None where a count is withheld.

    Where one is small, every count from nought to five is withheld. So no sum gives one back, even to who knows this
    rule: two that differ may be exchanged, and of two alike, which are one to four, one may be less and the other
    more. Where they are fewer than `least`, they take the table's first others with them, whatever those count.
    """
    if not any(_is_small(count) for count in counts.values()):
        return dict(counts)
    withheld = {key for key, count in counts.items() if count <= SMALLEST_TOLD}
    if len(withheld) < least:
        withheld.update([key for key in counts if key not in withheld][: least - len(withheld)])
    return {key: None if key in withheld else count for key, count in counts.items()}


def told(count: int) -> int | None:
    """A count that stands alone, such as a total."""
    return None if _is_small(count) else count


def told_of(count: int, everybody: int) -> int | None:
    """A count beside the number of everybody who was counted: those left over are not told by it either."""
    return suppressed({True: count, False: everybody - count})[True]


def rounded(count: int) -> int:
    """To the nearest multiple of the smallest told: two of them, one taken from the other, leave no small count."""
    return SMALLEST_TOLD * round(count / SMALLEST_TOLD)


def in_words(count: int | None) -> str:
    """A count for a table."""
    return WITHHELD if count is None else f"{count:,}"


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_TOLD


@dataclass(frozen=True)
class Across(Generic[Key]):
    """One count for each of several places and for all together, None where it is withheld."""

    places: Mapping[Key, int | None]
    total: int | None


def across(counts: Mapping[Key, int]) -> Across[Key]:
    """Counts of several places that are told beside their total, to readers of whom each knows their own place's."""
    return Across(suppressed(counts, AMONG_PLACES), _total(counts))


def _total(counts: Mapping[Key, int]) -> int | None:
    """The total, unless it is small, or gives a small count to whoever knows the number of one place.

    Where one is small, the others together must be none or many. Below twice the smallest told, that they must be would
    itself settle what they are.
    """
    total = sum(counts.values())
    if _is_small(total):
        return None
    is_some_small = any(map(_is_small, counts.values()))
    gives = total < 2 * SMALLEST_TOLD or any(_is_small(total - count) for count in counts.values())
    return None if is_some_small and gives else total


def parts_across(parts: Mapping[Key, int], wholes: Mapping[Key, int]) -> Across[Key]:
    """A part of what `across` tells of the same places, as immediate revocations are of all revocations.

    Rows and columns of such a table have totals, and a cell that is withheld alone in either comes back. So where a
    part or a rest is small anywhere, no place's part is told; of all places together it is where neither is small.
    """
    rests = {key: wholes[key] - parts[key] for key in wholes}
    total = None if None in (_total(wholes), _total(rests)) else _total(parts)
    if total == 0:
        return Across(dict(parts), 0)  # of none together there is none anywhere
    if any(map(_is_small, (*parts.values(), *rests.values()))):
        return Across(dict.fromkeys(parts), total)
    return Across(dict(parts), total)


def percent_across(parts: Mapping[Key, int], wholes: Mapping[Key, int]) -> Across[Key]:
    """How many in a hundred, to a whole number, where the number of all is told too.

    A percentage of few is a count, and one beside the number of all tells of the rest: it is withheld where either is
    small, with others beside it, where the number of all is withheld, and on a base of fewer than SMALLEST_BASE. That
    of all together is withheld beside those unless the base is large. The part itself must not be told beside it.
    """
    rests = {key: wholes[key] - parts[key] for key in wholes}
    tables = [suppressed(counts, AMONG_PLACES) for counts in (parts, rests, wholes)]
    withheld = {key for table in tables for key, count in table.items() if count is None}
    shown = {key: None if key in withheld else percent(parts[key], wholes[key]) for key in wholes}
    everybody = sum(wholes.values())
    is_told = None not in (_total(parts), _total(rests)) and (not withheld or everybody >= LARGE_BASE)
    return Across(shown, percent(sum(parts.values()), everybody) if is_told else None)


def percent(part: int, everybody: int) -> int | None:
    """How many in a hundred; None on a base too small to say."""
    return round(100 * part / everybody) if everybody >= SMALLEST_BASE else None


class Timeline:
    """What is known of a count between days, from what was told of periods.

    Two days are linked where the count between them is told; so of any two that are linked, however far round, the
    count between is known: a quarter less two of its months is the third. Told twice of the same days, their difference
    is what was recorded late.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        # The days that are linked to each other, each with how many it is after the first of them.
        self._linked: dict[date, dict[date, int]] = {}
        for one in spans:
            self.tell(one)

    def tell(self, new: Span) -> None:
        """Another count is told from now on. Of the same days the first stands."""
        first, after, count = new
        ours, theirs = self._around(first), self._around(after)
        if ours is theirs:
            return
        moved = ours[first] + count - theirs[after]
        ours |= {day: known + moved for day, known in theirs.items()}
        self._linked |= dict.fromkeys(ours, ours)

    def knows(self, first: date, after: date) -> bool:
        """Whether the count between two days is known."""
        return after in self._around(first)

    def reaches(self, day: date) -> tuple[date, date]:
        """The first and the last of the days that are linked to one."""
        linked = self._around(day)
        return min(linked), max(linked)

    def gives_small(self, new: Span) -> bool:
        """Whether a new count, beside those that were told, gives a small one back."""
        first, after, count = new
        ours, theirs = self._around(first), self._around(after)
        if ours is theirs:
            return _is_small(abs(ours[after] - ours[first] - count))
        moved = ours[first] + count - theirs[after]
        return any(_is_small(abs(one + moved - other)) for one in theirs.values() for other in ours.values())

    def _around(self, day: date) -> dict[date, int]:
        return self._linked.setdefault(day, {day: 0})
