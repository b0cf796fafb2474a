"""The pages of decisions: deciding, one decision with its notice and appeals, and what must be watched."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from licensing.forms import BaseForm

decisions = Blueprint("decisions", __name__)


def ask(form: BaseForm, template: str, **shown: object) -> ResponseReturnValue:
    """The page with its form; 422 where what was sent has errors."""
    return render_template(template, form=form, **shown), 422 if form.is_submitted() else 200


def answers(form: BaseForm) -> dict[str, Any]:
    """What was typed, without the form's own fields."""
    return {name: value for name, value in form.data.items() if name not in ("submit", "csrf_token")}


from licensing.decisions.views import appeals, deciding, showing, supervising, watching  # noqa: E402  (they need it)

__all__ = ["appeals", "deciding", "decisions", "showing", "supervising", "watching"]
