"""The form about something that was noticed."""

from licensing.forms import LongTextField, NarrativeForm, SubmitField


class NoticedForm(NarrativeForm):
    words = LongTextField(
        "What did you find?",
        required="Write what you found",
        hint="Whom you asked, what they said, and whether anything follows. Name nobody whom a case may be about.",
        gov={"rows": 5},
    )
    save = SubmitField("Acknowledge it")
