"""The pages of sharing: entries, searches, requests and reports both ways, disclosures, and who may search."""

from typing import Any

import wtforms
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.forms import BaseForm, ChoiceField, options
from licensing.permissions import Permission
from licensing.sharing.queries import searches

sharing = Blueprint("sharing", __name__)


def ask(form: BaseForm, title: str, back: str, **more: Any) -> ResponseReturnValue:
    """The page of a form: 422 where it was sent and is not right. `more`: caption, intro, warning."""
    status = 422 if form.is_submitted() else 200
    page = render_template("sharing/ask.html", form=form, fields=_in_order(form), heading=title, back=back, **more)
    return page, status


def _in_order(form: BaseForm) -> list[wtforms.Field]:
    """The questions as they are asked: a form says which come before those that it shares with others."""
    first = getattr(form, "asked_first", ())
    questions = [field for field in form if field.name not in ("csrf_token", "submit")]
    asked = sorted(questions, key=lambda field: first.index(field.name) if field.name in first else len(first))
    return [field for field in asked if getattr(field, "choices", True)]


def offer_colleagues(field: ChoiceField, permission: Permission) -> None:
    """The colleagues who hold a permission, as choices."""
    found = searches.colleagues(signed_in_user().authority.id, permission)
    field.choices = options((str(one), name) for one, name in found)


from licensing.sharing.views import (  # noqa: E402  (they need the blueprint)
    answering,
    asking,
    disclosing,
    entries,
    figures,
    searching,
    sections,
    users,
)

_PAGES = (answering, asking, disclosing, entries, figures, searching, sections, users)  # they add their parts
