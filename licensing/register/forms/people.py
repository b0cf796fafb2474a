"""The forms of people."""

from datetime import date

from wtforms.validators import ValidationError

from licensing.forms import (
    BaseForm,
    DateField,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    in_the_past,
    not_in_the_future,
)
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import NameKind
from licensing.register.forms.entries import EntryForm, why_field
from licensing.register.forms.shapes import (
    MIDDLE,
    NARROW,
    driver_number_shape,
    ni_number_shape,
    postcode_shape,
    right_shape,
)


class FindPersonForm(BaseForm):
    """Before somebody is added: are they on the register already?"""

    given_names = TextField("Given names", hint="As written on the application")
    family_name = TextField("Family name", required="Enter a family name")
    date_of_birth = DateField("Date of birth", hint="For example, 4 3 1980", validators=[in_the_past])
    submit = SubmitField("Search the register")


class ApplicantForm(BaseForm):
    """A person who holds no licence of the council yet, and applies for one."""

    given_names = TextField("Given names", required="Enter their given names")
    family_name = TextField("Family name", required="Enter their family name")
    date_of_birth = DateField(
        "Date of birth",
        required="Enter their date of birth",
        hint="For example, 4 3 1980",
        validators=[in_the_past],
    )
    other_given_names = TextField("Given names of another name", hint="A former name or an alias, if there is one")
    other_family_name = TextField("Family name of another name")
    address = LongTextField("Home address", rows=3, longest=500)
    postcode = TextField("Postcode", gov=NARROW, validators=[postcode_shape])
    nino = TextField("National Insurance number", gov=NARROW, validators=[ni_number_shape])
    driving_licence_no = TextField("Driving licence number", gov=MIDDLE, validators=[driver_number_shape])
    submit = SubmitField("Continue")


class PersonForm(ApplicantForm):
    """A person and the driver's licence that was granted to them."""

    kind = RadioField(
        "Which licence was granted?",
        called="Licence",
        required="Select which licence was granted",
        choices=[(kind.value, kind.label) for kind in DRIVER_KINDS],
        coerce=LicenceKind,
    )
    number = TextField(
        "Licence number",
        required="Enter the licence number",
        gov=MIDDLE,
        longest=40,
        validators=[right_shape(bool, "Licence number must have letters or numbers in it")],
    )
    badge_no = TextField("Badge number", gov=NARROW, longest=40)
    granted_on = DateField(
        "Date the grant was decided",
        required="Enter the date the grant was decided",
        validators=[not_in_the_future],
    )
    starts_on = DateField("First day of the licence", required="Enter the first day of the licence")
    expires_on = DateField("Last day of the licence", required="Enter the last day of the licence")
    submit = SubmitField("Continue")

    def validate_expires_on(self, field: DateField) -> None:
        starts: date | None = self.starts_on.data
        if field.data and starts and field.data < starts:
            raise ValidationError("Last day of the licence must be the same as or after its first day")


class PersonCorrectionForm(EntryForm):
    """What was recorded wrongly of a person. What has changed is not wrong: it has forms of its own."""

    given_names = TextField("Given names", required="Enter their given names")
    family_name = TextField("Family name", required="Enter their family name")
    date_of_birth = DateField("Date of birth", hint="For example, 4 3 1980", validators=[in_the_past])
    nino = TextField("National Insurance number", gov=NARROW, validators=[ni_number_shape])
    driving_licence_no = TextField("Driving licence number", gov=MIDDLE, validators=[driver_number_shape])
    reason = why_field()


class NameForm(EntryForm):
    """A new name, with the former one kept; or another name they use."""

    what = RadioField(
        "What is it?",
        called="What it is",
        required="Select what it is",
        choices=[
            (NameKind.CURRENT.value, "Their name now: the former name is kept"),
            (NameKind.FORMER.value, "A former name"),
            (NameKind.ALIAS.value, "Another name they are known by"),
        ],
        coerce=NameKind,
    )
    given_names = TextField("Given names")
    family_name = TextField("Family name", required="Enter the family name")
    from_on = DateField("Used since", validators=[not_in_the_future])


class AddressForm(EntryForm):
    """Where they live now; the former address is kept."""

    lines = LongTextField("New home address", required="Enter the address", rows=3, longest=500)
    postcode = TextField("Postcode", gov=NARROW, validators=[postcode_shape])
    from_on = DateField("Lives there since", validators=[not_in_the_future])


class DeathForm(EntryForm):
    """That somebody died: licences of their own end with them."""

    deceased_on = DateField("Date of death", required="Enter the date of death", validators=[not_in_the_future])
