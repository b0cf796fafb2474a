"""The forms of returns."""

from typing import Any

from wtforms.validators import ValidationError

from licensing.forms import BaseForm, DateField, FilterForm, SubmitField, TextField
from licensing.returns.national_register import LONGEST_NAME, is_identifier


class PeriodForm(FilterForm):
    """Stands in the address: a period is nobody's."""

    from_on = DateField("First day", required="Enter the first day of the period")
    until_on = DateField("Last day", required="Enter the last day of the period")


def _letters_and_digits(form: Any, field: Any) -> None:
    if not is_identifier(field.data):
        raise ValidationError("The identifier must be letters and digits alone, like OXCC1")


def _in_plain_letters(form: Any, field: Any) -> None:
    if not field.data.isascii():
        raise ValidationError("The name must be in plain letters, without accents: the register takes no others")


class NamesForm(BaseForm):
    identifier = TextField(
        "Identifier in the name of each file",
        required="Enter the identifier that was agreed with the register",
        called="The identifier",
        hint="Agreed with the register: letters and digits, as the last part of CAZ-2026-04-01-XXXX.csv.",
        longest=20,
        validators=[_letters_and_digits],
    )
    name = TextField(
        "Your council’s name in the register",
        required="Enter your council’s name as the register spells it",
        called="The name",
        hint="Exactly as the register’s own list has it. It refuses every line that has another.",
        longest=LONGEST_NAME,
        validators=[_in_plain_letters],
    )
    submit = SubmitField("Save")
