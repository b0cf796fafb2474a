"""Who a case is about: found on a register, or described; said anew as long as the case is not over."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import finding, presenting
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import cases as changes
from licensing.allegations.editing import overtaken, version_of
from licensing.allegations.forms.steps import DescribeForm, FindForm, SelectForm
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import Subject
from licensing.allegations.views import allegations
from licensing.allegations.views.referring import after
from licensing.allegations.views.working import unfinished
from licensing.allegations.words import Step
from licensing.asking import ask
from licensing.db import db
from licensing.forms import options
from licensing.forms.answers import answers_again, kept_answers
from licensing.permissions import requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.saving import saved

NOBODY = "nobody"


@allegations.route("/allegations/<uuid:case_id>/person", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def find_person(case_id: UUID) -> ResponseReturnValue:
    case = unfinished(case_id)
    form = FindForm(data=_sought(case_id))
    if form.validate_on_submit():
        if form.name.data or form.number.data:
            draft = drafts.keep(signed_in_user(), DraftKind.SUBJECT, {**kept_answers(form), "case": str(case_id)})
            db.session.commit()
            return redirect(url_for("allegations.choose_person", case_id=case_id, draft_id=draft))
        form.add_error("Enter a name or a licence number", "name")
    return ask(
        form,
        "Find the person",
        url_for("allegations.show_case", case_id=case_id),
        template="allegations/find_person.html",
        caption=case.reference,
        case=case,
    )


@allegations.route("/allegations/<uuid:case_id>/person/<uuid:draft_id>", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def choose_person(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    typed = drafts.find(draft_id, DraftKind.SUBJECT)
    if typed is None or typed["case"] != str(case_id):
        abort(404)
    sought = answers_again(typed)
    found = finding.search(sought["name"] or "", sought["date_of_birth"], sought["number"] or "")
    case = unfinished(case_id)
    form = SelectForm(data=version_of(case))
    form.person.choices = options(
        [
            *((str(one.person_id), presenting.holder_words(one)) for one in found),
            (NOBODY, "Nobody of these, or not sure"),
        ]
    )
    if form.validate_on_submit() and form.person.data == NOBODY:
        return redirect(url_for("allegations.describe_person", case_id=case_id, draft=draft_id))
    if form.validate_on_submit() and not overtaken(form, case):
        chosen = next(one for one in found if str(one.person_id) == form.person.data)
        subject = Subject(chosen.name, chosen.person_id, chosen.date_of_birth)
        if saved(form, lambda: changes.name_subject(signed_in_user(), case, subject)):
            return redirect(after(case_id, Step.PERSON))
    return ask(
        form,
        "Who is it?" if found else "Nobody was found",
        url_for("allegations.find_person", case_id=case_id),
        caption=case.reference,
        intro="Another spelling, or a date of birth, may find more." if not found else "",
    )


@allegations.route("/allegations/<uuid:case_id>/person/described", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def describe_person(case_id: UUID) -> ResponseReturnValue:
    case = unfinished(case_id)
    subject = queries.subject(case)
    form = DescribeForm(data={**(asdict(subject) if subject else _sought(case_id)), **version_of(case)})
    if form.validate_on_submit() and not overtaken(form, case):
        described = Subject(form.name.data or "Not known", None, form.date_of_birth.data, form.described.data or "")
        if saved(form, lambda: changes.name_subject(signed_in_user(), case, described)):
            return redirect(after(case_id, Step.PERSON))
    back = url_for("allegations.find_person", case_id=case_id)
    return ask(form, "Describe the person", back, caption=case.reference)


def _sought(case_id: UUID) -> dict[str, Any]:
    """What was typed when the person was sought, so that it is not typed twice."""
    kept = drafts.find(request.args.get("draft", type=UUID), DraftKind.SUBJECT)
    return answers_again(kept) if kept and kept["case"] == str(case_id) else {}
