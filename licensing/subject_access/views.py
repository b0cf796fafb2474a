"""The pages of subject access: the list, a new request, one request with what is held, each decision, the answer."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import answers, ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.forms import BaseForm
from licensing.forms.answers import answers_again, kept_answers
from licensing.permissions import Permission, requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.saving import saved
from licensing.sealing import opened
from licensing.subject_access import catalogue, changes, letters, presenting, queries
from licensing.subject_access.changes import Received
from licensing.subject_access.forms import (
    NOBODY,
    NONE,
    AnswerForm,
    DecideForm,
    ExtendForm,
    FindForm,
    GivePlainForm,
    ProveForm,
    ReceivedForm,
    RequestsFilterForm,
    WithdrawForm,
)
from licensing.subject_access.queries import Found, Unknown
from licensing.subject_access.rules import Weighed

subject_access = Blueprint("subject_access", __name__)

WORK = Permission.SUBJECT_ACCESS
_LOOK = records_look(ObjectKind.SUBJECT_ACCESS, "subject_request_id", queries.request_exists)
_MORE = "There are more than these. Search again with the whole name, a date of birth or a number to find the others."
_AGAIN = "Nobody on your register fits. Search again with another spelling, or without the date of birth."
_NAMED = "Nobody on your register fits. Search again by the name in the request to record it all the same."


@subject_access.get("/subject-access")
@requires(WORK)
def list_requests() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.SUBJECT_ACCESS)
    form, today = RequestsFilterForm(request.args), dates.today()
    form.validate()
    page = queries.requests_page(today, request.args.get("page", 1, int), overdue=bool(form.overdue.data))
    rows = presenting.request_rows(page.items, today)
    return render_template("subject_access/list_requests.html", form=form, page=page, rows=rows)


@subject_access.route("/subject-access/find", methods=["GET", "POST"])
@requires(WORK)
def find() -> ResponseReturnValue:
    """What is typed is kept sealed: no address holds a name."""
    form = FindForm()
    if form.validate_on_submit():
        draft_id = drafts.keep(signed_in_user(), DraftKind.SUBJECT_ACCESS, kept_answers(form))
        audit.record(Action.SEARCHED, ObjectKind.SUBJECT_ACCESS, draft_id)
        db.session.commit()
        return redirect(url_for("subject_access.record", search_id=draft_id))
    intro = "Your own council’s register is searched, and nobody else’s."
    return ask(form, "Record a subject access request", url_for("subject_access.list_requests"), intro=intro)


@subject_access.route("/subject-access/find/<uuid:search_id>", methods=["GET", "POST"])
@requires(WORK)
def record(search_id: UUID) -> ResponseReturnValue:
    """Who was found, and when the request came."""
    typed = drafts.find(search_id, DraftKind.SUBJECT_ACCESS) or drafts.gone(search_id)
    audit.record_alone(Action.LISTED, ObjectKind.SUBJECT_ACCESS, search_id)
    sought = answers_again(typed)
    found = queries.people_found(sought["name"] or "", sought["date_of_birth"], sought["number"] or "")
    people = found.shown
    form, back = ReceivedForm(), url_for("subject_access.find")
    form.offer(people, presenting.people_told(people), sought["name"] or "")
    if not form.person.choices:
        return ask(form, "Nobody was found", back, intro=_NAMED, questions=[])
    offered: dict[str, Found | Unknown] = {str(one.person_id): one for one in people}
    offered[NOBODY] = Unknown(sought["name"] or "")
    made: list[UUID] = []
    if form.validate_on_submit() and saved(form, lambda: made.append(_keep(form, offered, search_id))):
        flash("The request is recorded.", "success")
        return redirect(presenting.page_of(made[0]))
    intro = _MORE if found.is_cut else "" if people else _AGAIN
    return ask(form, "Who asks, and since when?", back, intro=intro)


def _keep(form: ReceivedForm, offered: dict[str, Found | Unknown], search_id: UUID) -> UUID:
    drafts.take(search_id, DraftKind.SUBJECT_ACCESS)
    person = offered[str(form.person.data)]
    assert form.received_on.data is not None
    received = Received(form.received_on.data, form.proof_asked.data == "yes", form.proof.data, form.proven_on.data)
    request_id = changes.record(signed_in_user(), person, received)
    drafts.use(search_id, presenting.page_of(request_id))
    return request_id


@subject_access.get("/subject-access/<uuid:subject_request_id>")
@requires(WORK)
@_LOOK
def show_request(subject_request_id: UUID) -> ResponseReturnValue:
    one, rows = queries.request(subject_request_id), queries.held(subject_request_id)
    return render_template(
        "subject_access/show_request.html",
        one=one,
        name=opened(one, "name_sealed"),
        facts=presenting.request_facts(one, dates.today()),
        rows=presenting.held_rows(one, rows),
        undecided=sum(each.waits for each in rows),
        again=presenting.again_words(one, rows),
        new=len(presenting.new_since(rows)),
        plain=any(changes.may_be_given_together(each) for each in rows),
    )


@subject_access.route("/subject-access/<uuid:subject_request_id>/proof", methods=["GET", "POST"])
@requires(WORK)
@_LOOK
def prove(subject_request_id: UUID) -> ResponseReturnValue:
    return _change(subject_request_id, ProveForm(), "Record proof of identity", changes.prove)


@subject_access.route("/subject-access/<uuid:subject_request_id>/more-time", methods=["GET", "POST"])
@requires(WORK)
@_LOOK
def extend(subject_request_id: UUID) -> ResponseReturnValue:
    intro = "Two months more, where the request is complex and the person was told so within the first month."
    return _change(subject_request_id, ExtendForm(), "Extend the time", changes.extend, intro)


@subject_access.route("/subject-access/<uuid:subject_request_id>/withdraw", methods=["GET", "POST"])
@requires(WORK)
@_LOOK
def withdraw(subject_request_id: UUID) -> ResponseReturnValue:
    return _change(subject_request_id, WithdrawForm(), "Withdraw the request", changes.withdraw)


def _change(request_id: UUID, form: BaseForm, title: str, change: Any, intro: str = "") -> ResponseReturnValue:
    one, back = queries.request(request_id), presenting.page_of(request_id)
    if form.validate_on_submit() and saved(form, lambda: change(signed_in_user(), request_id, **answers(form))):
        flash("It is recorded.", "success")
        return redirect(back)
    return ask(form, title, back, caption=one.reference, intro=intro)


@subject_access.route("/subject-access/<uuid:subject_request_id>/records/<uuid:held_id>", methods=["GET", "POST"])
@requires(WORK)
@_LOOK
def decide(subject_request_id: UUID, held_id: UUID) -> ResponseReturnValue:
    """What becomes of one record; what was decided before stays below."""
    one, each = queries.request(subject_request_id), queries.one_held(subject_request_id, held_id)
    form = DecideForm(data=presenting.as_answers(each.ruling))
    form.offer(catalogue.in_force(dates.today()))
    back = presenting.page_of(subject_request_id)
    if form.validate_on_submit() and saved(
        form, lambda: changes.decide(signed_in_user(), subject_request_id, held_id, _weighed(form))
    ):
        flash("The decision is kept.", "success")
        return redirect(back)
    earlier = presenting.ruling_rows(queries.rulings_on(subject_request_id, held_id))
    shown = {"facts": presenting.held_facts(each), "live": each.live, "earlier": earlier}
    title = "Decide about a record"
    return ask(form, title, back, template="subject_access/decide.html", caption=one.reference, **shown)


def _weighed(form: DecideForm) -> Weighed:
    return Weighed(
        ruling=form.ruling.data,
        exemption=None if form.exemption.data == NONE else form.exemption.data,
        source_confidential=bool(form.source_confidential.data),
        harm_test_by=form.harm_test_by.data or "",
        reason=form.reason.data or "",
        police_asked_on=form.police_asked_on.data,
        police_answer=form.police_answer.data,
        police_reference=form.police_reference.data or "",
    )


@subject_access.route("/subject-access/<uuid:subject_request_id>/plain", methods=["GET", "POST"])
@requires(WORK)
@_LOOK
def give_plain(subject_request_id: UUID) -> ResponseReturnValue:
    """Together what the person gave or was given; nothing that is linked with something under way."""
    form, back = GivePlainForm(), presenting.page_of(subject_request_id)
    if form.validate_on_submit() and saved(form, lambda: changes.give_plain(signed_in_user(), subject_request_id)):
        flash("They are given. Each can still be decided otherwise.", "success")
        return redirect(back)
    one = queries.request(subject_request_id)
    plain = [each for each in queries.held(subject_request_id) if changes.may_be_given_together(each)]
    rows = presenting.held_rows(one, plain)
    title, template = "Give what they gave or were given", "subject_access/give_plain.html"
    return ask(form, title, back, template=template, caption=one.reference, rows=rows)


@subject_access.route("/subject-access/<uuid:subject_request_id>/answer", methods=["GET", "POST"])
@requires(WORK)
@_LOOK
def answer(subject_request_id: UUID) -> ResponseReturnValue:
    """The schedule as the letter will have it; refused while a record waits for a decision."""
    form, back = AnswerForm(data={"answered_on": dates.today()}), presenting.page_of(subject_request_id)
    if form.validate_on_submit() and saved(
        form, lambda: changes.answer(signed_in_user(), subject_request_id, **answers(form))
    ):
        flash("The request is answered. Print the letter and send it with the records.", "success")
        return redirect(back)
    one, rows = queries.request(subject_request_id), queries.held(subject_request_id)
    shown = {
        "rows": presenting.schedule_rows(letters.schedule_of(rows)),
        "undecided": sum(each.waits for each in rows),
        "again": presenting.again_words(one, rows),
        "standing": letters.STANDING,
    }
    title, template = "Answer the request", "subject_access/answer.html"
    return ask(form, title, back, template=template, caption=one.reference, **shown)


@subject_access.get("/subject-access/<uuid:subject_request_id>/letter.pdf")
@requires(WORK)
@_LOOK
def print_letter(subject_request_id: UUID) -> ResponseReturnValue:
    one = queries.request(subject_request_id)
    if one.answer_sealed is None:
        flash("There is no letter before the request is answered.")
        return redirect(presenting.page_of(subject_request_id))
    audit.record_alone(Action.PRINTED, ObjectKind.SUBJECT_ACCESS, subject_request_id)
    one = queries.request(subject_request_id)
    letter = letters.Letter.of_kept(opened(one, "answer_sealed"))
    named = {"Content-Disposition": f'attachment; filename="{letter.reference}.pdf"'}
    return Response(letters.pdf_of(letter), mimetype="application/pdf", headers=named)
