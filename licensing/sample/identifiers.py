"""Numbers of the right shape that were never issued, each to one holder only."""

import string
from datetime import date
from random import Random

from anyascii import anyascii

# The number of different National Insurance numbers and registration marks below, and steps through them that come
# back to where they began only after all of them: two holders never share one by chance.
_NI_NUMBERS, _NI_STEP = 4_000_000, 1_234_567
_MARKS, _MARK_STEP = 999 * 26 * 26, 123_457

_POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_WOMAN_ADDS_TO_MONTH = 50


def ni_number(serial: int) -> str:
    """As QQ123456C: a number that begins with QQ is never issued (HMRC manual NIM39110)."""
    place, letter = divmod(serial * _NI_STEP % _NI_NUMBERS, 4)
    return f"QQ{place:06d}{'ABCD'[letter]}"


def registration_mark(serial: int) -> str:
    """As Q123QAB: the three letters of a Q plate never begin with Q."""
    place, number = divmod(serial * _MARK_STEP % _MARKS, 999)
    one, other = divmod(place, 26)
    return f"Q{number + 1}Q{string.ascii_uppercase[one]}{string.ascii_uppercase[other]}"


def driver_number(rng: Random, given: str, family: str, born: date, is_woman: bool) -> str:
    """Sixteen characters as DVLA leaflet INF45 explains them, with a random ending."""
    surname = _letters(family)[:5].ljust(5, "9")
    initials = "".join(_letters(part)[0] for part in given.split())[:2].ljust(2, "9")
    year = f"{born.year % 100:02d}"
    month = born.month + (_WOMAN_ADDS_TO_MONTH if is_woman else 0)
    ending = str(rng.randrange(10)) + "".join(rng.choices(string.ascii_uppercase, k=2))
    return f"{surname}{year[0]}{month:02d}{born.day:02d}{year[1]}{initials}{ending}"


def postcode(rng: Random, outward: str) -> str:
    """A full postcode of a district where nobody lives."""
    return f"{outward} {rng.randrange(10)}{''.join(rng.choices(_POSTCODE_LETTERS, k=2))}"


def _letters(written: str) -> str:
    """The letters A to Z of a name in capitals, accents taken off as on a driving licence."""
    return "".join(letter for letter in anyascii(written).upper() if letter in string.ascii_uppercase)
