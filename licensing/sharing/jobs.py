"""What sharing does in the background."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db
from licensing.sharing import clocks


@jobs.task("watch_nr3s", "Find what NR3S must be told of", for_asker=False, once=True, cron="30 4 * * *")
def watch_nr3s() -> None:
    """Decisions that were notified, corrected or undone on the registers, however they came there: each due once."""
    db.session.execute(text("CALL watch_nr3s(:day, NULL)"), {"day": dates.today()})
    clocks.start_found()


@jobs.task("start_nr3s_clocks", "Start the clocks of requests that were delivered", for_asker=False, once=True)
def start_nr3s_clocks() -> None:
    """As soon as a council has written to another in this service, by the other's own rules and days."""
    clocks.start_found()
