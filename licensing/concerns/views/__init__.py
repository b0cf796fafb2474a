"""The pages of concerns: raising one (raising), what licensing does about it (listing, following, leading), what was
referred to designated officers (referred), and concerns about staff (staff)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.asking import ask
from licensing.concerns import queries
from licensing.forms import BaseForm
from licensing.saving import saved

concerns = Blueprint("concerns", __name__)


def page_of(concern_id: UUID) -> str:
    return url_for("concerns.show_concern", concern_id=concern_id)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


def step(
    form: BaseForm, title: str, concern_id: UUID, change: Callable[[], object], message: str, **more: Any
) -> ResponseReturnValue:
    """The page of a form about a concern; what is sent is done, and leads back to the concern.

    With `questions=[]` there is nothing to answer yet, and `intro` says why.
    """
    back = page_of(concern_id)
    if more.get("questions", True) and form.validate_on_submit() and saved(form, change):
        return done(message, back)
    return ask(form, title, back, caption=f"Concern {queries.concern(concern_id).reference}", **more)


from licensing.concerns.views import (  # noqa: E402  (they need the blueprint)
    figures,
    following,
    leading,
    listing,
    raising,
    referred,
    settings,
    staff,
)

_PAGES = (figures, following, leading, listing, raising, referred, settings, staff)  # they add their parts
