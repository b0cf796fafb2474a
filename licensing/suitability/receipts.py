"""What opens a review of premises, and when it was received (Licensing Act 2003 s.51, s.53A, s.87, s.167)."""

from datetime import date, datetime

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family
from licensing.suitability.rules import Source, check_days


def sources_for(family: Family) -> tuple[Source, ...]:
    """What may open a consideration of such a licence: premises alone are reviewed."""
    return tuple(one for one in Source if family is Family.PREMISES or not one.is_review)


def check_review(source: Source, received_on: date | None, received_at: datetime | None, opened_on: date) -> None:
    """RuleBroken where the receipt of a review, from which its periods run, is missing or dated too late."""
    if not source.is_review:
        return
    if received_on is None:
        raise RuleBroken("Enter the day the application or the court’s notice was received", "received_on")
    if source is Source.SUMMARY_REVIEW and received_at is None:
        raise RuleBroken(
            "Enter the time it was received: interim steps are considered within 48 hours", "received_time"
        )
    check_days(received_on, opened_on, "The day must be on or after the day it was received", "opened_on")
