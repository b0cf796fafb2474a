"""What training does in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task("watch_training", "Open tasks for training that expired", for_asker=False, once=True, cron="10 4 * * *")
def watch_training() -> None:
    """A task for each driver whose training has expired, once for each time; nothing is suspended."""
    db.session.execute(text("CALL watch_training(:day, NULL)"), {"day": dates.today()})
