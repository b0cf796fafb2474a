"""Measures as the pages show them: in words, in a table, and as a line with the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.figures.aims import Aim, aim_words
from licensing.figures.words import Unit
from licensing.measures.models import MeasureChoice, MeasureComment
from licensing.measures.queries import Measure, Value
from licensing.measures.rules import Quarter
from licensing.tags import status_tag

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 320, 150, 20, 14, 122


@dataclass(frozen=True)
class Point:
    """A quarter of the chart, with its number above it; y is None where no number is told."""

    x: float
    y: float | None
    words: str


@dataclass(frozen=True)
class Trend:
    """A line with gaps where a quarter has no number. `lines` are the points of each unbroken part."""

    title: str
    said: str
    points: Sequence[Point]
    lines: Sequence[str]
    target_y: float | None
    first: str
    last: str


def sections(measures: Sequence[Measure], today: date) -> list[dict[str, Any]]:
    return [section(one, today) for one in measures]


def section(one: Measure, today: date) -> dict[str, Any]:
    """Everything of one measure for the page."""
    return {
        "code": one.definition.code,
        "name": one.definition.name,
        "definition": one.definition.words,
        "value": shown(one.now, one.definition.unit),
        "standing": status_tag(one.now.standing, one.now.standing.label),
        "target": aim_words(one.now.aim, one.definition.unit),
        "owner": one.choice.owner.name if one.choice else f"Nobody named yet ({one.definition.owner})",
        "owner_id": one.choice.owner_id if one.choice else None,
        "comment": comment_row(one.comment) if one.comment else None,
        "rows": [_row(each, one.definition.unit, today) for each in reversed(one.values)],
        "trend": trend(one),
    }


def summary_rows(made: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    link = Markup('<a class="govuk-link" href="#{}">{}</a>')
    return [one | {"name": link.format(anchor(one["code"]), one["name"])} for one in made]


def anchor(code: str) -> str:
    return f"measure-{code.replace('.', '-')}"


def quarter_words(quarter: Quarter, today: date) -> str:
    return quarter.words if quarter.is_over(today) else f"{quarter.words}, so far"


def _row(value: Value, unit: Unit, today: date) -> dict[str, str]:
    so_far = "" if value.quarter.is_over(today) else ", so far"
    return {
        "quarter": f"{value.quarter.short}{so_far}",
        "value": shown(value, unit),
        "standing": value.standing.label,
    }


def shown(value: Value, unit: Unit) -> str:
    """The number as it is told, or why there is none."""
    told = value.told
    if told.reason:
        return f"{told.shown.capitalize()}: {told.reason}"
    if told.value is None:
        return told.shown.capitalize()
    return f"{told.shown} {'day' if told.value == 1 else 'days'}" if unit is Unit.DAYS else told.shown


def trend(one: Measure) -> Trend:
    """From nought to the largest number, or to a hundred in a hundred."""
    numbers = [each.told.value for each in one.values]
    known = [number for number in numbers if number is not None]
    target = one.now.aim.target
    most = 100 if one.definition.unit is Unit.PERCENT else max([*known, target or 0, 1])
    step = (_WIDTH - 2 * _LEFT) / max(len(numbers) - 1, 1)

    def height(number: int) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * min(number, most) / most, 1)

    points = [
        Point(round(_LEFT + step * place, 1), None if number is None else height(number), _short(each))
        for place, (number, each) in enumerate(zip(numbers, one.values, strict=True))
    ]
    unit = one.definition.unit
    return Trend(
        f"Trend: {one.definition.name}",
        " ".join(f"{each.quarter.words}: {shown(each, unit)}." for each in one.values),
        points,
        _unbroken(points),
        None if target is None else height(target),
        one.values[0].quarter.short,
        one.now.quarter.short,
    )


def _short(value: Value) -> str:
    return "?" if value.told.value is None else value.told.shown


def _unbroken(points: Sequence[Point]) -> list[str]:
    """The coordinates of each run of quarters with numbers."""
    runs = [list(run) for is_known, run in groupby(points, key=lambda each: each.y is not None) if is_known]
    return [" ".join(f"{each.x},{each.y}" for each in run) for run in runs if len(run) > 1]


def comment_row(one: MeasureComment) -> dict[str, str]:
    return {
        "quarter": Quarter(one.quarter_on).words,
        "words": one.words,
        "signed": f"{one.by.name}, {moment_in_words(one.at)}",
    }


def choice_rows(chosen: Sequence[MeasureChoice], unit: Unit) -> list[dict[str, str]]:
    """What was chosen from when, by whom and why."""
    return [
        {
            "from": in_words(one.valid_from),
            "target": aim_words(Aim(one.target, one.tolerance, one.better), unit),
            "owner": one.owner.name,
            "why": f"{one.reason} ({one.by.name}, {moment_in_words(one.recorded_at)})",
        }
        for one in chosen
    ]


def address(code: str) -> str:
    return url_for("measures.show_measure", measure=code)
