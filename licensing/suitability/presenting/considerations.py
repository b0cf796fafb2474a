"""Considerations, the information weighed in them, recommendations and markers, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from licensing.audit.rules import ObjectKind
from licensing.dates import in_words, moment_in_words
from licensing.deadlines import presenting as clocks
from licensing.deadlines import queries as deadlines
from licensing.suitability.models import Consideration, ConsiderationInformation, Recommendation
from licensing.suitability.presenting.words import LINK, Row, colleague, day, holder_link, holder_name, licence_link
from licensing.suitability.queries.considerations import state_of
from licensing.suitability.queries.markers import Marker
from licensing.suitability.rules import Arising
from licensing.suitability.starting_points import StartingPoint

_ARISING = {
    Arising.COMPLAINT: ("suitability.show_complaint", "complaint_id", "The complaint"),
    Arising.SELF_REPORT: ("suitability.show_self_report", "report_id", "The self-report"),
    Arising.COURT_CASE: ("suitability.show_case", "case_id", "The court proceedings"),
    Arising.REPORT_RECEIVED: ("sharing.show_received", "request_in_id", "The report of another authority"),
}


def consideration_title(consideration: Consideration) -> str:
    return f"Consideration: {holder_name(consideration.licence)}"


def consideration_rows(considerations: Sequence[Consideration]) -> list[dict[str, Any]]:
    """A list of considerations, each leading to its page."""
    return [
        {
            "what": LINK.format(
                url_for("suitability.show_consideration", consideration_id=one.id), holder_name(one.licence)
            ),
            "source": one.source.label,
            "opened": day(one.opened_on),
            "state": state_of(one).label,
            "reference": one.reference,
        }
        for one in considerations
    ]


def consideration_facts(consideration: Consideration) -> list[Row]:
    """The summary card of a consideration."""
    facts: list[Row] = [
        ("Holder or applicant", holder_link(consideration.licence)),
        ("Licence", licence_link(consideration.licence)),
        ("Opened", f"{in_words(consideration.opened_on)} by {colleague(consideration.opened_by)}"),
        ("Came from", _came_from(consideration)),
        *_receipt(consideration),
        ("Legal ground", consideration.ground.label),
        ("The question", consideration.opened("concern_sealed")),
        ("Case reference", consideration.case_reference or "None"),
    ]
    if consideration.closed_on:
        facts += [
            ("Closed", f"{in_words(consideration.closed_on)} by {colleague(consideration.closed_by)}"),
            ("How", consideration.opened("closed_sealed")),
        ]
    return facts


def _receipt(consideration: Consideration) -> list[Row]:
    if consideration.received_at:
        return [("Received", moment_in_words(consideration.received_at))]
    return [("Received", in_words(consideration.received_on))] if consideration.received_on else []


def clocks_of(consideration: Consideration, today: date) -> list[dict[str, object]]:
    """The periods that run about it, as those of a review."""
    return clocks.clock_rows(deadlines.clocks_about(ObjectKind.CONSIDERATION, consideration.id), today)


def _came_from(consideration: Consideration) -> Any:
    if consideration.arising_kind is None:
        return consideration.source.label
    endpoint, argument, words = _ARISING[consideration.arising_kind]
    address: dict[str, Any] = {argument: consideration.arising_id}
    return LINK.format(url_for(endpoint, **address), words)


def information_cards(information: Sequence[ConsiderationInformation]) -> list[dict[str, Any]]:
    """What is weighed, a card each, with what can be done next."""
    return [
        {"title": f"{one.kind.label}, {in_words(one.received_on)}", "rows": _weighed(one), "actions": _next(one)}
        for one in information
    ]


def _weighed(one: ConsiderationInformation) -> list[Row]:
    told = f"{in_words(one.told_on)}: {one.opened('told_sealed')}" if one.told_on else "Nothing yet"
    answered = f"{in_words(one.answered_on)}: {one.opened('answer_sealed')}" if one.answered_on else "Nothing yet"
    return [
        ("From", one.opened("from_sealed")),
        ("What it says", one.opened("summary_sealed")),
        ("Case reference", one.case_reference or "None"),
        ("Relied on as relevant information", one.limb.label if one.limb else "No"),
        ("The holder was told", told),
        ("The holder answered", answered),
        ("Recorded", f"{moment_in_words(one.at)} by {colleague(one.by_id)}"),
    ]


def _next(one: ConsiderationInformation) -> list[dict[str, str]]:
    page: dict[str, Any] = {"consideration_id": one.consideration_id}
    actions = [("Put it right", url_for("suitability.add_information", instead=one.id, **page))]
    if one.told_on is None:
        actions.insert(0, ("Record what they were told", url_for("suitability.record_told", information_id=one.id)))
    elif one.answered_on is None:
        actions.insert(0, ("Record their answer", url_for("suitability.record_answer", information_id=one.id)))
    return [{"text": words, "href": address} for words, address in actions]


def information_again(one: ConsiderationInformation) -> dict[str, Any]:
    """A piece of information as the form takes it, to be put right."""
    return {
        "kind": one.kind,
        "received_on": one.received_on,
        "from_whom": one.opened("from_sealed"),
        "summary": one.opened("summary_sealed"),
        "case_reference": one.case_reference,
        "relied_on": one.relied_on,
        "limb": one.limb,
    }


def recommendation_rows(one: Recommendation | None) -> list[Row]:
    """What is recommended, by whom and why; nothing where nobody has."""
    if one is None:
        return []
    point = StartingPoint(one.policy_until, one.policy_never)
    relied = one.relevant_information.replace("_", " ").capitalize()
    rows: list[Row] = [
        ("Recommended", one.decision.label),
        ("By", f"{colleague(one.by_id)}, {moment_in_words(one.at)}"),
        ("Relies on relevant information", relied),
        ("Reasons", one.opened("reasons_sealed")),
    ]
    if point.never or point.until:
        rows.append(("The policy then", point.words))
    if departing := one.opened("departing_sealed"):
        rows.append(("Reasons for departing from it", departing))
    return rows


def marker_cards(markers: Sequence[Marker]) -> list[dict[str, Any]]:
    """Each marker, with who considered it when."""
    return [
        {
            "title": marker.council,
            "code": marker.code,
            "words": marker.words,
            "rows": [
                ("Whom to ask", marker.contact),
                ("Since", in_words(marker.marked_on)),
                *(
                    (
                        "Considered",
                        f"{in_words(one.asked_on)}, {colleague(one.by_id)} asked {one.opened('asked_whom_sealed')}: "
                        f"{one.opened('asked_what_sealed')} {one.opened('words_sealed')}",
                    )
                    for one in marker.considered
                ),
            ],
        }
        for marker in markers
    ]
