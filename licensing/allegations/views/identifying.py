"""Who a case is about: found on a register, or described; said anew as long as the case is not over."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import finding, presenting
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import cases as changes
from licensing.allegations.editing import overtaken, version_of
from licensing.allegations.finding import Holder
from licensing.allegations.forms.steps import NOBODY, DescribeForm, FindForm, SamePersonForm, SelectForm
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import Subject
from licensing.allegations.views import allegations
from licensing.allegations.views.referring import after
from licensing.allegations.views.working import done_meanwhile, unfinished
from licensing.allegations.words import Step
from licensing.asking import ask
from licensing.db import db
from licensing.forms import options
from licensing.forms.answers import answers_again, kept_answers
from licensing.permissions import requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.saving import saved


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
            *((str(one.person_id), presenting.holder_words(one)) for one in found.people),
            (NOBODY, "Nobody of these, or not sure"),
        ]
    )
    if form.validate_on_submit() and form.person.data == [NOBODY]:
        return redirect(url_for("allegations.describe_person", case_id=case_id, draft=draft_id))
    if form.validate_on_submit() and not overtaken(form, case):
        ticked = form.person.data or []
        subject = _of_records([one for one in found.people if str(one.person_id) in ticked], queries.subject(case))
        if saved(form, lambda: changes.name_subject(signed_in_user(), case, subject)):
            return redirect(after(case_id, Step.PERSON))
    return ask(
        form,
        "Who is it?" if found.people else "No record was found",
        url_for("allegations.find_person", case_id=case_id, draft=draft_id),
        caption=case.reference,
        intro=_how_far(found),
        theirs=done_meanwhile(form, case),
    )


@allegations.route("/allegations/<uuid:case_id>/person/same", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def put_together(case_id: UUID) -> ResponseReturnValue:
    """Two councils hold the same person and have not linked the records: said here, for this case, and nowhere else."""
    case = unfinished(case_id)
    subject = queries.subject(case)
    likely = finding.likely(finding.records_of(subject))
    form, back = SamePersonForm(data=version_of(case)), url_for("allegations.show_case", case_id=case_id)
    form.records.choices = options((str(one.person_id), presenting.holder_words(one)) for one in likely)
    if subject and form.validate_on_submit() and not overtaken(form, case):
        together = replace(subject, also=(*subject.also, *(UUID(one) for one in form.records.data or [])))
        if saved(form, lambda: changes.name_subject(signed_in_user(), case, together)):
            flash("The records are put together in this case. Set what each council may know.", "success")
            return redirect(back)
    intro = (
        "Their details agree, though no council has linked them. What you say holds for this case alone: "
        "no register is changed and no council is told."
        if likely
        else "No other register has a record that is likely of this person."
    )
    more: dict[str, Any] = {} if likely else {"questions": []}
    more["theirs"] = done_meanwhile(form, case)
    return ask(form, "Is it the same person?", back, caption=case.reference, intro=intro, **more)


@allegations.route("/allegations/<uuid:case_id>/person/described", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def describe_person(case_id: UUID) -> ResponseReturnValue:
    case = unfinished(case_id)
    subject = queries.subject(case)
    form = DescribeForm(data={**(asdict(subject) if subject else _sought(case_id)), **version_of(case)})
    sent = form.validate_on_submit() and not overtaken(form, case)
    if sent and saved(form, lambda: changes.name_subject(signed_in_user(), case, _as_described(form))):
        return redirect(after(case_id, Step.PERSON))
    back = url_for("allegations.find_person", case_id=case_id)
    return ask(form, "Describe the person", back, caption=case.reference, theirs=done_meanwhile(form, case))


def _as_described(form: DescribeForm) -> Subject:
    return Subject(
        form.name.data or "Not known",
        date_of_birth=form.date_of_birth.data,
        described=form.described.data or "",
        died=form.died.data or form.died_on.data is not None,
        died_on=form.died_on.data,
    )


def _how_far(found: finding.Found) -> str:
    """What a search does not show, so that nobody takes its end for the end of the registers."""
    if not found.people:
        return (
            "Registers that do not share are not searched. Try the given and the family name, another spelling, "
            "a date of birth, or a licence, badge or plate number."
        )
    if found.more:
        return "There are more than these. Add a given name, a date of birth or a number to find the others."
    return ""


def _of_records(ticked: list[Holder], before: Subject | None) -> Subject:
    """One person of these records; the one by which they were identified stays the first, so that levels stand."""
    first = next((one for one in ticked if before and one.person_id == before.person_id), ticked[0])
    also = tuple(one.person_id for one in ticked if one is not first)
    known = Subject(first.name, first.person_id, first.date_of_birth, also=also)
    if before is None or before.is_known:
        return known
    return replace(known, died=before.died, died_on=before.died_on)  # their register may not know it yet


def _sought(case_id: UUID) -> dict[str, Any]:
    """What was typed when the person was sought, so that it is not typed twice."""
    kept = drafts.find(request.args.get("draft", type=UUID), DraftKind.SUBJECT)
    return answers_again(kept) if kept and kept["case"] == str(case_id) else {}
