"""The pages of meetings: planned, filled, printed, held; and what they decide."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

subject_meetings = Blueprint("subject_meetings", __name__)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


from licensing.subject_meetings.views import agenda, meetings, planning  # noqa: E402  (they need the blueprint)

_PAGES = (agenda, meetings, planning)  # they add their parts
