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


class KeepLongerForm(NarrativeForm):
    """Until when a record is kept, where that is longer than the law asks."""

    version = HiddenField()
    until = DateField(
        "Until when is it kept?",
        called="The date until which it is kept",
        required="Enter the date until which it is kept",
        hint="It is reviewed on that day, and never disposed of by itself",
    )
    words = LongTextField(
        "Why?",
        required="Write why it is kept until then",
        hint="For example: a claim that may be brought until then, or the same person named in an earlier case.",
        gov={"rows": 4},
    )
    save = SubmitField("Save")


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
