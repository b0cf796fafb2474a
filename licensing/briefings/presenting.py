"""Briefings as the pages show them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.briefings import content as contents
from licensing.briefings.models import Briefing
from licensing.briefings.queries import Drafting, Schedule
from licensing.briefings.rules import Moved, State
from licensing.dates import moment_in_words
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.jobs.rules import JobState


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


def schedule_words(schedule: Schedule) -> str:
    """When briefings are drafted by themselves, and for whom."""
    everybody = len(schedule.audiences) == len(Audience)
    whom = "every audience" if everybody else ", ".join(_lower_first(one.label) for one in schedule.audiences)
    return (
        f"On day {schedule.day_of_month} of each month this service drafts the briefings of the month before "
        f"for {whom}. Nobody reads one before an author has written its headline and somebody else has approved it."
    )


def who_chose(schedule: Schedule) -> str:
    if schedule.row is None:
        return "Nobody has chosen otherwise so far: the first day of the month, for everybody."
    one = schedule.row
    return f"Chosen by {one.by.name}, {moment_in_words(one.set_at)}: {one.reason}"


def what_is_drafted(period: Period) -> str:
    return (
        f"Of {period.words}, for every audience of your council that has none of this month yet. "
        "You are told what each still needs: a headline, and somebody else’s approval."
    )


def drafting_words(drafting: Drafting | None) -> str:
    """How far the last drafting has come; while it runs its bar says so."""
    if drafting is None or drafting.state is JobState.DOING:
        return ""
    heard = moment_in_words(drafting.heard_at)
    return {
        JobState.TODO: f"Drafting waits for its turn since {heard}.",
        JobState.SUCCEEDED: f"Drafted last on {heard}: {drafting.done} of {drafting.total}.",
    }.get(drafting.state, f"Drafting failed on {heard}. It is tried again each day, or draft them now.")


def _lower_first(label: str) -> str:
    return f"{label[0].lower()}{label[1:]}"


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
            "opened": moment_in_words(each.opened_at) if each.opened_at else "Not yet",
            "read": moment_in_words(each.read_at) if each.read_at else "Not yet",
        }
        for each in one.readers
    ]


def moved_rows(moved: Iterable[Moved]) -> list[dict[str, str]]:
    return [{"name": one.name, "was": one.was, "now": one.now} for one in moved]
