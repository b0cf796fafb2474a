"""Pages of advice below the threshold, of the settings that are assured, and of the annual report."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.allegations import presenting_advice as presenting
from licensing.allegations import report
from licensing.allegations.access import lists_cases
from licensing.allegations.changes import advice as changes
from licensing.allegations.editing import LastPutRight, answered, overtaken, version_of
from licensing.allegations.forms.advice import (
    ChangeSettingForm,
    ConsultationForm,
    ConsultationsFilterForm,
    CorrectConsultationForm,
    ReportFilterForm,
    ReportWordsForm,
    SettingForm,
    VisitForm,
)
from licensing.allegations.models import Consultation
from licensing.allegations.queries import advice as queries
from licensing.allegations.views import allegations
from licensing.allegations.views.working import theirs
from licensing.asking import answers, ask
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.downloads import csv_of_list
from licensing.forms import applied_filters, options
from licensing.permissions import Permission, View, requires
from licensing.saving import saved

_YEARS_BACK = 6


def looks_first(kind: ObjectKind, argument: str, found: Callable[[UUID], object | None]) -> Callable[[View], View]:
    """The line under the permission: the look is committed, and only then can the row be found; else 404."""

    def declare(view: View) -> View:
        @wraps(view)
        def looked(*args: Any, **kwargs: Any) -> Any:
            audit.record_alone(Action.LOOKED, kind, kwargs[argument])
            if found(kwargs[argument]) is None:
                audit.record_alone(Action.REFUSED, kind, kwargs[argument])
                abort(404)
            return view(*args, **kwargs)

        looked.looks_at = (kind, argument)  # type: ignore[attr-defined]  (a mark on the function)
        return looked

    return declare


_OF_CONSULTATION = looks_first(ObjectKind.CONSULTATION, "consultation_id", queries.consultation)
_OF_SETTING = looks_first(ObjectKind.SETTING, "setting_id", queries.setting)


@allegations.get("/consultations")
@requires(Permission.ALLEGATIONS)
def list_consultations() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.CONSULTATION)
    form = ConsultationsFilterForm(request.args)
    form.validate()
    page = queries.consultations_page(form.sector.data, request.args.get("page", 1, int))
    return render_template(
        "allegations/list_consultations.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=[presenting.consultation_row(one) for one in page.items],
    )


@allegations.route("/consultations/record", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
def record_consultation() -> ResponseReturnValue:
    form = ConsultationForm()
    if form.validate_on_submit() and saved(
        form, lambda: changes.record_consultation(signed_in_user(), **answers(form))
    ):
        return redirect(url_for("allegations.list_consultations"))
    return ask(form, "Record a consultation", url_for("allegations.list_consultations"))


@allegations.get("/consultations/<uuid:consultation_id>")
@requires(Permission.ALLEGATIONS)
@_OF_CONSULTATION
def show_consultation(consultation_id: UUID) -> ResponseReturnValue:
    row = queries.consultation(consultation_id)
    return render_template(
        "allegations/show_consultation.html",
        consultation=row,
        rows=presenting.consultation_rows(row),
        after=queries.consultation_after(consultation_id),
    )


@allegations.route("/consultations/<uuid:consultation_id>/correct", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@_OF_CONSULTATION
def correct_consultation(consultation_id: UUID) -> ResponseReturnValue:
    """What stands in its place by now, where it was put right before: a colleague may have done it this second."""
    row = _last_of(consultation_id)
    form = CorrectConsultationForm(data={**presenting.consultation_typed(row), **version_of(LastPutRight.of(row))})
    if form.validate_on_submit() and not overtaken(form, LastPutRight.of(row)):
        after = changes.correct_consultation(signed_in_user(), row, **answered(form))
        db.session.commit()
        if after:
            return redirect(url_for("allegations.show_consultation", consultation_id=after))
        row = _last_of(row.id)
        overtaken(form, LastPutRight.of(row))
    back = url_for("allegations.show_consultation", consultation_id=row.id)
    intro = "What you write stands in its place; the consultation as it was stays readable."
    meanwhile = theirs(form, presenting.consultation_typed(row))
    return ask(form, "Put a consultation right", back, caption=row.reference, intro=intro, theirs=meanwhile)


def _last_of(consultation_id: UUID) -> Consultation:
    """What stands in its place, each opened with a look of its own; itself, where it was never put right."""
    while after := queries.consultation_after(consultation_id):
        audit.record_alone(Action.LOOKED, ObjectKind.CONSULTATION, after)
        consultation_id = after
    row = queries.consultation(consultation_id)
    assert row is not None
    return row


@allegations.get("/assured-settings")
@requires(Permission.ALLEGATIONS)
def list_settings() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.SETTING)
    last = queries.last_visits()
    rows = [presenting.setting_row(one, last.get(one.id), dates.today()) for one in queries.settings()]
    return render_template("allegations/list_settings.html", rows=rows)


@allegations.route("/assured-settings/add", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
def add_setting() -> ResponseReturnValue:
    form = SettingForm()
    if form.validate_on_submit() and saved(form, lambda: changes.add_setting(signed_in_user(), **answers(form))):
        return redirect(url_for("allegations.list_settings"))
    return ask(form, "Add a setting", url_for("allegations.list_settings"))


@allegations.get("/assured-settings/<uuid:setting_id>")
@requires(Permission.ALLEGATIONS)
@_OF_SETTING
def show_setting(setting_id: UUID) -> ResponseReturnValue:
    row, visits = queries.setting(setting_id), queries.visits(setting_id)
    return render_template(
        "allegations/show_setting.html",
        setting=row,
        rows=presenting.setting_rows(row),
        visits=[presenting.visit_row(one) for one in visits],
    )


@allegations.route("/assured-settings/<uuid:setting_id>/change", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@_OF_SETTING
def change_setting(setting_id: UUID) -> ResponseReturnValue:
    row = queries.setting(setting_id, for_change=request.method == "POST")
    assert row is not None
    now = presenting.setting_typed(row)
    form = ChangeSettingForm(data={**now, **version_of(row)})
    back = url_for("allegations.show_setting", setting_id=setting_id)
    sent = form.validate_on_submit() and not overtaken(form, row)
    if sent and saved(form, lambda: changes.change_setting(row, **answered(form))):
        return redirect(back)
    return ask(form, "Change the setting", back, caption=row.reference, theirs=theirs(form, now))


@allegations.route("/assured-settings/<uuid:setting_id>/visit", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@_OF_SETTING
def record_visit(setting_id: UUID) -> ResponseReturnValue:
    row = queries.setting(setting_id)
    assert row is not None
    form = VisitForm()
    back = url_for("allegations.show_setting", setting_id=setting_id)
    if form.validate_on_submit() and saved(form, lambda: changes.record_visit(signed_in_user(), row, **answers(form))):
        return redirect(back)
    return ask(form, "Record a visit", back, caption=row.reference)


@allegations.get("/allegation-report")
@requires(Permission.ALLEGATIONS)
@lists_cases
def show_report() -> ResponseReturnValue:
    form, year = _report_form(MultiDict(request.args))
    return render_template(
        "allegations/show_report.html",
        form=form,
        applied=applied_filters(form),
        year=year,
        tables=_report(year),
        words=presenting.report_words(queries.report_words(signed_in_user().authority.id, year)),
    )


@allegations.route("/allegation-report/<report_year>/words", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@lists_cases
def write_report(report_year: str) -> ResponseReturnValue:
    """What is said of a year beside its figures; it stays on the page, and is in no file."""
    year = next((one for one in _years() if str(one) == report_year), None) or abort(404)
    user = signed_in_user()
    row, back = queries.report_words(user.authority.id, year), url_for("allegations.show_report", year=year)
    form = ReportWordsForm(data={**presenting.report_typed(row), **version_of(row)})
    if (
        form.validate_on_submit()
        and not overtaken(form, row)
        and saved(form, lambda: changes.write_report(user, year, row, **answered(form)))
    ):
        return redirect(back)
    theirs = presenting.report_words(row) if form.errors and row else []
    title = f"What is said of {year} to {year + 1}"
    return ask(form, title, back, template="allegations/ask_step.html", theirs=theirs)


@allegations.post("/allegation-report.csv")
@requires(Permission.ALLEGATIONS)
@fresh_second_factor
@lists_cases
def download_report() -> ResponseReturnValue:
    """The one file that leaves here: counts, with the small ones withheld."""
    _, year = _report_form(MultiDict(request.form))
    lines = [(one.title, row["word"], row["now"], row["before"]) for one in _report(year) for row in one.rows]
    headings = ("Table", "What", f"{year}-{year + 1}", f"{year - 1}-{year}")
    file, kept = csv_of_list("designated-officer-report", headings, lines)
    audit.record_alone(Action.EXPORTED, ObjectKind.ALLEGATION, details=kept)
    return file


def _report(year: int) -> list[report.Table]:
    mine = signed_in_user().authority.id
    this, last = (queries.figures(mine, *report.first_and_last(one)) for one in (year, year - 1))
    return report.tables(this, last)


def _report_form(given: MultiDict[str, str]) -> tuple[ReportFilterForm, int]:
    years, form = _years(), ReportFilterForm(given)
    form.year.choices = options((str(one), f"{one} to {one + 1}") for one in years)
    form.validate()
    return form, int(form.year.data) if form.year.data and not form.year.errors else years[0]


def _years() -> range:
    """This reporting year and those before it that are still reported."""
    now = report.year_of(dates.today())
    return range(now, now - _YEARS_BACK, -1)
