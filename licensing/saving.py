"""Saving what a form asks for: the change and its one commit, or on the form the rule that refused it."""

from collections.abc import Callable

from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import BaseForm


def saved(form: BaseForm, change: Callable[[], object]) -> bool:
    """Make the change and commit it; or say on the form why not, with everything typed kept."""
    try:
        change()
    except RuleBroken as broken:
        db.session.rollback()
        form.add_error(broken.message, broken.field)
        return False
    db.session.commit()
    return True
