"""What stands in a briefing, put together of figures and words: for whoever drafts one, and the job of the month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from licensing.briefings import content as contents
from licensing.briefings.beside import withheld_beside
from licensing.briefings.content import Content, Words
from licensing.db import db
from licensing.figures import queries as councils
from licensing.figures.gathering import Figure, figures
from licensing.figures.queries import Area
from licensing.figures.rules import Period
from licensing.figures.words import Audience


@dataclass(frozen=True)
class Counted:
    """All figures of an area and a period, from which each audience has its selection."""

    area: Area
    period: Period
    at: datetime
    figures: Sequence[Figure]


def count(area: Area, period: Period) -> Counted:
    """Every figure as it is recorded now, held against what its council aims at.

    A county's figures are suppressed; one council's own edition has them as they are.
    """
    at = datetime.now(UTC)
    found = figures(db.session(), period, at, area.place, restricted=area.place is not None, area=area.places)
    aims = councils.aims_chosen(db.session(), area.own, period.until_on, at)
    return Counted(area, period, at, [one.held_against(aims.get(one.code, one.aim)) for one in found])


def compose(
    counted: Counted,
    audience: Audience,
    words: Words,
    named: tuple[str, int],
    owner: str,
    earlier: Iterable[dict[str, Any]],
) -> Content:
    """A briefing, `named` by its reference and version, without what the `earlier` ones would make small counts of."""
    own = counted.area.own
    made = Content(
        audience=audience,
        area=contents.short_name(own.name),
        is_county=own.is_county,
        places=contents.columns(counted.area.places),
        period=counted.period,
        as_at=counted.at,
        figures=contents.selected(counted.figures, audience),
        words=words,
        reference=named[0],
        version=named[1],
        owner=owner,
    )
    return replace(made, figures=beside(made, earlier))


def beside(made: Content, earlier: Iterable[dict[str, Any]]) -> tuple[Figure, ...]:
    """The figures of a briefing, without what its council's `earlier` ones would make small counts of.

    A council's own edition tells its own decisions to its own readers as they are.
    """
    return withheld_beside(made, [contents.from_json(one) for one in earlier]) if made.is_county else made.figures
