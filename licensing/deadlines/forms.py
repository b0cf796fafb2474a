"""The forms of clocks: reckoning a date, a clock's other day, a council's own period and its closed days."""

from wtforms.validators import NumberRange

from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import FirstDay, Unit
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    WholeNumberField,
    not_in_the_past,
)
from licensing.tasks.rules import LONGEST_REASON

_NO_NAMES = "Do not name anybody: the record says whom it is about."
_FAR = 1000


class ReckonForm(FilterForm):
    """Which clock from which day: sent by GET, so that the answer can be linked to."""

    code = ChoiceField("Which period?", required="Select a period", coerce=ClockCode)
    start = DateField("From which day?", required="Enter the day", hint="For example, 27 3 2027.", called="The day")
    submit = SubmitField("Work out the date")


class ReasonForm(BaseForm):
    reason = LongTextField("Why?", required="Enter why", longest=LONGEST_REASON, rows=3, hint=_NO_NAMES, called="Why")
    submit = SubmitField("Save")


class AnotherDayForm(BaseForm):
    due_on = DateField("When is it due now?", required="Enter the date", called="The date")
    reason = LongTextField(
        "Why?", required="Enter why the date changes", longest=LONGEST_REASON, rows=3, hint=_NO_NAMES, called="Why"
    )
    submit = SubmitField("Change the date")


class OwnRuleForm(BaseForm):
    length = WholeNumberField(
        "How many?",
        required="Enter how many",
        called="How many",
        validators=[NumberRange(1, _FAR, f"How many must be between 1 and {_FAR}")],
    )
    unit = RadioField(
        "Of what?",
        required="Select of what",
        choices=[(one, one.replace("_", " ").capitalize()) for one in Unit],
        coerce=Unit,
    )
    first_day = RadioField(
        "When does it begin?",
        required="Select when it begins",
        choices=[(FirstDay.COUNTS, "With the day itself"), (FirstDay.AFTER, "With the day after")],
        coerce=FirstDay,
    )
    valid_from = DateField("From which day does it hold?", required="Enter the first day", called="The first day")
    source = TextField(
        "Where was it decided?",
        required="Enter where it was decided",
        hint="For example, a policy with its paragraph, or a minute.",
        longest=200,
        called="Where it was decided",
    )
    reason = LongTextField("Why?", required="Enter why", longest=LONGEST_REASON, rows=3, called="Why")
    submit = SubmitField("Choose this period")


class ClosureDayForm(BaseForm):
    day = DateField("On which day?", required="Enter the day", called="The day", validators=[not_in_the_past])
    reason = TextField("Why?", required="Enter why", longest=100, called="Why")
    submit = SubmitField("Add the day")
