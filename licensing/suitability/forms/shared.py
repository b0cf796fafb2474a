"""Questions that several forms of this room ask alike."""

from licensing.forms import BaseForm, DateField, LongTextField, NarrativeForm, SubmitField, TextField, not_in_the_future
from licensing.suitability.rules import CASE_REFERENCE_HINT

LONGEST_REFERENCE = 60


def case_reference() -> TextField:
    return TextField("Case reference, if a child is concerned", longest=LONGEST_REFERENCE, hint=CASE_REFERENCE_HINT)


def day(label: str, called: str = "The day", required: str = "Enter the day") -> DateField:
    """A day on which something happened: required, and not in the future."""
    return DateField(label, called=called, required=required, validators=[not_in_the_future])


class DayForm(BaseForm):
    on_day = day("On which day?")
    submit = SubmitField("Save")


class DayAndWordsForm(NarrativeForm):
    """Labels are the asking page's: `DayAndWordsForm.asking("When were they told?", "What were they told?")`."""

    on_day = day("On which day?")
    words = LongTextField("In your words", required="Enter it in your words", called="Your words")
    submit = SubmitField("Save")

    @classmethod
    def asking(cls, when: str, what: str) -> "DayAndWordsForm":
        form = cls()
        form.on_day.label.text, form.words.label.text = when, what
        return form
