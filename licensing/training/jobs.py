"""What training does in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task("watch_training", "Open tasks for training that expired", for_asker=False, once=True, cron="10 4 * * *")
def watch_training() -> None:
    """A task for each driver whose training has expired, once for each time; nothing is suspended."""
    db.session.execute(text("CALL watch_training(:day, NULL)"), {"day": dates.today()})


@jobs.task("count_training", "Count again how holders stand: training", for_asker=False, once=True, cron="*/10 * * * *")
def count_training() -> None:
    """Count those parts of every council's holders that have changed, and at midnight all of them for the new day."""
    db.session.execute(text("CALL count_training(:day, NULL)"), {"day": dates.today()})
