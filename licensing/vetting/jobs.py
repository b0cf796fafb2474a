"""What vetting does in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task("watch_vetting", "Open tasks for DBS checks that are due", for_asker=False, once=True, cron="10 4 * * *")
def watch_vetting() -> None:
    """Ask every council's officers for the DBS status of holders for whom it is due. No licence changes by it."""
    db.session.execute(text("CALL watch_vetting(:day, NULL)"), {"day": dates.today()})


@jobs.task("count_vetting", "Count again how holders stand: vetting", for_asker=False, once=True, cron="*/10 * * * *")
def count_vetting() -> None:
    """Count those parts of every council's holders that have changed, and at midnight all of them for the new day."""
    db.session.execute(text("CALL count_vetting(:day, NULL)"), {"day": dates.today()})
