"""What tasks do in the background."""

from sqlalchemy import text

from licensing import dates, jobs, mail
from licensing.db import db


@jobs.task("remind_of_tasks", "Write to those whose task is due today", for_asker=False, once=True, cron="0 6 * * *")
def remind_of_tasks() -> None:
    """Write once to everybody who has an open task of their own due today."""
    due = db.session.scalars(text("SELECT * FROM people_with_tasks_due(:day)"), {"day": dates.today()}).all()
    for user_id in due:
        mail.send(user_id, mail.MailKind.TASK_DUE)
