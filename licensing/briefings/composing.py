"""What stands in a briefing, put together of figures and words: for whoever drafts one, and the job of the month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from licensing.briefings import content as contents
from licensing.briefings.beside import withheld_beside
from licensing.briefings.content import Content, Words
from licensing.db import db
from licensing.figures import queries as councils
from licensing.figures.catalogue import catalogue
from licensing.figures.elsewhere import Elsewhere, elsewhere
from licensing.figures.gathering import Figure, editions
from licensing.figures.queries import Area
from licensing.figures.rules import Period
from licensing.figures.words import Audience


@dataclass(frozen=True)
class Counted:
    """All figures of an area and a period, from which each audience has its selection.

    `own` are those of the restricted edition: one council's own, as they are; `others` what the papers of others tell.
    """

    area: Area
    period: Period
    at: datetime
    figures: Sequence[Figure]
    own: Sequence[Figure]
    others: Elsewhere

    def is_exact_for(self, audience: Audience) -> bool:
        """Whether they are told the numbers as they are: of one council, and to those who lead it."""
        return not self.area.own.is_county and audience.answers_for_council

    def told_to(self, audience: Audience) -> tuple[Figure, ...]:
        return contents.selected(self.own if self.is_exact_for(audience) else self.figures, audience)


def count(area: Area, period: Period) -> Counted:
    """Every figure as it is recorded now, held against what its council aims at."""
    at = datetime.now(UTC)
    aims = councils.aims_chosen(db.session(), area.own, period.until_on, at)
    for_all, own = (
        [one.held_against(aims.get(one.code, one.aim)) for one in edition]
        for edition in editions(db.session(), period, at, area)
    )
    return Counted(area, period, at, for_all, own, told_by_others(area.own.id))


def told_by_others(authority_id: UUID) -> Elsewhere:
    """What other papers than a council's briefings tell of it, or of its districts."""
    held = [one.code for one in catalogue().values() if one.is_held]
    return elsewhere(db.session(), held, but_for=authority_id)


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
        figures=counted.told_to(audience),
        words=words,
        reference=named[0],
        version=named[1],
        owner=owner,
        is_exact=counted.is_exact_for(audience),
    )
    return replace(made, figures=beside(made, earlier, counted.others))


def beside(made: Content, earlier: Iterable[dict[str, Any]], others: Elsewhere) -> tuple[Figure, ...]:
    """The figures of a briefing, without what its council's `earlier` ones and `others` would make small counts of.

    A restricted edition tells its council's leaders everything as it is, and is held against nothing; nor is another
    against it, which they alone have.
    """
    if made.tells_exactly:
        return made.figures
    told = [one for one in map(contents.from_json, earlier) if not one.tells_exactly]
    return withheld_beside(made, told, others)
