"""The forms of the registers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    in_the_past,
    not_in_the_future,
)
from licensing.matching import identifiers
from licensing.register.catalogue import DRIVER_KINDS, Held, LicenceKind, kinds_held
from licensing.register.events import LicenceStatus
from licensing.register.places import PremisesKind

PERSONAL_KINDS = (*kinds_held(Held.PERSON), *kinds_held(Held.HOLDER))
NARROW = {"classes": "govuk-input--width-10"}
MIDDLE = {"classes": "govuk-input--width-20"}


def right_shape(is_right: Callable[[str], bool], message: str) -> Callable[[Any, Any], None]:
    """A validator: what is typed must have the shape of its kind."""

    def validate(_form: Any, field: Any) -> None:
        if field.data and not is_right(identifiers.normalise(field.data)):
            raise ValidationError(message)

    return validate


def is_ni_number_or_sample(normalised: str) -> bool:
    """Numbers that begin with QQ are never issued, so samples and tests use them."""
    return identifiers.is_ni_number(normalised) or identifiers.is_never_issued(normalised)


ni_number_shape = right_shape(
    is_ni_number_or_sample,
    "National Insurance number must be 2 letters, 6 numbers, then A, B, C or D, like QQ 12 34 56 C",
)
driver_number_shape = right_shape(
    identifiers.is_driver_number,
    "Driving licence number must be the 16 characters in section 5 of the licence",
)
postcode_shape = right_shape(identifiers.is_postcode, "Enter a full UK postcode, like OX1 1AA")
registration_shape = right_shape(
    identifiers.is_registration_mark, "Vehicle registration must be as on the number plate, like AB12 CDE"
)


class FindPersonForm(BaseForm):
    """Before somebody is added: are they on the register already?"""

    given_names = TextField("Given names", hint="As written on the application")
    family_name = TextField("Family name", required="Enter a family name")
    date_of_birth = DateField("Date of birth", hint="For example, 4 3 1980", validators=[in_the_past])
    submit = SubmitField("Search the register")


class PersonForm(BaseForm):
    """A person and the driver's licence that was granted to them."""

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


class PeopleFilterForm(FilterForm):
    """What the list of people is narrowed to; nothing personal, so it stands in the address."""

    kind = ChoiceField(
        "Licence", empty="All", choices=[(kind.value, kind.label) for kind in PERSONAL_KINDS], coerce=LicenceKind
    )
    status = ChoiceField(
        "Status today",
        empty="All",
        choices=[(status.value, status.label) for status in LicenceStatus],
        coerce=LicenceStatus,
    )


class PremisesFilterForm(FilterForm):
    """What the list of premises is narrowed to."""

    kind = ChoiceField(
        "Kind", empty="All", choices=[(kind.value, kind.label) for kind in PremisesKind], coerce=PremisesKind
    )


class WordsForm(BaseForm):
    """A search by words, which may be a name: always posted."""

    words = TextField("Search", required="Enter a name, number or postcode to search for")
    submit = SubmitField("Search")
