"""Notes, reports, readers and what happened as rows and words of pages."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.audit.rules import ObjectKind
from licensing.briefings.models import BriefingReader
from licensing.dates import in_words, moment_in_words
from licensing.need_to_know.briefed import Briefed
from licensing.need_to_know.documents import in_order, month_in_words
from licensing.need_to_know.models import Fact, Note, Reader, Report, Request
from licensing.need_to_know.words import SIGNING, How
from licensing.sealing import opened
from licensing.tags import status_tag
from licensing.tasks.subjects import named

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
HEADINGS = ("Office", "Name", "Council", "What", "From", "Issued", "Read", "Acknowledged")


def note_page(note_id: object) -> str:
    return url_for("need_to_know.show_note", note_id=note_id)


def report_page(report_id: object) -> str:
    return url_for("need_to_know.show_report", report_id=report_id)


def note_rows(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [
        {
            "reference": _LINK.format(note_page(one.id), one.reference),
            "why": one.trigger.label,
            "council": one.authority.name,
            "issued": moment_in_words(one.issued_at) if one.issued_at else "–",
            "acknowledged": _acknowledged(one),
            "state": status_tag(one.state, one.state.label),
        }
        for one in notes
    ]


def _acknowledged(of: Note | Report) -> str:
    said = sum(one.acknowledged_on is not None for one in of.readers)
    return f"{said} of {len(of.readers)}" if of.readers else "–"


def reader_rows(of: Note | Report, *, may_record: bool, may_remove: bool) -> list[dict[str, Any]]:
    return [
        {
            "office": one.office.label,
            "name": f"{one.name}, {one.council}",
            "read": moment_in_words(one.read_at) if one.read_at else "–",
            "acknowledged": _how(one) or _to_record(one, may_record=may_record, may_remove=may_remove),
        }
        for one in in_order(of.readers)
    ]


def _how(reader: Reader) -> str:
    if not reader.acknowledged_on or not reader.acknowledged_how:
        return ""
    at = f" at {reader.acknowledged_at}" if reader.acknowledged_at else ""
    return f"{in_words(reader.acknowledged_on)}{at}. {reader.acknowledged_how.label}"


def _to_record(reader: Reader, *, may_record: bool, may_remove: bool) -> Markup | str:
    if may_record:
        address = url_for("need_to_know.acknowledge_for", reader_id=reader.id)
        return _LINK.format(address, f"Record for the {reader.office.label.lower()}")
    if may_remove:
        address = url_for("need_to_know.remove_reader", reader_id=reader.id)
        return _LINK.format(address, f"Take off the {reader.office.label.lower()}")
    return "Not yet"


def step_entries(note: Note) -> list[dict[str, Any]]:
    """What was done with a note, the last first."""
    return [
        {"title": one.kind.label, "at": one.at, "by": one.by_name, "text": opened(one, "words_sealed")}
        for one in reversed(note.steps)
    ]


def report_rows(reports: Iterable[Report]) -> list[dict[str, Any]]:
    return [
        {
            "month": _LINK.format(report_page(one.id), month_in_words(one)),
            "council": one.authority.name,
            "issued": moment_in_words(one.issued_at) if one.issued_at else "–",
            "signed": f"{sum(bool(r.acknowledged_on) for r in one.signatures.values())} of {len(SIGNING)}",
            "state": status_tag(one.state, one.state.label),
        }
        for one in reports
    ]


def request_page(request_id: object) -> str:
    return url_for("need_to_know.show_request", request_id=request_id)


def request_rows(requests: Iterable[Request]) -> list[dict[str, Any]]:
    return [
        {
            "words": _LINK.format(request_page(one.id), opened(one, "words_sealed")),
            "by": one.reader.office.label,
            "doer": one.doer,
            "due": in_words(one.due_on),
            "done": in_words(one.done_on) if one.done_on else "Not yet",
        }
        for one in requests
    ]


def request_facts(request: Request) -> list[tuple[str, str]]:
    return [
        ("What was asked for", opened(request, "words_sealed")),
        ("Who does it", request.doer),
        ("By", in_words(request.due_on)),
        ("Asked", moment_in_words(request.asked_at)),
        ("Done", in_words(request.done_on) if request.done_on else "Not yet"),
        ("What was done", opened(request, "done_sealed") or "–"),
    ]


def fact_rows(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """What happened, with the record for whoever may see it."""
    found = list(facts)
    records = named((ObjectKind(one.object_kind), one.object_id) for one in found)
    return [
        {
            "what": one.trigger.label,
            "on": in_words(one.on_day),
            "record": _LINK.format(records[one.object_id][1], records[one.object_id][0])
            if one.object_id in records
            else "–",
            "do": _LINK.format(
                url_for("need_to_know.show_fact", fact_id=one.id),
                Markup("Answer<span class='govuk-visually-hidden'> for {}</span>").format(one.trigger.label.lower()),
            ),
        }
        for one in found
    ]


def briefed_lines(readers: Iterable[Briefed]) -> list[list[str]]:
    """Whoever was briefed, when and on what, as the cells of a file and of the page."""
    return [_line_of_paper(one) if isinstance(one, BriefingReader) else _line_of_note(one) for one in readers]


def _line_of_note(one: Reader) -> list[str]:
    return [
        one.office.label,
        one.name,
        one.council,
        _subject(one),
        _from(one),
        _issued(one),
        moment_in_words(one.read_at) if one.read_at else "–",
        _how(one) or "Not yet",
    ]


def _line_of_paper(one: BriefingReader) -> list[str]:
    """A briefing is addressed to people, and to an audience: nobody's office is kept."""
    paper = one.briefing
    return [
        f"Briefing for {paper.audience.label[0].lower()}{paper.audience.label[1:]}",
        one.name,
        one.council,
        f"Briefing {paper.reference}, version {paper.version}",
        paper.authority.name,
        moment_in_words(one.told_at),
        moment_in_words(one.opened_at) if one.opened_at else "–",
        f"{moment_in_words(one.read_at)}. {How.HERE.label}" if one.read_at else "Not yet",
    ]


def _subject(reader: Reader) -> str:
    if reader.note:
        return f"Need to Know {reader.note.reference}, version {reader.note.version}"
    return f"Monthly report, {month_in_words(reader.report)}" if reader.report else ""


def _from(reader: Reader) -> str:
    of = reader.note or reader.report
    return of.authority.name if of else ""


def _issued(reader: Reader) -> str:
    of = reader.note or reader.report
    return moment_in_words(of.issued_at) if of and of.issued_at else ""


def briefed_rows(readers: Iterable[Briefed]) -> list[dict[str, Any]]:
    keys = ("office", "name", "council", "what", "from", "issued", "read", "acknowledged")
    return [dict(zip(keys, line, strict=True)) for line in briefed_lines(readers)]
