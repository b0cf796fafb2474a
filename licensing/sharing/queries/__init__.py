"""What is read of sharing. Row-level security narrows every query to the acting user's authority."""

from licensing.sharing.queries.entries import (
    entries_to_do,
    entry,
    entry_exists,
    entry_of_update,
    historic_decisions,
    standing_event,
    update_exists,
)
from licensing.sharing.queries.exchanges import (
    partners,
    received,
    received_exists,
    requests_for,
    sent,
    sent_exists,
    told_of_person,
)
from licensing.sharing.queries.searches import last_search, search, search_exists

__all__ = [
    "entries_to_do",
    "entry",
    "entry_exists",
    "entry_of_update",
    "historic_decisions",
    "last_search",
    "partners",
    "received",
    "received_exists",
    "requests_for",
    "search",
    "search_exists",
    "sent",
    "sent_exists",
    "standing_event",
    "told_of_person",
    "update_exists",
]
