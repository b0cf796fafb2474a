"""Making a check, its answer with what officers said of it, and its receipt as a PDF."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
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
from licensing.driver_check.asking import Asked, AskedList, AskedNumber
from licensing.driver_check.forms import DriverCheckForm
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.rules import CheckKind
from licensing.driver_check.shown import results_shown, to_link
from licensing.driver_check.views import driver_check
from licensing.errors import RuleBroken
from licensing.forms.answers import answers_again
from licensing.permissions import Permission, requires
from licensing.register import drafts
from licensing.register.by_reference import Referred, finds_references
from licensing.register.drafts import DraftKind
from licensing.register.person_page import Section, adds_to_person_page
from licensing.register.warnings import warnings_of


@driver_check.get("/checks")
@requires(Permission.CHECK_DRIVERS)
def list_checks() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.DRIVER_CHECK)
    page = queries.checks_page(request.args.get("page", 1, int))
    return render_template("driver_check/list_checks.html", page=page, rows=[_row(check) for check in page.items])


@driver_check.route("/checks/new", methods=["GET", "POST"])
@requires(Permission.CHECK_DRIVERS)
def make_check() -> ResponseReturnValue:
    form = DriverCheckForm(data=_typed_before())
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
    speak_first = _speak_first(check_id)
    check = queries.check(check_id)
    asked = changes.asked_of(check)
    made = [("Made", f"{moment_in_words(check.made_at)} by {queries.maker_of(check)}")]
    if isinstance(asked, AskedNumber):
        rows = made + presenting.asked_rows(asked, check.case_reference, check.purpose.label)
        return _page_of_number(check, rows)
    answer = changes.answer_of(check)
    shown = results_shown(signed_in_user(), check, asked, answer) if isinstance(asked, Asked) and answer else []
    asked_rows = presenting.asked_rows(asked, check.case_reference, check.purpose.label)
    return render_template(
        "driver_check/show_check.html",
        check=check,
        answer=answer,
        shown=shown,
        to_link=to_link(shown),
        speak_first=speak_first,
        headline=_headline(check, asked, answer),
        telling=presenting.is_telling(asked),
        next_steps=presenting.next_steps(answer, check.purpose) if answer else [],
        asked_rows=made + asked_rows,
        field_labels=FIELD_LABELS,
        not_nr3s=NOT_NR3S,
    )


def _speak_first(check_id: UUID) -> dict[UUID, list[str]]:
    """Of whom the check told somebody must be spoken to first: for the page alone, never the answer that is kept."""
    check = queries.check(check_id)
    answer = changes.answer_of(check) if check.kind is CheckKind.ONE_PERSON else None
    told = {one.result for one in answer.found if one.may_be_told} if answer else set()
    people = [person_id for result, person_id in queries.results(check_id).items() if result in told]
    return warnings_of(people, ObjectKind.DRIVER_CHECK, check_id)


def _page_of_number(check: DriverCheck, asked_rows: list[tuple[str, str]]) -> str:
    answer = changes.answer_of_number(check)
    return render_template(
        "driver_check/show_number.html",
        check=check,
        answer=answer,
        headline=presenting.headline_of_number(answer) if answer else "",
        asked_rows=asked_rows,
        not_nr3s=NOT_NR3S,
    )


@driver_check.get("/checks/<uuid:check_id>/receipt.pdf")
@requires(Permission.CHECK_DRIVERS)
@records_look(ObjectKind.DRIVER_CHECK, "check_id", queries.check_exists)
def print_receipt(check_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.DRIVER_CHECK, check_id)
    check = queries.check(check_id)
    asked = changes.asked_of(check)
    if isinstance(asked, AskedNumber):
        return _as_file(check, _receipt_of_number(check, asked))
    answer = changes.answer_of(check)
    pdf = receipts.receipt_pdf(
        check,
        asked,
        answer,
        _headline(check, asked, answer),
        queries.maker_of(check),
        current_user.authority.name,
    )
    return _as_file(check, pdf)


def _receipt_of_number(check: DriverCheck, asked: AskedNumber) -> bytes:
    answer = changes.answer_of_number(check)
    return receipts.receipt_of_number(check, asked, answer, queries.maker_of(check), current_user.authority.name)


def _typed_before() -> dict[str, Any] | None:
    """What was typed where somebody was sent here, so that nobody types it twice."""
    kept = drafts.find(request.args.get("draft", type=UUID), DraftKind.CHECK)
    return answers_again(kept) if kept else None


def _as_file(check: DriverCheck, pdf: bytes) -> Response:
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
    if check.kind is not CheckKind.ONE_PERSON:
        return "A list: see its file" if check.kind is CheckKind.LIST else "A vehicle or number"
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


@finds_references("DC")
def check_found(reference: str) -> Referred | None:
    """A check of the acting authority, for the search box."""
    check = queries.check_of_reference(reference) if current_user.may(Permission.CHECK_DRIVERS) else None
    return check and Referred("Driver check", reference, url_for("driver_check.show_check", check_id=check.id))
