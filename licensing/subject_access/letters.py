"""The letter that answers a request: a schedule of what is given, and the same words for everybody.

What is held appears nowhere in it, nor how much: it reads the same whether or not something is. It is kept as it was
sent, and printed again from that.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date

from licensing import pdf
from licensing.dates import in_words
from licensing.subject_access.queries import Held
from licensing.subject_access.words import HeldKind

TITLE = "What we hold about you"
STANDING = (
    "Some information may have been left out of this answer where the law allows it. This sentence is in every answer "
    "that we send, whether or not anything was left out."
)
# Their references are those of what they belong to, which may be held.
_OF_ANOTHER = (HeldKind.INFORMATION, HeldKind.NOTICE, HeldKind.APPEAL)
_USED = (
    "We use this information to license drivers, operators, vehicles and premises, and to keep people safe. Our "
    "privacy notice says why, by which law, with whom we share it, how long we keep it, and where it comes from if "
    "not from you."
)
_RIGHTS = (
    "You can ask us to put right what is wrong, to limit how we use it or to erase it, and you can object to how we "
    "use it. Write to us with the reference of this letter.",
    "You have the right to complain to the Information Commissioner: ico.org.uk, telephone 0303 123 1113. You can also "
    "go to court.",
)


@dataclass(frozen=True)
class Letter:
    """A whole letter: to whom, about which request, and the schedule as (kind, day, reference)."""

    council: str
    reference: str
    name: str
    received_on: str
    answered_on: str
    schedule: list[tuple[str, str, str]]

    def as_kept(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def of_kept(cls, kept: str) -> "Letter":
        answers = json.loads(kept)
        return cls(**{**answers, "schedule": [tuple(row) for row in answers["schedule"]]})


def letter_of(
    council: str, reference: str, name: str, received_on: date, answered_on: date, rows: list[Held]
) -> Letter:
    """The letter by what was decided: rows that are held are not in it."""
    return Letter(council, reference, name, in_words(received_on), in_words(answered_on), schedule_of(rows))


def schedule_of(rows: list[Held]) -> list[tuple[str, str, str]]:
    """What is given, wholly or in part, told alike."""
    return [
        (one.kind.label, in_words(one.on_day), "" if one.kind in _OF_ANOTHER else one.reference)
        for one in rows
        if one.is_given
    ]


def pdf_of(letter: Letter) -> bytes:
    """The letter as a PDF; the same bytes for the same letter. Its title and subject name nobody."""
    content = [pdf.words(letter.council, bold=True), pdf.gap(), pdf.words(letter.name), pdf.gap(), pdf.title(TITLE)]
    content.append(
        pdf.facts(
            [
                ("Our reference", letter.reference),
                ("Your request was received on", letter.received_on),
                ("Answered on", letter.answered_on),
            ]
        )
    )
    content += [pdf.heading("What comes with this letter"), *_schedule(letter)]
    content += [pdf.words(STANDING), pdf.heading("How we use it"), pdf.words(_USED)]
    content += [pdf.heading("Your rights"), *(pdf.words(one) for one in _RIGHTS)]
    content += [pdf.gap(), pdf.words(f"Information officer, {letter.council}")]
    about = f"{TITLE}, {letter.reference}"
    return pdf.document(TITLE, about, f"{letter.council}, {letter.reference}. OFFICIAL-SENSITIVE", content)


def _schedule(letter: Letter) -> list[object]:
    if not letter.schedule:
        return [pdf.words("No record is listed.")]
    rows = [(kind, on_day, reference or "–") for kind, on_day, reference in letter.schedule]
    table = pdf.table(("Record", "Date", "Reference"), rows, (0.45, 0.25, 0.3))
    return [pdf.words("Copies of these records come with this letter."), table, pdf.gap()]
