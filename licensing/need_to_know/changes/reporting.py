"""The monthly report: put together, issued by a second person, signed by each reader; what they ask becomes tasks."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import update

from licensing import dates, mail
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.need_to_know import queries, rules
from licensing.need_to_know.changes.drafting import keep, own_report
from licensing.need_to_know.models import Collected, Reader, Report, Request
from licensing.need_to_know.words import Mark, ReportState
from licensing.references import new_reference
from licensing.sealing import seal
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind, check_due_on

PREFIX = "NM"


def put_together(user: ActingUser, month: date, overview: str, mark: Mark, handling: str) -> UUID:
    """Begin the report of a month with every note that is its council's to pass on. RuleBroken where one is there."""
    rules.check_month(month, dates.today())
    if queries.report_of_month(user.authority.id, month):
        raise RuleBroken("There is a report of this month already", "month")
    report_id = uuid4()
    row = {
        "id": report_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "month": month,
        "state": ReportState.DRAFTED,
        "mark": mark,
        "handling": handling,
        "overview_sealed": seal(Report, "overview_sealed", report_id, overview),
        "compiled_by": user.id,
        "changed_by": user.id,
    }
    keep(Report, row)
    _collect(report_id, user.authority.id, month)
    audit.record(Action.ADDED, ObjectKind.NEED_TO_KNOW_REPORT, report_id, details={"month": month.isoformat()})
    return report_id


def change(user: ActingUser, report_id: UUID, overview: str, mark: Mark, handling: str) -> None:
    """Write other words in a draft, and collect what was issued since."""
    report = own_report(user, report_id)
    if report.state is not ReportState.DRAFTED:
        raise RuleBroken("What was issued stays as it is.")
    report.overview_sealed = seal(Report, "overview_sealed", report_id, overview)
    report.mark, report.handling, report.changed_by = mark, handling, user.id
    db.session.flush()
    _collect(report_id, report.authority_id, report.month)
    audit.record(Action.CHANGED, ObjectKind.NEED_TO_KNOW_REPORT, report_id, details={"part": "words"})


def _collect(report_id: UUID, authority_id: UUID, month: date) -> None:
    for note in queries.notes_to_collect(report_id, authority_id, month):
        row = {"id": uuid4(), "authority_id": authority_id, "report_id": report_id, "note_id": note.id}
        keep(Collected, row)


def issue(user: ActingUser, report_id: UUID) -> None:
    """Give it to its readers.

    RuleBroken for whoever wrote any of it, while a signature has nobody to give it, and where a note came since.
    """
    report = own_report(user, report_id)
    rules.check_collected(len(queries.notes_to_collect(report_id, report.authority_id, report.month)))
    rules.check_report_ready(report.state, user.id, report.authors, report.signatures.keys())
    report.state, report.issued_by, report.issued_at = ReportState.ISSUED, user.id, db.func.now()
    db.session.flush()
    audit.record(Action.RELEASED, ObjectKind.NEED_TO_KNOW_REPORT, report_id)
    for one in report.readers:
        mail.send(one.user_id, mail.MailKind.NOTES_REPORTED, report_id=report_id)


def ask(user: ActingUser, reader: Reader, words: str, whom: For, doer: str, due_on: date) -> UUID:
    """A reader asks for something, of a colleague or a team of their own council, by a day: it becomes their task."""
    assert reader.report_id is not None
    check_due_on(due_on, dates.today())
    request_id = uuid4()
    row = {
        "id": request_id,
        "authority_id": reader.authority_id,
        "report_id": reader.report_id,
        "reader_id": reader.id,
        "doer_authority_id": user.authority.id,
        "for_user_id": whom.user_id,
        "for_team": whom.team,
        "doer": doer,
        "words_sealed": seal(Request, "words_sealed", request_id, words),
        "due_on": due_on,
        "asked_by": user.id,
    }
    keep(Request, row)
    about = (ObjectKind.NEED_TO_KNOW_REQUEST, request_id)
    why = f"Asked for by the {reader.office.label.lower()} after the monthly report."
    tasks.open_task(user, TaskKind.ASKED_BY_READER, whom, due_on, why, about=about)
    audit.record(Action.ADDED, *about, details={"due_on": due_on.isoformat()})
    return request_id


def is_for(user: ActingUser, request: Request) -> bool:
    """Whether it is theirs to do, or their team's."""
    is_team = request.doer_authority_id == user.authority.id and request.for_team in user.roles
    return request.for_user_id == user.id or is_team


def finish(user: ActingUser, request_id: UUID, words: str) -> None:
    """Say that it is done, and what came of it: whoever asked reads it, and the task is settled."""
    request = queries.request(request_id)
    if not is_for(user, request):
        raise RuleBroken(f"It is for {request.doer}, who says what was done.")
    if request.done_on:
        raise RuleBroken("Somebody said a moment ago that this is done. Nothing was changed.")
    done = {
        "done_on": dates.today(),
        "done_by": user.id,
        "done_sealed": seal(Request, "done_sealed", request_id, words),
    }
    db.session.execute(update(Request).where(Request.id == request_id).values(**done))
    db.session.expire_all()
    about = (ObjectKind.NEED_TO_KNOW_REQUEST, request_id)
    audit.record(Action.ANSWERED, *about)
    tasks.settle(TaskKind.ASKED_BY_READER, about, "What was asked for is done.")
