"""Recording what was checked of a person, and correcting it; the list of all that was recorded of somebody."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.permissions import Permission, requires
from licensing.register.events import RecordKind
from licensing.register.queries import person_exists
from licensing.register.sections import Section, adds_section
from licensing.saving import saved
from licensing.vetting import changes, officers, presenting, queries
from licensing.vetting.forms import CheckForm, CorrectCheckForm, WhichCheckForm
from licensing.vetting.rows import details_of
from licensing.vetting.rules import CheckKind
from licensing.vetting.views import vetting


@vetting.get("/people/<uuid:person_id>/vetting")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", person_exists)
def list_checks(person_id: UUID) -> ResponseReturnValue:
    return render_template(
        "vetting/list_checks.html",
        name=queries.person_name(person_id),
        person_id=person_id,
        rows=[presenting.check_row(one, who) for one, who in queries.checks_of(person_id)],
    )


@vetting.route("/people/<uuid:person_id>/vetting/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", person_exists)
def record_check(person_id: UUID) -> ResponseReturnValue:
    check = _check_asked()
    if check is None:
        return _which_check(person_id)
    form = CheckForm()
    form.settle(check)
    if form.validate_on_submit():
        user, told = signed_in_user(), "tell_licences" in form and bool(form.tell_licences.data)
        if saved(form, lambda: changes.record(user, person_id, form.details(check), tell_licences=told)):
            flash(f"{check.label}: the check is recorded.", "success")
            return redirect(url_for("register.show_person", person_id=person_id))
    return _asked(form, person_id, f"Record a check: {check.label}")


def _check_asked() -> CheckKind | None:
    """The check that stands in the address; any other word is none."""
    try:
        return CheckKind(request.args.get("check", ""))
    except ValueError:
        return None


def _which_check(person_id: UUID) -> ResponseReturnValue:
    """The question on which the others depend, alone on its page; its answer stands in the address of the next."""
    form = WhichCheckForm()
    if form.validate_on_submit():
        return redirect(url_for("vetting.record_check", person_id=person_id, check=form.check.data))
    return _asked(form, person_id, "Record a check")


def _asked(form: CheckForm | WhichCheckForm, person_id: UUID, title: str) -> ResponseReturnValue:
    back = url_for("register.show_person", person_id=person_id)
    return ask(form, title, back, caption=queries.person_name(person_id))


@vetting.get("/vetting/checks/<uuid:vetting_check_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.VETTING_CHECK, "vetting_check_id", queries.check_exists)
def show_check(vetting_check_id: UUID) -> ResponseReturnValue:
    one = queries.check(vetting_check_id)
    return render_template(
        "vetting/show_check.html",
        one=one,
        name=queries.person_name(one.person_id),
        facts=presenting.check_facts(one, queries.recorder_of(one)),
        corrected_by=queries.corrected_by(one),
    )


@vetting.route("/vetting/checks/<uuid:vetting_check_id>/correct", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.VETTING_CHECK, "vetting_check_id", queries.check_exists)
def correct_check(vetting_check_id: UUID) -> ResponseReturnValue:
    one = queries.check(vetting_check_id)
    kind, person_id = one.kind, one.person_id
    form = CorrectCheckForm(data=CheckForm.answers(details_of(one)))
    form.settle(kind, correcting=True)
    if form.validate_on_submit():
        user, why = signed_in_user(), form.why.data or ""
        if saved(form, lambda: changes.correct(user, vetting_check_id, form.details(kind), why)):
            flash("The check is corrected. What it said before stays visible.", "success")
            return redirect(url_for("vetting.show_check", vetting_check_id=queries.standing_check(vetting_check_id)))
    return _asked(form, person_id, f"Correct a check: {kind.label}")


@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=20)
def vetting_of_person(person_id: UUID) -> Section | None:
    """Each check that the person's licences and applications need, and what stands of it."""
    today = dates.today()
    found = queries.standings_for(person_id, queries.vetted_kinds(person_id, today), today)

    def address(check: CheckKind) -> str:
        return url_for("vetting.record_check", person_id=person_id, check=check)

    tables = [
        (kind.label, [presenting.standing_row(one, address(one.kind)) for one in standings])
        for kind, standings in found.items()
    ]
    for organisation, kinds in officers.directed_by(person_id, today).items():
        for kind, standings in officers.standings([person_id], kinds, today)[person_id].items():
            rows = [presenting.standing_row(one, address(one.kind)) for one in standings]
            tables += [(f"{kind.label} of {organisation}", rows)] if rows else []
    actions = [
        ("Record a check", url_for("vetting.record_check", person_id=person_id)),
        ("Every check that was recorded", url_for("vetting.list_checks", person_id=person_id)),
    ]
    return Section("Vetting", "vetting/_of_person.html", {"tables": tables}, actions)


@adds_section(RecordKind.ORGANISATION, Permission.CASEWORK, order=20)
def vetting_of_officers(organisation_id: UUID) -> Section | None:
    """What is asked of those who direct an organisation with a licence in force, and what stands of it."""
    today = dates.today()
    kinds, directing = officers.kinds_held_by(organisation_id, today), officers.officers_of(organisation_id, today)
    standings = officers.standings([one.person_id for one in directing], kinds, today)
    rows = [
        presenting.officer_row(one, kind, standing)
        for one in directing
        for kind, found in standings[one.person_id].items()
        for standing in found
    ]
    return Section("Vetting of those who direct it", "vetting/_of_organisation.html", {"rows": rows}) if kinds else None
