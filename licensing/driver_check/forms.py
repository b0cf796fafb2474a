"""The one form of the driver check: any of its details may be left out, but not all."""

from licensing.driver_check.asking import Asked
from licensing.driver_check.rules import Purpose
from licensing.forms import BaseForm, DateField, RadioField, SubmitField, TextField, in_the_past
from licensing.register.forms.shapes import (
    MIDDLE,
    NARROW,
    driver_number_shape,
    ni_number_shape,
    postcode_shape,
    registration_shape,
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
    purpose = RadioField(
        "Why are you making this check?",
        called="Purpose",
        required="Select why you are making this check",
        choices=[(purpose.value, purpose.label) for purpose in Purpose],
        coerce=Purpose,
    )
    case_reference = TextField(
        "Your reference",
        required="Enter your reference, or “none yet”",
        hint="The application or case number in your own system. Write “none yet” if there is none.",
        gov=MIDDLE,
        longest=60,
    )
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
