"""Briefings as the pages show them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.briefings import content as contents
from licensing.briefings.models import Briefing
from licensing.briefings.rules import Moved, State
from licensing.dates import moment_in_words


def briefing_rows(briefings: Iterable[Briefing], superseded: set[UUID]) -> list[dict[str, Any]]:
    return [_row(one, one.id in superseded) for one in briefings]


def _row(one: Briefing, is_superseded: bool) -> dict[str, Any]:
    link = Markup('<a class="govuk-link" href="{}">{}</a>').format(
        url_for("briefings.show_briefing", briefing_id=one.id), one.audience.label
    )
    return {
        "audience": link,
        "period": contents.from_json(one.content).period.words,
        "version": f"{one.reference}, version {one.version}",
        "state": State.SUPERSEDED if is_superseded else one.state,
    }


def facts(one: Briefing, is_superseded: bool) -> list[tuple[str, str]]:
    """Where the version stands, for the office."""
    told = [
        ("Status", (State.SUPERSEDED if is_superseded else one.state).label),
        ("Figures computed", moment_in_words(one.computed_at)),
    ]
    if one.approved_at:
        told += [("Approved", moment_in_words(one.approved_at)), ("Fingerprint of the PDF", one.sha256 or "")]
    if one.published_at:
        told.append(("Published", moment_in_words(one.published_at)))
    return told


def comment_rows(one: Briefing) -> list[dict[str, str]]:
    return [{"by": each.by.name, "at": moment_in_words(each.at), "words": each.words} for each in one.comments]


def reader_rows(one: Briefing) -> list[dict[str, str]]:
    return [
        {
            "name": each.name,
            "council": each.council,
            "told": moment_in_words(each.told_at),
            "read": moment_in_words(each.read_at) if each.read_at else "Not yet",
        }
        for each in one.readers
    ]


def moved_rows(moved: Iterable[Moved]) -> list[dict[str, str]]:
    return [{"name": one.name, "was": one.was, "now": one.now} for one in moved]
