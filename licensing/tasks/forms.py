"""The forms of tasks. None of what is typed here is for personal data, and each says so."""

from wtforms import HiddenField

from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    SubmitField,
    TextField,
    not_in_the_past,
)
from licensing.tasks.rules import BY_HAND, LONGEST_NOTE, LONGEST_REASON, TaskKind, When, Whose

_NO_NAMES = "Do not name anybody: the record says whom it is about."


def _whom_field() -> ChoiceField:
    return ChoiceField("Who is it for?", required="Select whom the task is for", called="Who the task is for")


def _due_field(label: str) -> DateField:
    return DateField(
        label,
        required="Enter the date",
        called="The date",
        hint="For example, 27 3 2027.",
        validators=[not_in_the_past],
    )


class TasksFilterForm(FilterForm):
    """What the list is narrowed to."""

    whose = ChoiceField("Whose", empty="All I can see", choices=[(one, one.label) for one in Whose], coerce=Whose)
    when = ChoiceField("When", empty="All open", choices=[(one, one.label) for one in When], coerce=When)
    kind = ChoiceField("What", empty="Anything")


class OpenTaskForm(BaseForm):
    about = HiddenField()
    kind = ChoiceField(
        "What is to be done?",
        required="Select what is to be done",
        choices=[(one, one.label) for one in BY_HAND],
        coerce=TaskKind,
    )
    note = TextField("More about it (optional)", longest=LONGEST_NOTE, hint=_NO_NAMES, called="More about it")
    whom = _whom_field()
    due_on = _due_field("By when?")
    why = LongTextField(
        "Why?", required="Enter why this is to be done", longest=LONGEST_REASON, rows=3, hint=_NO_NAMES, called="Why"
    )
    submit = SubmitField("Open the task")


class FinishForm(BaseForm):
    outcome = LongTextField(
        "What came of it?", required="Enter what came of it", longest=LONGEST_REASON, rows=3, hint=_NO_NAMES
    )
    submit = SubmitField("Finish the task")


class ReassignForm(BaseForm):
    whom = _whom_field()
    reason = LongTextField(
        "Why?", required="Enter why you hand it on", longest=LONGEST_REASON, rows=3, hint=_NO_NAMES, called="Why"
    )
    submit = SubmitField("Hand the task on")


class DueDateForm(BaseForm):
    due_on = _due_field("When is it due now?")
    reason = LongTextField(
        "Why?", required="Enter why the date changes", longest=LONGEST_REASON, rows=3, hint=_NO_NAMES, called="Why"
    )
    submit = SubmitField("Change the date")
