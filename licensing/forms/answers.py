"""A form's answers kept until they are checked, and shown for checking."""

from datetime import date
from typing import Any

import wtforms
from wtforms.widgets import HiddenInput

from licensing.dates import in_words
from licensing.forms.base import BaseForm

_DATE = "date"


def kept_answers(form: BaseForm) -> dict[str, Any]:
    """The answers as JSON can hold them."""
    return {field.name: as_kept(field.data) for field in form if _is_answer(field)}


def answers_again(kept: dict[str, Any]) -> dict[str, Any]:
    """The same answers as they were, for `FormClass(data=...)` and for the change that is made of them."""
    return {name: _again(value) for name, value in kept.items()}


def answer_rows(form: BaseForm) -> list[tuple[str, str | None]]:
    """What was answered, in the order of the page: (question, answer in words); hidden fields are left out."""
    left_out = {*getattr(form, "left_out", ()), *form.asides}
    asked = (field for field in form if _is_answer(field) and field.name not in left_out)
    asked = (field for field in asked if not isinstance(field.widget, HiddenInput))
    return [(getattr(field, "called", "") or field.label.text, _in_words(field)) for field in asked]


def _is_answer(field: wtforms.Field) -> bool:
    return not isinstance(field, wtforms.SubmitField) and field.name != "csrf_token"


def as_kept(value: Any) -> Any:
    """One answer as JSON can hold it."""
    return {_DATE: value.isoformat()} if isinstance(value, date) else value


def _again(value: Any) -> Any:
    return date.fromisoformat(value[_DATE]) if isinstance(value, dict) and _DATE in value else value


def _in_words(field: wtforms.Field) -> str | None:
    value = field.data
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list):
        labels = _labels(field)
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if value is not None and isinstance(field, wtforms.SelectField):
        return _labels(field).get(str(getattr(value, "value", value)), str(value))
    return None if value is None else str(value)


def _labels(field: wtforms.Field) -> dict[str, str]:
    return {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()}
