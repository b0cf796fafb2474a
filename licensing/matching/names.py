"""A written name as the tokens that are compared.

Case, accents, titles and punctuation go; spellings of one name part that a clerk would not tell apart
become one. What was written is kept elsewhere: nothing here is ever shown as the person's name.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import OSA

ABDUL = "abdul"
UDDIN = "uddin"


def _name_parts() -> dict[str, frozenset[str]]:
    with (Path(__file__).parent / "data" / "name_parts.csv").open(encoding="utf-8", newline="") as table:
        return {row["kind"]: frozenset(row["parts"].split()) for row in csv.DictReader(table)}


_NAME_PARTS = _name_parts()
_TITLES = _NAME_PARTS["title"]
_PARTICLES = _NAME_PARTS["particle"]
# Parts that people add or leave out from one form to the next, Mohammed besides.
OFTEN_LEFT_OUT = _NAME_PARTS["often left out"]

_MOHAMMED_SHORT = _NAME_PARTS["mohammed"]
_MOHAMMED_SPELLINGS = re.compile(r"m[aeiou]*h+[aeiou]+m+[aeio]+[dt]{1,2}")
_MOHAMMED_COMMON = ("mohammed", "muhammad", "mohammad", "mohamed", "mohamad", "muhammed", "muhamad")
_SHORTEST_MISTYPED = 6
_ABDUL_ALONE = _NAME_PARTS["abdul"]
_ABDUL_JOINED = re.compile(r"abd(?:[ue]l|ul|al|ool|ur|us|un|i)(?!lah|lla)([a-z]{4,})")
_UDDIN_ALONE = re.compile(r"[aeu]d{1,2}(?:i|ee|ie)ne?")
_UDDIN_JOINED = re.compile(r"([a-z]{3,}?)(?:[aeiou]dd|ud)(?:i|ee|ie)ne?")
_DIN = frozenset(("din", "deen", "dine"))
_DIN_ARTICLES = frozenset(("ud", "ad", "ed", "al", "el", "ul", "u"))

_APOSTROPHES = re.compile(r"['’‘`´ʻʼ]")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z])")
_PREFIXED_CAPITAL = re.compile(r"\b(Mac|Mc|Fitz|De|Di|Du|La|Le|Van|Von|O|D)(?=[A-Z])")


@lru_cache(maxsize=65_536)
def match_name(given: str, family: str) -> str:
    """The name as matched: given tokens and family tokens, as ``"mohammed aslam/khan"``; empty if nothing is left."""
    given_tokens, family_tokens = _tokens(given), _tokens(family)
    if len(given_tokens) + len(family_tokens) == 0:
        return ""
    kept_given = [token for token in given_tokens if token not in _PARTICLES]
    kept_family = [token for token in family_tokens if token not in _PARTICLES]
    if len(kept_given) + len(kept_family) >= 2:
        given_tokens, family_tokens = kept_given, kept_family
    return f"{' '.join(given_tokens)}/{' '.join(family_tokens)}"


def _tokens(written: str) -> list[str]:
    """Lower-case ASCII tokens of one written field, titles dropped and compounds split."""
    folded = fold(written)
    tokens = [token for token in folded.split() if token not in _TITLES]
    return [part for token in _joined(tokens) for part in _split(token)]


def fold(written: str) -> str:
    """Lower-case letters a to z and single spaces; accents, apostrophes and other scripts turned to plain letters."""
    spaced = _RUN_TOGETHER.sub(" ", _PREFIXED_CAPITAL.sub(lambda found: found[1].lower(), written))
    plain = spaced if spaced.isascii() else anyascii(spaced)
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", plain).lower()).strip()


def _joined(tokens: list[str]) -> list[str]:
    """Put back together what is one part written as two: O Hara, Mc Donald, Ud Din."""
    joined: list[str] = []
    for token in tokens:
        previous = joined[-1] if joined else ""
        if (previous == "o" and len(token) > 2) or previous in ("mc", "mac"):
            joined[-1] = previous + token
        elif token in _DIN and previous in _DIN_ARTICLES:
            joined[-1] = UDDIN
        else:
            joined.append(token)
    return joined


def _split(token: str) -> tuple[str, ...]:
    """One part as written turned into the parts it is made of, in the spelling used for matching."""
    if token in _ABDUL_ALONE:
        return (ABDUL,)
    if _UDDIN_ALONE.fullmatch(token):
        return (UDDIN,)
    if found := _ABDUL_JOINED.fullmatch(token):
        return (ABDUL, found[1])
    if found := _UDDIN_JOINED.fullmatch(token):
        return (found[1], UDDIN)
    return (token,)


def tokens_of(name: str) -> tuple[str, ...]:
    """All tokens of a match name, given names first."""
    return tuple(name.replace("/", " ").split())


@lru_cache(maxsize=65_536)
def is_mohammed(token: str) -> bool:
    """Whether a token is Mohammed, in any spelling, shortened, or one slip away: one driver in six bears the name."""
    if token in _MOHAMMED_SHORT or _MOHAMMED_SPELLINGS.fullmatch(token):
        return True
    # Quick to rule out: a slip leaves an m and one of the other two consonants.
    if len(token) < _SHORTEST_MISTYPED or "m" not in token or not ("h" in token or "d" in token):
        return False
    return any(OSA.distance(token, spelling, score_cutoff=1) <= 1 for spelling in _MOHAMMED_COMMON)


def is_often_left_out(token: str) -> bool:
    """Whether people add or leave out this part from one form to the next, so that its absence says little."""
    return token in OFTEN_LEFT_OUT or is_mohammed(token)
