"""Complaints and self-reports: recorded, answered for, and what they open."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.references import new_reference
from licensing.register.catalogue import Family
from licensing.register.events import RecordKind
from licensing.register.models import Licence, Organisation
from licensing.suitability.changes.considerations import late_report, open_consideration
from licensing.suitability.concerns import ComplaintOutcome, is_late
from licensing.suitability.models import Complaint, OperatorDriver, SelfReport, sealed
from licensing.suitability.queries import concerns as queries
from licensing.suitability.queries.considerations import open_consideration as the_open_one
from licensing.suitability.rules import Arising, Ground, Source, check_days
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

_COLUMNS = {
    RecordKind.PERSON: "person_id",
    RecordKind.ORGANISATION: "organisation_id",
    RecordKind.VEHICLE: "vehicle_id",
    RecordKind.PREMISES: "premises_id",
}
_CONSIDER_WITHIN = timedelta(days=5)
ARREST_OPENS = "Arrested: the Standards ask for a review at once. What is known is in the self-report."


def record_complaint(user: ActingUser, kind: RecordKind, record_id: UUID, given: dict[str, Any]) -> UUID:
    """Record a complaint about a person, an organisation, a vehicle or premises.

    `given` has category, source, received_on, summary and case_reference.
    """
    complaint_id = uuid4()
    db.session.add(
        Complaint(
            id=complaint_id,
            authority_id=user.authority.id,
            reference=new_reference("CM"),
            **{_COLUMNS[kind]: record_id},
            category=given["category"],
            source=given["source"],
            received_on=given["received_on"],
            summary_sealed=sealed(Complaint, "summary_sealed", complaint_id, given["summary"]),
            case_reference=given["case_reference"],
            by_id=user.id,
        )
    )
    db.session.flush()
    told = {"category": given["category"], "about": kind}
    audit.record(Action.ADDED, ObjectKind.COMPLAINT, complaint_id, details=told)
    return complaint_id


def close_complaint(_user: ActingUser, complaint_id: UUID, on: date, outcome: ComplaintOutcome, words: str) -> None:
    """What came of a complaint. RuleBroken where that stands already, or before it was received."""
    complaint = db.session.get_one(Complaint, complaint_id, with_for_update=True, populate_existing=True)
    if complaint.closed_on:
        raise RuleBroken("What came of it was recorded in between. Nothing was changed.")
    check_days(complaint.received_on, on, "The day must be on or after the day it was received", "on_day")
    complaint.closed_on, complaint.outcome = on, outcome
    complaint.outcome_sealed = sealed(Complaint, "outcome_sealed", complaint_id, words)
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.COMPLAINT, complaint_id, details={"after": outcome})


def record_operator(user: ActingUser, person_id: UUID, operator: Organisation, days: tuple[Any, Any]) -> None:
    """That a driver works for an operator, from a day until another, where they are known.

    Of somebody who is recorded as working there, the last day is set. RuleBroken where nothing new is said.
    """
    from_on, until_on = days
    works = next((one for one in queries.operators_of(person_id, lock=True) if one.is_still_at(operator.id)), None)
    first = (works.from_on if works else None) or from_on
    if first and until_on:
        check_days(first, until_on, "The last day must be on or after the first", "until_on")
    if works and until_on is None:
        raise RuleBroken("It is recorded already that they work for this operator. Enter the last day.", "until_on")
    if works:
        works.until_on = until_on
        db.session.flush()
        left = {"works_for": str(operator.id), "until": until_on.isoformat()}
        audit.record(Action.CHANGED, ObjectKind.PERSON, person_id, details=left)
        return
    row = OperatorDriver(
        authority_id=user.authority.id,
        person_id=person_id,
        organisation_id=operator.id,
        from_on=from_on,
        until_on=until_on,
        by_id=user.id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.PERSON, person_id, details={"works_for": str(operator.id)})


def record_self_report(user: ActingUser, licence_id: UUID, given: dict[str, Any]) -> UUID:
    """Record what a holder reported of themselves; an arrest opens a consideration, a late report counts as a breach.

    `given` has what, occurred_at, reported_at (moments), words and case_reference. RuleBroken where it was reported
    before it happened.
    """
    occurred, reported = given["occurred_at"], given["reported_at"]
    if reported < occurred:
        raise RuleBroken("It was reported before it happened: check both", "reported_on")
    report_id = uuid4()
    due = deadlines.due(ClockCode.SELF_REPORT, user.authority.id, occurred).due_at
    row = SelfReport(
        id=report_id,
        authority_id=user.authority.id,
        reference=new_reference("SR"),
        licence_id=licence_id,
        what=given["what"],
        occurred_at=occurred,
        reported_at=reported,
        due_at=due,
        late=is_late(due, reported),
        words_sealed=sealed(SelfReport, "words_sealed", report_id, given["words"]),
        case_reference=given["case_reference"],
        by_id=user.id,
    )
    db.session.add(row)
    db.session.flush()
    told = {"what": row.what, "late": row.late, "licence": str(licence_id)}
    audit.record(Action.ADDED, ObjectKind.SELF_REPORT, report_id, details=told)
    _follow_up(user, row, reported)
    return report_id


def _follow_up(user: ActingUser, report: SelfReport, reported: datetime) -> None:
    """The consideration that an arrest opens, and what a late report adds or asks."""
    day = deadlines.day_of(reported)
    there = the_open_one(report.licence_id)
    consideration_id = there.id if there else None
    if report.what.opens_consideration and consideration_id is None:
        consideration_id = open_consideration(
            user,
            report.licence_id,
            Source.SELF_REPORT,
            _ground(report.licence_id),
            day,
            ARREST_OPENS,
            case_reference=report.case_reference,
            arising=(Arising.SELF_REPORT, report.id),
        )
    if report.late and consideration_id:
        late_report(user, consideration_id, day, report.reference)
    elif report.late:
        tasks.open_task(
            user,
            TaskKind.CONSIDER_FITNESS,
            For(team=Role.LICENSING_OFFICER),
            day + _CONSIDER_WITHIN,
            "A self-report was late, which is a breach in itself.",
            about=(ObjectKind.LICENCE, report.licence_id),
        )


def _ground(licence_id: UUID) -> Ground:
    family = db.session.get_one(Licence, licence_id).kind.family
    known = family in (Family.DRIVER, Family.VEHICLE, Family.OPERATOR)
    if known:
        return Ground.OTHER_REASONABLE_CAUSE
    return Ground.LICENSING_OBJECTIVES if family in (Family.PREMISES, Family.PERSONAL) else Ground.FIT_TO_BE_GRANTED
