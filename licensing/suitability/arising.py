"""From which record a consideration comes, and what it brings along so that nobody types it twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from licensing.dates import in_words
from licensing.deadlines.queries import day_of
from licensing.sharing import queries as sharing
from licensing.sharing.rules import ExchangeKind
from licensing.suitability.queries import concerns, courts
from licensing.suitability.rules import Arising, Source


@dataclass(frozen=True)
class Origin:
    """The record, and what a consideration that comes from it starts with; the officer goes on from there."""

    kind: Arising
    id: UUID
    source: Source
    concern: str
    case_reference: str | None = None

    def first_answers(self, today: date) -> dict[str, Any]:
        """The form as it is first shown."""
        return {
            "source": self.source,
            "concern": self.concern,
            "case_reference": self.case_reference,
            "opened_on": today,
        }


def origin_of(named: str) -> Origin | None:
    """The record that an address names as `complaint:ID`; None where the acting authority has no such record."""
    kind, _, record_id = named.partition(":")
    try:
        return _READ[Arising(kind)](UUID(record_id))
    except ValueError:
        return None


def _complaint(record_id: UUID) -> Origin | None:
    if not concerns.complaint_exists(record_id):
        return None
    one = concerns.complaint(record_id)
    words = f"Complaint {one.reference} of {in_words(one.received_on)}: {one.category.label.lower()}."
    return Origin(Arising.COMPLAINT, record_id, Source.COMPLAINT, words, one.case_reference)


def _self_report(record_id: UUID) -> Origin | None:
    if not concerns.self_report_exists(record_id):
        return None
    one = concerns.self_report(record_id)
    late = ", reported late" if one.late else ""
    words = f"Self-report {one.reference} of {in_words(day_of(one.reported_at))}: {one.what.label.lower()}{late}."
    return Origin(Arising.SELF_REPORT, record_id, Source.SELF_REPORT, words, one.case_reference)


def _court_case(record_id: UUID) -> Origin | None:
    if not courts.case_exists(record_id):
        return None
    one = courts.court_case(record_id)
    words = f"Proceedings {one.reference} at {one.court}, begun on {in_words(one.started_on)}."
    return Origin(Arising.COURT_CASE, record_id, Source.COURT, words)


def _report_received(record_id: UUID) -> Origin | None:
    if not sharing.received_exists(record_id):
        return None
    one = sharing.received(record_id)
    if one.kind is not ExchangeKind.CONCERN:
        return None
    words = f"Report {one.reference} of {in_words(one.received_on)} by {one.from_body} (2022 Act section 5)."
    return Origin(Arising.REPORT_RECEIVED, record_id, Source.ANOTHER_AUTHORITY, words)


_READ: dict[Arising, Callable[[UUID], Origin | None]] = {
    Arising.COMPLAINT: _complaint,
    Arising.SELF_REPORT: _self_report,
    Arising.COURT_CASE: _court_case,
    Arising.REPORT_RECEIVED: _report_received,
}
