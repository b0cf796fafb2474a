"""Small numbers of people are not told: a count of one to four is a name to whoever knows the place.

Where only one count of a table is left out, the total gives it back; so the next smallest is left out with it.
Counts of premises, actions and clocks are exact and are not for this.
"""

from collections.abc import Mapping
from typing import TypeVar

SMALLEST_TOLD = 5
WITHHELD = "Withheld"

Key = TypeVar("Key")


def suppressed(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """The counts of one table whose total is told, None where a count is withheld. Nought is told as nought."""
    small = {key for key, count in counts.items() if 0 < count < SMALLEST_TOLD}
    others = sorted((count, str(key), key) for key, count in counts.items() if count >= SMALLEST_TOLD)
    if len(small) == 1 and others:
        small.add(others[0][2])
    return {key: None if key in small else count for key, count in counts.items()}


def told(count: int) -> int | None:
    """A count that stands alone, such as a total."""
    return None if 0 < count < SMALLEST_TOLD else count


def in_words(count: int | None) -> str:
    """A count for a table."""
    return WITHHELD if count is None else f"{count:,}"
