"""What this room does in the background; it acts for nobody, through a routine made for it."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db


@jobs.task(
    "watch_need_to_know", "Look for what leaders may need to know", for_asker=False, once=True, cron="25 * * * *"
)
def watch_need_to_know() -> None:
    """Propose a note for what happened; it is for somebody to write it, or to say why not."""
    db.session.execute(text("CALL watch_need_to_know(:day, NULL)"), {"day": dates.today()})
