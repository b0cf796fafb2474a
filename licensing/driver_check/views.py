"""Making a check, its answer, and its receipt as a PDF."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import moment_in_words
from licensing.db import db
from licensing.driver_check import changes, presenting, queries, receipts
from licensing.driver_check.answers import FIELD_LABELS, NOT_NR3S, Answer
from licensing.driver_check.asking import Asked, AskedList
from licensing.driver_check.forms import DriverCheckForm
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.rules import CheckKind
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.register.person_page import Section, adds_to_person_page

driver_check = Blueprint("driver_check", __name__)


@driver_check.get("/checks")
@requires(Permission.CHECK_DRIVERS)
def list_checks() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.DRIVER_CHECK)
    page = queries.checks_page(request.args.get("page", 1, int))
    return render_template("driver_check/list_checks.html", page=page, rows=[_row(check) for check in page.items])


@driver_check.route("/checks/new", methods=["GET", "POST"])
@requires(Permission.CHECK_DRIVERS)
def make_check() -> ResponseReturnValue:
    form = DriverCheckForm()
    if form.validate_on_submit():
        try:
            purpose, reference = form.purpose.data, form.case_reference.data or ""
            check_id = changes.open_check(signed_in_user(), form.asked(), purpose, reference)
        except RuleBroken as broken:
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()  # that it was asked stands before anything is searched
            changes.answer_check(signed_in_user(), check_id, form.asked())
            db.session.commit()
            return redirect(url_for("driver_check.show_check", check_id=check_id))
    status = 422 if form.is_submitted() else 200
    return render_template("driver_check/make_check.html", form=form), status


@driver_check.get("/checks/<uuid:check_id>")
@requires(Permission.CHECK_DRIVERS)
@records_look(ObjectKind.DRIVER_CHECK, "check_id", queries.check_exists)
def show_check(check_id: UUID) -> ResponseReturnValue:
    check = queries.check(check_id)
    asked, answer = changes.asked_of(check), changes.answer_of(check)
    made = [("Made", f"{moment_in_words(check.made_at)} by {queries.maker_of(check)}")]
    asked_rows = presenting.asked_rows(asked, check.case_reference, check.purpose.label)
    return render_template(
        "driver_check/show_check.html",
        check=check,
        answer=answer,
        headline=_headline(check, asked, answer),
        telling=presenting.is_telling(asked),
        next_steps=presenting.next_steps(answer, check.purpose) if answer else [],
        asked_rows=made + asked_rows,
        field_labels=FIELD_LABELS,
        not_nr3s=NOT_NR3S,
    )


@driver_check.get("/checks/<uuid:check_id>/receipt.pdf")
@requires(Permission.CHECK_DRIVERS)
@records_look(ObjectKind.DRIVER_CHECK, "check_id", queries.check_exists)
def print_receipt(check_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.DRIVER_CHECK, check_id)
    check = queries.check(check_id)
    asked, answer = changes.asked_of(check), changes.answer_of(check)
    pdf = receipts.receipt_pdf(
        check,
        asked,
        answer,
        _headline(check, asked, answer),
        queries.maker_of(check),
        current_user.authority.name,
    )
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="driver-check-{check.reference}.pdf"'},
    )


def _headline(check: DriverCheck, asked: Asked | AskedList, answer: Answer | None) -> str:
    """The answer in a sentence or two, empty while there is none."""
    if answer is None:
        return ""
    if isinstance(asked, AskedList):
        return presenting.headline_of_list(asked.people, queries.best_bands(check.id))
    return presenting.headline(answer, asked)


def _best_match(check: DriverCheck) -> str:
    if check.answered_at is None:
        return "Broken off"
    if check.kind is CheckKind.LIST:
        return "A list: see its file"
    return check.band.capitalize() if check.band else "None"


def _row(check: DriverCheck) -> dict[str, object]:
    """A check as a line of the list."""
    address = url_for("driver_check.show_check", check_id=check.id)
    return {
        "reference": Markup('<a class="govuk-link" href="{}">{}</a>').format(address, check.reference),
        "made": moment_in_words(check.made_at),
        "purpose": check.purpose.label,
        "yours": check.case_reference,
        "band": _best_match(check),
    }


@adds_to_person_page
def receipts_of_person(person_id: UUID) -> Section | None:
    """The checks of the acting authority in which a person came up."""
    if not current_user.may(Permission.CHECK_DRIVERS):
        return None
    checks = queries.checks_that_found(person_id)
    title = "Driver checks in which this person came up"
    return Section(title, "driver_check/_receipts_of_person.html", {"checks": checks})
