"""Small numbers of people are not told: a count of one to four is a name to whoever knows the place.

Counts of premises, actions and clocks are exact and are not for this.
"""

from collections.abc import Mapping
from typing import TypeVar

SMALLEST_TOLD = 5
WITHHELD = "Withheld"

Key = TypeVar("Key")


def suppressed(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """The counts of one table whose total is told, None where a count is withheld.

    Where one is small, every count from nought to five is withheld. So no sum gives one back, even to who knows this
    rule: two that differ may be exchanged, and of two alike, which are one to four, one may be less and the other
    more. One that would be alone takes the table's first other with it, whatever that counts.
    """
    if not any(_is_small(count) for count in counts.values()):
        return dict(counts)
    withheld = {key for key, count in counts.items() if count <= SMALLEST_TOLD}
    if len(withheld) == 1:
        withheld.update([key for key in counts if key not in withheld][:1])
    return {key: None if key in withheld else count for key, count in counts.items()}


def told(count: int) -> int | None:
    """A count that stands alone, such as a total."""
    return None if _is_small(count) else count


def told_of(count: int, everybody: int) -> int | None:
    """A count beside the number of everybody who was counted: those left over are not told by it either."""
    return suppressed({True: count, False: everybody - count})[True]


def in_words(count: int | None) -> str:
    """A count for a table."""
    return WITHHELD if count is None else f"{count:,}"


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_TOLD
