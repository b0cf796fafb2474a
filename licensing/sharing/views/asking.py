"""Requests and reports to other authorities: written, sent, chased, answered, and had regard to."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.models import Authority
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.forms import applied_filters, options
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.models import Licence
from licensing.saving import saved
from licensing.sharing import letters, presenting
from licensing.sharing.changes import exchanges as changes
from licensing.sharing.clocks import OF_ANSWER, Period, due_on
from licensing.sharing.forms.exchanges import (
    AskForm,
    ChaseForm,
    ConcernForm,
    DeterminedForm,
    RecordAnswerForm,
    RegardForm,
    SendForm,
)
from licensing.sharing.forms.filters import RequestsFilterForm
from licensing.sharing.queries import exchanges as queries
from licensing.sharing.queries.exchanges import Way
from licensing.sharing.rules import ExchangeKind, Method
from licensing.sharing.typed import day_it_went, particulars_from, sending, to_whom
from licensing.sharing.views import ask, ask_whether_imposed, offer_colleagues, sharing

_LOOK = records_look(ObjectKind.NR3S_REQUEST, "request_out_id", queries.sent_exists)


@sharing.get("/nr3s/requests")
@requires(Permission.CASEWORK)
def list_requests() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NR3S_REQUEST)
    form = RequestsFilterForm(request.args)
    form.validate()
    today, number = dates.today(), request.args.get("page", 1, int)
    own = signed_in_user().authority.id
    dues = {kind: Period.of(code, own, today) for kind, code in OF_ANSWER.items()}
    if form.way.data is Way.SENT:
        page = queries.sent_page(form.kind.data, form.state.data, number)
        rows = presenting.sent_rows(page.items, dues, today)
    else:
        page = queries.received_page(form.kind.data, form.state.data, number)
        rows = presenting.received_rows(page.items, dues, today)
    return render_template(
        "sharing/list_requests.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=rows,
        is_sent=form.way.data is Way.SENT,
    )


def _offer_addressees(form: AskForm | ConcernForm) -> None:
    found = queries.partners(signed_in_user().authority.id, dates.today())
    form.partner.choices = options((str(one.id), one.name) for one in found)


def _ask_council(person_id: UUID, licence_id: UUID | None, back: str) -> ResponseReturnValue:
    person = register.person(person_id)
    form, user = AskForm(data=particulars_from(person)), signed_in_user()
    _offer_addressees(form)
    offer_colleagues(form.authorised_by, Permission.CASEWORK)
    made: list[UUID] = []

    def write_and_send() -> None:
        went_on = day_it_went(form.method.data, form.sent_on.data)
        row = changes.write_to(
            user,
            ExchangeKind.INFORMATION,
            to_whom(form),
            form.particulars(),
            form.words.data or "",
            person_id=person_id,
            licence_id=licence_id,
        )
        changes.send(user, row.id, went_on, sending(row, form.authorised_by.data))
        made.append(row.id)

    if form.validate_on_submit() and saved(form, write_and_send):
        flash("The request is recorded.", "success")
        return redirect(url_for("sharing.show_sent", request_out_id=made[0]))
    intro = "All that you leave in these boxes is told to the other authority: take out what it does not need."
    return ask(form, "Ask another authority in writing", back, caption=person.name, intro=intro)


@sharing.route("/people/<uuid:person_id>/nr3s-request", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def ask_about_person(person_id: UUID) -> ResponseReturnValue:
    return _ask_council(person_id, None, url_for("register.show_person", person_id=person_id))


@sharing.route("/licences/<uuid:licence_id>/nr3s-request", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.LICENCE, "licence_id", register.record_exists(Licence))
def ask_for_licence(licence_id: UUID) -> ResponseReturnValue:
    """For the application that a licence's page stands for."""
    person_id = register.licence(licence_id).person_id
    back = url_for("register.show_licence", licence_id=licence_id)
    if person_id is None:
        flash("Only about a driver can another authority be asked under this Act.")
        return redirect(back)
    return _ask_council(person_id, licence_id, back)


