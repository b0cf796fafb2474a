"""What holders reported of themselves, and whether in time."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.changes import concerns as changes
from licensing.suitability.forms.concerns import SelfReportForm, SelfReportsFilterForm
from licensing.suitability.queries import concerns as queries
from licensing.suitability.queries.considerations import open_consideration
from licensing.suitability.views import asked, done, suitability


@suitability.get("/self-reports")
@requires(Permission.CASEWORK)
def list_self_reports() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.SELF_REPORT)
    form = SelfReportsFilterForm(request.args)
    form.validate()
    page = queries.self_reports_page(bool(form.late.data), request.args.get("page", 1, int))
    return render_template(
        "suitability/list_self_reports.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.self_report_rows(page.items),
    )


@suitability.route("/licences/<uuid:licence_id>/self-report", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.LICENCE, "licence_id", register.record_exists(Licence))
def add_self_report(licence_id: UUID) -> ResponseReturnValue:
    form, made = SelfReportForm(), []
    if form.validate_on_submit():
        given, user = form.given(), signed_in_user()
        if saved(form, lambda: made.append(changes.record_self_report(user, licence_id, given))):
            return done("The report is recorded.", url_for("suitability.show_self_report", report_id=made[0]))
    back = url_for("register.show_licence", licence_id=licence_id)
    return asked(form, "Record a self-report", back, caption=licence_name(register.licence(licence_id)))


@suitability.get("/self-reports/<uuid:report_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.SELF_REPORT, "report_id", queries.self_report_exists)
def show_self_report(report_id: UUID) -> ResponseReturnValue:
    report = queries.self_report(report_id)
    return render_template(
        "suitability/show_self_report.html",
        report=report,
        rows=presenting.self_report_facts(report),
        consideration=open_consideration(report.licence_id),
    )
