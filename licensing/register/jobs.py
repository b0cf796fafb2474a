"""What the register does in the background."""

from flask import current_app
from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db
from licensing.register import statistics


@jobs.task("renew_name_statistics", "Count names and dates anew", for_asker=False, once=True)
def renew_name_statistics() -> None:
    """Count names, dates and postcodes on all registers, so that rare ones weigh what they should."""
    statistics.gather_in_job(current_app.config["KEYS"])


@jobs.task("purge_drafts", "Remove drafts after 30 days", for_asker=False, once=True, cron="20 2 * * *")
def purge_drafts() -> None:
    """Remove searches, answers and forms sent too late that were typed 30 days ago and never came to anything."""
    db.session.execute(text("CALL purge_drafts(NULL)"))


@jobs.task("watch_registers", "Open tasks for what the registers show", for_asker=False, once=True, cron="0 4 * * *")
def watch_registers() -> None:
    """Licences that ceased by themselves, alcohol without a supervisor, drivers with a part in other licences."""
    db.session.execute(text("CALL watch_registers(:day, NULL)"), {"day": dates.today()})
