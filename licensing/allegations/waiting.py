"""What waits in the cases that were listed, in words."""

from datetime import date

from flask import url_for
from markupsafe import Markup

from licensing.allegations.presenting import LINK
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries.cases import Due
from licensing.dates import in_words

_WORDS = {
    "consider": "Decide on the threshold",
    "review": "Review the case",
    "strand": "A strand's next step",
    "meeting": "Next meeting",
    "action": "An action is due",
    "withheld": "Look again at a message that was withheld",
    "release": "A release is not acknowledged: chase it",
    "answer": "A release is answered: read what was decided",
    "merge": "Licensing merged the person’s record with another: say whether the case goes with it",
    "emergency": "Review access in an emergency",
    "kept": "Review whether the record is kept any longer",
    "visit": "Visit a setting",
    "setting_kept": "Review whether the record of a setting is kept any longer",
    "advice_kept": "Review whether the consultation is kept any longer",
}


def due_rows(today: date, most: int | None = None) -> list[dict[str, str | Markup | bool]]:
    """The first due first: what, in which case, by when, and whether that has passed."""
    return [
        {
            "what": LINK.format(_address(one), _WORDS[one.source]),
            "case": one.reference,
            "due": in_words(one.due_on),
            "overdue": one.due_on < today,
        }
        for one in queries.due(most)
    ]


def _address(one: Due) -> str:
    if one.source in ("visit", "setting_kept"):
        return url_for("allegations.show_setting", setting_id=one.id)
    if one.source == "advice_kept":
        return url_for("allegations.show_consultation", consultation_id=one.id)
    return url_for("allegations.show_case", case_id=one.case_id)
