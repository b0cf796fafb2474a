"""Forms: questions in GOV.UK dress, text tidied, and errors that lead to the box to mend.

A feature's form is a list of questions:

    class HolderForm(BaseForm):
        name = TextField("Full name", required="Enter the full name")
        date_of_birth = DateField("Date of birth", required="Enter the date of birth",
                                  validators=[in_the_past])
        save = SubmitField("Save and continue")

and its template, under `{{ error_summary(form) }}`, is

    <form method="post" novalidate>{{ form.hidden_tag() }}{{ form.name }}...{{ form.save }}</form>

`required` is the message shown when there is no answer. A question without it may be left blank
and then answers None (checkboxes: an empty list). Rows of a table are a FieldList of FormField of
a plain `wtforms.Form`. Start reading in base.py.
"""

from licensing.forms.base import BaseForm, FilterForm, applied_filters, tidy
from licensing.forms.choices import (
    CheckboxesField,
    ChoiceField,
    RadioField,
    TickBoxField,
    options,
)
from licensing.forms.dates import DateField, in_the_past, not_in_the_future, not_in_the_past
from licensing.forms.narrative import NarrativeForm
from licensing.forms.text import (
    EmailField,
    FileField,
    LongTextField,
    PasswordField,
    SubmitField,
    TextField,
    WholeNumberField,
)

__all__ = [
    "BaseForm",
    "CheckboxesField",
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "FilterForm",
    "LongTextField",
    "NarrativeForm",
    "PasswordField",
    "RadioField",
    "SubmitField",
    "TextField",
    "TickBoxField",
    "WholeNumberField",
    "applied_filters",
    "in_the_past",
    "not_in_the_future",
    "not_in_the_past",
    "options",
    "tidy",
]
