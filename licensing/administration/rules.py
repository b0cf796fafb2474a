"""When an account counts as unused, and when access is reviewed again."""

from calendar import monthrange
from datetime import date, datetime, timedelta

# Somebody who has not signed in for a quarter has probably moved on.
INACTIVE_AFTER = timedelta(days=90)
REVIEW_EVERY_MONTHS = 6


def is_inactive(last_seen_at: datetime | None, created_at: datetime, now: datetime) -> bool:
    """Whether nobody has used this account for 90 days; one that was never used counts from when it was made."""
    return now - (last_seen_at or created_at) >= INACTIVE_AFTER


def review_due(last_reviewed_on: date | None, today: date) -> date:
    """The day by which access is reviewed: six months after the last time, at once where it never was."""
    if last_reviewed_on is None:
        return today
    months = last_reviewed_on.month - 1 + REVIEW_EVERY_MONTHS
    year, month = last_reviewed_on.year + months // 12, months % 12 + 1
    return date(year, month, min(last_reviewed_on.day, monthrange(year, month)[1]))
