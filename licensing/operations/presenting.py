"""Operations, findings and test purchases as rows and words of pages."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.disruption.presenting import link, place_link, several
from licensing.disruption.words import AgencyPart, TaskAnswer
from licensing.operations import queries
from licensing.operations.models import Finding, FollowUp, Operation, OperationPlace, TestPurchase
from licensing.operations.words import FindingKind, TestResult
from licensing.sealing import opened
from licensing.tags import status_tag

Rows = list[tuple[str, Any]]


def page_of(operation: Operation) -> str:
    return url_for("operations.show_operation", operation_id=operation.id)


def when(operation: Operation) -> str:
    """The day, and from when until when."""
    until = f" to {operation.ends_at:%H:%M}" if operation.ends_at else ""
    if operation.ends_at and operation.ends_at < operation.starts_at:
        until += " the next day"
    return f"{in_words(operation.on_day)}, {operation.starts_at:%H:%M}{until}"


def operation_rows(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    return [
        {
            "name": link(one.name, page_of(one)),
            "kind": one.kind.label,
            "when": when(one),
            "lead": one.lead.name,
            "findings": str(len(one.findings)),
            "state": status_tag(one.state, one.state.label),
        }
        for one in operations
    ]


def operation_facts(operation: Operation) -> Rows:
    rows: Rows = [
        ("Kind", operation.kind.label),
        ("Status", status_tag(operation.state, operation.state.label)),
        ("When", when(operation)),
        ("Leads", operation.lead.name),
        ("Join", several(one.agency.name for one in operation.agencies if one.part is AgencyPart.PARTNER) or "Nobody"),
        ("To achieve", _lines(opened(operation, "objective_sealed"))),
        ("Briefing", _lines(opened(operation, "briefing_sealed")) or "Not briefed yet"),
    ]
    if operation.begun_at:
        rows.append(("Began", moment_in_words(operation.begun_at)))
    if operation.closed_at:
        rows += [
            ("What worked", _lines(opened(operation, "worked_sealed"))),
            ("What comes next", _lines(opened(operation, "next_sealed"))),
            ("Closed", moment_in_words(operation.closed_at)),
        ]
    if operation.called_off_at:
        rows.append(("Called off", _lines(opened(operation, "called_off_sealed"))))
    return rows


def _lines(words: str) -> Markup | str:
    return Markup('<span class="lines">{}</span>').format(words) if words else ""


def count_facts(operation: Operation) -> Rows:
    """What a taxi stop came to; nothing before somebody counted."""
    counts = operation.counts
    if counts is None:
        return []
    return [
        ("Vehicles stopped", str(counts.stopped)),
        ("Inspected", str(counts.inspected)),
        ("Warnings given", str(counts.warned)),
        ("Licences suspended", str(counts.suspended)),
        ("Reported for an offence", str(counts.reported)),
    ]


def place_rows(places: Iterable[OperationPlace]) -> list[dict[str, Any]]:
    return [
        {
            "name": place_link(one.name, one.record_id),
            "where": ", ".join(filter(None, (one.address, one.postcode))) or "–",
        }
        for one in places
    ]


def name_of(finding: Finding) -> str:
    """Of whom or what, opened where it is a person's."""
    return opened(finding, "name_sealed") if finding.kind is FindingKind.PERSON else finding.name or ""


def findings(operation: Operation) -> list[dict[str, Any]]:
    """What was found, in its order, with who follows it up."""
    asked = [up.partner_task_id for one in operation.findings for up in one.follow_ups if up.partner_task_id]
    declined = queries.declined(operation.id) if asked else []
    answers = queries.answers_of(asked) | dict.fromkeys(declined, TaskAnswer.DECLINED)
    return [
        {
            "id": one.id,
            "number": one.number,
            "title": f"{one.number}. {one.kind.label}: {name_of(one)}",
            "facts": _finding_facts(one, answers),
            "waits": _waits(one, answers),
        }
        for one in operation.findings
    ]


def _waits(finding: Finding, answers: dict[Any, TaskAnswer]) -> bool:
    """Whether nobody follows it up: nobody has it, or all that were asked declined."""
    declined = (answers.get(one.partner_task_id) is TaskAnswer.DECLINED for one in finding.follow_ups)
    return finding.needs_follow_up and all(declined)


def _finding_facts(finding: Finding, answers: dict[Any, TaskAnswer]) -> Rows:
    rows: Rows = [("Seen", _lines(opened(finding, "seen_sealed"))), ("Recorded", moment_in_words(finding.at))]
    if finding.place and finding.kind is not FindingKind.PLACE:
        rows.insert(0, ("At", place_link(finding.place.name, finding.place.record_id)))
    if finding.power:
        rows.append(("Power used", finding.power.name))
    rows += [("Follow-up", _follow_up(one, answers)) for one in finding.follow_ups]
    if _waits(finding, answers):
        rows.append(("Follow-up", "Needed: nobody has it yet"))
    elif not finding.follow_ups:
        rows.append(("Follow-up", "Not needed"))
    return rows


def _follow_up(given: FollowUp, answers: dict[Any, TaskAnswer]) -> str:
    who = f"{given.agency.name}, by {in_words(given.due_on)}"
    if given.partner_task_id:
        answer = answers.get(given.partner_task_id, TaskAnswer.ASKED).label.lower()
        who = f"{who} ({answer})"
    return f"{who}: {opened(given, 'what_sealed')}"


def purchase_rows(purchases: Iterable[TestPurchase]) -> list[dict[str, Any]]:
    return [
        {
            "reference": link(one.reference, url_for("operations.show_purchase", purchase_id=one.id)),
            "place": one.name,
            "on": in_words(one.on_day),
            "kind": one.kind.label,
            "result": result_tag(one),
        }
        for one in purchases
    ]


def result_tag(purchase: TestPurchase) -> Markup:
    return status_tag(purchase.result, purchase.result.label)


def purchase_facts(purchase: TestPurchase) -> Rows:
    yes = {True: "Yes", False: "No"}
    return [
        ("Place", place_link(purchase.name, purchase.record_id)),
        ("Address", ", ".join(filter(None, (purchase.address, purchase.postcode)))),
        ("Day", in_words(purchase.on_day)),
        ("Tried", purchase.kind.label),
        ("Booking taken, or sold", yes[purchase.accepted]),
        ("Proof of age or identity asked for", yes[purchase.id_asked]),
        ("Police rung", yes[purchase.police_called]),
        ("Result", result_tag(purchase)),
        ("Recorded for", purchase.agency.name),
    ]


def counted(numbers: dict[TestResult, int]) -> str:
    """ "12 passed, 1 partly passed, 2 failed"."""
    return several(f"{number} {result.label.lower()}" for result, number in numbers.items())


def visit_rows(record_id: Any) -> list[dict[str, Any]]:
    """What operations found at a place of a register, the newest first."""
    return [
        {
            "operation": link(operation.name, page_of(operation)),
            "on": in_words(operation.on_day),
            "found": opened(finding, "seen_sealed") if finding else "Nothing recorded",
        }
        for operation, _, finding in queries.seen_at(record_id)
    ]
