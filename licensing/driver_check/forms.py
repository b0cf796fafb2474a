"""The forms of the driver check: of its details any may be left out, but not all."""

from typing import Any

from licensing.driver_check.asking import Asked, AskedNumber
from licensing.driver_check.rules import Judgement, Purpose
from licensing.forms import BaseForm, DateField, LongTextField, RadioField, SubmitField, TextField, in_the_past
from licensing.register.forms.entries import SeenField
from licensing.register.forms.shapes import (
    MIDDLE,
    NARROW,
    driver_number_shape,
    ni_number_shape,
    postcode_shape,
    registration_shape,
)


def _purpose() -> Any:
    return RadioField(
        "Why are you making this check?",
        called="Purpose",
        required="Select why you are making this check",
        choices=[(purpose.value, purpose.label) for purpose in Purpose],
        coerce=Purpose,
    )


def _case_reference() -> Any:
    return TextField(
        "Your reference",
        required="Enter your reference, or “none yet”",
        hint="The application or case number in your own system. Write “none yet” if there is none.",
        gov=MIDDLE,
        longest=60,
    )


class DriverCheckForm(BaseForm):
    name = TextField("Name", hint="As it is written on the form, in any order")
    date_of_birth = DateField("Date of birth", hint="For example, 4 3 1980", validators=[in_the_past])
    nino = TextField(
        "National Insurance number",
        hint="For example, QQ 12 34 56 C",
        gov=NARROW,
        validators=[ni_number_shape],
    )
    driving_licence_no = TextField(
        "Driving licence number",
        hint="16 characters, section 5 of the licence",
        gov=MIDDLE,
        validators=[driver_number_shape],
    )
    licence_no = TextField("Licence or badge number", hint="Of any council", gov=NARROW, longest=40)
    vrm = TextField("Vehicle registration", gov=NARROW, validators=[registration_shape])
    postcode = TextField("Postcode", gov=NARROW, validators=[postcode_shape])
    purpose = _purpose()
    case_reference = _case_reference()
    submit = SubmitField("Check")

    def asked(self) -> Asked:
        """What was typed, as the check wants it."""
        return Asked.with_name_in_one(
            self.name.data or "",
            date_of_birth=self.date_of_birth.data,
            nino=self.nino.data or "",
            driving_licence_no=self.driving_licence_no.data or "",
            licence_no=self.licence_no.data or "",
            vrm=self.vrm.data or "",
            postcode=self.postcode.data or "",
        )


class LocatorForm(BaseForm):
    """Who licenses this? A vehicle or a number is answered at once; a driver goes to the driver check."""

    vrm = TextField("Vehicle registration", hint="Also one it had before", gov=NARROW, validators=[registration_shape])
    licence_no = TextField(
        "Licence, badge or plate number",
        hint="The whole number, as it is written; of any council",
        gov=NARROW,
        longest=40,
    )
    name = TextField("Driver’s name", hint="A driver is looked for by the driver check, with what you enter here")
    date_of_birth = DateField("Driver’s date of birth", hint="For example, 4 3 1980", validators=[in_the_past])
    purpose = _purpose()
    case_reference = _case_reference()
    submit = SubmitField("Ask the councils")

    def is_about_a_driver(self) -> bool:
        return bool(self.name.data or self.date_of_birth.data)

    def asked(self) -> AskedNumber:
        return AskedNumber(self.vrm.data or "", self.licence_no.data or "")


class VerdictForm(BaseForm):
    """Is somebody whom a check found the person who was asked about?"""

    judgement = RadioField(
        "Is this the person you asked about?",
        called="Whether this is the person",
        required="Select whether this is the person you asked about",
        choices=[(one.value, one.label) for one in Judgement],
        coerce=Judgement,
    )
    reason = LongTextField(
        "How do you know?",
        hint="What you compared, or whom you rang. Needed unless you are not sure. Your colleagues read this.",
        longest=1000,
        rows=3,
    )
    seen = SeenField()  # the verdict that stood when the page was opened
    submit = SubmitField("Save")


class LinkForm(BaseForm):
    """Asking two councils to link their records."""

    reason = LongTextField(
        "How do you know that this is the same person?",
        required="Say how you know that this is the same person",
        hint="Those who decide, at both councils, read this.",
        longest=1000,
        rows=3,
    )
    submit = SubmitField("Ask both councils to agree")
