"""What vetting does in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task("watch_vetting", "Open tasks for DBS checks that are due", for_asker=False, once=True, cron="10 4 * * *")
def watch_vetting() -> None:
    """Ask every council's officers for the DBS status of holders for whom it is due. No licence changes by it."""
    db.session.execute(text("CALL watch_vetting(:day, NULL)"), {"day": dates.today()})
