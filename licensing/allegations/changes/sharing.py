"""What passes to others when a case moves."""

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import Case


def outcome_changed(user: ActingUser, case: Case) -> None:
    """An allegation of the case has another outcome: flags and messages follow it."""
