"""How common names, dates and postcodes are on the registers: what makes agreeing on Vashti worth more than on Khan.

Only keyed hashes and counts are held, so the kept form tells nobody a name. A stale table shifts the weights a
little and hides nobody.
"""

import struct
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import date
from math import log
from typing import Self

from licensing.matching.hashes import keyed_hash, text_hash
from licensing.matching.names import is_often_left_out, tokens_of
from licensing.matching.records import Record
from licensing.matching.sounds import sound_of

_SHORTEST_WITH_NEIGHBOURS = 4
_HEADER = struct.Struct("<4sIIII")
_MARK = b"MST1"
_HASH_32 = 0xFFFF_FFFF

# A register that is new or small says little, so each count starts from what is usual in England as if this many
# people had been seen before.
_USUAL_PEOPLE = 200
_USUAL_SHARE = {"token": 0.001, "sound": 0.002, "year": 1 / 50, "day": 1 / 365, "postcode": 1 / 20_000}
_USUAL_SHARE_OF_COMMON_NAME = 0.02


class Statistics:
    """Counts of people by name part, sound, year, day and postcode; and which name parts are one letter apart."""

    def __init__(
        self,
        secret: bytes,
        people: int = 0,
        counts: dict[int, int] | None = None,
        neighbours: "Neighbours | None" = None,
    ) -> None:
        self.people = people
        self._secret = secret
        self._counts = counts or {}
        self._neighbours = neighbours or Neighbours()
        self._rarities: dict[tuple[str, str], float] = {}

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
        return self.rarity("year", str(born.year)) + self.rarity("day", born.isoformat()[5:])

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
        usual = _USUAL_SHARE_OF_COMMON_NAME if kind in ("token", "sound") and is_often_left_out(text) else _USUAL_SHARE[kind]
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


class Neighbours:
    """Name parts on the registers that differ in one letter, by the letters left when any one is taken out.

    Three arrays: the sounds (hashed); and, sorted together, a 32-bit hash of what is left and the place of the sound.
    Two different leftovers with one hash only mean a candidate more.
    """

    def __init__(
        self,
        sounds: "array[int] | None" = None,
        letters: "array[int] | None" = None,
        places: "array[int] | None" = None,
    ) -> None:
        self.sounds = sounds if sounds is not None else array("q")
        self.letters = letters if letters is not None else array("I")
        self.places = places if places is not None else array("I")

    @classmethod
    def of(cls, tokens: Iterable[str], secret: bytes) -> Self:
        """Build from the distinct name parts of all registers."""
        places: dict[int, int] = {}
        left = {
            (hashed, places.setdefault(text_hash("sound", sound_of(token), secret), len(places)))
            for token in tokens
            if len(token) >= _SHORTEST_WITH_NEIGHBOURS
            for hashed in _one_letter_out(token, secret)
        }
        ordered = sorted(left)
        return cls(
            array("q", places), array("I", (one for one, _ in ordered)), array("I", (place for _, place in ordered))
        )

    def near(self, token: str, secret: bytes) -> set[int]:
        """Sound hashes of the name parts that share a leftover with this one."""
        if len(token) < _SHORTEST_WITH_NEIGHBOURS:
            return set()
        return {self.sounds[place] for hashed in _one_letter_out(token, secret) for place in self._places(hashed)}

    def _places(self, hashed: int) -> Iterable[int]:
        at = bisect_left(self.letters, hashed)
        while at < len(self.letters) and self.letters[at] == hashed:
            yield self.places[at]
            at += 1


def _one_letter_out(token: str, secret: bytes) -> set[int]:
    """32-bit hashes of the token and of the token with each one letter taken out."""
    shorter = {token[:at] + token[at + 1 :] for at in range(len(token))}
    return {keyed_hash(letters.encode(), secret) & _HASH_32 for letters in (token, *shorter)}
