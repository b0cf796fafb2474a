"""What the lists of sharing are narrowed to; nothing personal, since it stands in the address."""

from licensing.forms import ChoiceField, FilterForm
from licensing.sharing.queries.entries import Which
from licensing.sharing.queries.exchanges import Way
from licensing.sharing.rules import ExchangeKind, ExchangeState, SearchResult


class EntriesFilterForm(FilterForm):
    which = ChoiceField(
        "Which",
        empty="To do",
        choices=[(one, one.label) for one in Which if one is not Which.TO_DO],
        coerce=Which,
    )


class SearchesFilterForm(FilterForm):
    result = ChoiceField("Result", empty="Any", choices=[(one, one.label) for one in SearchResult], coerce=SearchResult)


class RequestsFilterForm(FilterForm):
    way = ChoiceField("Which way", empty="Received", choices=[(Way.SENT, Way.SENT.label)], coerce=Way)
    kind = ChoiceField(
        "What", empty="Anything", choices=[(one, one.label) for one in ExchangeKind], coerce=ExchangeKind
    )
    state = ChoiceField(
        "Status", empty="Any", choices=[(one, one.label) for one in ExchangeState], coerce=ExchangeState
    )
