"""What the independent reviewer found of something that was noticed."""

from sqlalchemy import text

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import ReadingAlert
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.sealing import seal


def acknowledge(user: ActingUser, row: ReadingAlert, words: str) -> None:
    """Once, with words; the task is done with it. RuleBroken for what oneself did, or a colleague acknowledged."""
    if row.actor_id == user.id:
        raise RuleBroken("This is about what you did yourself. Another independent reviewer acknowledges it.")
    given = {"id": row.id, "words": seal(ReadingAlert, "words_sealed", row.id, words)}
    called = db.session.execute(text("CALL acknowledge_reading(:id, :words, NULL)"), given)
    if not called.scalar_one():
        raise RuleBroken("A colleague acknowledged this a moment ago. What they wrote is shown when you open it again.")
    db.session.expire(row)
    audit.record(Action.ACKNOWLEDGED, ObjectKind.READING_ALERT, row.id)
