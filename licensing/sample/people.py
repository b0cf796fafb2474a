"""Who the invented people are, whichever register they are on."""

from datetime import date, timedelta
from random import Random

from licensing.sample import khan

_FIRST_BIRTHDAY, _DAYS_OF_BIRTHDAYS = date(1952, 1, 1), 18_200  # until October 2001
# Nobody else has Khan's birthday, nor the one that a clerk makes of it by exchanging day and month.
_KEPT_FREE = frozenset({khan.BORN, date(1980, 4, 3)})


def birthday(rng: Random) -> date:
    """A date of birth between 1952 and 2001."""
    born = _FIRST_BIRTHDAY + timedelta(days=rng.randrange(_DAYS_OF_BIRTHDAYS))
    return born + timedelta(days=1) if born in _KEPT_FREE else born
