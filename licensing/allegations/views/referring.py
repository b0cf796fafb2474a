"""A referral: begun with one click, its pages in any order, checked and sent."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import finding, presenting, rules
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import referrals
from licensing.allegations.editing import answered, overtaken, version_of
from licensing.allegations.forms.cases import COPIED, AnotherPersonForm
from licensing.allegations.forms.steps import FORMS
from licensing.allegations.forms.work import BeginForm, CallForm
from licensing.allegations.models import Case, CaseStep
from licensing.allegations.queries import cases as queries
from licensing.allegations.steps import answers_of
from licensing.allegations.subject import Subject
from licensing.allegations.views import allegations
from licensing.allegations.views.working import theirs
from licensing.allegations.words import Stage, Step
from licensing.asking import ask, with_form
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.concerns import queries as concerns
from licensing.db import db
from licensing.forms import BaseForm, SubmitField
from licensing.forms.answers import answer_rows
from licensing.permissions import Permission, requires
from licensing.saving import saved


class SendForm(BaseForm):
    send = SubmitField("Record the referral")


@allegations.route("/allegations/begin", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
def begin() -> ResponseReturnValue:
    form = CallForm()
    if form.validate_on_submit():
        case_id = changes.begin(signed_in_user(), called_at=form.called_at())
        db.session.commit()
        return redirect(url_for("allegations.save_step", case_id=case_id, step=Step.CALLER.value))
    return _ask_to_begin(form, url_for("allegations.list_cases"))


@allegations.route("/allegations/begin/<uuid:referred_id>", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@records_look(ObjectKind.CONCERN, "referred_id", concerns.referred_exists)
def begin_from_concern(referred_id: UUID) -> ResponseReturnValue:
    form = BeginForm()
    if form.validate_on_submit() and (concern := concerns.referred_concern(referred_id)):
        case_id = referrals.begin_from_concern(signed_in_user(), concern)
        return redirect(url_for("allegations.show_case", case_id=case_id))
    return _ask_to_begin(form, url_for("concerns.show_referred", referred_id=referred_id))


def _ask_to_begin(form: BeginForm, back: str) -> ResponseReturnValue:
    intro = "Six short pages, in any order; what you save stays. The period for considering it runs."
    return ask(form, "Record a call", back, template="allegations/begin.html", intro=intro)


@allegations.route("/allegations/<uuid:case_id>/steps/<step>", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def save_step(case_id: UUID, step: str) -> ResponseReturnValue:
    wanted = _step(step)
    case, row = _recording(case_id), queries.step(case_id, wanted)
    before = answers_of(row)
    form = FORMS[wanted](data={**before, **version_of(row)})
    sent = form.validate_on_submit() and not overtaken(form, row)
    if sent and saved(form, lambda: changes.save_step(signed_in_user(), case, wanted, answered(form))):
        return redirect(after(case_id, wanted))
    return ask(
        form,
        wanted.label,
        url_for("allegations.show_case", case_id=case_id),
        template="allegations/ask_step.html",
        caption=f"{case.reference}: page {list(Step).index(wanted) + 1} of {len(Step)}",
        theirs=theirs(form, before),
        records=_records(case) if wanted is Step.OTHERS else [],
        tasks=task_list_of(case),
    )


@allegations.route("/allegations/<uuid:case_id>/check", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def check_referral(case_id: UUID) -> ResponseReturnValue:
    """Checked and sent; afterwards the page shows what was recorded of the call, and nothing of it can be changed."""
    case = queries.case(case_id, for_change=request.method == "POST")
    form = SendForm()
    if form.validate_on_submit() and saved(form, lambda: changes.refer(signed_in_user(), case)):
        flash("The referral is recorded. Decide on the threshold next.", "success")
        return redirect(url_for("allegations.show_case", case_id=case_id))
    kept, subject = queries.steps(case_id), queries.subject(case)
    said = {one: answers_of(row) for one, row in kept.items()}
    return with_form(
        form,
        "allegations/check_referral.html",
        case=case,
        cards=[_card(case_id, one, said.get(one, {}), subject) for one in Step],
        missing=[(words, _address(case_id, one)) for one, words in rules.missing(said, subject)],
        is_sent=case.stage is not Stage.RECORDING,
    )


@allegations.route("/allegations/<uuid:case_id>/another", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def add_person(case_id: UUID) -> ResponseReturnValue:
    """Allegations against two people: each has a case, and what the caller said is copied."""
    case = queries.case(case_id)
    form = AnotherPersonForm()
    if form.validate_on_submit():
        copied = {one: row for one, row in queries.steps(case_id).items() if one in COPIED}
        kept = {one: answers_of(row) for one, row in copied.items()}
        another = changes.begin(signed_in_user(), referral_id=case.referral_id, called_at=case.called_at)
        db.session.commit()
        changes.copy_steps(signed_in_user(), another, kept)
        return redirect(url_for("allegations.find_person", case_id=another))
    back = url_for("allegations.show_case", case_id=case_id)
    intro = "What the caller said of themselves, the allegation, the setting and safety is copied; change it there."
    return ask(form, "The call is about somebody else too", back, caption=case.reference, intro=intro)


def task_list_of(case: Case) -> list[dict[str, Any]]:
    """The pages of a referral that is being recorded, each with how far it is."""
    kept, subject = queries.steps(case.id), queries.subject(case)
    return [
        {
            "text": one.label,
            "href": _address(case.id, one),
            "status": "Completed" if _is_answered(one, kept.get(one), subject) else "To do",
        }
        for one in Step
    ]


def _is_answered(step: Step, row: CaseStep | None, subject: Subject | None) -> bool:
    """Whether anything is said on a page: one that was saved empty is still to do."""
    return bool(subject) if step is Step.PERSON else any(answers_of(row).values())


def _card(case_id: UUID, step: Step, answers: dict[str, Any], subject: Subject | None) -> dict[str, Any]:
    if step is Step.PERSON:
        rows = presenting.subject_rows(subject) if subject else [("Name", None)]
    else:
        rows = answer_rows(FORMS[step](formdata=None, data=answers))
    return {"title": step.label, "rows": rows, "href": _address(case_id, step)}


def _address(case_id: UUID, step: Step) -> str:
    if step is Step.PERSON:
        return url_for("allegations.find_person", case_id=case_id)
    return url_for("allegations.save_step", case_id=case_id, step=step.value)


def after(case_id: UUID, step: Step) -> str:
    """The next page of the call while it is being recorded; afterwards the case."""
    following = list(Step)[list(Step).index(step) + 1 :]
    if queries.case(case_id).stage is not Stage.RECORDING:
        return url_for("allegations.show_case", case_id=case_id)
    return _address(case_id, following[0]) if following else url_for("allegations.check_referral", case_id=case_id)


def _step(written: str) -> Step:
    if written not in FORMS:
        abort(404)
    return Step(written)


def _recording(case_id: UUID) -> Case:
    """A case whose pages may still be written; what was sent is put right in the case itself."""
    case = queries.case(case_id, for_change=request.method == "POST")
    if case.stage is not Stage.RECORDING:
        abort(404)
    return case


def _records(case: Case) -> list[str]:
    """What the person holds, and where, in words."""
    subject = queries.subject(case)
    known = finding.records_of(subject)
    return [presenting.holder_words(one) for one in known]
