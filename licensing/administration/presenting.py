"""Accounts in words, for tables and files."""

from datetime import datetime

from flask import url_for
from markupsafe import Markup

from licensing.administration.queries import Account
from licensing.administration.rules import is_inactive
from licensing.dates import in_words, moment_in_words

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def user_row(account: Account, now: datetime) -> dict[str, object]:
    """For the list of users and the access review."""
    granted = (
        f"{one.role.label}, {in_words(one.granted_at.date())}, {one.granted_by or 'console'}" for one in account.roles
    )
    return {
        "name": _LINK.format(url_for("administration.show_user", user_id=account.id), account.called),
        "email": account.email,
        "roles": ", ".join(one.role.label for one in account.roles) or "None",
        "granted": "; ".join(granted) or "None",
        "status": account.status.capitalize(),
        "seen": _seen(account, now),
        "factor": "Set up" if account.has_second_factor else "Not set up yet",
    }


def review_line(account: Account, now: datetime) -> list[str]:
    """For the file of the access review, in the order of HEADINGS."""
    return [
        account.name,
        account.email,
        account.status,
        "; ".join(one.role.label for one in account.roles),
        "; ".join(f"{one.granted_at.date().isoformat()} {one.granted_by or 'console'}" for one in account.roles),
        account.last_seen_at.isoformat(timespec="minutes") if account.last_seen_at else "",
        "yes" if is_inactive(account.last_seen_at, account.created_at, now) else "no",
        "yes" if account.has_second_factor else "no",
    ]


HEADINGS = ("name", "email", "status", "roles", "granted", "last_seen", "unused_for_90_days", "second_factor")


def _seen(account: Account, now: datetime) -> str:
    words = moment_in_words(account.last_seen_at) if account.last_seen_at else "Never"
    return f"{words} (unused for 90 days)" if is_inactive(account.last_seen_at, account.created_at, now) else words
