"""A job as a row of the page."""

from markupsafe import Markup

from licensing.dates import moment_in_words
from licensing.jobs import asking
from licensing.jobs.models import JobProgress

_TAG_COLOURS = {"doing": "yellow", "succeeded": "green", "failed": "red", "todo": "blue"}
_TAG = '<strong class="govuk-tag govuk-tag--{}">{}</strong>'


def job_row(one: JobProgress) -> dict[str, object]:
    """The cells of the jobs table, by column."""
    known = asking.known.get(one.kind)
    return {
        "kind": known.words if known else one.kind.replace("_", " ").capitalize(),
        "state": Markup(_TAG).format(_TAG_COLOURS.get(one.state, "grey"), one.state.label),
        "progress": progress_in_words(one),
        "asked": moment_in_words(one.asked_at),
        "heard": moment_in_words(one.last_heard_at),
        "attempts": one.attempts,
    }


def progress_in_words(one: JobProgress) -> str:
    """How far it has come, where it tells."""
    if one.done is None or one.total is None:
        return "–"
    return f"{one.words}: {one.done:,} of {one.total:,}"
