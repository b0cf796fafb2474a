"""The forms about one allegation."""

from wtforms import HiddenField

from licensing.allegations.forms.steps import LONGEST, NO_NAMES
from licensing.allegations.words import Category, Limb, Outcome
from licensing.forms import (
    CheckboxesField,
    ChoiceField,
    DateField,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    not_in_the_future,
)


class AllegationForm(NarrativeForm):
    """One thing that is alleged."""

    limbs = CheckboxesField(
        "Which limbs of the harm threshold may be met?",
        required="Select which limbs may be met",
        gov={"hints": {one.value: one.guidance for one in Limb}},
        choices=[(one.value, one.label) for one in Limb],
    )
    category = ChoiceField(
        "What kind of harm?",
        required="Select the kind of harm",
        choices=[(one.value, one.label) for one in Category],
        coerce=Category,
    )
    words = LongTextField(
        "What is alleged", required="Write what is alleged", hint=NO_NAMES, longest=LONGEST, gov={"rows": 8}
    )
    alleged_on = DateField(
        "When did it happen?",
        called="The date on which it happened",
        hint="The first or only day, if it is known",
        validators=[not_in_the_future],
    )
    save = SubmitField("Save the allegation")


class ChangeAllegationForm(AllegationForm):
    version = HiddenField()


_RECORDED = [one for one in Outcome if one is not Outcome.OPEN]


class OutcomeForm(NarrativeForm):
    """How it ended; each outcome with what the word means."""

    version = HiddenField()
    outcome = RadioField(
        "What is the outcome?",
        required="Select the outcome",
        hint="On the balance of probabilities: whether it is more likely than not. A conviction is not needed.",
        choices=[(one.value, one.label) for one in _RECORDED],
        coerce=Outcome,
        gov={"hints": {one.value: one.definition for one in _RECORDED}},
    )
    outcome_on = DateField(
        "When was it agreed?",
        called="The date of the outcome",
        required="Enter the date of the outcome",
        validators=[not_in_the_future],
    )
    words = LongTextField(
        "Why",
        required="Write why, and who agreed to it",
        hint=f"What was found and by whom, and who agreed. {NO_NAMES}",
        longest=LONGEST,
        gov={"rows": 6},
    )
    save = SubmitField("Save the outcome")
