"""The lists of what must not be forgotten, and of templates, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.deadlines.rules import ClockState
from licensing.decisions import queries
from licensing.decisions.models import Decision
from licensing.decisions.notices import VERSIONS, Template
from licensing.decisions.presenting import LINK, holder_link
from licensing.decisions.states import ReviewKind
from licensing.decisions.watched import Suspended
from licensing.register.models import Licence, LicencePeriod
from licensing.sealing import opened
from licensing.tags import status_tag


def suspension_rows(found: Sequence[Suspended], day: date) -> list[dict[str, object]]:
    return [
        {
            "whose": holder_link(one.licence),
            "since": f"{in_words(one.since)} ({_elapsed((day - one.since).days)})",
            "decision": _decision_link(one.decision),
            "why": _why_still(one.decision),
            "next": _next(one.next_review_on, day),
        }
        for one in found
    ]


def _elapsed(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _decision_link(decision: Decision | None) -> Markup | str:
    if decision is None:
        return "Not recorded here"
    return LINK.format(url_for("decisions.show_decision", decision_id=decision.id), decision.reference)


def _why_still(decision: Decision | None) -> str:
    if decision is None:
        return "Not recorded"
    looked_at = [one for one in decision.reviews if one.kind is ReviewKind.SUSPENSION]
    return opened(looked_at[-1], "words_sealed") if looked_at else "Not reviewed yet"


def _next(due_on: date | None, day: date) -> Markup | str:
    if due_on is None:
        return "None is planned"
    words = in_words(due_on)
    return Markup("{} {}").format(words, status_tag(ClockState.OVERDUE, "Overdue")) if due_on < day else words


def badge_rows(found: Sequence[tuple[Licence, LicencePeriod]], day: date) -> list[dict[str, object]]:
    return [
        {
            "whose": holder_link(licence),
            "mark": licence.badge_no or "Not recorded",
            "stands": status_tag(period.status, period.status.label),
            "since": f"{in_words(period.from_on)} ({_elapsed((day - period.from_on).days)})",
            "record": LINK.format(
                url_for("register.record_event", licence_id=licence.id), Markup("Record that it came back")
            ),
        }
        for licence, period in found
    ]


def template_cards() -> list[dict[str, Any]]:
    """Each template with its version and whether the council's solicitor read it."""
    cards = []
    for template in Template:
        review = queries.review_of_template(template)
        read = (
            f"Read by {review.reviewed_by}, {in_words(review.reviewed_on)}" if review else "Not read by your solicitor"
        )
        rows = [("Version", str(VERSIONS[template])), ("Review", read)]
        cards.append({"template": template, "rows": rows, "reviewed": review is not None})
    return cards
