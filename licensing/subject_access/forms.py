"""The forms of subject access."""

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
    TickBoxField,
    in_the_past,
    not_in_the_future,
    options,
)
from licensing.subject_access.catalogue import Exemption
from licensing.subject_access.queries import Found
from licensing.subject_access.words import PoliceAnswer, Proof, Ruling

NONE = "none"
NOBODY = "nobody"
_PROOFS = [(one, one.label) for one in Proof]
_UNKNOWN = "The request is answered all the same. Ask the teams what they hold elsewhere."
_NOT_SENT = "It is kept here and never sent. Do not name a child."


class RequestsFilterForm(FilterForm):
    overdue = TickBoxField("Overdue", called="Overdue")


class FindForm(BaseForm):
    """Whom the request is about: a name, or a number."""

    name = TextField("Name", hint="As it is written in the request. Any spelling.", longest=200)
    date_of_birth = DateField("Date of birth (optional)", called="Date of birth", validators=[in_the_past])
    number = TextField(
        "Reference, licence or badge number (optional)", called="Number", hint="Like P-7K2M-9XQ4", longest=60
    )
    submit = SubmitField("Find the person")

    def validate(self, extra_validators: object = None) -> bool:
        fine = super().validate()
        if fine and not self.name.data and not self.number.data:
            self.add_error("Enter a name, or a reference or number", "name")
            return False
        return fine


class ReceivedForm(BaseForm):
    """Who asks, since when, and how they proved who they are. `person` is the page's to fill."""

    person = RadioField("Who is it?", required="Select who the request is about")
    received_on = DateField(
        "On which day was the request received?",
        required="Enter the day it was received",
        validators=[not_in_the_future],
    )
    proof_asked = RadioField(
        "Was proof of identity asked for?",
        required="Select whether proof of identity was asked for",
        choices=[("yes", "Yes"), ("no", "No, we know who they are")],
        hint="The month begins on the day of the request or, where proof was asked for, on the day it was given.",
    )
    proof = ChoiceField(
        "How did they prove who they are? (optional)",
        called="The proof",
        choices=_PROOFS,
        coerce=Proof,
        empty="Not yet",
    )
    proven_on = DateField("On which day? (optional)", called="The day of the proof", validators=[not_in_the_future])
    submit = SubmitField("Record the request")

    def offer(self, people: list[Found], told: dict[str, str], unknown: str) -> None:
        """The people to choose from, each with what tells them apart, and the name of whoever is none of them."""
        choices = [(str(one.person_id), one.name) for one in people]
        if unknown:
            choices.append(
                (
                    NOBODY,
                    f"{unknown}, who is not on your register"
                    if not people
                    else f"None of these: {unknown} is not on your register",
                )
            )
        self.person.choices = options(choices)
        self.person.gov = {**self.person.gov, "hints": {**told, NOBODY: _UNKNOWN}}


class ProveForm(BaseForm):
    proof = RadioField(
        "How did they prove who they are?",
        required="Select how they proved who they are",
        choices=_PROOFS,
        coerce=Proof,
        called="The proof",
    )
    proven_on = DateField("On which day?", required="Enter the day", validators=[not_in_the_future])
    submit = SubmitField("Record it")


class ExtendForm(NarrativeForm):
    extended_on = DateField(
        "On which day were they told?", required="Enter the day they were told", validators=[not_in_the_future]
    )
    reason = LongTextField(
        "Why is the request complex?",
        required="Enter why the request is complex",
        called="The reason",
        hint="As it was told to them.",
        rows=4,
        longest=2000,
    )
    submit = SubmitField("Extend the time")


class WithdrawForm(NarrativeForm):
    reason = LongTextField(
        "Why?", required="Enter why it is withdrawn", called="The reason", hint=_NOT_SENT, rows=3, longest=2000
    )
    submit = SubmitField("Withdraw the request")


class DecideForm(NarrativeForm):
    """What becomes of one record."""

    ruling = RadioField(
        "What becomes of it?",
        required="Select what becomes of it",
        choices=[(one, one.label) for one in Ruling],
        coerce=Ruling,
    )
    exemption = RadioField("By which exemption is it held?", required="Select the exemption, or that there is none")
    source_confidential = TickBoxField("The source is confidential", hint="Whoever told us did so in confidence")
    harm_test_by = TextField("Who did the harm test? (optional)", called="The name", hint="Needed for what is held.")
    reason = LongTextField(
        "Why? (optional)",
        called="The reason",
        hint=f"Needed for what is held. {_NOT_SENT}",
        rows=4,
        longest=4000,
    )
    police_asked_on = DateField(
        "When were the police asked? (optional)",
        called="The day the police were asked",
        hint="Needed before anything is given that is linked with an enquiry.",
        validators=[not_in_the_future],
    )
    police_answer = ChoiceField(
        "What did they say? (optional)",
        called="What the police said",
        choices=[(one, one.label) for one in PoliceAnswer],
        coerce=PoliceAnswer,
    )
    police_reference = TextField("Reference of the police (optional)", called="The reference", longest=60)
    submit = SubmitField("Keep the decision")

    def offer(self, exemptions: list[Exemption]) -> None:
        """The exemptions that are the law, each with what it covers."""
        self.exemption.choices = options([(NONE, "None: it is given"), *((one.code, one.name) for one in exemptions)])
        self.exemption.gov = {**self.exemption.gov, "hints": {one.code: one.explained for one in exemptions}}


class GivePlainForm(BaseForm):
    submit = SubmitField("Give these records")


class AnswerForm(BaseForm):
    answered_on = DateField(
        "On which day is it answered?", required="Enter the day it is answered", validators=[not_in_the_future]
    )
    submit = SubmitField("Answer the request")
