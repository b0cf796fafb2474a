"""The filters of the list of figures."""

from licensing.figures.words import Audience, Section
from licensing.forms import ChoiceField, FilterForm


class FiguresFilterForm(FilterForm):
    section = ChoiceField("Part", choices=[(one, one.label) for one in Section], coerce=Section, empty="Every part")
    audience = ChoiceField(
        "For whom", choices=[(one, one.label) for one in Audience], coerce=Audience, empty="Everybody"
    )
