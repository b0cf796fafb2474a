"""What the pages and files of prevention show."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.prevention.catalogue import indicators
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.prevention.queries import Reach

COUNT_HEADINGS = ("code", "agency", "period_start", "period_end", "value", "recorded_by_council")
ACTIVITY_HEADINGS = ("source_id", "kind", "audience", "held_on", "place", "reach", "agency", "recorded_by_council")
_CORRECT = Markup('<a class="govuk-link" href="{}">Correct<span class="govuk-visually-hidden"> {}, {}</span></a>')


def count_rows(counts: Iterable[IndicatorCount], own: UUID) -> list[dict[str, Any]]:
    """`own` is the council whose entries somebody corrects."""
    return [
        {
            "what": indicators()[one.code].label,
            "agency": one.agency.name,
            "period": f"{in_words(one.period_start)} to {in_words(one.period_end)}",
            "value": f"{one.value:,}",
            "council": one.authority.name,
            "do": _correct(one, own, indicators()[one.code].label, in_words(one.period_end)),
        }
        for one in counts
    ]


def activity_rows(activities: Iterable[AwarenessActivity], own: UUID) -> list[dict[str, Any]]:
    return [
        {
            "what": one.kind.label,
            "audience": one.audience.label,
            "held": in_words(one.held_on),
            "place": _place(one),
            "reach": f"{one.reach:,}",
            "agency": one.agency.name,
            "do": _correct(one, own, one.kind.label, in_words(one.held_on)),
        }
        for one in activities
    ]


def _place(one: AwarenessActivity) -> str:
    """Where it was, with whom it reached besides the number."""
    named = f"{len(one.places)} {'place' if len(one.places) == 1 else 'places'} named" if one.places else ""
    drivers = f"{one.drivers:,} {'driver' if one.drivers == 1 else 'drivers'}" if one.drivers is not None else ""
    besides = ", ".join(part for part in (named, drivers) if part)
    return f"{one.place} ({besides})" if besides else one.place


def _correct(one: IndicatorCount | AwarenessActivity, own: UUID, what: str, when: str) -> Markup | str:
    if one.authority_id != own:
        return "–"
    if isinstance(one, IndicatorCount):
        address = url_for("prevention.correct_count", indicator_id=one.id)
    else:
        address = url_for("prevention.correct_activity", activity_id=one.id)
    return _CORRECT.format(address, what, when)


def reach_rows(reached: Iterable[Reach]) -> list[dict[str, Any]]:
    return [
        {"audience": one.audience.label, "activities": f"{one.activities:,}", "reach": f"{one.reach:,}"}
        for one in reached
    ]


def count_lines(counts: Iterable[IndicatorCount]) -> Iterator[list[str]]:
    """As a file of indicators has them, so that it can be brought in again."""
    for one in counts:
        period = one.period_start.isoformat(), one.period_end.isoformat()
        yield [one.code, one.agency.name, *period, str(one.value), one.authority.name]


def activity_lines(activities: Iterable[AwarenessActivity]) -> Iterator[list[str]]:
    for one in activities:
        held = one.held_on.isoformat(), one.place, str(one.reach), one.agency.name, one.authority.name
        yield [one.source_id or "", one.kind.value, one.audience.value, *held]
