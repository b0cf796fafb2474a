"""The forms of places: what the list of guesthouses is narrowed to, and what a check found."""

from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    RadioField,
    SubmitField,
    TextField,
    not_in_the_future,
)
from licensing.places.queries import GUEST_KINDS
from licensing.register.places import Obligation, ObligationResult, PremisesKind


class GuesthousesFilterForm(FilterForm):
    """`council` is the page's to fill."""

    council = ChoiceField("Council", empty="Any council")
    kind = ChoiceField("Kind", choices=[(one, one.label) for one in GUEST_KINDS], coerce=PremisesKind, empty="Any kind")
    not_checked = ChoiceField(
        "Not checked", choices=[(one, one.label) for one in Obligation], coerce=Obligation, empty="Anything"
    )


class CheckForm(BaseForm):
    """`agency` is the page's to fill."""

    obligation = RadioField(
        "What was checked?",
        called="Obligation",
        required="Select what was checked",
        choices=[(one, f"{one.label}: {one.law}") for one in Obligation],
        coerce=Obligation,
    )
    result = RadioField(
        "What was found?",
        called="Result",
        required="Select what was found",
        choices=[(one, one.label) for one in ObligationResult],
        coerce=ObligationResult,
        hint="No licence is needed to take guests. Met, of Hotel Watch, means that they are a member.",
    )
    checked_on = DateField("When was it checked?", required="Enter when it was checked", validators=[not_in_the_future])
    agency = ChoiceField(
        "Which agency of yours checked it?",
        required="Select the agency that checked it",
        called="Agency",
        hint="What another agency checked, it records itself, or the council on its register of premises.",
    )
    reference = TextField(
        "Its reference (optional)",
        called="Reference",
        longest=60,
        hint="A number, such as that of an audit or a registration. No name of a person.",
    )
    submit = SubmitField("Record the check")
