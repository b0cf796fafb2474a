"""What the pages of a case's work share: a case that may be changed, a row of it, and what a colleague wrote."""

from typing import Any
from uuid import UUID

from flask import abort, request, url_for

from licensing.allegations.editing import AGAIN
from licensing.allegations.models import Case
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import work
from licensing.allegations.queries.work import Row
from licensing.allegations.words import Stage
from licensing.forms import BaseForm
from licensing.forms.answers import answer_rows


def unfinished(case_id: UUID) -> Case:
    """An opened case that is not over, locked where something is sent; or 404."""
    case = queries.case(case_id, for_change=request.method == "POST")
    if case.stage.is_over:
        abort(404)
    return case


def worked(case_id: UUID) -> Case:
    """One that was referred besides; or 404."""
    case = unfinished(case_id)
    if case.stage is Stage.RECORDING:
        abort(404)
    return case


def row_or_404(model: type[Row], case_id: UUID, row_id: UUID) -> Row:
    """A row of an opened case, locked where something is sent."""
    row = work.row_of(model, case_id, row_id, for_change=request.method == "POST")
    if row is None:
        abort(404)
    return row


def back_to(case_id: UUID, part: str = "") -> str:
    """The page of a case."""
    return url_for("allegations.show_case", case_id=case_id, _anchor=part or None)


def theirs(form: BaseForm, saved: dict[str, Any]) -> list[tuple[str, str | None]]:
    """What a colleague saved meanwhile, by the questions of this form; nothing where nobody did."""
    if not any(AGAIN in error for error in form.form_errors):
        return []
    shown = type(form)(formdata=None, data=saved)
    field: Any
    for field in shown:
        if choices := getattr(form[field.name], "choices", None):
            field.choices = choices  # those that a view offers are not the class's own
    return answer_rows(shown)
