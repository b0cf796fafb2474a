"""The forms about a case as a whole."""

from wtforms import HiddenField

from licensing.allegations.words import Stage, Step
from licensing.allegations.words_of_sharing import ASKED_PURPOSES
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    not_in_the_future,
    not_in_the_past,
)

DECISIONS = (
    (Stage.OPEN.value, "The threshold is met, or may be: open the case"),
    (Stage.ADVICE_ONLY.value, "It is below the threshold: advice alone"),
    (Stage.PASSED_ON.value, "Another area’s designated officer leads: pass it on"),
)


class PurposeForm(BaseForm):
    purpose = RadioField(
        "Why are you opening it?",
        required="Select why you are opening it",
        choices=[(one.value, one.label) for one in ASKED_PURPOSES],
    )
    open = SubmitField("Open the case")


class SearchCasesForm(BaseForm):
    """Sent by POST, so that no address has a name."""

    sought = TextField("Search by case reference or by name", required="Enter a case reference or a name")
    search = SubmitField("Search")


class CasesFilterForm(FilterForm):
    stage = ChoiceField("Stage", empty="All", choices=[(one.value, one.label) for one in Stage], coerce=Stage)
    whose = ChoiceField("Whose", empty="Everybody’s", choices=[("mine", "Mine")])


class ThresholdForm(NarrativeForm):
    """What is decided of a referral, with whom it was talked over, and when the case is looked at again."""

    version = HiddenField()
    decision = RadioField("What is decided?", required="Select what is decided", choices=DECISIONS, coerce=Stage)
    decided_on = DateField(
        "When?",
        called="The date of the decision",
        required="Enter the date of the decision",
        validators=[not_in_the_future],
    )
    words = LongTextField(
        "Why, and who was asked",
        required="Write why, and what police and social care said",
        hint="Which limb is met or why none is; the views of police and social care; any advice given.",
        gov={"rows": 6},
    )
    review_on = DateField(
        "When will you look at it again?",
        called="The date of the review",
        hint=(
            "Of an open case: left empty, it is set by the period that your office works to. Of one that is passed on: "
            "councils keep their flag until then; left empty, it comes off today."
        ),
        validators=[not_in_the_past],
    )
    save = SubmitField("Save the decision")


class AnotherPersonForm(BaseForm):
    """The same call is about somebody else too: what is copied to a case of their own."""

    add = SubmitField("Begin a case about another person")


COPIED = (Step.CALLER, Step.ALLEGED, Step.SETTING, Step.SAFETY)
