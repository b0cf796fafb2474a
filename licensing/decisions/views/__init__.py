"""The pages of decisions: deciding, one decision with its notice and appeals, and what must be watched."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from licensing.asking import ask
from licensing.decisions.models import Decision
from licensing.forms import BaseForm

decisions = Blueprint("decisions", __name__)


def ask_about(decision: Decision, form: BaseForm, title: str) -> ResponseReturnValue:
    """The page of a form about a decision."""
    back = url_for("decisions.show_decision", decision_id=decision.id)
    return ask(form, title, back, caption=f"{decision.kind.label}, {decision.reference}")


from licensing.decisions.views import appeals, deciding, showing, supervising, watching  # noqa: E402  (they need it)

__all__ = ["appeals", "deciding", "decisions", "showing", "supervising", "watching"]
