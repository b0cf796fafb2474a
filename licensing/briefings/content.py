"""What a briefing holds, as it is frozen: words, figures, and about what, with the fingerprint of it all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from licensing.figures.gathering import Figure
from licensing.figures.queries import Place
from licensing.figures.rules import Period
from licensing.figures.words import Audience, Better, Section, Unit

HANDLING = (
    "OFFICIAL. For those it is addressed to; no name of anybody is in it. Do not forward outside your organisation."
)
RESTRICTED_HANDLING = (
    "OFFICIAL-SENSITIVE. Restricted edition: numbers in it are exact, and a small one may be about somebody. For those "
    "it is addressed to alone: do not forward, quote or publish it. Scrutiny and partners have an edition of their own."
)

# A figure holds three numbers, of the period and of the two beside it: which holds each, and which says how it is told.
SHOWN = {"value": "shown", "previous": "previous_shown", "last_year": "last_year_shown"}


def periods_told(period: Period) -> dict[str, Period]:
    """Of which days each of the three is."""
    return dict(zip(SHOWN, (period, period.before, period.last_year), strict=True))


@dataclass(frozen=True)
class Words:
    """What the author adds to the figures."""

    headline: str = ""
    changed: str = ""
    exceptions: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Content:
    """A briefing. `places` are (code, name) in the order of every briefing; `area` is the county or one council.

    `is_exact` says that it is a council's restricted edition; None of what was drafted before that was kept.
    """

    audience: Audience
    area: str
    is_county: bool
    places: tuple[tuple[str, str], ...]
    period: Period
    as_at: datetime
    figures: tuple[Figure, ...]
    words: Words
    reference: str
    version: int
    owner: str
    is_exact: bool | None = None

    @property
    def title(self) -> str:
        kind = "Restricted briefing" if self.is_exact else "Briefing"
        return f"{kind} for {_lower_first(self.audience.label)}, {self.area}"

    @property
    def handling(self) -> str:
        return RESTRICTED_HANDLING if self.is_exact else HANDLING

    @property
    def mark(self) -> str:
        return self.handling.partition(".")[0]

    @property
    def tells_exactly(self) -> bool:
        """Every edition of one council did, before it was kept."""
        return not self.is_county if self.is_exact is None else self.is_exact

    def figure(self, code: str) -> Figure | None:
        return next((one for one in self.figures if one.code == code), None)


def selected(figures: Sequence[Figure], audience: Audience) -> tuple[Figure, ...]:
    """The figures of an audience's sections: everybody's come from the same."""
    return tuple(one for one in figures if one.section in audience.sections)


def short_name(council: str) -> str:
    """A council as a column is headed."""
    for ending in (" City Council", " District Council", " County Council"):
        council = council.removesuffix(ending)
    return council


def columns(places: Sequence[Place]) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, short_name(one.name)) for one in places)


def as_json(content: Content) -> dict[str, Any]:
    """As it is kept: the same words for the same content."""
    kept = asdict(content)
    kept["period"] = {"from_on": content.period.from_on.isoformat(), "until_on": content.period.until_on.isoformat()}
    kept["as_at"] = content.as_at.isoformat()
    kept["figures"] = [{**one, "by_place": dict(one["by_place"])} for one in kept["figures"]]
    if content.is_exact is None:
        del kept["is_exact"]  # the fingerprint of what was frozen before stays
    plain: dict[str, Any] = json.loads(json.dumps(kept))
    return plain


def from_json(kept: dict[str, Any]) -> Content:
    """What as_json kept."""
    period = {name: datetime.fromisoformat(day).date() for name, day in kept["period"].items()}
    figures = [
        {**one, "section": Section(one["section"]), "unit": Unit(one["unit"]), "better": Better(one["better"])}
        for one in kept["figures"]
    ]
    return Content(
        **{
            **kept,
            "audience": Audience(kept["audience"]),
            "places": tuple((code, name) for code, name in kept["places"]),
            "period": Period(**period),
            "as_at": datetime.fromisoformat(kept["as_at"]),
            "figures": tuple(Figure(**one) for one in figures),
            "words": Words(**kept["words"]),
        }
    )


def fingerprint(content: Content) -> str:
    """SHA-256 of everything in it: whoever holds a print can tell whether it is what was approved."""
    written = json.dumps(as_json(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _lower_first(label: str) -> str:
    return f"{label[0].lower()}{label[1:]}"
