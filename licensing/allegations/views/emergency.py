"""An absent designated officer, a child at risk now: a deputy opens one record for an hour, and it is looked into."""

from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import ask_again, fresh_second_factor, is_fresh
from licensing.allegations import finding
from licensing.allegations.changes import access as changes
from licensing.allegations.forms.access import EmergencyForm
from licensing.allegations.queries import access as queries
from licensing.allegations.subject import keys_of
from licensing.allegations.views import allegations
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.references import as_written

INTRO = (
    "Only where a child is at risk now and no designated officer can be reached. One record opens, for an hour, and no "
    "other meanwhile. "
    "The designated officers and the auditor are told at once, and somebody else reviews it on the next working day."
)

NEXT = (
    "Check each letter of the reference, or leave it empty and enter the name and the date of birth. "
    "If a child is in danger, ring 999 now."
)


@allegations.route("/allegations/emergency", methods=["GET", "POST"])
@requires(Permission.DEPUTISE)
@fresh_second_factor
def open_in_emergency() -> ResponseReturnValue:
    before = queries.last_emergency(signed_in_user().id)
    if before and not is_fresh(since=before.given_at):  # a code opens one record
        return ask_again()
    form = EmergencyForm()
    if form.validate_on_submit():
        reference = as_written(form.reference.data or "")
        try:
            keys = _keys(reference, form.name.data or "", form.date_of_birth.data)
            case_id = changes.break_glass(signed_in_user(), reference, keys, form.reason.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
            if broken.field is None:
                form.add_error(NEXT)
        else:
            db.session.commit()
            return redirect(url_for("allegations.show_case", case_id=case_id))
    return ask(form, "Open a record in an emergency", url_for("accounts.home"), intro=INTRO)


def _keys(reference: str, name: str, born: date | None) -> list[bytes]:
    """By what the record is found: who it is about, where no reference is known. The search is committed first."""
    if reference:
        audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
        return []
    if not name or born is None:
        raise RuleBroken("Enter the reference, or the name and the date of birth", "reference")
    found = finding.born_on(name, born)
    return keys_of(one for group in finding.same_records(found).values() for one in group)
