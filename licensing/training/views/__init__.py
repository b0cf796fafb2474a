"""The pages of training: coverage and lists, one person's records, courses and policies, groups, offers."""

from collections.abc import Callable

from flask import Blueprint

from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import BaseForm

training = Blueprint("training", __name__)


def done(form: BaseForm, change: Callable[[], object]) -> bool:
    """Make the change and commit it; or say on the form why not, with everything typed kept."""
    try:
        change()
    except RuleBroken as broken:
        db.session.rollback()
        form.add_error(broken.message, broken.field)
        return False
    db.session.commit()
    return True


from licensing.training.views import (  # noqa: E402  (they need the blueprint)
    courses,
    coverage,
    groups,
    offers,
    on_records,
    records,
)

_PAGES = (courses, coverage, groups, offers, on_records, records)  # they add their routes
