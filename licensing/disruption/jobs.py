"""What disruption does by itself each day."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task(
    "watch_disruption",
    "Look for partners who do not answer, and actions that end",
    for_asker=False,
    once=True,
    cron="30 4 * * *",
)
def watch_disruption() -> None:
    """A task for whoever asked, or recorded; once for each partner's silence and for each last day of an action."""
    db.session.execute(text("CALL watch_disruption(:day, NULL)"), {"day": dates.today()})
