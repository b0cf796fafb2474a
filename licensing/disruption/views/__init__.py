"""The pages of disruption: the catalogue of powers, agencies, actions and what happens to them, tasks of partners."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

disruption = Blueprint("disruption", __name__)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


from licensing.disruption.views import (  # noqa: E402  (they need the blueprint)
    acting,
    actions,
    agencies,
    beginnings,
    figures,
    partners,
    powers,
)

_PAGES = (acting, actions, agencies, beginnings, figures, partners, powers)  # they add their parts
