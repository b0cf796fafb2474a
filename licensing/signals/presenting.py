"""Signals as rows and words of pages: what was counted, where, and as much of it as the reader may read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.disruption.presenting import link, several
from licensing.sealing import opened
from licensing.signals import queries, rules
from licensing.signals.models import SignalDismissal, SignalRule
from licensing.signals.rules import Row, Signal
from licensing.signals.words import RowKind, SignalState, SignalSubject
from licensing.tags import status_tag

Councils = dict[UUID, str]
Told = list[tuple[Signal, SignalDismissal | None]]


def page_of(signal_id: UUID) -> str:
    return url_for("signals.show_signal", signal_id=signal_id)


def signal_rows(found: Told, councils: Councils) -> list[dict[str, Any]]:
    return [
        {
            "name": link(one.name, page_of(one.id)),
            "about": one.rule.subject.label,
            "why": why(one),
            "where": several(sorted({councils[row.authority_id] for row in one.rows})),
            "newest": in_words(one.newest_on),
            "state": _state(SignalState.DISMISSED if gone else SignalState.OPEN),
        }
        for one, gone in found
    ]


def _state(state: SignalState) -> Markup:
    return status_tag(state, state.label)


def why(signal: Signal) -> str:
    """ "2 complaints and 1 concern in 90 days": what was counted, in one line."""
    numbers = [kind.words(sum(row.kind is kind for row in signal.rows)) for kind in _kinds(signal.rows)]
    return f"{' and '.join(numbers)} in {signal.rule.days} days"


def _kinds(rows: Iterable[Row]) -> list[RowKind]:
    there = {row.kind for row in rows}
    return [kind for kind in RowKind if kind in there]


def signal_facts(signal: Signal, councils: Councils, gone: SignalDismissal | None) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [("About", signal.rule.subject.label), ("Name", record_link(signal))]
    if signal.place:
        called = "Names of the places" if signal.rule.subject is SignalSubject.ADDRESS else "Address"
        rows.append((called, signal.place))
    if signal.of_authority_id:
        rows.append(("On the register of", councils[signal.of_authority_id]))
    rows += [("Why", why(signal)), ("Shown from", f"{signal.rule.threshold} or more")]
    if gone:
        rows.append(("Dismissed", _dismissed(gone)))
    return rows


def _dismissed(gone: SignalDismissal) -> Markup:
    words = f"{opened(gone, 'reason_sealed')} ({gone.by.name}, {moment_in_words(gone.at)})"
    return Markup('<span class="lines">{}</span>').format(words)


_PAGES: dict[SignalSubject, Callable[[UUID], str]] = {
    SignalSubject.PERSON: lambda one: url_for("register.show_person", person_id=one),
    SignalSubject.ORGANISATION: lambda one: url_for("register.show_organisation", organisation_id=one),
    SignalSubject.VEHICLE: lambda one: url_for("register.show_vehicle", vehicle_id=one),
    SignalSubject.PREMISES: lambda one: url_for("register.show_premises", premises_id=one),
}


def record_link(signal: Signal) -> Markup | str:
    """The name, with the way to its page where the reader may open that."""
    if signal.record_id and queries.may_read(signal):
        return link(signal.name, _PAGES[signal.rule.subject](signal.record_id))
    return signal.name


def counted_rows(signal: Signal, councils: Councils) -> list[dict[str, Any]]:
    """What was counted, the newest first: in words where the reader may read it."""
    known = in_words_of(signal.rows)
    return [
        {
            "what": link(row.kind.label, known[row.id][1]) if known[row.id][1] else row.kind.label,
            "words": known[row.id][0],
            "day": in_words(row.on_day),
            "council": councils[row.authority_id],
        }
        for row in signal.rows
        if row.id in known
    ]


def told_without_words(signal: Signal, councils: Councils) -> list[str]:
    """ "2 complaints at Cherwell District Council", for what the reader may not read."""
    known = in_words_of(signal.rows)
    hidden = rules.per_council(row for row in signal.rows if row.id not in known)
    return sorted(f"{kind.words(number)} at {councils[council]}" for council, kind, number in hidden)


def in_words_of(rows: Iterable[Row]) -> dict[UUID, tuple[str, str]]:
    """What each row says and the address of its page ("" for none), where row-level security lets it be read."""
    ids: dict[RowKind, list[UUID]] = {kind: [] for kind in RowKind}
    for row in rows:
        ids[row.kind].append(row.id)
    return {row_id: (words, address) for row_id, words, address in _read(ids)}


def _read(ids: dict[RowKind, list[UUID]]) -> Iterator[tuple[UUID, str, str]]:
    for complaint in queries.complaints(ids[RowKind.COMPLAINT]):
        words = f"{complaint.reference}: {complaint.category.label.lower()}"
        if complaint.outcome:
            words += f" ({complaint.outcome.label.lower()})"
        yield complaint.id, words, url_for("suitability.show_complaint", complaint_id=complaint.id)
    for concern in queries.concerns(ids[RowKind.CONCERN]):
        yield concern.id, concern.reference, url_for("concerns.show_concern", concern_id=concern.id)
    for event, licence in queries.decisions([*ids[RowKind.ADVERSE_DECISION], *ids[RowKind.REVOKED_DRIVER]]):
        address = url_for("register.show_licence", licence_id=licence.id)
        yield event.id, f"{event.kind.label}: {licence.kind.label.lower()} {licence.number}", address
    for action in queries.actions(ids[RowKind.ACTION]):
        address = url_for("disruption.show_action", action_id=action.id)
        yield action.id, f"{action.reference}: {action.power.name}", address
    for test in queries.tests(ids[RowKind.FAILED_TEST]):
        address = url_for("operations.show_purchase", purchase_id=test.id)
        yield test.id, f"{test.reference}: {test.kind.label.lower()}", address


def rule_rows(rows: Iterable[SignalRule], *, may_change: bool) -> list[dict[str, Any]]:
    return [
        {
            "about": _rule_link(row) if may_change else row.subject.label,
            "counted": row.counted.label,
            "days": f"{row.days} days",
            "threshold": str(row.threshold),
            "whose": "Your council’s" if row.authority_id else "Everybody’s",
            "state": "Looked at" if row.in_use else "Not looked at",
        }
        for row in rows
    ]


def _rule_link(row: SignalRule) -> Markup:
    hidden = Markup('<span class="govuk-visually-hidden">: {} in {} days</span>').format(row.counted.label, row.days)
    address = url_for("signals.choose_rule", rule_code=row.code)
    return Markup('<a class="govuk-link" href="{}">{}{}</a>').format(address, row.subject.label, hidden)
