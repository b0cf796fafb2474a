"""The pages of this room: a file for each kind of record, and here what they share."""

from typing import Any

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from licensing.asking import ask
from licensing.forms import BaseForm

suitability = Blueprint("suitability", __name__)


def asked(form: BaseForm, title: str, back: str, **more: Any) -> ResponseReturnValue:
    """The page of a form, with the policy's starting point and the case law where `more` has them."""
    return ask(form, title, back, template="suitability/ask.html", **more)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


from licensing.suitability.views import (  # noqa: E402  (they need the blueprint)
    applications,
    complaints,
    considerations,
    convictions,
    courts,
    endings,
    markers,
    opening,
    self_reports,
)

_PAGES = (
    applications,
    complaints,
    considerations,
    convictions,
    courts,
    endings,
    markers,
    opening,
    self_reports,
)  # they add their routes
