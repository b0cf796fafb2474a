"""Words that look as if they named a child: a name beside a date of birth or an age under 18.

No child is named in this service. A form that takes a narrative asks once, and whoever writes decides: a pattern
knows neither who is a child nor what is a name.
"""

import calendar
import itertools
import re
from collections.abc import Iterator

ADULT = 18
# How far a name may stand from the date or the age, in characters.
NEAR = 40

_CALENDAR = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name))
_WORD = r"[^\W\d_][\w'’-]*"
_NAMES = re.compile(rf"\b{_WORD}(?: {_WORD})+")
_DAY = r"(?:\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4})"
_BORN = r"\b(?:d\.?o\.?b\.?|born|date of birth|birthday)\b\W{0,3}(?:(?:is|was|on)\W)?\W{0,3}"
_BIRTH = re.compile(rf"{_BORN}(?:{_DAY})?", re.I)
_DATE = re.compile(rf"[ ,(]{{1,3}}{_DAY}\b")
_AGE = re.compile(
    r"\b(?:aged?|is|was)\W{1,2}(\d{1,2})\b(?!\s*(?:%|pm|am|:|/|minutes|miles|days|weeks|hours))"
    r"|\b(\d{1,2})\W?(?:years?\W?old|yrs?\W?old|y/?o)\b"
    r"|[,(]\s?(\d{1,2})\s?[,).]",
    re.I,
)


def looks_like_a_person(words: str) -> list[str]:
    """The passages in which somebody may be named with a date of birth or an age under 18; [] where there are none.

    A date with no word of birth counts only where it follows the name at once: most dates are of what happened.
    """
    marks = sorted([*(match.span() for match in _BIRTH.finditer(words)), *_ages(words)])
    found: list[tuple[int, int]] = []
    for start, end in _names(words):
        near = [one for one in marks if one[0] - NEAR <= end and start <= one[1] + NEAR]
        if date := _DATE.match(words, end):
            near.append(date.span())
        if near:
            found.append((min(start, near[0][0]), max(end, near[0][1])))
    return list(dict.fromkeys(" ".join(words[start:end].split()) for start, end in found))


def _names(words: str) -> Iterator[tuple[int, int]]:
    """Where two words or more stand beside each other that begin with capitals."""
    for match in _NAMES.finditer(words):
        run = itertools.groupby(re.finditer(_WORD, match[0]), key=_may_be_of_a_name)
        for is_capital, group in run:
            parts = list(group)
            if is_capital and len(parts) > 1:
                yield match.start() + parts[0].start(), match.start() + parts[-1].end()


def _may_be_of_a_name(word: re.Match[str]) -> bool:
    return word[0][0].isupper() and word[0].lower() not in _CALENDAR


def _ages(words: str) -> Iterator[tuple[int, int]]:
    for match in _AGE.finditer(words):
        age = next(int(one) for one in match.groups() if one)
        if age < ADULT:
            yield match.span()
