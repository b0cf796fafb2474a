"""Saying whether somebody whom a check found is the person who was asked about."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.driver_check import changes, queries, verdicts
from licensing.driver_check.answers import Found
from licensing.driver_check.asking import Asked
from licensing.driver_check.forms import VerdictForm
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.verdicts import Said
from licensing.driver_check.views import driver_check
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires


@driver_check.route("/checks/<uuid:check_id>/verdict", methods=["GET", "POST"])
@requires(Permission.CHECK_DRIVERS)
@records_look(ObjectKind.DRIVER_CHECK, "check_id", queries.check_exists)
def judge(check_id: UUID) -> ResponseReturnValue:
    check = queries.check(check_id)
    asked, found, person_id = _result(check)
    said = verdicts.history(check_id, found.result)
    form = VerdictForm(data={"seen": _last(said)} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            given = (form.judgement.data, form.reason.data or "")
            result = (found.result, person_id)
            verdicts.judge(signed_in_user(), check, asked, result, given, form.seen.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
            said = verdicts.history(check_id, found.result)
            form.seen.data = _last(said)
        else:
            db.session.commit()
            flash("Kept with the check.", "success")
            return redirect(url_for("driver_check.show_check", check_id=check_id))
    page = render_template("driver_check/judge.html", form=form, check=check, found=found, said=said)
    return page, 422 if form.is_submitted() else 200


def _last(said: list[Said]) -> str:
    """The verdict that stands, as the form carries it along."""
    return str(said[0].id) if said else ""


def _result(check: DriverCheck) -> tuple[Asked, Found, UUID]:
    """What was asked, and the result that this page is about: the first where none is named."""
    wanted = request.args.get("result", 1, int)
    asked, answer = changes.asked_of(check), changes.answer_of(check)
    people = queries.results(check.id)
    if not isinstance(asked, Asked) or answer is None or wanted not in people:
        abort(404)
    found = next((one for one in answer.found if one.result == wanted), None)
    return (asked, found, people[wanted]) if found else abort(404)
