"""What hotel notices do by themselves each day."""

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db
from licensing.deadlines import queries as deadlines


@jobs.task(
    "begin_hotel_notices", "Let hotel notices take effect on their day", for_asker=False, once=True, cron="5 0 * * *"
)
def begin_hotel_notices() -> None:
    """A notice that was given is in effect from the day that it names, and from then on its looks are due."""
    db.session.execute(text("CALL let_hotel_notices_take_effect(:day, NULL)"), {"day": dates.today()})
    for owed in db.session.execute(text("SELECT * FROM hotel_notice_looks_owed()")).all():
        due_on = deadlines.due_as_handed_out(owed.rule, owed.closed, owed.started_on)
        look = {"action": owed.action_id, "code": owed.code, "due": due_on}
        db.session.execute(text("CALL start_hotel_notice_look(:action, :code, :due)"), look)
