"""Name parts on the registers that are one letter away from what was typed, found without keeping the names."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import Self

from licensing.matching.hashes import keyed_hash, text_hash
from licensing.matching.sounds import sound_of

_SHORTEST_WITH_NEIGHBOURS = 4
_HASH_32 = 0xFFFF_FFFF


class Neighbours:
    """Name parts on the registers that differ in one letter, by the letters left when any one is taken out.

    Three arrays: the sounds (hashed); and, sorted together, a 32-bit hash of what is left and the place of the sound.
    Two different leftovers with one hash only mean a candidate more.
    """

    def __init__(self, sounds: "array[int]", letters: "array[int]", places: "array[int]") -> None:
        self.sounds = sounds
        self.letters = letters
        self.places = places

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
