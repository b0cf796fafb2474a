"""The forms by which something of a case passes to others."""

from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from licensing.allegations.forms.steps import LONGEST, NO_NAMES
from licensing.allegations.words import Category
from licensing.allegations.words_of_sharing import (
    ADDED_BY_HAND,
    BASES,
    Basis,
    DutyKind,
    DutyState,
    Level,
    Onward,
    ReleaseKind,
)
from licensing.dates import today, years_after
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    not_in_the_future,
    not_in_the_past,
)

_YES_NO = (("Yes", "Yes"), ("No", "No"), ("Not known", "Not known"))


def within_a_year(form: Any, field: Any) -> None:
    """What is released ends on a day that somebody will live to see to."""
    if not today() < field.data <= years_after(today(), 1):
        raise ValidationError(f"{field.called} must be after today and within a year")


class LevelForm(NarrativeForm):
    """What councils may know, and everything that is weighed before they do."""

    version = HiddenField()
    authorities = CheckboxesField(
        "Which councils?", required="Select at least one council", hint="Each has a level, and a log, of its own."
    )
    level = RadioField(
        "What may they know?",
        required="Select what they may know",
        choices=[(one.value, f"{one.label}. {one.means}") for one in Level],
        coerce=Level,
    )
    basis = ChoiceField("Lawful basis", required="Select the lawful basis", choices=BASES, coerce=Basis)
    necessity = LongTextField(
        "Why is it necessary?", required="Write why it is necessary", hint=f"Which risk, to whom, now. {NO_NAMES}"
    )
    proportionality = LongTextField(
        "Why is it proportionate?",
        required="Write why it is proportionate",
        hint="What less would not do, and what it means for the person.",
    )
    police = LongTextField(
        "What do the police say?",
        required="Write what the police say of sharing, or why they were not asked",
        gov={"rows": 3},
    )
    social_care = LongTextField(
        "What does social care say?",
        required="Write what social care says of sharing, or why it was not asked",
        gov={"rows": 3},
    )
    save = SubmitField("Set this level")


class ChooseReleaseForm(BaseForm):
    """Sent by POST, so that no address says for whom something is released."""

    authority = RadioField("To which council?", required="Select the council")
    kind = RadioField(
        "What do you release?",
        required="Select what you release",
        choices=[(one.value, one.label) for one in ReleaseKind],
        coerce=ReleaseKind,
    )
    go_on = SubmitField("Continue")


class _ReleaseForm(NarrativeForm):
    """To whom, on what terms and until when."""

    to_user = RadioField("To whom?", required="Select the one person who reads it")
    basis = ChoiceField("Lawful basis", required="Select the lawful basis", choices=BASES, coerce=Basis)
    onward = RadioField(
        "Whom may they tell?",
        required="Select whom they may tell",
        choices=[(one.value, one.label) for one in Onward],
        coerce=Onward,
    )
    expires_on = DateField(
        "Until when may they read it?",
        called="The last day",
        required="Enter the last day on which they may read it",
        hint="What a decision relied on stays theirs; the rest ends.",
        validators=[within_a_year],
    )
    check = SubmitField("Check before you release it")


class SummaryForm(_ReleaseForm):
    """The fixed fields of a summary, and nothing beside them."""

    asked_first = ("category", "from_on", "until_on", "status", "police", "at_risk", "advice")
    category = ChoiceField(
        "Kind of harm",
        required="Select the kind of harm",
        choices=[(one.label, one.label) for one in Category],
    )
    from_on = DateField("From when", hint="The first day that is concerned, if it is known")
    until_on = DateField("Until when", hint="The last day that is concerned, if it is known")
    status = TextField("Where it stands", required="Write where it stands", hint="For example: police enquiry goes on")
    police = RadioField("Are the police involved?", required="Select whether the police are involved", choices=_YES_NO)
    at_risk = RadioField(
        "Is a child at immediate risk?", required="Select whether a child is at immediate risk", choices=_YES_NO
    )
    advice = LongTextField("Your advice", required="Write your advice", hint=NO_NAMES)


class ItemForm(_ReleaseForm):
    """One item: a statement, a part of the minutes."""

    asked_first = ("title", "words", "source")
    title = TextField("What it is", required="Write what it is", hint="For example: note of the meeting of 3 June 2026")
    words = LongTextField(
        "Words", required="Write or paste the words", hint=NO_NAMES, longest=LONGEST, gov={"rows": 12}
    )
    source = TextField("Where it is from", required="Write where it is from")


