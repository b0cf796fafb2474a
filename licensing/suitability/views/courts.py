"""Court proceedings: the list with its figures, one of them, its defendants and their sentences."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import ActingUser, signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.changes import courts as changes
from licensing.suitability.forms.concerns import CaseForm, CourtCasesFilterForm, DefendantForm, sentences_in
from licensing.suitability.queries import courts as queries
from licensing.suitability.queries.licences import licence_of_number
from licensing.suitability.views import asked, done, suitability


@suitability.get("/courts")
@requires(Permission.CASEWORK)
def list_cases() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.COURT_CASE)
    form = CourtCasesFilterForm(request.args)
    form.validate()
    period = queries.BeganIn(*(None if one.errors else one.data for one in (form.from_on, form.until_on)))
    page, cases = queries.cases_page(request.args.get("page", 1, int), period), queries.all_cases(period)
    return render_template(
        "suitability/list_cases.html",
        form=form,
        applied=_applied(period),
        page=page,
        rows=presenting.case_rows(page.items),
        counted=queries.counted(cases),
        totals=queries.totals_of(cases),
    )


def _applied(period: queries.BeganIn) -> list[dict[str, str]]:
    """The days in force, each with the address of the list without it."""
    days = {"from_on": ("Began from", period.from_on), "until_on": ("Began until", period.until_on)}
    return [
        {"text": f"{words} {in_words(on)}", "href": url_for("suitability.list_cases", **_without(name))}
        for name, (words, on) in days.items()
        if on
    ]


def _without(day: str) -> dict[str, Any]:
    return {key: value for key, value in request.args.items() if key != "page" and not key.startswith(day)}


@suitability.route("/courts/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
def add_case() -> ResponseReturnValue:
    form, made = CaseForm(), []
    if form.validate_on_submit() and (started_on := form.started_on.data):
        more = {"ended_on": form.ended_on.data, "witnesses": form.witnesses.data}
        user, court = signed_in_user(), form.court.data or ""
        if saved(form, lambda: made.append(changes.record_case(user, court, started_on, **more))):
            return done("The proceedings are recorded.", _page(made[0]))
    return asked(form, "Record court proceedings", url_for("suitability.list_cases"))


@suitability.get("/courts/<uuid:case_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COURT_CASE, "case_id", queries.case_exists)
def show_case(case_id: UUID) -> ResponseReturnValue:
    case = queries.court_case(case_id)
    return render_template(
        "suitability/show_case.html",
        case=case,
        rows=presenting.case_facts(case),
        defendants=presenting.defendant_rows(case),
    )


@suitability.route("/courts/<uuid:case_id>/change", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COURT_CASE, "case_id", queries.case_exists)
def change_case(case_id: UUID) -> ResponseReturnValue:
    """When they ended and the witnesses; court and first day were recorded once."""
    case = queries.court_case(case_id)
    form = CaseForm(obj=case)
    del form.court, form.started_on
    if form.validate_on_submit():
        user, ended_on, witnesses = signed_in_user(), form.ended_on.data, form.witnesses.data
        if saved(form, lambda: changes.change_case(user, case_id, ended_on, witnesses)):
            return done("The proceedings are changed.", _page(case_id))
    return asked(form, "Change the proceedings", _page(case_id))


@suitability.route("/courts/<uuid:case_id>/defendant", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COURT_CASE, "case_id", queries.case_exists)
def add_defendant(case_id: UUID) -> ResponseReturnValue:
    form = DefendantForm()
    if form.validate_on_submit() and saved(form, lambda: _add(signed_in_user(), case_id, form)):
        return done("The defendant is recorded.", _page(case_id))
    return asked(form, "Add a defendant", _page(case_id))


def _add(user: ActingUser, case_id: UUID, form: DefendantForm) -> None:
    defendant_id = changes.add_defendant(user, case_id, form.verdict.data, _licence(form))
    changes.pass_sentences(user, defendant_id, sentences_in(form.sentences.data or ""))


@suitability.route("/defendants/<uuid:defendant_id>", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COURT_CASE, "defendant_id", queries.defendant_exists, of=queries.case_of_defendant)
def change_defendant(defendant_id: UUID) -> ResponseReturnValue:
    defendant, page = queries.defendant(defendant_id), _page(queries.case_of_defendant(defendant_id))
    form = DefendantForm(data=presenting.defendant_again(defendant))
    if form.validate_on_submit() and saved(form, lambda: _change(signed_in_user(), defendant_id, form)):
        return done("The defendant is changed.", page)
    return asked(form, f"Defendant {queries.defendant(defendant_id).number}", page)


def _change(user: ActingUser, defendant_id: UUID, form: DefendantForm) -> None:
    changes.change_verdict(user, defendant_id, form.verdict.data, _licence(form))
    changes.pass_sentences(user, defendant_id, sentences_in(form.sentences.data or ""))


def _licence(form: DefendantForm) -> UUID | None:
    if not form.licence_no.data:
        return None
    found = licence_of_number(form.licence_no.data)
    if found is None:
        raise RuleBroken(
            "No one licence on your register has this number. Leave it blank, or correct it.", "licence_no"
        )
    return found


def _page(case_id: UUID) -> str:
    return url_for("suitability.show_case", case_id=case_id)
