"""A note and a monthly report as their readers have them: the page and the PDF say the same words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from licensing import pdf
from licensing.dates import in_words, moment_in_words
from licensing.need_to_know.models import Note, Reader, Report
from licensing.need_to_know.words import SIGNING, Office
from licensing.sealing import opened

Facts = list[tuple[str, str]]
Part = tuple[str, str]

PARTS = (
    ("What happened", "what_sealed"),
    ("Who knows", "knows_sealed"),
    ("Done at once to keep people safe", "safety_sealed"),
    ("Licence and police", "status_sealed"),
    ("Media and legal risk", "risk_sealed"),
    ("Decision needed", "decision_sealed"),
)


_OFFICES = list(Office)


@dataclass(frozen=True)
class Document:
    """The words of one note, or of a report with its notes beneath it."""

    title: str
    reference: str
    mark: str
    handling: str
    facts: Facts
    parts: list[Part]
    notes: Sequence["Document"] = ()


def in_order(readers: Iterable[Reader]) -> list[Reader]:
    """By office, as the policy names them, then by council and name."""
    return sorted(readers, key=lambda one: (_OFFICES.index(one.office), one.council, one.name, one.id))


def month_in_words(report: Report) -> str:
    return in_words(report.month).partition(" ")[2]


def of_note(note: Note) -> Document:
    """One page: the facts, then the parts in the order of the policy."""
    parts = [(heading, opened(note, column)) for heading, column in PARTS]
    if note.lado_part:
        parts.insert(4, ("Designated officer (LADO)", opened(note.lado_part, "words_sealed")))
    return Document(
        title="Need to Know",
        reference=note.reference,
        mark=note.mark.label,
        handling=note.handling,
        facts=[
            ("Why", note.trigger.label),
            ("Council", note.authority.name),
            ("Known on", in_words(note.known_on)),
            ("Next update", _next_update(note)),
            ("Version", _version(note)),
            ("For", "; ".join(f"{one.office.label}, {one.council}" for one in in_order(note.readers)) or "Nobody yet"),
        ],
        parts=parts,
    )


def _next_update(note: Note) -> str:
    told = [in_words(note.next_update_on)] if note.next_update_on else []
    return ", ".join([*told, *filter(None, [opened(note, "next_update_sealed")])]) or "None is planned"


def _version(note: Note) -> str:
    issued = f"issued {moment_in_words(note.issued_at)}" if note.issued_at else "not issued"
    return f"{note.version}, {issued}"


def of_report(report: Report, notes: Sequence[Note], *, with_asked: bool = False) -> Document:
    """The overview, who signs, and every note of the month whole; `with_asked`: what its readers asked for, of whom."""
    issued = moment_in_words(report.issued_at) if report.issued_at else "Not issued"
    return Document(
        title=f"Need to Know in {month_in_words(report)}",
        reference=report.reference,
        mark=report.mark.label,
        handling=report.handling,
        facts=[
            ("Council", report.authority.name),
            ("Issued", issued),
            ("Notes", str(len(notes))),
            *((f"Signed, {one.label.lower()}", _signed(report, one)) for one in SIGNING),
        ],
        parts=[("Overview", opened(report, "overview_sealed")), *(_asked(report) if with_asked else ())],
        notes=[of_note(one) for one in notes],
    )


def _asked(report: Report) -> list[Part]:
    """As the page has it in its table."""
    lines = [
        f"{one.reader.office.label}: {opened(one, 'words_sealed')} ({one.doer}, by {in_words(one.due_on)}; "
        f"{f'done on {in_words(one.done_on)}' if one.done_on else 'not done yet'})"
        for one in report.requests
    ]
    return [("What each asked for, and who does it", "\n".join(lines))] if lines else []


def _signed(report: Report, office: object) -> str:
    reader = next((one for one in report.readers if one.office is office), None)
    return in_words(reader.acknowledged_on) if reader and reader.acknowledged_on else "Not yet"


def pdf_of(document: Document) -> bytes:
    """The same bytes for the same words: of a note one page, of a report as many as its notes take."""
    about = f"{document.title}, {document.reference}"
    footer = f"{document.mark}. {document.reference}. {document.handling}"
    content = _content(document)
    if not document.notes and document.title == "Need to Know":
        return pdf.one_page(document.title, about, footer, content)
    for one in document.notes:
        content += [pdf.gap(), *_content(one)]
    return pdf.document(document.title, about, footer, content)


def _content(document: Document) -> list[object]:
    content: list[object] = [
        pdf.words(document.mark, bold=True),
        pdf.title(document.title),
        pdf.words(document.handling),
        pdf.facts([("Reference", document.reference), *document.facts]),
    ]
    for heading, words in document.parts:
        content += [pdf.heading(heading), *(pdf.words(one) for one in words.splitlines() if one.strip())]
    return content
