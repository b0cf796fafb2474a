"""The forms of measures."""

from licensing.figures.words import Better
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    WholeNumberField,
)

_DIRECTIONS = [(Better.MORE, "More is better"), (Better.FEWER, "Fewer is better")]


class QuarterForm(FilterForm):
    quarter = ChoiceField("Quarter", choices=[], called="Quarter")


class ChoiceForm(BaseForm):
    target = WholeNumberField("Target", required="Enter the target", most=1000)
    tolerance = WholeNumberField(
        "Tolerance",
        required="Enter the tolerance",
        most=1000,
        hint="How far from the target it may be, before it counts as off target.",
    )
    better = RadioField(
        "Which way is better?", required="Select which way is better", choices=_DIRECTIONS, coerce=Better
    )
    owner = ChoiceField("Who owns it?", required="Select who owns it", called="Owner", choices=[])
    valid_from = DateField(
        "From which day?",
        required="Enter from which day it holds",
        called="The day",
        hint="Quarters that ended before it are judged by what held then.",
    )
    reason = LongTextField("Why?", required="Enter why", longest=500, rows=2)
    submit = SubmitField("Keep it")


class CommentForm(NarrativeForm):
    quarter = ChoiceField("Of which quarter?", required="Select the quarter", called="Quarter", choices=[])
    words = LongTextField(
        "What do you say of it?",
        required="Enter what you say of it",
        longest=1200,
        rows=5,
        hint="Name nobody. Your name and the day stand below it.",
    )
    submit = SubmitField("Keep it")
