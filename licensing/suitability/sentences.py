"""Court proceedings: verdicts, sentences, and how long one defendant's sentences are together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the court found of one defendant."""

    GUILTY = "guilty"
    NOT_GUILTY = "not_guilty"
    AWAITED = "awaited"
    NO_VERDICT = "no_verdict"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class SentenceKind(StrEnum):
    """How a sentence stands to the others of the same defendant."""

    CONSECUTIVE = "consecutive"
    CONCURRENT = "concurrent"
    AWAITED = "awaited"

    @property
    def label(self) -> str:
        return self.capitalize()


@dataclass(frozen=True)
class Sentence:
    """The sentence for one conviction; `months` is empty while it is awaited."""

    kind: SentenceKind
    months: int | None


def months_together(sentences: Iterable[Sentence]) -> int:
    """How long one defendant's sentences are: the longest of those served at once, and after it all the others."""
    passed = list(sentences)
    at_once = [one.months or 0 for one in passed if one.kind is SentenceKind.CONCURRENT]
    after = [one.months or 0 for one in passed if one.kind is SentenceKind.CONSECUTIVE]
    return max(at_once, default=0) + sum(after)


def in_years(months: int) -> str:
    """As "95 years" or "12 years 6 months"."""
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")]
    return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n) or "0 years"
