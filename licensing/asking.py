"""The page of a form, everywhere alike: a heading, the questions one below the other, a button."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import Field, SubmitField
from wtforms.widgets import HiddenInput

from licensing.forms import BaseForm


def ask(
    form: BaseForm, title: str, back: str, *, template: str = "ask.html", caption: str = "", **shown: Any
) -> ResponseReturnValue:
    """The page: 422 where what was sent has errors. A template of its own extends ask.html and says more above."""
    more = {"title": title, "back": back, "caption": caption, "questions": questions_of(form), **shown}
    return with_form(form, template, **more)


def with_form(form: BaseForm, template: str, **shown: Any) -> ResponseReturnValue:
    """A page that has a form among other things: 422 where what was sent has errors."""
    return render_template(template, form=form, **shown), 422 if form.is_submitted() else 200


def questions_of(form: BaseForm) -> list[Field]:
    """In their order; a question that has nothing to choose from is not asked."""
    seen = (one for one in form.in_order() if not isinstance(one.widget, HiddenInput))
    return [one for one in seen if getattr(one, "choices", True)]


def answers(form: BaseForm) -> dict[str, Any]:
    """What was typed, by the names of the questions; without what a form asks about itself."""
    aside = ("csrf_token", *form.asides)
    return {one.name: one.data for one in form if not isinstance(one, SubmitField) and one.name not in aside}
