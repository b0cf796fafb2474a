"""The forms about a case in hand: looked over, handed over, taken up again."""

from wtforms import HiddenField

from licensing.allegations.forms.steps import LONGEST, NO_NAMES
from licensing.forms import DateField, LongTextField, NarrativeForm, RadioField, SubmitField, not_in_the_past


class ReviewCaseForm(NarrativeForm):
    version = HiddenField()
    words = LongTextField(
        "What did the review find?",
        required="Write what the review found",
        hint=f"What has moved, what has not, and what happens next. {NO_NAMES}",
        longest=LONGEST,
        gov={"rows": 8},
    )
    review_on = DateField(
        "When will you look at it again?",
        called="The date of the next review",
        hint="Left empty, it is set by the period that your office works to.",
        validators=[not_in_the_past],
    )
    save = SubmitField("Save the review")


class HandOverForm(NarrativeForm):
    version = HiddenField()
    owner = RadioField("Whose is it from now on?", required="Select whose it is from now on")
    words = LongTextField("Why, and what they must know first", required="Write why it is handed over", gov={"rows": 4})
    save = SubmitField("Hand it over")


class OpenAgainForm(NarrativeForm):
    version = HiddenField()
    words = LongTextField(
        "Why is it opened again?", required="Write why it is opened again", longest=LONGEST, gov={"rows": 5}
    )
    save = SubmitField("Open the case again")


class HoldForm(NarrativeForm):
    """Why nothing of a case may be disposed of; or why it may again."""

    version = HiddenField()
    words = LongTextField(
        "Why?",
        required="Write why",
        hint="For example: the letter of an inquiry, a court’s order, a claim that is threatened; with its date.",
        gov={"rows": 4},
    )
    save = SubmitField("Save")
