"""What the lists are narrowed to; nothing personal, so it stands in the address. Words are posted."""

from licensing.forms import BaseForm, ChoiceField, FilterForm, SubmitField, TextField
from licensing.register.catalogue import Held, LicenceKind, kinds_held
from licensing.register.events import LicenceStatus
from licensing.register.places import PremisesKind

PERSONAL_KINDS = (*kinds_held(Held.PERSON), *kinds_held(Held.HOLDER))


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
