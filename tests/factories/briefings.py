"""Briefings made by the room's own ways: a draft, and one that was published to a reader."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from factories import accounts
from factories.disruption import as_user

from licensing import dates
from licensing.briefings import changes, monthly, queries
from licensing.briefings.content import Words
from licensing.db import db
from licensing.figures.aims import Aim
from licensing.figures.rules import Period
from licensing.figures.words import Audience, Better
from licensing.measures import changes as measures
from licensing.measures.rules import quarter_of
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


def measured(code: str = accounts.COUNTY) -> Office:
    """An office with a schedule of its own, and a measure with an owner who has said something of this quarter."""
    made = office(code)
    today, training = dates.today(), "training.in_date_percent"
    with as_user(made.approver) as approver:
        monthly.set_schedule(approver, 5, [Audience.SCRUTINY], "The committee meets then.")
        aim = Aim(90, 5, Better.MORE)
        measures.choose(approver, training, aim, made.author, today, "A first step.", today=today)
        db.session.commit()
    with as_user(made.author) as author:
        measures.comment(author, training, quarter_of(today), "Two courses were held.", today=today)
        db.session.commit()
    return made


def drafted(at: Office, audience: Audience = Audience.CHIEF_EXECUTIVES, period: Period = SUMMER) -> UUID:
    """A draft with a comment."""
    with as_user(at.author) as author:
        made = changes.draft(author, audience, period, WORDS)
        changes.comment(author, queries.briefing(made), "Please look at the headline.")
        db.session.commit()
        return made


def approved(at: Office, audience: Audience = Audience.DIRECTOR, period: Period = SUMMER) -> UUID:
    made = drafted(at, audience, period)
    with as_user(at.approver) as approver:
        changes.approve(approver, queries.briefing(made), [], as_computed=False)
        db.session.commit()
    return made


def published(at: Office, audience: Audience = Audience.LEAD_MEMBER, period: Period = SUMMER) -> UUID:
    made = approved(at, audience, period)
    with as_user(at.approver):
        changes.publish(queries.briefing(made), [at.reader])
        db.session.commit()
    return made
