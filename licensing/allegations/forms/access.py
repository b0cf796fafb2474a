"""The forms about who can see a case."""

from datetime import timedelta
from typing import Any

from wtforms.validators import ValidationError

from licensing.dates import today
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    in_the_past,
    not_in_the_past,
)

_YEAR = timedelta(days=364)


def _within_a_year(form: Any, field: Any) -> None:
    if field.data > today() + _YEAR:
        raise ValidationError("Access ends within a year; give it again then, if it is still needed")


class NamePersonForm(NarrativeForm):
    """One colleague who may read the case until a day."""

    person = ChoiceField("Who?", required="Select who may read it")
    until_on = DateField(
        "Until when?",
        called="The last day",
        required="Enter the last day",
        hint="At most a year",
        validators=[not_in_the_past, _within_a_year],
    )
    reason = LongTextField("Why do they need it?", required="Write why they need it", gov={"rows": 4})
    name = SubmitField("Let them read it")


class CloseToForm(NarrativeForm):
    """A designated officer, or a deputy, who has a conflict of interest."""

    officer = RadioField("To whom?", required="Select to whom it is closed")
    reason = LongTextField(
        "What is the conflict?",
        required="Write what the conflict is",
        hint="They will not see this, nor that there is such a case.",
        gov={"rows": 4},
    )
    knows = TickBoxField(
        "If it is me: I know that I can see nothing of it any more from this moment",
        hint="Only a colleague can open it to you again.",
    )
    close = SubmitField("Close the case to them")


class EndAccessForm(BaseForm):
    end = SubmitField("End it now")


class EmergencyForm(NarrativeForm):
    """What a deputy knows, and why it cannot wait."""

    reference = TextField("Case reference", hint="If it is known; otherwise the name and date of birth")
    name = TextField("Name of the person it is about")
    date_of_birth = DateField("Their date of birth", validators=[in_the_past])
    reason = LongTextField(
        "Why can this not wait for a designated officer?", required="Write why it cannot wait", gov={"rows": 4}
    )
    open = SubmitField("Open the record")


class ReviewForm(NarrativeForm):
    words = LongTextField(
        "What do you find?",
        required="Write what you find",
        hint="Whether it had to be opened then, and whether what was done was right.",
        gov={"rows": 5},
    )
    save = SubmitField("Record the review")
