"""What waits in the cases that were listed, in words."""

from datetime import date

from flask import url_for
from markupsafe import Markup

from licensing.allegations.presenting import LINK
from licensing.allegations.queries import cases as queries
from licensing.dates import in_words

_WORDS = {
    "consider": "Decide on the threshold",
    "review": "Review the case",
    "strand": "A strand's next step",
    "meeting": "Next meeting",
    "action": "An action is due",
    "withheld": "Look again at a message that was withheld",
    "release": "A release is not acknowledged: chase it",
    "emergency": "Review access in an emergency",
}


def due_rows(today: date, most: int | None = None) -> list[dict[str, str | Markup | bool]]:
    """The first due first: what, in which case, by when, and whether that has passed."""
    found = queries.due(most)
    cases = queries.cases({one.case_id for one in found})
    return [
        {
            "what": LINK.format(url_for("allegations.show_case", case_id=one.case_id), _WORDS[one.source]),
            "case": cases[one.case_id].reference,
            "due": in_words(one.due_on),
            "overdue": one.due_on < today,
        }
        for one in found
    ]
