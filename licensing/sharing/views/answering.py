"""Requests and reports from other authorities: received, matched with one's own register, and answered."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.dates import DateNotUnderstood, in_words, parse_written
from licensing.errors import RuleBroken
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.register.likeness import Likely, people_like
from licensing.saving import saved
from licensing.sharing import presenting
from licensing.sharing.changes import exchanges as changes
from licensing.sharing.changes.disclosures import Told
from licensing.sharing.clocks import OF_ANSWER, due_on
from licensing.sharing.forms.exchanges import AnswerForm, ReceiveForm, WhoseForm
from licensing.sharing.models import RequestIn
from licensing.sharing.queries import exchanges as queries
from licensing.sharing.queries.entries import entries_of
from licensing.sharing.rules import Method, Particular
from licensing.sharing.sealing import particulars_of, told
from licensing.sharing.typed import day_it_went, person_of_reference, to_whom
from licensing.sharing.views import ask, ask_whether_imposed, offer_colleagues, sharing

_LOOK = records_look(ObjectKind.NR3S_REQUEST, "request_in_id", queries.received_exists)


@sharing.route("/nr3s/requests/receive", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
def receive() -> ResponseReturnValue:
    """What came by post or e-mail."""
    form, user = ReceiveForm(), signed_in_user()
    found = queries.partners(user.authority.id, dates.today())
    form.partner.choices = options((str(one.id), one.name) for one in found)
    ask_whether_imposed(form)
    made: list[UUID] = []

    def keep() -> None:
        received_on = form.received_on.data
        assert received_on is not None
        words, particulars = form.words.data or "", form.particulars()
        suspended_on = form.suspended_on.data if form.suspended_on else None
        kind, who = form.kind.data, to_whom(form)
        made.append(changes.receive(user, kind, who, particulars, words, received_on, suspended_on=suspended_on))

    if form.validate_on_submit() and saved(form, keep):
        flash("It is recorded.", "success")
        return redirect(url_for("sharing.show_received", request_in_id=made[0]))
    return ask(form, "Record what another authority asks or reports", url_for("sharing.list_requests"))


@sharing.get("/nr3s/requests/received/<uuid:request_in_id>")
@requires(Permission.CASEWORK)
@_LOOK
def show_received(request_in_id: UUID) -> ResponseReturnValue:
    row, today = queries.received(request_in_id), dates.today()
    due_by = due_on(OF_ANSWER[row.kind], signed_in_user().authority.id, row.received_on)
    return render_template(
        "sharing/show_received.html",
        row=row,
        facts=presenting.received_facts(row, due_by, today),
        particulars=presenting.particulars_rows(row),
        words=told(row, "words_sealed"),
        entries=entries_of(row.person_id) if row.person_id else [],
        entry_tag=presenting.entry_tag,
    )


@sharing.route("/nr3s/requests/received/<uuid:request_in_id>/whose", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def say_whose(request_in_id: UUID) -> ResponseReturnValue:
    """Which person of one's own register it is about, of those who are like what was typed, or another."""
    row, user, form = queries.received(request_in_id), signed_in_user(), WhoseForm()
    back = url_for("sharing.show_received", request_in_id=request_in_id)
    form.likely.choices = options((str(one.person.id), _known_by(one)) for one in _likely(row))

    def choose() -> None:
        person_id = person_of_reference(form.reference.data, "reference")
        if person_id is None and form.likely.data:
            person_id = UUID(form.likely.data)
        if person_id is None:
            raise RuleBroken("Select a person, or enter the reference of one", "reference")
        changes.say_whose(user, request_in_id, person_id)

    if form.validate_on_submit() and saved(form, choose):
        flash("It is recorded who it is.", "success")
        return redirect(back)
    return ask(form, "Say who it is on your register", back, caption=row.reference)


def _likely(row: RequestIn) -> list[Likely]:
    """People of one's own register who are like what the other authority typed."""
    typed = particulars_of(row)
    given, _, family = typed.get(Particular.NAME, "").rpartition(" ")
    try:
        born = parse_written(typed.get(Particular.DATE_OF_BIRTH, ""))
    except DateNotUnderstood:
        born = None
    return people_like({"given_names": given, "family_name": family, "date_of_birth": born})[:10]


def _known_by(one: Likely) -> str:
    born = f", born {in_words(one.person.date_of_birth)}" if one.person.date_of_birth else ""
    return f"{one.person.name}{born} ({one.person.reference}): {one.match.band}"


@sharing.route("/nr3s/requests/received/<uuid:request_in_id>/answer", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def answer(request_in_id: UUID) -> ResponseReturnValue:
    row, user = queries.received(request_in_id), signed_in_user()
    form = AnswerForm(data={"method": Method.SECURE_EMAIL})
    form.outcome.choices = options((one, one.label) for one in row.kind.outcomes)
    offer_colleagues(form.authorised_by, Permission.DECIDE)
    back = url_for("sharing.show_received", request_in_id=request_in_id)

    def give() -> None:
        method = Method.SERVICE if row.from_request_id else form.method.data
        answered_on = day_it_went(method, form.answered_on.data, "answered_on")
        changes.answer(
            user, request_in_id, form.outcome.data, answered_on, form.words.data or "", _told(form, row), method
        )

    if form.validate_on_submit() and saved(form, give):
        flash("The answer is given.", "success")
        return redirect(back)
    intro = "Your answer goes to them in this service at once." if row.from_request_id else None
    return ask(form, "Answer", back, caption=f"{row.reference} from {row.from_body}", intro=intro)


def _told(form: AnswerForm, row: RequestIn) -> Told:
    return Told(
        fields=form.fields_told.data or "",
        to_body=row.from_body,
        to_name=form.to_name.data or "",
        purpose=row.kind.label,
        authorised_by=UUID(form.authorised_by.data),
        conditions=form.conditions.data,
        review_on=form.review_on.data,
    )
