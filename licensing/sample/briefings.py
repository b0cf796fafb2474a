"""A published briefing of the county for its chief executives, read by one of its readers, and a draft for scrutiny."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from licensing.accounts.commands import on_behalf_of
from licensing.briefings import changes, queries
from licensing.briefings.content import Words
from licensing.briefings.models import Briefing
from licensing.db import db
from licensing.figures.aims import Aim
from licensing.figures.rules import Period
from licensing.figures.words import Audience, Better
from licensing.measures import changes as measures
from licensing.measures.rules import quarter_of
from licensing.permissions import Role
from licensing.sample.councils import OXFORDSHIRE
from licensing.sample.users import SampleUser

_WORDS = Words(
    headline="More drivers are trained and checked than a year ago. Entries on the national register are made late.",
    changed="A guesthouse where nobody could have got out in a fire was prohibited from letting rooms.",
    exceptions="Every district answered at least one request from another council late.",
    asked=(
        "Agree that each district names a deputy for entries on the national register.\n"
        "Agree a joint night of visits to guesthouses before the end of the quarter."
    ),
)
_SAID = (
    "Two courses were called off in the summer. Both were held in September.",
    "Districts now ask for the certificate when a licence is renewed.",
)
_FOR_SCRUTINY = Words(headline="The same figures for the committee, to be commented before they are approved.")


def brief(today: date) -> None:
    """Of the three whole months before this one; commits."""
    period = _last_quarter(today)
    with on_behalf_of(SampleUser(OXFORDSHIRE, Role.BRIEFING_AUTHOR).email) as author:
        if db.session.scalar(select(Briefing.id).limit(1)):
            return
        made = changes.draft(author, Audience.CHIEF_EXECUTIVES, period, _WORDS)
        waiting = changes.draft(author, Audience.SCRUTINY, period, _FOR_SCRUTINY)
        db.session.commit()
    with on_behalf_of(SampleUser(OXFORDSHIRE, Role.BRIEFING_APPROVER).email) as approver:
        changes.comment(approver, queries.briefing(waiting), "Say what is being done about the late entries.")
        changes.approve(
            approver, queries.briefing(made), changes.moved(approver, queries.briefing(made)), as_computed=True
        )
        changes.publish(queries.briefing(made), [one.id for one in queries.readers_to_choose()])
        db.session.commit()
    _read(made)
    _measure(today)


def _measure(today: date) -> None:
    """One measure with an owner, who says something of this quarter and of the one before."""
    code, author = "training.in_date_percent", SampleUser(OXFORDSHIRE, Role.BRIEFING_AUTHOR)
    with on_behalf_of(author.email) as owner:
        owner_id = owner.id
    with on_behalf_of(SampleUser(OXFORDSHIRE, Role.BRIEFING_APPROVER).email) as approver:
        aim, reason = Aim(90, 5, Better.MORE), "The committee asked for nine in ten by the end of the year."
        first = quarter_of(today).from_on
        measures.choose(approver, code, aim, owner_id, first, reason, today=today)
        db.session.commit()
    with on_behalf_of(author.email) as owner:
        for quarter, words in zip(quarter_of(today).up_to(2), _SAID, strict=True):
            measures.comment(owner, code, quarter, words, today=today)
        db.session.commit()


def _read(briefing_id: UUID) -> None:
    with on_behalf_of(SampleUser(OXFORDSHIRE, Role.BRIEFING_READER).email) as reader:
        changes.acknowledge(reader, queries.briefing(briefing_id))
        db.session.commit()


def _last_quarter(today: date) -> Period:
    last = today.replace(day=1) - timedelta(days=1)
    month = last.year * 12 + last.month - 3
    return Period(date(month // 12, month % 12 + 1, 1), last)
