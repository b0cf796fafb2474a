"""The pages of operations: planned, recorded by night, followed up, closed; and test purchases."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

operations = Blueprint("operations", __name__)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


from licensing.operations.views import finishing, night, planning, purchases, showing  # noqa: E402  (need the blueprint)

_PAGES = (finishing, night, planning, purchases, showing)  # they add their parts
