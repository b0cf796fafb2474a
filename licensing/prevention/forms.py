"""The forms of prevention. Agencies are the page's to fill."""

from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    SubmitField,
    TextField,
    WholeNumberField,
    not_in_the_future,
)
from licensing.prevention.catalogue import indicators
from licensing.prevention.rules import LONGEST_PLACE, MOST
from licensing.prevention.words import Audience, AwarenessKind

_INDICATORS = [(one.code, one.label) for one in indicators().values()]
_KINDS = [(one, one.label) for one in AwarenessKind]
_AUDIENCES = [(one, one.label) for one in Audience]


class CountsFilterForm(FilterForm):
    code = ChoiceField("Indicator", choices=_INDICATORS, empty="Any indicator")
    agency = ChoiceField("Agency", empty="Any agency")


class CountForm(BaseForm):
    code = ChoiceField("What was counted?", required="Select what was counted", choices=_INDICATORS, called="Indicator")
    agency = ChoiceField("Which agency counted it?", required="Select the agency that counted it", called="Agency")
    period_start = DateField("First day of the period", required="Enter the first day of the period")
    period_end = DateField(
        "Last day of the period", required="Enter the last day of the period", validators=[not_in_the_future]
    )
    value = WholeNumberField(
        "How many?", called="The number", required="Enter the number", most=MOST, hint="A number, and nobody’s name."
    )
    submit = SubmitField("Save")


class ActivitiesFilterForm(FilterForm):
    kind = ChoiceField("What was done", choices=_KINDS, coerce=AwarenessKind, empty="Anything")
    audience = ChoiceField("For whom", choices=_AUDIENCES, coerce=Audience, empty="Anybody")
    agency = ChoiceField("Agency", empty="Any agency")


class ActivityForm(BaseForm):
    kind = ChoiceField(
        "What was done?", required="Select what was done", choices=_KINDS, coerce=AwarenessKind, called="What was done"
    )
    audience = ChoiceField(
        "For whom?", required="Select for whom it was", choices=_AUDIENCES, coerce=Audience, called="For whom"
    )
    held_on = DateField("On which day?", required="Enter the day", validators=[not_in_the_future])
    place = TextField(
        "Where?", called="Where", required="Enter where it was", hint="A town or a venue.", longest=LONGEST_PLACE
    )
    reach = WholeNumberField(
        "How many did it reach?",
        called="The number",
        required="Enter how many it reached",
        most=MOST,
        hint="People, or places where it was for hotels and other premises.",
    )
    drivers = WholeNumberField("How many drivers did it reach? (optional)", called="The number of drivers", most=MOST)
    places = LongTextField(
        "Which places of the registers did it reach? (optional)",
        called="Places reached",
        hint="One on each line: the name, a comma and the postcode, as the register has them.",
        longest=20_000,
    )
    agency = ChoiceField("Which agency did it?", required="Select the agency that did it", called="Agency")
    submit = SubmitField("Save")
