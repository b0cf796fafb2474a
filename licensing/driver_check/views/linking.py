"""Asking two councils to link their records of the person whom a check found on both registers."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.driver_check import changes, queries
from licensing.driver_check.asking import Asked
from licensing.driver_check.forms import LinkForm
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.shown import Shown, results_shown, to_link
from licensing.driver_check.views import driver_check
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.register import same_person
from licensing.register.same_person import OneRecord


@driver_check.route("/checks/<uuid:check_id>/link", methods=["GET", "POST"])
@requires(Permission.CHECK_DRIVERS)
@records_look(ObjectKind.DRIVER_CHECK, "check_id", queries.check_exists)
def link_records(check_id: UUID) -> ResponseReturnValue:
    check = queries.check(check_id)
    pair = _pair(check)
    answer_page = url_for("driver_check.show_check", check_id=check_id)
    if pair is None:
        flash("Say first of a record of yours and of another council’s that both are the person you asked about.")
        return redirect(answer_page)
    form, records = LinkForm(), [_record(one) for one in pair]
    if form.validate_on_submit():
        try:
            same_person.propose_link(records[0], records[1], check.reference, form.reason.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message)
        else:
            db.session.commit()
            flash("Both councils have been asked to agree. Until then nothing is linked.", "success")
            return redirect(answer_page)
    page = render_template("driver_check/link_records.html", form=form, check=check, records=records)
    return page, 422 if form.is_submitted() else 200


def _pair(check: DriverCheck) -> tuple[Shown, Shown] | None:
    asked = changes.asked_of(check)
    answer = changes.answer_of(check) if isinstance(asked, Asked) else None
    return (
        to_link(results_shown(signed_in_user(), check, asked, answer)) if answer and isinstance(asked, Asked) else None
    )


def _record(shown: Shown) -> OneRecord:
    """What both councils are shown of a result: no more than the check told."""
    found = shown.found
    assert shown.person_id is not None, "a result that was judged is among those kept"
    return OneRecord(
        queries.authority_of_code(found.authority_code),
        found.authority,
        shown.person_id,
        found.name,
        found.date_of_birth,
    )
