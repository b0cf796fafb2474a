"""The forms of signals and their thresholds. The councils of the filter are the page's to fill."""

from wtforms import HiddenField

from licensing.forms import (
    BaseForm,
    ChoiceField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TickBoxField,
    WholeNumberField,
)
from licensing.signals.rules import LEAST, LONGEST_REASON, MOST
from licensing.signals.words import Counted, SignalSubject


class SignalsFilterForm(FilterForm):
    counted = ChoiceField(
        "What is counted", choices=[(one, one.label) for one in Counted], coerce=Counted, empty="Anything"
    )
    subject = ChoiceField(
        "About", choices=[(one, one.label) for one in SignalSubject], coerce=SignalSubject, empty="Anything"
    )
    council = ChoiceField("Counted at", empty="Any council")
    dismissed = TickBoxField("Also what is dismissed", called="Also what is dismissed")


class DismissForm(NarrativeForm):
    """The rows that were shown come back with it, so that nothing new is dismissed unseen."""

    seen = HiddenField()  # the ids of the rows, apart by spaces
    reason = LongTextField(
        "Why does nothing follow from it?",
        required="Say why nothing follows from it",
        called="The reason",
        longest=LONGEST_REASON,
        rows=4,
        hint="Your council reads it. Name no child.",
    )
    submit = SubmitField("Dismiss it")


class RuleForm(BaseForm):
    threshold = WholeNumberField("From how many on?", required="Enter from how many on", least=LEAST, most=MOST)
    in_use = RadioField(
        "Does your council look at this?",
        required="Select whether your council looks at this",
        choices=[("yes", "Yes"), ("no", "No")],
    )
    submit = SubmitField("Save")
