"""What hotel notices do by themselves each day."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task(
    "begin_hotel_notices", "Let hotel notices take effect on their day", for_asker=False, once=True, cron="5 0 * * *"
)
def begin_hotel_notices() -> None:
    """A notice that was given is in effect from the day that it names, whoever is at work on it."""
    db.session.execute(text("CALL let_hotel_notices_take_effect(:day, NULL)"), {"day": dates.today()})
