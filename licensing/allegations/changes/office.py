"""How the office is reached: no secret, and in the ordinary trail."""

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import LadoOffice
from licensing.allegations.queries import work
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db


def choose(user: ActingUser, *, contact: str, meeting_name: str) -> None:
    """Say how the own office is reached and what its first meeting is called."""
    row = work.office(user.authority.id)
    if row is None:
        row = LadoOffice(authority_id=user.authority.id, changed_by=user.id)
        db.session.add(row)
    before = {"contact": row.contact, "meeting_name": row.meeting_name}
    row.contact, row.meeting_name = contact, meeting_name
    db.session.flush()
    after = {"contact": contact, "meeting_name": meeting_name}
    details = {"before": before, "after": after}
    audit.record(Action.CHANGED, ObjectKind.AUTHORITY, user.authority.id, details=details)
