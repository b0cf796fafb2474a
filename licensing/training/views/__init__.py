"""The pages of training: coverage and lists, one person's records, courses and policies, groups, offers."""

from flask import Blueprint

training = Blueprint("training", __name__)


from licensing.training.views import (  # noqa: E402  (they need the blueprint)
    courses,
    coverage,
    groups,
    offers,
    on_records,
    records,
)

_PAGES = (courses, coverage, groups, offers, on_records, records)  # they add their routes
