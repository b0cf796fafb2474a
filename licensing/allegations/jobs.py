"""What this room does in the background; it acts for nobody, through routines made for it."""

import json
from datetime import timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import text

from licensing import dates, jobs, mail
from licensing.allegations.unusual import Alert, Look, alerts
from licensing.db import db

# A worker that did not run for a weekend finds what it missed; what was raised is raised once.
LOOKED_OVER_DAYS = 7


@jobs.task("watch_reading", "Look over how restricted records are read", for_asker=False, once=True, cron="35 * * * *")
def watch_reading() -> None:
    """Raise what is unusual in how cases are read, and write to the independent reviewer that there is a task."""
    rows = db.session.execute(text("SELECT * FROM looks_to_review(:days)"), {"days": LOOKED_OVER_DAYS})
    today, idle = dates.today(), timedelta(days=current_app.config["IDLE_CASE_DAYS"])
    found = alerts((Look(**row) for row in rows.mappings()), today, idle)
    raised = text("SELECT * FROM raise_reading_alerts(CAST(:given AS jsonb), :day)")
    given = {"given": json.dumps([_as_given(one) for one in found]), "day": today}
    for one in db.session.execute(raised, given).all():
        mail.send(one.user_id, mail.MailKind.READING_NOTICED, task_id=one.task_id)


@jobs.task("tell_of_emergency", "Tell who looks into an emergency", for_asker=False)
def tell_of_emergency(access_id: UUID) -> None:
    """Write to designated officers and auditors that a deputy opened a record; to nobody, where none was found.

    The database takes from the job itself which access it is.
    """
    for told in db.session.scalars(text("SELECT * FROM told_of_emergency()")).all():
        mail.send(told, mail.MailKind.RECORD_OPENED)


def _as_given(one: Alert) -> dict[str, str | int]:
    return {
        "authority_id": str(one.authority_id),
        "kind": one.kind.value,
        "actor_id": str(one.actor_id),
        "actor": one.actor,
        "on_day": one.on.isoformat(),
        "cases": one.cases,
    }
