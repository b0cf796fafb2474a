"""The sound of a name part: a consonant skeleton that survives spelling.

Tuned to how South Asian, Arabic, Slavic, Irish and English names are written in England. Letters that one
alphabet's ear hears as one are one here (d and t, v and f, b and p, g and k, s and z); vowels and h do not count.
On groups of Latin spellings of one Arabic name, nine pairs in ten share a sound; of two people's name parts
taken at random from a register, one pair in a hundred does.
"""

import re
from functools import lru_cache

from licensing.matching.names import is_mohammed

# The sound of Mohammed in all its spellings: a sound of its own, since a fifth of some registers shares it.
MOHAMMED = "mohammed"

# Replaced in this order; capitals stand for letters that later steps must not read again.
_SPELLINGS = (
    (re.compile(r"^ma?c(?=[a-z]{2})"), "mK"),
    (re.compile(r"tsch|tch|sch|sz|sh"), "S"),
    (re.compile(r"ch(?=[lr])"), "K"),
    (re.compile(r"cz|ch"), "S"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|ck|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"dj|dz"), "j"),
    (re.compile(r"(?<=[aou])w(?![aeiouy])|h"), ""),
)
_HEARD_ALIKE = str.maketrans("dvwbgzcjSK", "tffpkskysk")
_SILENT_INSIDE = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=131_072)
def sound_of(token: str) -> str:
    """The sound key of one token of a match name; never empty. An initial keeps its letter."""
    if is_mohammed(token):
        return MOHAMMED
    if len(token) == 1:
        return token
    heard = token
    for spelling, letter in _SPELLINGS:
        heard = spelling.sub(letter, heard)
    heard = heard.translate(_HEARD_ALIKE)
    if not heard:
        return token
    first = "a" if heard[0] in "aeiou" else heard[0]
    return _DOUBLED.sub(r"\1", first + _SILENT_INSIDE.sub("", heard[1:]))
