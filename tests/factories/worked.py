"""A case that is worked on: a meeting with an action, somebody named, an emergency that waits for its review."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from factories import accounts, allegations

from licensing import dates
from licensing.allegations import access
from licensing.allegations.changes import access as giving
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import meetings
from licensing.allegations.models import CaseAccess
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import chronology, work
from licensing.allegations.queries.access import named_now
from licensing.allegations.words import EntryKind, MeetingKind, Stage
from licensing.allegations.words_of_sharing import AccessKind, LookPurpose
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.sealing import seal
from licensing.setup import owner_session


def work_on(officer: UUID, case_id: UUID, colleague: UUID, code: str) -> dict[str, UUID]:
    """Everything that can be done in a case, once; what stands in addresses, by the name of its page."""
    with acting_as(accounts.open_session(officer)):
        access.look(case_id, LookPurpose.OWN_CASE)
        user, case = allegations.acting(), queries.case(case_id)
        meeting = meetings.plan(user, case, "Strategy meeting", MeetingKind.STRATEGY, date(2026, 6, 3))
        action = {"words": "Ask the operator for the log", "owner": "Sample Operator", "due_on": date(2026, 6, 9)}
        meetings.undertake(user, case_id, **action, meeting_id=meeting)
        changes.note(user, case_id, EntryKind.CALL, "The operator rang back.")
        giving.name_person(user, case, colleague, dates.today(), "Legal advice")
        named = named_now(case_id)
        assert named
        made = {
            "allegation": queries.allegations(case_id)[0].id,
            "strand": queries.strands(case_id)[0].id,
            "meeting": meeting,
            "action": work.actions(case_id)[0].id,
            "entry": chronology.last(case_id, 1)[0].id,
            "access": named.id,
        }
        db.session.commit()
    return {**made, "emergency": _emergency(case_id, code)}


def closed(officer: UUID) -> UUID:
    """A case that ended below the threshold."""
    case_id = allegations.refer(officer)
    with acting_as(accounts.open_session(officer)):
        access.look(case_id, LookPurpose.OWN_CASE)
        case, today = queries.case(case_id), dates.today()
        changes.decide_threshold(allegations.acting(), case, Stage.ADVICE_ONLY, today, "Not a limb.", None)
        db.session.commit()
    return case_id


def _emergency(case_id: UUID, code: str) -> UUID:
    """As a deputy's left it; how one breaks the glass is for tests/allegations."""
    deputy = accounts.user(Role.DEPUTY_DESIGNATED_OFFICER, code)
    row = CaseAccess(
        id=uuid4(),
        authority_id=accounts.authority_id(code),
        case_id=case_id,
        user_id=deputy,
        kind=AccessKind.EMERGENCY,
        given_by=deputy,
        until_at=datetime(2026, 6, 3, tzinfo=UTC),
        review_due_on=date(2026, 6, 4),
    )
    row.reason_sealed = seal(CaseAccess, "reason_sealed", row.id, "A child was in the vehicle")
    with owner_session() as session:
        session.add(row)
        session.commit()
        return row.id