@sharing.route("/nr3s/concerns/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
def report_concern() -> ResponseReturnValue:
    """A driver licensed elsewhere did something in one's own area (2022 Act s.5)."""
    form, user = ConcernForm(), signed_in_user()
    _offer_addressees(form)
    ask_whether_imposed(form)
    made: list[UUID] = []

    def write() -> None:
        aware_on = form.aware_on.data
        assert aware_on is not None
        suspended_on = form.suspended_on.data if form.suspended_on else None
        concern = changes.Concern(aware_on, form.belief.data or "", suspended_on)
        words, particulars = form.words.data or "", form.particulars()
        row = changes.write_to(user, ExchangeKind.CONCERN, to_whom(form), particulars, words, concern=concern)
        made.append(row.id)

    if form.validate_on_submit() and saved(form, write):
        flash("The concern is recorded. Send it next.", "success")
        return redirect(url_for("sharing.show_sent", request_out_id=made[0]))
    return ask(form, "Report a concern about a driver licensed elsewhere", url_for("sharing.list_requests", way="sent"))


@sharing.get("/nr3s/requests/sent/<uuid:request_out_id>")
@requires(Permission.CASEWORK)
@_LOOK
def show_sent(request_out_id: UUID) -> ResponseReturnValue:
    row, today = queries.sent(request_out_id), dates.today()
    own = signed_in_user().authority.id
    expected_by = due_on(OF_ANSWER[row.kind], own, row.sent_on) if row.sent_on else None
    return render_template(
        "sharing/show_sent.html",
        row=row,
        facts=presenting.sent_facts(row, expected_by, today),
        report_due=due_on(ClockCode.S5_REPORT, own, row.aware_on) if row.aware_on else None,
        due=presenting.due,
        today=today,
        particulars=presenting.particulars_rows(row),
        person=presenting.person_link(row.person),
        words=presenting.opened(row, "words_sealed"),
        answer=presenting.answer_facts(row),
        chases=[(one.chased_on, presenting.opened(one, "note_sealed")) for one in row.chases],
    )


@sharing.get("/nr3s/requests/sent/<uuid:request_out_id>/letter.pdf")
@requires(Permission.CASEWORK)
@_LOOK
def print_letter(request_out_id: UUID) -> ResponseReturnValue:
    """For an authority outside this service; what goes in the service needs none."""
    if queries.sent(request_out_id).method is Method.SERVICE:
        abort(404)
    audit.record_alone(Action.PRINTED, ObjectKind.NR3S_REQUEST, request_out_id)
    row = queries.sent(request_out_id)
    letter = letters.pdf_of(letters.letter_of(row, db.session.get_one(Authority, row.authority_id)))
    named = {"Content-Disposition": f'attachment; filename="letter-{row.reference}.pdf"'}
    return Response(letter, mimetype="application/pdf", headers=named)


@sharing.route("/nr3s/requests/sent/<uuid:request_out_id>/send", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def send(request_out_id: UUID) -> ResponseReturnValue:
    row, user, form = queries.sent(request_out_id), signed_in_user(), SendForm()
    offer_colleagues(form.authorised_by, Permission.CASEWORK)
    back = url_for("sharing.show_sent", request_out_id=request_out_id)

    def go() -> None:
        went_on = day_it_went(row.method, form.sent_on.data)
        changes.send(user, request_out_id, went_on, sending(row, form.authorised_by.data))

    if form.validate_on_submit() and saved(form, go):
        flash("It is sent.", "success")
        return redirect(back)
    return ask(form, "Send it", back, caption=f"{row.reference} to {row.to_body}")


@sharing.route("/nr3s/requests/sent/<uuid:request_out_id>/chase", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def chase(request_out_id: UUID) -> ResponseReturnValue:
    form, back = ChaseForm(), url_for("sharing.show_sent", request_out_id=request_out_id)
    if form.validate_on_submit() and (day := form.chased_on.data):
        user, note = signed_in_user(), form.note.data or ""
        if saved(form, lambda: changes.chase(user, request_out_id, day, note)):
            flash("The reminder is recorded.", "success")
            return redirect(back)
    return ask(form, "Record that you reminded them", back)


@sharing.route("/nr3s/requests/sent/<uuid:request_out_id>/answer", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def record_answer(request_out_id: UUID) -> ResponseReturnValue:
    row, form = queries.sent(request_out_id), RecordAnswerForm()
    form.outcome.choices = options((one, one.label) for one in row.kind.outcomes)
    back = url_for("sharing.show_sent", request_out_id=request_out_id)
    if row.method is Method.SERVICE:
        flash("This went in the service: the answer comes by it.")
        return redirect(back)
    if form.validate_on_submit() and (day := form.answered_on.data):
        outcome, words = form.outcome.data, form.words.data or ""
        if saved(form, lambda: changes.record_answer(request_out_id, outcome, day, words)):
            flash("The answer is recorded.", "success")
            return redirect(back)
    return ask(form, "Record the answer", back, caption=f"{row.reference} to {row.to_body}")


@sharing.route("/nr3s/requests/sent/<uuid:request_out_id>/regard", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def have_regard(request_out_id: UUID) -> ResponseReturnValue:
    form, back = RegardForm(), url_for("sharing.show_sent", request_out_id=request_out_id)
    if form.validate_on_submit() and (day := form.regard_on.data):
        words = form.words.data or ""
        if saved(form, lambda: changes.have_regard(request_out_id, day, words)):
            flash("It is recorded that regard was had to the answer.", "success")
            return redirect(back)
    return ask(form, "Record how regard was had to the answer", back)


@sharing.route("/nr3s/requests/sent/<uuid:request_out_id>/determined", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def note_determined(request_out_id: UUID) -> ResponseReturnValue:
    form, back = DeterminedForm(), url_for("sharing.show_sent", request_out_id=request_out_id)
    day = form.determined_on.data
    if form.validate_on_submit() and day and saved(form, lambda: changes.note_determined(request_out_id, day)):
        flash("The day is recorded.", "success")
        return redirect(back)
    return ask(form, "Record when the application was determined", back)
