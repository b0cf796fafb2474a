"""What briefings do in the background."""

from licensing import dates, jobs
from licensing.accounts.acting import who_is_acting
from licensing.briefings import monthly


@jobs.task("draft_briefings", "Draft the month’s briefings", for_asker=False, once=True, cron="15 5 * * *")
def draft_briefings() -> None:
    """Each day, since every council has its own day of the month, and what failed on it is done on the next."""
    monthly.draft_due(dates.today())


@jobs.task("draft_briefings_now", "Draft the month’s briefings of one council")
def draft_briefings_now() -> None:
    user = who_is_acting()
    assert user is not None
    monthly.draft_now(user, dates.today())
