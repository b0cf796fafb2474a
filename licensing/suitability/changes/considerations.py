"""Considerations: opened, information weighed, what the holder was told and answered, and closed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.register.models import Licence
from licensing.suitability.changes import reviews
from licensing.suitability.models import Consideration, ConsiderationInformation, sealed
from licensing.suitability.queries import considerations as queries
from licensing.suitability.receipts import check_review, sources_for
from licensing.suitability.rules import TWO_PEOPLE, Arising, Ground, InformationKind, Source, check_days, grounds_for
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

CLOSED = "This consideration was closed in between. Nothing was changed."


def open_consideration(
    user: ActingUser,
    licence_id: UUID,
    source: Source,
    ground: Ground,
    opened_on: date,
    concern: str,
    *,
    case_reference: str | None = None,
    arising: tuple[Arising, UUID] | None = None,
    received_on: date | None = None,
    received_at: datetime | None = None,
) -> UUID:
    """Open the question whether a holder is fit and proper, or a review of premises, whose periods begin.

    RuleBroken where the law knows no such ground or source for the licence, or the receipt of a review is missing.
    """
    licence = db.session.get_one(Licence, licence_id)
    _check_law_knows(licence, source, ground)
    check_review(source, received_on, received_at, opened_on)
    consideration_id = uuid4()
    db.session.add(
        Consideration(
            id=consideration_id,
            authority_id=user.authority.id,
            reference=new_reference("CN"),
            licence_id=licence_id,
            source=source,
            ground=ground,
            opened_on=opened_on,
            received_on=received_on if source.is_review else None,
            received_at=received_at if source is Source.SUMMARY_REVIEW else None,
            concern_sealed=sealed(Consideration, "concern_sealed", consideration_id, concern),
            case_reference=case_reference,
            arising_kind=arising[0] if arising else None,
            arising_id=arising[1] if arising else None,
            opened_by=user.id,
        )
    )
    db.session.flush()
    told = {"source": source, "ground": ground, "licence": str(licence_id)}
    audit.record(Action.ADDED, ObjectKind.CONSIDERATION, consideration_id, details=told)
    if received_on:
        reviews.start_periods(user, consideration_id, source, received_at or received_on)
    considered(licence, "A consideration was opened.")
    return consideration_id


def _check_law_knows(licence: Licence, source: Source, ground: Ground) -> None:
    """RuleBroken where what opens it, or its ground, is not in the law of such a licence."""
    if source not in sources_for(licence.kind.family):
        raise RuleBroken(f"The law has no such review of a {licence.kind.label.lower()} licence.", "source")
    if ground not in grounds_for(licence.kind.family):
        raise RuleBroken(f"The law has no such ground for a {licence.kind.label.lower()} licence.", "ground")


def considered(licence: Licence, words: str) -> None:
    """Whether a holder is fit and proper is being considered, or was: nobody need be asked to any more."""
    tasks.settle(TaskKind.COURT_OUTCOME, (ObjectKind.LICENCE, licence.id), words)
    tasks.settle(TaskKind.CONSIDER_FITNESS, (ObjectKind.LICENCE, licence.id), words)
    if holder_id := licence.person_id:
        tasks.settle(TaskKind.CONSIDER_FITNESS, (ObjectKind.PERSON, holder_id), words)
    elif holder_id := licence.organisation_id:
        tasks.settle(TaskKind.CONSIDER_FITNESS, (ObjectKind.ORGANISATION, holder_id), words)


def add_information(
    user: ActingUser, consideration_id: UUID, given: dict[str, Any], instead_of: UUID | None = None
) -> UUID:
    """Weigh a piece of information, or put right one that was recorded wrongly: that one stays as it was.

    `given` has kind, received_on, from_whom, summary, case_reference, relied_on and limb.
    """
    _open(consideration_id)
    if given["relied_on"] and not given["limb"]:
        raise RuleBroken("Select what kind of relevant information it is (2022 Act section 1)", "limb")
    before = _supersede(consideration_id, instead_of) if instead_of else None
    row_id = uuid4()

    def words(column: str, name: str) -> bytes | None:
        return sealed(ConsiderationInformation, column, row_id, given[name])

    row = ConsiderationInformation(
        id=row_id,
        authority_id=user.authority.id,
        consideration_id=consideration_id,
        kind=given["kind"],
        received_on=given["received_on"],
        from_sealed=words("from_sealed", "from_whom"),
        summary_sealed=words("summary_sealed", "summary"),
        case_reference=given["case_reference"],
        relied_on=given["relied_on"],
        limb=given["limb"] if given["relied_on"] else None,
        supersedes_id=instead_of,
        by_id=user.id,
    )
    if before:  # what the holder was told and answered goes with it
        row.told_on, row.answered_on = before.told_on, before.answered_on
        for column in ("told_sealed", "answer_sealed"):
            setattr(row, column, sealed(ConsiderationInformation, column, row_id, before.opened(column)))
    db.session.add(row)
    db.session.flush()
    audit.record(
        Action.CORRECTED if before else Action.CHANGED,
        ObjectKind.CONSIDERATION,
        consideration_id,
        details={"information": given["kind"], "relied_on": given["relied_on"]},
    )
    return row_id


def _supersede(consideration_id: UUID, information_id: UUID) -> ConsiderationInformation:
    before = queries.information(information_id)
    if before.consideration_id != consideration_id or before.superseded_at:
        raise RuleBroken("Somebody put this right in between. Look at it again.")
    before.superseded_at = db.func.now()
    db.session.flush()
    return before


def record_told(_user: ActingUser, information_id: UUID, on: date, words: str) -> None:
    """What the holder was told of a piece of information, and when. RuleBroken where that stands already."""
    row = _weighed(information_id)
    if row.told_on:
        raise RuleBroken("It is recorded already what the holder was told.", "on_day")
    check_days(row.received_on, on, "The day must be on or after the day it was received", "on_day")
    row.told_on, row.told_sealed = on, sealed(ConsiderationInformation, "told_sealed", information_id, words)
    _note(row, {"told_on": on.isoformat()})


def record_answer(_user: ActingUser, information_id: UUID, on: date, words: str) -> None:
    """What the holder answered. RuleBroken before they were told, and where an answer stands already."""
    row = _weighed(information_id)
    if row.told_on is None:
        raise RuleBroken("Record what the holder was told first.", "on_day")
    if row.answered_on:
        raise RuleBroken("Their answer is recorded already. Add another piece of information.", "on_day")
    check_days(row.told_on, on, "The day must be on or after the day they were told", "on_day")
    row.answered_on, row.answer_sealed = on, sealed(ConsiderationInformation, "answer_sealed", information_id, words)
    _note(row, {"answered_on": on.isoformat()})


def _note(row: ConsiderationInformation, after: dict[str, str]) -> None:
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.CONSIDERATION, row.consideration_id, details={"after": after})


def _weighed(information_id: UUID) -> ConsiderationInformation:
    _open(queries.consideration_of_information(information_id))
    return queries.information(information_id)


def close_consideration(
    user: ActingUser, consideration_id: UUID, on: date, words: str, *, decided: bool = True
) -> None:
    """Close it: without a decision, which nobody does who recommended anything in it, or because it was decided.

    Who may decide is the business of whoever asks: what a committee decided may be recorded by who advised it.
    """
    consideration = _open(consideration_id)
    check_days(consideration.opened_on, on, "The day must be on or after the day it was opened", "on_day")
    standing = queries.standing_recommendation(consideration)
    if not decided and standing and standing.by_id == user.id:
        raise RuleBroken(TWO_PEOPLE)
    consideration.closed_on, consideration.closed_by = on, user.id
    consideration.closed_sealed = sealed(Consideration, "closed_sealed", consideration_id, words)
    consideration.decided = decided
    db.session.flush()
    action = Action.DECIDED if decided else Action.CHANGED
    audit.record(action, ObjectKind.CONSIDERATION, consideration_id, details={"closed_on": on.isoformat()})
    reviews.end_periods(user, consideration, on, decided=decided)
    words = "The consideration was decided." if decided else "The consideration was closed without a decision."
    tasks.settle(TaskKind.DECIDE, (ObjectKind.CONSIDERATION, consideration_id), words)


def late_report(user: ActingUser, consideration_id: UUID, received_on: date, reference: str) -> None:
    """Weigh that a report came late: a breach of the duty to report, whatever was reported."""
    given = {
        "kind": InformationKind.LATE_REPORT,
        "received_on": received_on,
        "from_whom": None,
        "summary": f"Self-report {reference} was made later than the policy allows.",
        "case_reference": None,
        "relied_on": False,
        "limb": None,
    }
    add_information(user, consideration_id, given)


def _open(consideration_id: UUID) -> Consideration:
    consideration = queries.consideration_for_update(consideration_id)
    if consideration.closed_on:
        raise RuleBroken(CLOSED)
    return consideration
