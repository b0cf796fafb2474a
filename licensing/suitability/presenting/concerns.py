"""Complaints and self-reports in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.register.events import RecordKind
from licensing.register.names import address_of_record, names_of
from licensing.suitability.models import Complaint, SelfReport
from licensing.suitability.presenting.words import LINK, Row, colleague, day, holder_link, holder_name, licence_link
from licensing.suitability.queries.concerns import COLUMN_OF, rolling_counts

_LATE = Markup('<strong class="govuk-tag govuk-tag--red">Late</strong> {}')


def about(complaint: Complaint) -> list[tuple[RecordKind, Any]]:
    """The records that a complaint is about."""
    ids = (
        (RecordKind.PERSON, complaint.person_id),
        (RecordKind.ORGANISATION, complaint.organisation_id),
        (RecordKind.VEHICLE, complaint.vehicle_id),
        (RecordKind.PREMISES, complaint.premises_id),
    )
    return [(kind, record_id) for kind, record_id in ids if record_id]


def complaint_rows(complaints: Sequence[Complaint]) -> list[dict[str, Any]]:
    """A list of complaints, each leading to its page; one question for each kind of record that they are about."""
    named: dict[Any, str] = {}
    for kind in COLUMN_OF:
        ids = {record_id for one in complaints for its, record_id in about(one) if its is kind}
        named |= names_of(kind, sorted(ids)) if ids else {}
    return [
        {
            "about": LINK.format(
                url_for("suitability.show_complaint", complaint_id=one.id),
                ", ".join(named.get(record_id, "") for _, record_id in about(one)),
            ),
            "category": one.category.label,
            "source": one.source.label,
            "received": day(one.received_on),
            "outcome": one.outcome.label if one.outcome else "Open",
        }
        for one in complaints
    ]


def complaint_facts(complaint: Complaint) -> list[Row]:
    """The summary card of a complaint."""
    links = [
        LINK.format(address_of_record(kind, record_id), names_of(kind, [record_id]).get(record_id, ""))
        for kind, record_id in about(complaint)
    ]
    facts: list[Row] = [
        ("About", Markup(", ").join(links)),
        ("What is complained of", complaint.category.label),
        ("Who complains", complaint.source.label),
        ("Received", day(complaint.received_on)),
        ("What is said to have happened", complaint.opened("summary_sealed")),
        ("Case reference", complaint.case_reference or "None"),
        ("Recorded", f"{moment_in_words(complaint.at)} by {colleague(complaint.by_id)}"),
    ]
    if complaint.closed_on and complaint.outcome:
        facts += [
            ("What came of it", f"{complaint.outcome.label}, {in_words(complaint.closed_on)}"),
            ("More about it", complaint.opened("outcome_sealed")),
        ]
    return facts


def pattern_words(complaint: Complaint, today: date) -> list[str]:
    """How many complaints there were about whom this one is about, in a year and in three."""
    return [counted(kind, record_id, today) for kind, record_id in about(complaint)]


def counted(kind: RecordKind, record_id: Any, today: date) -> str:
    """As "3 complaints in the last 12 months, 5 in the last 36"; of an operator its drivers' are counted too."""
    year, three_years = rolling_counts(kind, record_id, today)
    words = f"{year} {'complaint' if year == 1 else 'complaints'} in the last 12 months, {three_years} in the last 36"
    return f"{words}, its drivers’ included" if kind is RecordKind.ORGANISATION else words


def self_report_rows(reports: Sequence[SelfReport]) -> list[dict[str, Any]]:
    """A list of self-reports, each leading to its page."""
    return [
        {
            "who": LINK.format(url_for("suitability.show_self_report", report_id=one.id), holder_name(one.licence)),
            "what": one.what.label,
            "happened": moment_in_words(one.occurred_at),
            "reported": moment_in_words(one.reported_at),
            "time": _LATE.format("") if one.late else "In time",
        }
        for one in reports
    ]


def self_report_facts(report: SelfReport) -> list[Row]:
    """The summary card of a self-report."""
    due = moment_in_words(report.due_at) if report.due_at else "No limit"
    return [
        ("Holder", holder_link(report.licence)),
        ("Licence", licence_link(report.licence)),
        ("What happened", report.what.label),
        ("It happened", moment_in_words(report.occurred_at)),
        ("Due by", due),
        ("Reported", moment_in_words(report.reported_at)),
        ("In time", _LATE.format("This is a breach in itself.") if report.late else "Yes"),
        ("What they reported", report.opened("words_sealed")),
        ("Case reference", report.case_reference or "None"),
        ("Recorded", f"{moment_in_words(report.at)} by {colleague(report.by_id)}"),
    ]
