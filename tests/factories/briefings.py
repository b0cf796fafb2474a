"""Briefings made by the room's own ways: a draft, and one that was published to a reader."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from factories import accounts
from factories.disruption import as_user

from licensing.briefings import changes, queries
from licensing.briefings.content import Words
from licensing.db import db
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.permissions import Role

SUMMER = Period(date(2026, 6, 1), date(2026, 8, 31))
WORDS = Words("More drivers are trained.", "One guesthouse was closed.", "One answer was late.", "Agree a joint visit.")


@dataclass(frozen=True)
class Office:
    """Who writes, approves and reads at a council."""

    code: str
    author: UUID
    approver: UUID
    reader: UUID


def office(code: str = accounts.COUNTY) -> Office:
    roles = (Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER, Role.BRIEFING_READER)
    return Office(code, *(accounts.user(role, code) for role in roles))


def drafted(at: Office, audience: Audience = Audience.CHIEF_EXECUTIVES, period: Period = SUMMER) -> UUID:
    """A draft with a comment."""
    with as_user(at.author) as author:
        made = changes.draft(author, audience, period, WORDS)
        changes.comment(author, queries.briefing(made), "Please look at the headline.")
        db.session.commit()
        return made


def approved(at: Office, audience: Audience = Audience.DIRECTOR) -> UUID:
    made = drafted(at, audience)
    with as_user(at.approver) as approver:
        changes.approve(approver, queries.briefing(made), [], as_computed=False)
        db.session.commit()
    return made


def published(at: Office, audience: Audience = Audience.LEAD_MEMBER) -> UUID:
    made = approved(at, audience)
    with as_user(at.approver):
        changes.publish(queries.briefing(made), [at.reader])
        db.session.commit()
    return made
