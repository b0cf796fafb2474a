"""What concerns do in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task(
    "watch_staff_contacts", "Ask who receives concerns about staff", for_asker=False, once=True, cron="20 4 * * *"
)
def watch_staff_contacts() -> None:
    """A task for the administrators of each council that has named nobody, whether or not a concern was raised."""
    db.session.execute(text("CALL watch_staff_contacts(:day, NULL)"), {"day": dates.today()})
