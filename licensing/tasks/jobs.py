"""What tasks do in the background."""

from sqlalchemy import text

from licensing import dates, jobs, mail
from licensing.db import db


@jobs.task("tell_what_is_due", "Write to those who have work due", for_asker=False, once=True, cron="0 6 * * *")
def tell_what_is_due() -> None:
    """Write once to everybody who has work overdue, due today or in the next seven days: how much, and nothing else."""
    due = db.session.execute(text("SELECT * FROM work_due(:day)"), {"day": dates.today()}).all()
    for one in due:
        mail.send(one.user_id, mail.MailKind.WORK_DUE, overdue=one.overdue, today=one.today, soon=one.soon)
