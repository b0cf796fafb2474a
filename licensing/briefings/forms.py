"""The forms of briefings. Words of a briefing name nobody, and no child above all."""

from licensing.briefings.rules import FIRST_DAY, LAST_DAY
from licensing.figures.words import Audience
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    SubmitField,
    TickBoxField,
    WholeNumberField,
    not_in_the_future,
)

# Of headline and of each other text: full, they leave room on the first page for every table (test_full_pages.py).
LONGEST_HEADLINE, LONGEST = 400, 500
NO_NAMES = "Name nobody. A figure that is withheld below is not written here either."


class BriefingsFilterForm(FilterForm):
    audience = ChoiceField(
        "For whom", choices=[(one, one.label) for one in Audience], coerce=Audience, empty="Everybody"
    )


class WordsForm(NarrativeForm):
    """What the author adds; the two pages are full with a few lines of each."""

    headline = LongTextField(
        "Headline",
        required="Enter the headline",
        hint=f"One or two sentences. {NO_NAMES}",
        longest=LONGEST_HEADLINE,
        rows=3,
    )
    changed = LongTextField(
        "What changed (optional)",
        called="What changed",
        hint="The largest changes of figures are added by themselves.",
        longest=LONGEST,
        rows=3,
    )
    exceptions = LongTextField(
        "Exceptions (optional)",
        called="Exceptions",
        hint="Missed targets are added by themselves.",
        longest=LONGEST,
        rows=3,
    )
    asked = LongTextField("Decisions asked (optional)", called="Decisions asked", longest=LONGEST, rows=3)


class DraftForm(WordsForm):
    audience = ChoiceField(
        "For whom is it?",
        required="Select for whom it is",
        called="Audience",
        choices=[(one, one.label) for one in Audience],
        coerce=Audience,
    )
    from_on = DateField("From which day?", required="Enter the first day", called="First day")
    until_on = DateField(
        "Until which day?", required="Enter the last day", called="Last day", validators=[not_in_the_future]
    )
    submit = SubmitField("Draft it")


class RewordForm(WordsForm):
    anew = TickBoxField("Compute the figures anew", hint="As they are now, for the same period.")
    submit = SubmitField("Keep it")


class DraftMonthForm(BaseForm):
    submit = SubmitField("Draft them now")


class ScheduleForm(NarrativeForm):
    day_of_month = WholeNumberField(
        "On which day of the month are they drafted?",
        required="Enter the day of the month",
        called="Day of the month",
        hint=f"From {FIRST_DAY} to {LAST_DAY}: a day that every month has. They are of the month before.",
        least=FIRST_DAY,
        most=LAST_DAY,
    )
    audiences = CheckboxesField(
        "For whom?",
        required="Select for whom they are",
        called="Audiences",
        choices=[(one, one.label) for one in Audience],
        coerce=Audience,
    )
    reason = LongTextField("Why is it changed?", required="Enter why it is changed", longest=500, rows=2)
    submit = SubmitField("Keep it")


class CommentForm(NarrativeForm):
    words = LongTextField("What do you say of it?", required="Enter your comment", longest=2000, rows=4)
    submit = SubmitField("Add the comment")


class ApproveForm(BaseForm):
    sure = TickBoxField("I approve the figures as they were computed, though some are others now")
    submit = SubmitField("Approve it")


class PublishForm(BaseForm):
    readers = CheckboxesField("Who is to read it?", called="Readers", required="Select who is to read it")
    submit = SubmitField("Publish it")


class ReadForm(BaseForm):
    submit = SubmitField("I have read it")


class SupersedeForm(BaseForm):
    submit = SubmitField("Draft another version")
