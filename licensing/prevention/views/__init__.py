"""The pages of prevention: indicators and awareness, each a list, its file, a form, and its correction."""

from uuid import UUID

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from licensing.disruption import queries as disruption
from licensing.forms import ChoiceField, options

prevention = Blueprint("prevention", __name__)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


def offer_agencies(field: ChoiceField) -> None:
    """Every agency that leads or joins anything, by name."""
    field.choices = options((str(one.id), one.name) for one in disruption.agencies())


def agency_chosen(field: ChoiceField) -> UUID | None:
    return UUID(field.data) if field.data and not field.errors else None


from licensing.prevention.views import activities, counts  # noqa: E402  (they need the blueprint)

_PAGES = (activities, counts)  # they add their parts
