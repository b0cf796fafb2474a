"""The questions about people's training."""

from licensing.dates import SOON, today
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    WholeNumberField,
    not_in_the_future,
    options,
)
from licensing.register.catalogue import LicenceKind
from licensing.training import facts
from licensing.training.queries import Catalogue
from licensing.training.rules import LONGEST_REASON, RECORDED_BY_HAND, Delivery, Result, TrainingStatus

OTHER = "other"
VERIFIED, REJECTED = "verified", "rejected"


class HoldersFilterForm(FilterForm):
    """What the list of holders is narrowed to."""

    kind = ChoiceField("Licence", empty="All", choices=[(one, one.label) for one in facts.KINDS], coerce=LicenceKind)
    status = ChoiceField(
        "Training", empty="All", choices=[(one, one.label) for one in TrainingStatus], coerce=TrainingStatus
    )
    lapsing = ChoiceField("Lapses", empty="At any time", choices=[(str(days), f"Within {days} days") for days in SOON])


class TrainingForm(BaseForm):
    """One person and one course."""

    course = ChoiceField("Which course?", required="Select the course", called="The course")
    other_course = TextField(
        "Name of the course, if it is not listed", called="Name of the course", hint="As the certificate has it."
    )
    other_provider = TextField("Provider, if the course is not listed", called="Provider")
    result = RadioField(
        "What happened?",
        required="Select what happened",
        choices=[(one, one.label) for one in RECORDED_BY_HAND],
        coerce=Result,
    )
    booked_for = DateField("Booked for (optional)", called="The day it is booked for")
    completed_on = DateField(
        "Attended or completed (optional)", called="The day of the training", validators=[not_in_the_future]
    )
    expires_on = DateField(
        "Last day in date (optional)",
        called="The last day in date",
        hint="Leave this blank to reckon it by your council’s policy.",
    )
    delivery = RadioField(
        "How was it given? (optional)",
        called="How it was given",
        choices=[(one, one.label) for one in Delivery],
        coerce=Delivery,
    )
    score = WholeNumberField("Score in per cent (optional)", called="The score", most=100)
    attempts = WholeNumberField("Attempts at the test (optional)", called="Attempts", least=1, most=20)
    certificate_no = TextField("Certificate number (optional)", called="Certificate number", longest=100)
    reason = LongTextField(
        "Reason (optional)",
        called="Reason",
        longest=LONGEST_REASON,
        rows=3,
        hint="Needed for an exemption. Kept sealed, and never shown to another council.",
    )
    submit = SubmitField("Record the training")

    def offer(self, catalogue: Catalogue) -> None:
        """The courses that are given today, then any other."""
        given = catalogue.all_on(today())
        listed = [(str(one.course.id), f"{one.course.name}, {one.course.provider}") for one in given]
        self.course.choices = options([*listed, (OTHER, "Another course")])


class CorrectTrainingForm(TrainingForm):
    why = LongTextField("Why is it corrected?", required="Enter why it is corrected", longest=LONGEST_REASON, rows=3)


class VerifyForm(BaseForm):
    """What an officer found of a certificate."""

    found = RadioField(
        "Do you accept this certificate?",
        required="Select whether you accept it",
        choices=[(VERIFIED, "Yes, it was verified"), (REJECTED, "No, it is rejected")],
    )
    how = LongTextField(
        "How was it verified, or why is it rejected?",
        required="Enter how it was verified, or why it is rejected",
        longest=LONGEST_REASON,
        rows=3,
        called="How or why",
    )
    submit = SubmitField("Save")
