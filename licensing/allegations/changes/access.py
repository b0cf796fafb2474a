"""Access to a case: given to one other person, closed to an officer with a conflict, taken in an emergency, ended.

The database's own procedures write it, and check who calls them.
"""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from licensing import dates, jobs
from licensing.accounts.acting import ActingUser
from licensing.allegations import rules_of_sharing
from licensing.allegations.jobs import tell_of_emergency
from licensing.allegations.models import Case, CaseAccess
from licensing.allegations.queries import access as queries
from licensing.allegations.words_of_sharing import AccessKind
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.sealing import seal

GIVE = text("CALL give_access(:case, :id, :user, :kind, :reason, :until)")
BREAK = text("CALL break_glass(:id, :reference, CAST(:keys AS bytea[]), :reason, :review)")


def name_person(user: ActingUser, case: Case, person: UUID, until_on: date, reason: str) -> None:
    """Let one other colleague read the case to the end of a day. RuleBroken where somebody is named already."""
    if queries.named_now(case.id):
        raise RuleBroken("Somebody is named on this case already. End that first.")
    _give(case, person, AccessKind.NAMED, reason, _end_of(until_on))


def close_to(user: ActingUser, case: Case, officer: UUID, reason: str) -> None:
    """Close the case to a designated officer or deputy who has a conflict, who may be the acting one.

    RuleBroken where it is their own case, or where nobody could work on it any more.
    """
    if officer == case.owner_id:
        raise RuleBroken("It is their case. Hand it over to a colleague first.", "officer")
    closed = queries.closed_to(case.id)
    left = {one for one, _ in queries.holders_of(case.authority_id, Role.DESIGNATED_OFFICER)} - {officer, *closed}
    if officer in closed:
        raise RuleBroken("The case is closed to them already.", "officer")
    if not left:
        raise RuleBroken("Somebody must be able to work on it.", "officer")
    _give(case, officer, AccessKind.CLOSED, reason, None)


def end(user: ActingUser, case: Case, row: CaseAccess) -> None:
    """End access before its day, or open the case again to an officer. RuleBroken where it is over, or one's own."""
    ended = db.session.execute(text("CALL end_access(:id, NULL)"), {"id": row.id}).scalar_one()
    if not ended:
        raise RuleBroken("This has ended already, or is your own.")
    _record(Action.ACCESS_ENDED, case.id, row.kind, row.user_id)


def break_glass(user: ActingUser, reference: str, keys: list[bytes], reason: str) -> UUID:
    """Open one case for an hour, as a deputy whose search and second factor are fresh; its id.

    Commits, since the database tells whether there is one only after that; it keeps itself that the glass was broken.
    With that is asked for the job which tells whoever looks into it, at once and nothing of the case: whether or not
    there is one, so that its being asked for says nothing. RuleBroken where there is none, and where another stands:
    open still, or cut short by an officer and not reviewed yet.
    """
    if before := queries.last_emergency(user.id):
        rules_of_sharing.check_no_emergency_stands(
            datetime.now(UTC), before.until_at, before.ended_at, is_reviewed=before.reviewed_at is not None
        )
    access_id = uuid4()
    review = deadlines.due(ClockCode.IMMEDIATE_REVIEW, user.authority.id, dates.today()).due_on
    given = {
        "id": access_id,
        "reference": reference,
        "keys": keys,
        "reason": seal(CaseAccess, "reason_sealed", access_id, reason),
        "review": review,
    }
    db.session.execute(BREAK, given)
    jobs.defer(tell_of_emergency, access_id=access_id)
    db.session.commit()
    opened = queries.opened_in_emergency(access_id)
    if opened is None:
        raise RuleBroken("No record was found. That you looked for it is kept.")
    return opened


def review(user: ActingUser, case: Case, row: CaseAccess, words: str) -> None:
    """Say of an emergency what somebody who was not in it finds. RuleBroken where that is done, or of one's own."""
    reviewed = db.session.execute(
        text("CALL review_emergency(:id, :words, NULL)"),
        {"id": row.id, "words": seal(CaseAccess, "review_sealed", row.id, words)},
    ).scalar_one()
    if not reviewed:
        raise RuleBroken("This was reviewed already, or is your own.")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"part": "review of an emergency"})


def _give(case: Case, person: UUID, kind: AccessKind, reason: str, until: datetime | None) -> None:
    access_id = uuid4()
    given: dict[str, Any] = {
        "case": case.id,
        "id": access_id,
        "user": person,
        "kind": kind.value,
        "reason": seal(CaseAccess, "reason_sealed", access_id, reason),
        "until": until,
    }
    db.session.execute(GIVE, given)
    _record(Action.ACCESS_GIVEN, case.id, kind, person)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), dates.ENGLAND)


def _record(action: Action, case_id: UUID, kind: AccessKind, whose: UUID) -> None:
    audit.record(action, ObjectKind.ALLEGATION, case_id, details={"access": kind.value, "user": str(whose)})
