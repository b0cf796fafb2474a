"""What of briefings waits for somebody, on their home page."""

from flask import url_for

from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.briefings import queries
from licensing.briefings.rules import State
from licensing.permissions import Permission


@adds_figures(Permission.BRIEFINGS, order=5)
def to_read() -> list[Figure]:
    return [Figure("to read", queries.unread(signed_in_user().id), url_for("briefings.list_briefings"))]


@adds_figures(Permission.BRIEFINGS_DRAFT, Permission.BRIEFINGS_APPROVE, order=6)
def in_hand() -> list[Figure]:
    where = url_for("briefings.list_briefings")
    return [
        Figure("briefings in draft", queries.in_state(State.DRAFT), where),
        Figure("briefings to publish", queries.in_state(State.APPROVED), where),
    ]
