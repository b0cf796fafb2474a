"""The monthly report: listed, put together, shown, issued, signed, printed."""

from datetime import date
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import options
from licensing.need_to_know import about, documents, presenting, queries, rules
from licensing.need_to_know.changes import drafting, issuing, reporting
from licensing.need_to_know.forms import ReportForm, SureForm
from licensing.need_to_know.models import Reader
from licensing.need_to_know.presenting import report_page
from licensing.need_to_know.views import WRITERS, done, need_to_know, pdf
from licensing.need_to_know.views.notes import reader_form
from licensing.need_to_know.words import ReportState
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sealing import opened

_READERS = (*WRITERS, Permission.NOTES_READ)
LOOK = records_look(ObjectKind.NEED_TO_KNOW_REPORT, "report_id", queries.report_exists)


@need_to_know.get("/need-to-know/reports")
@requires(*_READERS)
def list_reports() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NEED_TO_KNOW_REPORT)
    page = queries.reports_page(request.args.get("page", 1, int))
    return render_template(
        "need_to_know/list_reports.html",
        page=page,
        rows=presenting.report_rows(page.items),
        may_write=signed_in_user().may(Permission.NOTES_WRITE),
    )


@need_to_know.route("/need-to-know/reports/put-together", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
def put_together() -> ResponseReturnValue:
    form, back, made = ReportForm(named=about.naming()), url_for("need_to_know.list_reports"), list[UUID]()
    months = rules.months_back(dates.today())
    form.month.choices = options((one.isoformat(), dates.in_words(one).partition(" ")[2]) for one in months)

    def keep() -> None:
        month = date.fromisoformat(form.month.data)
        user, overview = signed_in_user(), form.overview.data or ""
        made.append(reporting.put_together(user, month, overview, form.mark.data, form.handling.data or ""))

    if form.validate_on_submit() and saved(form, keep):
        return done(
            "The report is drafted. Add who signs it, then ask somebody else to issue it.", report_page(made[0])
        )
    intro = "Your council’s notes of the month are collected; for the county, those of the districts that say so too."
    return ask(form, "Put a monthly report together", back, intro=intro)


@need_to_know.get("/need-to-know/reports/<uuid:report_id>")
@requires(*_READERS)
@LOOK
def show_report(report_id: UUID) -> ResponseReturnValue:
    user = signed_in_user()
    issuing.read(queries.own_reading(Reader.report_id == report_id, user.id))
    report = queries.report(report_id)
    own = report.authority_id == user.authority.id
    may_write, is_draft = own and user.may(Permission.NOTES_WRITE), report.state is ReportState.DRAFTED
    return render_template(
        "need_to_know/show_report.html",
        report=report,
        document=documents.of_report(report, queries.collected_notes(report_id)),
        state=report.state.value,
        readers=presenting.reader_rows(report, may_record=False, may_remove=may_write and is_draft),
        requests=presenting.request_rows(report.requests),
        mine=queries.own_reading(Reader.report_id == report_id, user.id),
        may_write=may_write,
        may_approve=own and user.may(Permission.NOTES_APPROVE),
    )


@need_to_know.get("/need-to-know/reports/<uuid:report_id>/pdf")
@requires(*_READERS)
@LOOK
def print_report(report_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.NEED_TO_KNOW_REPORT, report_id)
    issuing.read(queries.own_reading(Reader.report_id == report_id, signed_in_user().id))
    report, notes = queries.report(report_id), queries.collected_notes(report_id)
    return pdf(documents.of_report(report, notes, with_asked=True))


@need_to_know.route("/need-to-know/reports/<uuid:report_id>/change", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@LOOK
def change_report(report_id: UUID) -> ResponseReturnValue:
    """Other words, and what was issued since it was put together."""
    report = queries.report(report_id)
    kept = {"overview": opened(report, "overview_sealed"), "mark": report.mark, "handling": report.handling}
    form = ReportForm(data=kept, named=about.naming())
    del form.month

    def keep() -> None:
        words, mark, handling = form.overview.data or "", form.mark.data, form.handling.data or ""
        reporting.change(signed_in_user(), report_id, words, mark, handling)

    if form.validate_on_submit() and saved(form, keep):
        return done("The report is changed.", report_page(report_id))
    return ask(form, "Change the report", report_page(report_id), intro="What was issued since is collected too.")


@need_to_know.route("/need-to-know/reports/<uuid:report_id>/readers", methods=["GET", "POST"])
@requires(*WRITERS)
@LOOK
def add_report_reader(report_id: UUID) -> ResponseReturnValue:
    form = reader_form()

    def keep() -> None:
        report = queries.report_for_change(report_id)
        drafting.add_reader(signed_in_user(), report, UUID(form.reader.data), form.office.data)

    if form.validate_on_submit() and saved(form, keep):
        return done("The reader is added.", report_page(report_id))
    intro = "The lead member, the chief executive and the director sign it. Others may read it."
    return ask(form, "Add a reader", report_page(report_id), intro=intro)


@need_to_know.route("/need-to-know/reports/<uuid:report_id>/issue", methods=["GET", "POST"])
@requires(Permission.NOTES_APPROVE)
@LOOK
def issue_report(report_id: UUID) -> ResponseReturnValue:
    form = SureForm.asking("Issue the report")
    if form.validate_on_submit() and saved(form, lambda: reporting.issue(signed_in_user(), report_id)):
        return done("The report is issued. Its readers have a mail with a link.", report_page(report_id))
    intro = "You agree to its words and its readers. Nothing of it changes from then on."
    return ask(form, "Issue the report", report_page(report_id), intro=intro)


@need_to_know.route("/need-to-know/reports/<uuid:report_id>/sign", methods=["GET", "POST"])
@requires(Permission.NOTES_READ)
@LOOK
def sign_report(report_id: UUID) -> ResponseReturnValue:
    """A reader signs in their office, for themselves alone."""
    mine = queries.own_reading(Reader.report_id == report_id, signed_in_user().id) or abort(404)
    form = SureForm.asking("Sign the report")
    if form.validate_on_submit() and saved(form, lambda: issuing.acknowledge(signed_in_user(), mine)):
        return done("You have signed the report.", report_page(report_id))
    intro = f"You sign as {mine.office.label.lower()}: you read the report and its notes."
    return ask(form, "Sign the report", report_page(report_id), intro=intro)