class OutcomeForm(_ReleaseForm):
    """How the allegations ended is told as it is recorded; this is what is asked of the recipient."""

    asked_first = ("words",)
    words = LongTextField("What you ask of them", required="Write what you ask of them")


RELEASES: dict[ReleaseKind, type[_ReleaseForm]] = {
    ReleaseKind.SUMMARY: SummaryForm,
    ReleaseKind.ITEM: ItemForm,
    ReleaseKind.OUTCOME: OutcomeForm,
}


class WithdrawForm(NarrativeForm):
    words = LongTextField("Why is it withdrawn?", required="Write why it is withdrawn")
    save = SubmitField("Withdraw it")


class ButtonForm(BaseForm):
    """A press of the button, on a page that says what it does."""

    save = SubmitField("Save")


_SETTLED = (
    (DutyState.DONE.value, "It is done"),
    (DutyState.NOT_NEEDED.value, "It does not apply"),
    (DutyState.WITHHELD.value, "It is withheld for now"),
)


class SettleForm(NarrativeForm):
    """What became of a message that was owed."""

    state = RadioField("What became of it?", required="Select what became of it", choices=_SETTLED, coerce=DutyState)
    words = LongTextField(
        "What was told and how; or why not",
        required="Write what was told and how; or why it is withheld or does not apply",
        hint=NO_NAMES,
    )
    recipient = TextField("Who was told?", hint="Name, role and organisation. Needed where it is done")
    basis = ChoiceField("Lawful basis", hint="Needed where it is done", choices=BASES, coerce=Basis)
    settled_on = DateField("When?", called="The date", required="Enter the date", validators=[not_in_the_future])
    review_on = DateField(
        "When do you look at it again?",
        called="The date of the review",
        hint="Needed where it is withheld",
        validators=[not_in_the_past],
    )
    save = SubmitField("Save")

    def validate(self, extra_validators: Any = None) -> bool:
        """Both of what a sent message needs are asked for at once; a question that was answered needs neither."""
        whole = super().validate(extra_validators)
        for name, message in (("recipient", "Write who was told"), ("basis", "Select the lawful basis")):
            if name in self and self.state.data is DutyState.DONE and not self[name].data and not self[name].errors:
                self.add_error(message, name)
                whole = False
        return whole


class AddDutyForm(NarrativeForm):
    """One more message that is owed, to whom no register leads."""

    kind = RadioField(
        "Who must be told?",
        required="Select who must be told",
        choices=[(one.value, one.label.removeprefix("Tell ").capitalize()) for one in ADDED_BY_HAND],
        coerce=DutyKind,
    )
    for_authority_id = ChoiceField("Which council?", hint="For a licensing authority or school transport")
    to = TextField(
        "To whom?", required="Write to whom", hint="Organisation, and the person’s role there; not the name of a child"
    )
    words = LongTextField(
        "What are they to be told, and why?", required="Write what they are to be told, and why", hint=NO_NAMES
    )
    save = SubmitField("Add the message")


class CloseForm(NarrativeForm):
    """How a case ends; `keep` is asked where something is shared that an outcome still supports."""

    version = HiddenField()
    words = LongTextField("How did it end?", required="Write how it ended", hint=NO_NAMES)
    closed_on = DateField(
        "When?", called="The date of closing", required="Enter the date of closing", validators=[not_in_the_future]
    )
    keep = RadioField(
        "What of the flag?",
        required="Select what happens to the flag",
        choices=[("end", "It comes off everywhere today"), ("keep", "It stays until I look at it again")],
    )
    review_on = DateField(
        "When do you look at it again?",
        called="The date of the review",
        hint="Needed where the flag stays",
        validators=[not_in_the_past],
    )
    save = SubmitField("Close the case")

    def keeps_flag(self) -> bool:
        return "keep" in self and self.keep.data == "keep"


class AnswerForm(NarrativeForm):
    about = RadioField(
        "What did your council decide?",
        required="Select a decision or a consideration, or that there is no decision yet",
        hint="The designated officer sees its kind, reference, day and appeal; never the reasons",
    )
    words = LongTextField(
        "What do you write back?",
        required="Write what you say to the designated officer",
        hint="For example: whether your own decision still stands on other evidence",
    )
    save = SubmitField("Send to the designated officer")


class NameDecisionForm(BaseForm):
    about = RadioField("What did your council decide?", required="Select the decision or the consideration")
    save = SubmitField("Tell the designated officer")


class RelyForm(BaseForm):
    about = RadioField("In which decision do you rely on it?", required="Select where you rely on it")
    save = SubmitField("Keep a copy there")
