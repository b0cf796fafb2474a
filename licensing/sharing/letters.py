"""The letter by which a request or a report goes to an authority outside this service, and its PDF.

It holds what was recorded for that authority and nothing else: why we believe that we would have acted stays ours.
Nothing is sent from here: whoever sends it records how and on which day.
"""

from dataclasses import dataclass

from licensing import pdf
from licensing.accounts.models import Authority
from licensing.dates import in_words
from licensing.sealing import opened
from licensing.sharing.models import RequestOut
from licensing.sharing.rules import ExchangeKind
from licensing.sharing.sealing import particulars_of

ACT = "Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022"
_TITLES = {
    ExchangeKind.INFORMATION: "Request for relevant information about a driver",
    ExchangeKind.CONCERN: "Report of a concern about a driver whom you license",
}
_ASKED = {
    ExchangeKind.INFORMATION: (
        f"{ACT}, section 3. We have to decide an application by the person named below, about whom your authority has "
        "an entry in the national register. We ask you for the relevant information on which that entry rests. Section "
        "3(2)(b) gives you 20 working days, beginning with the day on which you receive this letter.",
    ),
    ExchangeKind.CONCERN: (
        f"{ACT}, section 5. We became aware of the conduct described below in our area. Had we licensed this driver, "
        "we would have considered suspending or revoking the licence.",
        "Section 6 asks you to consider whether to suspend or revoke it and, within 20 working days beginning with the "
        "day on which you receive this letter, to tell us what you decided and why.",
    ),
}
_SAID = {ExchangeKind.INFORMATION: "What we ask for", ExchangeKind.CONCERN: "What happened"}


@dataclass(frozen=True)
class Letter:
    """A whole letter: who writes to whom, facts as (label, value), and parts as (heading, paragraphs)."""

    title: str
    council: str
    reference: str
    addressed: tuple[str, ...]
    facts: list[tuple[str, str]]
    parts: list[tuple[str, list[str]]]
    signed: tuple[str, ...]


def letter_of(row: RequestOut, authority: Authority) -> Letter:
    """The letter of a request or report as it was recorded."""
    facts = [("Our reference", row.reference)]
    if row.sent_on:
        facts.append(("Sent", f"{in_words(row.sent_on)}, {row.method.label.lower()}"))
    if row.aware_on:
        facts.append(("We became aware on", in_words(row.aware_on)))
    if row.suspended_on:
        suspended = f"{in_words(row.suspended_on)}. You issued it, and decide what follows."
        facts.append(("Suspended on the spot by our officer", suspended))
    parts = [
        ("By which law", list(_ASKED[row.kind])),
        (_SAID[row.kind], _paragraphs(opened(row, "words_sealed"))),
        (
            "How to answer",
            [f"In writing, to {authority.contact or 'the licensing team'}, with our reference {row.reference}."],
        ),
    ]
    return Letter(
        title=_TITLES[row.kind],
        council=authority.name,
        reference=row.reference,
        addressed=tuple(one for one in (row.to_contact, row.to_body) if one),
        facts=[*facts, *((kind.label, value) for kind, value in particulars_of(row).items() if value)],
        parts=[(heading, paragraphs) for heading, paragraphs in parts if paragraphs],
        signed=(f"Licensing team, {authority.name}",),
    )


def _paragraphs(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def pdf_of(letter: Letter) -> bytes:
    """The letter as a PDF; the same bytes for the same letter. Its title and subject name nobody."""
    content = [pdf.words(letter.council, bold=True), pdf.gap(), *(pdf.words(line) for line in letter.addressed)]
    content += [pdf.gap(), pdf.title(letter.title), pdf.facts(letter.facts)]
    for heading, paragraphs in letter.parts:
        content += [pdf.heading(heading), *(pdf.words(paragraph) for paragraph in paragraphs)]
    content += [pdf.gap(), *(pdf.words(line) for line in letter.signed)]
    about = f"{letter.title}, {letter.reference}"
    return pdf.document(letter.title, about, f"{letter.council}, {letter.reference}. OFFICIAL-SENSITIVE", content)
