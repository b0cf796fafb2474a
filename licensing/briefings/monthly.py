"""The month's briefings, drafted by themselves or when an author asks; approved and published by nobody but people."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from licensing import jobs, mail
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.briefings import changes, composing, queries, rules
from licensing.briefings.composing import Counted
from licensing.briefings.content import Words
from licensing.briefings.models import BriefingSchedule
from licensing.db import db
from licensing.figures import asking
from licensing.figures import queries as councils
from licensing.figures.elsewhere import one_tells_at_a_time
from licensing.figures.words import Audience
from licensing.references import new_reference

_TOLD = "Briefings drafted"


def draft_due(day: date) -> None:
    """For every council whose day has come, what it has not of the month that ended. For the job of nobody."""
    due = queries.due(day)
    places = councils.places_counted(db.session()) if due else []
    done = 0
    for authority_id, wanted in groupby(due, key=lambda one: one.authority_id):
        counted = composing.count(asking.area_of(db.session(), authority_id, places), rules.month_before(day))
        earlier = queries.published_for_job(authority_id)
        made: list[UUID] = []
        for one in wanted:
            made.append(_keep(counted, one.audience, earlier))
            jobs.report(done + len(made), len(due), _TOLD)
        done += len(made)
        _tell(authority_id, made[0], day)


def _keep(counted: Counted, audience: Audience, earlier: Sequence[dict[str, object]]) -> UUID:
    own, reference, briefing_id = counted.area.own, new_reference(changes.PREFIX), uuid4()
    owner = f"The briefing office of {own.name}"
    made = composing.compose(counted, audience, Words(), (reference, 1), owner, earlier)
    given = {
        "id": str(briefing_id),
        "authority_id": str(own.id),
        "reference": reference,
        "audience": audience,
        "from_on": made.period.from_on.isoformat(),
        "until_on": made.period.until_on.isoformat(),
        **changes.computed(made),
        "computed_at": made.as_at.isoformat(),
    }
    db.session.execute(text("CALL draft_briefing_of_month(CAST(:given AS jsonb))"), {"given": json.dumps(given)})
    details = {"version": 1, "by": "service"}
    audit.record(
        Action.ADDED, ObjectKind.BRIEFING, briefing_id, authority_id=own.id, reference=reference, details=details
    )
    return briefing_id


def _tell(authority_id: UUID, briefing_id: UUID, day: date) -> None:
    asked = text("SELECT tell_of_monthly_drafts(:authority, :briefing, :day)")
    given = {"authority": authority_id, "briefing": briefing_id, "day": day}
    for author in db.session.scalars(asked, given).all():
        mail.send(author, mail.MailKind.BRIEFINGS_DRAFTED)


def draft_now(user: ActingUser, day: date) -> None:
    """What one's own council has not of the month that ended, whatever its day. For the job that an author asks for."""
    period = rules.month_before(day)
    one_tells_at_a_time(db.session())
    had = queries.audiences_of(user.authority.id, period)
    wanted = [one for one in queries.schedule(user.authority.id).audiences if one not in had]
    if not wanted:
        return
    counted = composing.count(asking.area_of(db.session(), user.authority.id), period)
    for done, audience in enumerate(wanted, 1):
        changes.add(user, counted, audience, Words(), new_reference(changes.PREFIX))
        jobs.report(done, len(wanted), _TOLD)


def set_schedule(user: ActingUser, day_of_month: int, audiences: Sequence[Audience], reason: str) -> None:
    """From now on; what it was before is kept."""
    row = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "day_of_month": day_of_month,
        "audiences": [one.value for one in audiences],
        "reason": reason,
        "set_by": user.id,
    }
    db.session.execute(insert(BriefingSchedule).inline(), [row])
    details = {"day_of_month": day_of_month, "audiences": row["audiences"]}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row["id"], details=details)
