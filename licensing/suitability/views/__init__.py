"""The pages of this room: a file for each kind of record, and here what they share."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from wtforms.widgets import HiddenInput

from licensing.forms import BaseForm

suitability = Blueprint("suitability", __name__)


def asked(form: BaseForm, title: str, back: str, **more: Any) -> ResponseReturnValue:
    """The page of a form: its questions in their order under one heading."""
    questions = [field for field in form if not isinstance(field.widget, HiddenInput)]
    status = 422 if form.is_submitted() else 200
    page = render_template("suitability/ask.html", form=form, questions=questions, title=title, back=back, **more)
    return page, status


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
