"""How common names, dates and postcodes are on the registers: what makes agreeing on Vashti worth more than on Khan.

Only keyed hashes and counts are held, so the kept form tells nobody a name. A stale table shifts the weights a
little and hides nobody.
"""

import struct
from array import array
from collections import Counter
from collections.abc import Iterable
from datetime import date
from math import log
from typing import Self

from licensing.matching.hashes import text_hash
from licensing.matching.names import OFTEN_LEFT_OUT, tokens_of
from licensing.matching.neighbours import Neighbours
from licensing.matching.records import Record
from licensing.matching.sounds import MOHAMMED, sound_of

_HEADER = struct.Struct("<4sIIII")
_MARK = b"MST1"

# A register that is new or small says little, so each count starts from what is usual in England as if this many
# people had been seen before.
_USUAL_PEOPLE = 200
_USUAL_SHARE = {"token": 0.001, "sound": 0.002, "year": 1 / 50, "day": 1 / 365, "postcode": 1 / 20_000}
_USUAL_SHARE_OF_COMMON_NAME = 0.02
_COMMON = {"token": OFTEN_LEFT_OUT, "sound": {MOHAMMED, *map(sound_of, OFTEN_LEFT_OUT)}}


class Statistics:
    """Counts of people by name part, sound, year, day and postcode; and which name parts are one letter apart."""

    def __init__(
        self,
        secret: bytes,
        people: int = 0,
        counts: dict[int, int] | None = None,
        neighbours: Neighbours | None = None,
    ) -> None:
        self.people = people
        self._secret = secret
        self._counts = counts or {}
        self._neighbours = neighbours or Neighbours.of((), secret)
        self._rarities: dict[tuple[str, str], float] = {}
        self._rarities_of_dates: dict[date, float] = {}

    @classmethod
    def gather(cls, records: Iterable[Record], secret: bytes) -> Self:
        """Count the records of all registers. A person with two names counts once for each part of either."""
        people = 0
        counts: Counter[tuple[str, str]] = Counter()
        for record in records:
            people += 1
            counts.update(_counted(record))
        tokens = [text for kind, text in counts if kind == "token"]
        hashed = {
            text_hash(kind, text, secret): count
            for (kind, text), count in counts.items()
            if kind != "postcode" or count > 1
        }
        return cls(secret, people, hashed, Neighbours.of(tokens, secret))

    def rarity(self, kind: str, text: str) -> float:
        """Minus the natural logarithm of the share of people with this `token`, `sound` or `postcode`."""
        known = self._rarities.get((kind, text))
        if known is None:
            known = self._rarities[kind, text] = -log(self._share(kind, text))
        return known

    @property
    def greatest_rarity(self) -> float:
        """The rarity of a name part that nobody has."""
        return -log(_USUAL_PEOPLE * _USUAL_SHARE["token"] / (self.people + _USUAL_PEOPLE))

    def rarity_of_date(self, born: date) -> float:
        """The same for a date of birth, taking year and day as independent: 1 January is common in every year."""
        known = self._rarities_of_dates.get(born)
        if known is None:
            known = self.rarity("year", str(born.year)) + self.rarity("day", born.isoformat()[5:])
            self._rarities_of_dates[born] = known
        return known

    def share_of_sound(self, sound: str) -> float:
        """The share of people, 0 to 1, with a name part of this sound."""
        return self._share("sound", sound)

    def has_token(self, token: str) -> bool:
        """Whether anybody on a register has this name part, spelt so."""
        return text_hash("token", token, self._secret) in self._counts

    def near_sounds(self, token: str) -> set[int]:
        """Hashes of the sounds of name parts on the registers that are one letter away from this one, or the same."""
        return self._neighbours.near(token, self._secret)

    def _share(self, kind: str, text: str) -> float:
        usual = _USUAL_SHARE_OF_COMMON_NAME if text in _COMMON.get(kind, ()) else _USUAL_SHARE[kind]
        counted = self._counts.get(text_hash(kind, text, self._secret), 0)
        return (counted + _USUAL_PEOPLE * usual) / (self.people + _USUAL_PEOPLE)

    def dump(self) -> bytes:
        """The table to be kept: hashes and counts only."""
        near = self._neighbours
        keys = array("q", sorted(self._counts))
        counts = array("I", (self._counts[key] for key in keys))
        header = _HEADER.pack(_MARK, self.people, len(keys), len(near.sounds), len(near.letters))
        return header + b"".join(part.tobytes() for part in (keys, counts, near.sounds, near.letters, near.places))

    @classmethod
    def load(cls, kept: bytes, secret: bytes) -> Self:
        """Read what `dump` wrote. Raises ValueError when it is something else."""
        if kept[:4] != _MARK:
            raise ValueError("These are not matching statistics")
        _, people, counted, sounds, letters = _HEADER.unpack_from(kept)
        parts: list[array[int]] = []
        start = _HEADER.size
        for code, length in (("q", counted), ("I", counted), ("q", sounds), ("I", letters), ("I", letters)):
            part = array(code)
            end = start + length * part.itemsize
            part.frombytes(kept[start:end])
            parts.append(part)
            start = end
        return cls(secret, people, dict(zip(parts[0], parts[1], strict=True)), Neighbours(*parts[2:]))


def _counted(record: Record) -> set[tuple[str, str]]:
    """What one person adds one to."""
    tokens = {token for name in record.names for token in tokens_of(name)}
    counted = {("token", token) for token in tokens}
    counted |= {("sound", sound_of(token)) for token in tokens}
    counted |= {("postcode", postcode) for postcode in record.postcodes}
    if born := record.date_of_birth:
        counted |= {("year", str(born.year)), ("day", born.isoformat()[5:])}
    return counted
