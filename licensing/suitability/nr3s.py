"""What the 2022 Act asks before an application of a driver is decided: the search, and what follows from an entry."""

from collections.abc import Iterator
from uuid import UUID

from licensing.dates import in_words
from licensing.sharing import queries as sharing
from licensing.sharing.models import Nr3sSearch, RequestOut
from licensing.sharing.rules import ExchangeState, is_same_body
from licensing.suitability.applying import Item
from licensing.suitability.models import Application

_ACT = "Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022, section 3({})"
_SEARCH = f"Search NR3S and record the search. No grant, renewal or refusal comes before it ({_ACT.format(1)})."
_ASK = f"{{}} has an entry: ask it in writing for the relevant information ({_ACT.format(2)})."
_SEND = f"Send the request that is written to {{}} ({_ACT.format(2)})."
_WAIT = f"{{}} has not answered yet: the answer is to be had regard to ({_ACT.format(3)})."
_REGARD = f"Record how regard was had to what {{}} answered ({_ACT.format(3)})."


def searched_and_asked(application: Application) -> Iterator[Item]:
    """The search recorded since an application was received, and each written request with how it stands."""
    person_id, licence_id = application.licence.person_id, application.licence_id
    search = sharing.last_search(licence_id, application.received_on)
    yield _search(search, licence_id)
    if person_id is None:
        return
    requests = sharing.requests_for(licence_id, person_id, application.received_on)
    yield from (_request(one) for one in requests)
    yield from (
        _stopping(f"Ask {authority}", "Not started", _ASK.format(authority), ("sharing.ask_for_licence", licence_id))
        for authority in (search.authorities if search else ())
        if not any(_is_to(one, authority) for one in requests)
    )


def _search(search: Nr3sSearch | None, licence_id: UUID) -> Item:
    if search is None:
        return _stopping("NR3S searched", "Not started", _SEARCH, ("sharing.record_search_for_licence", licence_id))
    return Item(
        "NR3S searched",
        "Done",
        True,
        f"{in_words(search.searched_on)}: {search.result.label.lower()}",
        where=("sharing.show_search", {"nr3s_search_id": search.id}),
    )


def _stopping(label: str, status: str, stop: str, where: tuple[str, UUID]) -> Item:
    endpoint, licence_id = where
    return Item(label, status, False, stops_decision=stop, where=(endpoint, {"licence_id": licence_id}))


def _request(one: RequestOut) -> Item:
    """A written request: nothing is decided before it is sent, answered, and regard was had to the answer."""
    stop = {
        ExchangeState.NOT_SENT: _SEND,
        ExchangeState.WAITING: _WAIT,
        ExchangeState.ANSWERED: "" if one.regard_on else _REGARD,
    }[one.state].format(one.to_body)
    return Item(
        f"Information from {one.to_body}",
        "Answered, no regard recorded" if one.state is ExchangeState.ANSWERED and stop else one.state.label,
        not stop,
        stops_decision=stop,
        where=("sharing.show_sent", {"request_out_id": one.id}),
    )


def _is_to(request: RequestOut, authority: str) -> bool:
    """Whether a request went to the authority that a search named; where that is not sure, it is still to be asked."""
    return is_same_body(request.to_body, authority)
