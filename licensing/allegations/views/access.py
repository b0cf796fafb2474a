"""Who can see a case and who has looked; naming one other person, and closing it to an officer with a conflict."""

from datetime import UTC, datetime
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import presenting_access
from licensing.allegations.access import opens_case
from licensing.allegations.changes import access as changes
from licensing.allegations.forms.access import CloseToForm, EndAccessForm, NamePersonForm, ReviewForm
from licensing.allegations.models import Case, CaseAccess
from licensing.allegations.parts import adds_part
from licensing.allegations.queries import access as queries
from licensing.allegations.queries import cases
from licensing.allegations.views import allegations
from licensing.allegations.words_of_sharing import AccessKind
from licensing.asking import ask
from licensing.forms import options
from licensing.permissions import Permission, Role, requires
from licensing.register.sections import Section
from licensing.saving import saved


@adds_part(order=70)
def access_of(case: Case) -> Section:
    """Who can see this case, for whoever sees it."""
    found, now = queries.accesses(case.id), datetime.now(UTC)
    officers = queries.holders_of(case.authority_id, Role.DESIGNATED_OFFICER)
    names = cases.names_of(one.user_id for one in found)
    seen = presenting_access.who_can_see(officers, found, names, now)
    # A part of the restricted trail: for designated officers.
    actions = (
        [("Access, and who has looked", url_for("allegations.show_access", case_id=case.id))]
        if signed_in_user().may(Permission.ALLEGATIONS)
        else []
    )
    return Section("Who can see this", "allegations/_access.html", {"seen": seen}, actions)


@allegations.get("/allegations/<uuid:case_id>/access")
@requires(Permission.ALLEGATIONS)
@opens_case
def show_access(case_id: UUID) -> ResponseReturnValue:
    case, found, now = cases.case(case_id), queries.accesses(case_id), datetime.now(UTC)
    names = cases.names_of(one for row in found for one in (row.user_id, row.given_by, row.ended_by, row.reviewed_by))
    officers = queries.holders_of(case.authority_id, Role.DESIGNATED_OFFICER)
    page = queries.looks(case_id, request.args.get("page", 1, int))
    return render_template(
        "allegations/show_access.html",
        case=case,
        seen=presenting_access.who_can_see(officers, found, names, now),
        accesses=[presenting_access.access_line(one, names, now) for one in found],
        page=page,
        looks=[presenting_access.look_row(one) for one in page.items],
    )


@allegations.route("/allegations/<uuid:case_id>/access/name", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def name_person(case_id: UUID) -> ResponseReturnValue:
    case = cases.case(case_id, for_change=request.method == "POST")
    form = NamePersonForm()
    form.person.choices = options(_who_may_be_named(case))
    if form.validate_on_submit() and saved(form, lambda: _name(form, case)):
        flash("They can read the case. It is for you to tell them: the service sends no message.", "success")
        return redirect(_back(case_id))
    intro = (
        "One person at a time may be named. They read the case and change nothing; they find it on their home page. "
        "Somebody who decides on the person’s licence should not be named: release to them what they need instead."
    )
    return ask(form, "Let one other person read it", _back(case_id), caption=case.reference, intro=intro)


@allegations.route("/allegations/<uuid:case_id>/access/close", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def close_to_officer(case_id: UUID) -> ResponseReturnValue:
    case = cases.case(case_id, for_change=request.method == "POST")
    form, me = CloseToForm(), signed_in_user()
    closed = queries.closed_to(case_id)
    who = queries.holders_of(case.authority_id, Role.DESIGNATED_OFFICER, Role.DEPUTY_DESIGNATED_OFFICER)
    form.officer.choices = options(
        [(str(one), f"{name} (me)" if one == me.id else name) for one, name in who if one not in closed]
    )
    if form.validate_on_submit() and _is_sure(form, me.id):
        officer, reason = UUID(form.officer.data), form.reason.data or ""
        if saved(form, lambda: changes.close_to(me, case, officer, reason)):
            return redirect(url_for("allegations.list_cases") if officer == me.id else _back(case_id))
    return ask(form, "Close the case to an officer", _back(case_id), caption=case.reference)


@allegations.route("/allegations/<uuid:case_id>/access/<uuid:access_id>/end", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def end_access(case_id: UUID, access_id: UUID) -> ResponseReturnValue:
    case, row = cases.case(case_id), _row(case_id, access_id)
    if queries.is_over(row, datetime.now(UTC)):
        abort(404)
    form = EndAccessForm()
    if form.validate_on_submit() and saved(form, lambda: changes.end(signed_in_user(), case, row)):
        return redirect(_back(case_id))
    name = cases.names_of([row.user_id]).get(row.user_id, "A former user")
    again = row.kind is AccessKind.CLOSED
    intro = f"{name} can see the case again at once." if again else f"{name} can see nothing of it any more at once."
    title = "Open the case to an officer again" if again else "End access"
    return ask(form, title, _back(case_id), caption=case.reference, intro=intro)


@allegations.route("/allegations/<uuid:case_id>/access/<uuid:access_id>/review", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def review_access(case_id: UUID, access_id: UUID) -> ResponseReturnValue:
    case, row = cases.case(case_id), _row(case_id, access_id)
    if row.kind is not AccessKind.EMERGENCY or row.reviewed_at:
        abort(404)
    form = ReviewForm()
    if form.validate_on_submit() and saved(
        form, lambda: changes.review(signed_in_user(), case, row, form.words.data or "")
    ):
        return redirect(_back(case_id))
    names = cases.names_of([row.user_id, row.given_by])
    line = presenting_access.access_line(row, names, datetime.now(UTC))
    intro = f"{line['who']}, {line['told']}. {line['reason']}"
    return ask(form, "Review access in an emergency", _back(case_id), caption=case.reference, intro=intro)


def _who_may_be_named(case: Case) -> list[tuple[str, str]]:
    """Colleagues with what they do, by name: nobody who runs the accounts or reads the audit, nor an officer."""
    roles = queries.roles_of(case.authority_id)
    never = {Role.DESIGNATED_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR}
    return [
        (str(one), f"{name} ({', '.join(role.label.lower() for role in roles.get(one, [])) or 'no role'})")
        for one, name in cases.colleagues(case.authority_id)
        if never.isdisjoint(roles.get(one, []))
    ]


def _name(form: NamePersonForm, case: Case) -> None:
    assert form.until_on.data is not None  # the form is valid
    person, reason = UUID(form.person.data), form.reason.data or ""
    changes.name_person(signed_in_user(), case, person, form.until_on.data, reason)


def _is_sure(form: CloseToForm, me: UUID) -> bool:
    """Whoever closes a case to themselves is out at once, and says that they know."""
    if form.officer.data == str(me) and not form.knows.data:
        form.add_error("Tick the box if it is you to whom it is closed", "knows")
        return False
    return True


def _row(case_id: UUID, access_id: UUID) -> CaseAccess:
    row = queries.access(case_id, access_id)
    if row is None:
        abort(404)
    return row


def _back(case_id: UUID) -> str:
    return url_for("allegations.show_access", case_id=case_id)
