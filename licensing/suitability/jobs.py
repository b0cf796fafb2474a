"""What this room does in the background; every job acts for nobody, through routines made for it."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db
from licensing.suitability import seeking


@jobs.task("seek_markers", "Find whom a council’s policy marks for good", for_asker=False, once=True, cron="40 3 * * *")
def seek_markers() -> None:
    """Find the few who are marked on the other councils' registers, and tell the managers there."""
    seeking.seek()


@jobs.task("watch_operators", "Look for operators to audit", for_asker=False, once=True, cron="50 3 * * *")
def watch_operators() -> None:
    """Operators four or more of whose drivers were revoked within a year."""
    db.session.execute(text("CALL watch_operators(:day, NULL)"), {"day": dates.today()})
