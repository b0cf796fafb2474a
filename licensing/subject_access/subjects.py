"""What waits of subject access, for the information officer's home page."""

from flask import url_for

from licensing import dates
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.permissions import Permission
from licensing.subject_access import queries


@adds_figures(Permission.SUBJECT_ACCESS, order=38)
def waiting() -> list[Figure]:
    every = url_for("subject_access.list_requests")
    late = url_for("subject_access.list_requests", overdue="y")
    return [
        Figure("subject access requests overdue", queries.overdue_requests(dates.today()), late),
        Figure("subject access requests to answer", queries.open_requests(), every),
    ]
