"""Adding a person, with a licence or to apply for one: search first, then the form, then check answers."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.register import changes, details_from, drafts, likeness, presenting
from licensing.register.drafts import DraftKind
from licensing.register.forms.people import ApplicantForm, FindPersonForm, PersonForm
from licensing.register.views import register

# Where an application is recorded, which is another room's.
APPLY_NEXT = "suitability.add_application_of_person"
_ADDED = "The person and the licence are on your register."
_APPLIES = "The person is on your register. Now record what they apply for."


@register.route("/people/find", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def find_before_adding() -> ResponseReturnValue:
    form = FindPersonForm()
    if form.validate_on_submit():
        draft = drafts.keep(signed_in_user(), DraftKind.PERSON_SOUGHT, details_from.answers(form))
        audit.record(Action.SEARCHED, ObjectKind.PERSON, draft)
        db.session.commit()
        return redirect(url_for("register.show_likely_people", draft_id=draft))
    return render_template("register/find_person.html", form=form), _status(form)


@register.get("/people/find/<uuid:draft_id>")
@requires(Permission.REGISTER_EDIT)
def show_likely_people(draft_id: UUID) -> ResponseReturnValue:
    typed = _draft(draft_id, DraftKind.PERSON_SOUGHT, DraftKind.PERSON)
    audit.record_alone(Action.LISTED, ObjectKind.PERSON, draft_id)
    found = likeness.people_like(details_from.form_data(typed))
    rows = presenting.likely_rows(found, dates.today())
    return render_template("register/likely_people.html", draft_id=draft_id, found=found, rows=rows)


@register.route("/people/add", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def add_person() -> ResponseReturnValue:
    before = drafts.find(request.args.get("draft", type=UUID), DraftKind.PERSON_SOUGHT, DraftKind.PERSON)
    if before is None:  # nobody is added before the register was searched for them
        return redirect(url_for("register.find_before_adding"))
    applies = request.args.get("applies") == "yes"
    form = (ApplicantForm if applies else PersonForm)(data=details_from.form_data(before))
    if form.validate_on_submit():
        draft = drafts.keep(signed_in_user(), DraftKind.PERSON, details_from.answers(form))
        db.session.commit()
        return redirect(url_for("register.check_answers", draft_id=draft))
    return render_template("register/add_person.html", form=form, applies=applies), _status(form)


@register.get("/people/add/<uuid:draft_id>")
@requires(Permission.REGISTER_EDIT)
def check_answers(draft_id: UUID) -> ResponseReturnValue:
    return _show_answers(draft_id)


@register.post("/people/add/<uuid:draft_id>")
@requires(Permission.REGISTER_EDIT)
def save_person(draft_id: UUID) -> ResponseReturnValue:
    details = details_from.person(drafts.take(draft_id, DraftKind.PERSON))
    try:
        person_id = changes.add_person(signed_in_user(), details)
    except RuleBroken as broken:
        db.session.rollback()
        return _show_answers(draft_id, broken.message), 422
    there = url_for("register.show_person" if details.licences else APPLY_NEXT, person_id=person_id)
    drafts.use(draft_id, there)
    db.session.commit()
    flash(_ADDED if details.licences else _APPLIES, "success")
    return redirect(there)


def _show_answers(draft_id: UUID, problem: str = "") -> str:
    details = details_from.person(_draft(draft_id, DraftKind.PERSON))
    return render_template(
        "register/check_answers.html",
        draft_id=draft_id,
        person_rows=presenting.details_rows(details),
        licence_rows=presenting.licence_rows(details.licences[0]) if details.licences else [],
        problem=problem,
    )


def _draft(draft_id: UUID, *kinds: DraftKind) -> dict[str, Any]:
    typed = drafts.find(draft_id, *kinds)
    return drafts.gone(draft_id) if typed is None else typed


def _status(form: FindPersonForm | ApplicantForm) -> int:
    return 422 if form.is_submitted() else 200
