"""What waits for somebody on their home page."""

from flask import url_for

from licensing.accounts.home_figures import Figure, adds_figures
from licensing.concerns import queries, staff_queries
from licensing.permissions import Permission


@adds_figures(Permission.CASEWORK, order=30)
def to_acknowledge() -> list[Figure]:
    return [Figure("concerns to acknowledge", queries.waiting(), url_for("concerns.list_concerns", state="received"))]


@adds_figures(Permission.ALLEGATIONS, order=30)
def referred() -> list[Figure]:
    words = "concerns referred to you to acknowledge"
    return [Figure(words, queries.referrals_waiting(), url_for("concerns.list_referred"))]


@adds_figures(Permission.SIGNED_IN, order=30)
def about_staff() -> list[Figure]:
    """For the contact; of others nobody sees one."""
    return [Figure("open concerns about staff", staff_queries.open_ones(), url_for("concerns.list_staff"))]
