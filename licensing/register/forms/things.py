"""The forms of organisations, vehicles and premises."""

from licensing.forms import (
    ChoiceField,
    DateField,
    LongTextField,
    RadioField,
    TextField,
    WholeNumberField,
    not_in_the_future,
)
from licensing.matching.identifiers import normalise
from licensing.register.forms.entries import EntryForm, why_field
from licensing.register.forms.shapes import MIDDLE, NARROW, postcode_shape, registration_shape, right_shape
from licensing.register.parts import OrganisationKind
from licensing.register.places import Obligation, ObligationResult, PremisesKind

COMPANY_NUMBER_LENGTH = 8
YES, NO, NOT_KNOWN = "yes", "no", "not_known"

company_number_shape = right_shape(
    lambda number: len(number) == COMPANY_NUMBER_LENGTH,
    "Company number must be 8 characters, as Companies House writes it, like 01234567",
)


class OrganisationForm(EntryForm):
    """A company, partnership, club or other body."""

    name = TextField("Name", required="Enter the organisation’s name")
    kind = RadioField(
        "What is it?",
        called="Kind",
        required="Select what it is",
        choices=[(kind.value, kind.label) for kind in OrganisationKind],
        coerce=OrganisationKind,
    )
    company_no = TextField("Company number", gov=NARROW, longest=20, validators=[company_number_shape])
    address_lines = LongTextField("Address", rows=3, longest=500)
    postcode = TextField("Postcode", gov=NARROW, validators=[postcode_shape])


class OrganisationCorrectionForm(OrganisationForm):
    """What was recorded wrongly of an organisation, or that it has ended."""

    ended_on = DateField("Date it was dissolved or wound up", validators=[not_in_the_future])
    reason = why_field()


class VehicleForm(EntryForm):
    """A vehicle, with the registration it has now."""

    vrm = TextField(
        "Registration", required="Enter the registration", gov=NARROW, longest=20, validators=[registration_shape]
    )
    make = TextField("Make", required="Enter the make", gov=MIDDLE, longest=60)
    model = TextField("Model", gov=MIDDLE, longest=60)
    colour = TextField("Colour", gov=MIDDLE, longest=60)
    wheelchair = RadioField(
        "Is it wheelchair accessible?",
        called="Wheelchair accessible",
        required="Select whether it is wheelchair accessible",
        hint="On the list kept under the Equality Act 2010 section 167",
        choices=[(YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not recorded")],
    )


class VehicleCorrectionForm(VehicleForm):
    """What was recorded wrongly of a vehicle."""

    reason = why_field()


class NewMarkForm(EntryForm):
    """A new registration; the former one stays findable."""

    vrm = TextField(
        "New registration",
        required="Enter the new registration",
        gov=NARROW,
        longest=20,
        validators=[registration_shape],
    )
    from_on = DateField(
        "First day with the new registration",
        required="Enter the first day with the new registration",
        validators=[not_in_the_future],
    )


class PremisesForm(EntryForm):
    """A place: what it is and where."""

    name = TextField("Name of the place", required="Enter the name of the place")
    kind = ChoiceField(
        "Kind of place",
        required="Select the kind of place",
        choices=[(kind.value, kind.label) for kind in PremisesKind],
        coerce=PremisesKind,
    )
    address_lines = LongTextField("Address", required="Enter the address", rows=3, longest=500)
    postcode = TextField("Postcode", gov=NARROW, validators=[postcode_shape])
    uprn = TextField(
        "Unique property reference number (UPRN)",
        gov=NARROW,
        longest=12,
        validators=[right_shape(str.isdigit, "UPRN must be up to 12 numbers")],
    )
    rooms = WholeNumberField("Bedrooms for guests", least=1, most=9_999)


class PremisesCorrectionForm(PremisesForm):
    """What was recorded wrongly of a place."""

    reason = why_field()


class ObligationForm(EntryForm):
    """That a duty of a place was checked, and what was found."""

    obligation = RadioField(
        "What was checked?",
        called="Obligation",
        required="Select what was checked",
        choices=[(one.value, f"{one.label}: {one.law}") for one in Obligation],
        coerce=Obligation,
    )
    result = RadioField(
        "What was found?",
        called="Result",
        required="Select what was found",
        choices=[(one.value, one.label) for one in ObligationResult],
        coerce=ObligationResult,
    )
    checked_on = DateField("Date of the check", required="Enter the date of the check", validators=[not_in_the_future])
    checked_by = TextField(
        "Which service checked it?",
        called="Checked by",
        required="Enter the service that checked it",
        hint="The service, not a person: for example, Fire and rescue",
        longest=100,
    )
    reference = TextField("Their reference", gov=MIDDLE, longest=60)


def uprn_of(typed: str | None) -> int | None:
    return int(normalise(typed)) if typed else None
