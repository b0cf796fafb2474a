"""What is owed before a case can be closed, what an officer adds to it, and closing it."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import access, presenting
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import closing, duties
from licensing.allegations.changes.closing import Closing
from licensing.allegations.changes.duties import Asked
from licensing.allegations.editing import overtaken, version_of
from licensing.allegations.forms.sharing import AddDutyForm, CloseForm, SettleForm
from licensing.allegations.models import Case, Duty
from licensing.allegations.parts import adds_part
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.views import allegations
from licensing.allegations.views.working import done_meanwhile, row_or_404, to_settle, worked
from licensing.allegations.words import Stage
from licensing.allegations.words_of_sharing import DutyKind
from licensing.asking import answers, ask
from licensing.db import db
from licensing.forms import options
from licensing.permissions import requires
from licensing.register.sections import Section
from licensing.saving import saved

# What each of them asks beside its name.
_MEANS = {
    DutyKind.LICENSING_AUTHORITY: "A release of the outcome to a named person settles it too.",
    DutyKind.DBS: "Write what was considered and decided, by whom the referral is made, and when.",
    DutyKind.LEARNING: "Write what was learned, and who is told; or that there is nothing.",
    DutyKind.PERSON: "What they were told, by whom, and with whose agreement: never before police agree.",
}


@allegations.route("/allegations/<uuid:case_id>/duties/<uuid:duty_id>", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def settle_duty(case_id: UUID, duty_id: UUID) -> ResponseReturnValue:
    """What became of a message that is owed."""
    case, row = queries.case(case_id), row_or_404(Duty, case_id, duty_id)
    if request.method == "GET" and row.state.is_over:
        return redirect(_page(case_id))
    form = SettleForm()
    if not row.kind.is_message:
        del form.recipient
        del form.basis
    if form.validate_on_submit() and saved(form, lambda: duties.settle(signed_in_user(), case, row, **answers(form))):
        return redirect(_page(case_id))
    title, asked = duties.words_for(row, sharing.authorities()), Asked.of(row)
    intro = asked.words if asked else row.kind.question or _MEANS.get(row.kind, "")
    return ask(form, title, _page(case_id), caption=case.reference, intro=intro)


@allegations.route("/allegations/<uuid:case_id>/duties/new", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def add_duty(case_id: UUID) -> ResponseReturnValue:
    """One more message, to whom no register leads."""
    case, form = worked(case_id), AddDutyForm()
    form.for_authority_id.choices = options([(str(one), name) for one, name in sharing.authorities().items()])
    if form.validate_on_submit():
        council = UUID(form.for_authority_id.data) if form.for_authority_id.data else None
        given = (form.kind.data, council, Asked(form.to.data or "", form.words.data or ""))
        if saved(form, lambda: duties.add(signed_in_user(), case, *given)):
            return redirect(_page(case_id))
    intro = "It is settled like the others, and the case does not close before it is."
    return ask(form, "Add a message that is owed", _page(case_id), caption=case.reference, intro=intro)


@allegations.route("/allegations/<uuid:case_id>/close", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def close_case(case_id: UUID) -> ResponseReturnValue:
    case = queries.case(case_id, for_change=request.method == "POST")
    form = CloseForm(data=version_of(case))
    if not closing.may_keep_sharing(case):
        del form.keep
        del form.review_on
    caught_up = _caught_up(form, case)
    stopping = closing.stops(case)
    sent = not caught_up and form.validate_on_submit() and not overtaken(form, case) and not stopping
    if sent and (closed_on := form.closed_on.data):
        review_on = form.review_on.data if form.keeps_flag() else None
        said = Closing(form.words.data or "", closed_on, form.keeps_flag(), review_on)
        if saved(form, lambda: closing.close(signed_in_user(), case, said)):
            flash("The case is closed.", "success")
            return redirect(_page(case_id))
    return ask(
        form,
        "Close the case",
        _page(case_id),
        template="allegations/close_case.html",
        caption=case.reference,
        stopping=stopping,
        owed=to_settle(case),
        case=case,
        theirs=done_meanwhile(form, case),
    )


@adds_part(order=40)
def duties_part(case: Case) -> Section | None:
    """What is owed, and was; nothing before the threshold is decided."""
    rows = queries.duties(case.id)
    names, deciders = sharing.authorities(), queries.names_of(one.settled_by for one in rows)
    works = access.standing(case.id) is not access.Standing.NAMED
    shown = [presenting.duty_row(one, names, deciders, with_link=works) for one in rows]
    actions: list[tuple[str, str]] = []
    if case.stage is Stage.OPEN and works:
        actions.append(("Add a message that is owed", url_for("allegations.add_duty", case_id=case.id)))
        actions.append(("Close the case", url_for("allegations.close_case", case_id=case.id)))
    return Section("Owed before it closes", "allegations/_duties.html", {"rows": shown}, actions) if rows else None


def _caught_up(form: CloseForm, case: Case) -> bool:
    """Whether the registers name somebody by now whom nobody owed a message; that it is owed is kept, and said."""
    named = duties.catch_up(signed_in_user(), case) if form.is_submitted() else []
    if named:
        db.session.commit()
        names = sharing.authorities()
        words = "; ".join(duties.words_for(one, names) for one in named)
        form.add_error(f"The registers name somebody who was owed no message yet. Settle it first: {words}.")
    return bool(named)


def _page(case_id: UUID) -> str:
    return url_for("allegations.show_case", case_id=case_id)
