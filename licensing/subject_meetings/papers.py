"""The papers of a meeting: its agenda, and one page about each subject with what whoever prints it may know.

The page on the screen and the PDF are made of the same parts; row-level security decides what they hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from licensing import pdf
from licensing.dates import in_words
from licensing.disruption import queries as disruption
from licensing.disruption.models import Action
from licensing.operations import queries as operations
from licensing.sealing import opened
from licensing.signals import presenting as signals
from licensing.signals import queries as counted
from licensing.signals.rules import Signal
from licensing.subject_meetings import queries
from licensing.subject_meetings.models import AgendaItem, SubjectMeeting
from licensing.subject_meetings.words import TARGETS, SubjectKind

HANDLING = "OFFICIAL-SENSITIVE. For the agencies invited; do not copy or pass on; destroy after the meeting."
NOTHING = "Nothing that you may know of is recorded."


@dataclass(frozen=True)
class Paper:
    """One page: facts as (label, words), and parts as (heading, lines)."""

    title: str
    facts: list[tuple[str, str]]
    parts: list[tuple[str, list[str]]] = field(default_factory=list)


def agenda(meeting: SubjectMeeting) -> Paper:
    """When, where and who, and what is talked about."""
    facts = [
        ("When", f"{in_words(meeting.on_day)}, {meeting.starts_at:%H:%M}"),
        ("Where", meeting.venue),
        ("Invited", ", ".join(one.agency.name for one in meeting.agencies)),
        ("For", opened(meeting, "purpose_sealed")),
        ("Reference", meeting.reference),
    ]
    lines = [f"{one.number}. {name_of(one)} ({one.kind.label.lower()})" for one in meeting.subjects]
    return Paper("Agenda", facts, [("What we talk about", lines or ["Nothing is on the agenda yet."])])


def name_of(subject: AgendaItem) -> str:
    return opened(subject, "name_sealed")


def papers(meeting: SubjectMeeting, today: date) -> list[Paper]:
    """One about each subject, in the order of the agenda."""
    found = counted.every_signal() if meeting.subjects else []
    return [_paper(one, found, today) for one in meeting.subjects]


def _paper(subject: AgendaItem, found: Sequence[Signal], today: date) -> Paper:
    facts = [("What", subject.kind.label), ("Why it is on the agenda", opened(subject, "why_sealed"))]
    parts = [(heading, lines) for heading, lines in _parts(subject, found, today) if lines]
    return Paper(f"{subject.number}. {name_of(subject)}", facts, parts or [("What is known", [NOTHING])])


def _parts(subject: AgendaItem, found: Sequence[Signal], today: date) -> Iterator[tuple[str, list[str]]]:
    if subject.kind is SubjectKind.ACTION:
        yield "The action", _action(subject.record_id, today)
        return
    # What is counted about it now, by kind and council.
    yield "Why it is a signal", [signals.why(one) for one in found if _is_about(subject, one)]
    if subject.record_id and subject.kind in TARGETS:
        yield "On the register", _licences(subject.kind, subject.record_id, today)
        yield "Disruption", [_action_line(one, today) for one in disruption.actions_about([subject.record_id])]
    if subject.record_id and subject.kind is SubjectKind.PREMISES:
        yield "Operations", _visits(subject.record_id)
        yield "Test purchases", _tests(subject.record_id)


def _is_about(subject: AgendaItem, signal: Signal) -> bool:
    return signal.id == subject.signal_id or (subject.record_id is not None and signal.record_id == subject.record_id)


def _licences(kind: SubjectKind, record_id: UUID, today: date) -> list[str]:
    found = queries.licences_of(kind, record_id)
    return [f"{one.kind.label} {one.number}: {one.status_on(today).label.lower()}" for one in found]


def _action_line(action: Action, today: date) -> str:
    state = action.standing.state_on(today).label.lower()
    return f"{action.reference}: {action.power.name}, {action.lead.name}, {in_words(action.considered_on)} ({state})"


def _action(action_id: UUID | None, today: date) -> list[str]:
    known = action_id is not None and disruption.action_exists(action_id)
    return [_action_line(disruption.action(action_id), today)] if action_id and known else []


def _visits(record_id: UUID) -> list[str]:
    found = operations.seen_at(record_id)
    return [
        f"{operation.name}, {in_words(operation.on_day)}: {opened(seen, 'seen_sealed') if seen else 'nothing recorded'}"
        for operation, _, seen in found
    ]


def _tests(record_id: UUID) -> list[str]:
    found = operations.purchases_at(record_id)
    return [
        f"{one.reference}, {in_words(one.on_day)}: {one.kind.label.lower()} ({one.result.label.lower()})"
        for one in found
    ]


def pdf_of(meeting: SubjectMeeting, shown: list[Paper]) -> bytes:
    """A page for each paper: what would run over is set smaller."""
    content: list[Any] = []
    for number, paper in enumerate(shown):
        content += [pdf.new_page()] if number else []
        content.append(pdf.fitted(_flowables(paper)))
    title = f"Meeting {meeting.reference}"
    return pdf.document(title, f"{title}, {in_words(meeting.on_day)}", f"{meeting.reference}. {HANDLING}", content)


def _flowables(paper: Paper) -> list[Any]:
    content: list[Any] = [pdf.title(paper.title), pdf.facts(paper.facts)]
    for heading, lines in paper.parts:
        content += [pdf.heading(heading), *(pdf.words(one) for one in lines)]
    return [*content, pdf.gap(), pdf.words(HANDLING, bold=True)]
