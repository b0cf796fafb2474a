"""What decisions do in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task("watch_decisions", "Tell of vehicles deemed revoked", for_asker=False, once=True, cron="30 5 * * *")
def watch_decisions() -> None:
    """Open a task for each vehicle that nobody found fit in time: a letter, and the plate (1976 Act s.68)."""
    db.session.execute(text("CALL watch_decisions(:day, NULL)"), {"day": dates.today()})
