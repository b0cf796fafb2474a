"""The notice and each requirement as they are handed over, in the words of section 116, and their PDFs.

How sections 117 and 118 are put was not read in a published source in full: the page says so beside the document.
"""

from dataclasses import dataclass

from licensing import pdf
from licensing.dates import in_words
from licensing.hotel_notices.models import HotelNotice, Requirement
from licensing.hotel_notices.rules import LAW


@dataclass(frozen=True)
class Document:
    """A whole document: facts as (label, value), parts as (heading, paragraphs)."""

    title: str
    reference: str
    facts: list[tuple[str, str]]
    parts: list[tuple[str, list[str]]]


_REQUIRED = [
    "Subsection (4): while this notice is in effect, a constable may require you to provide information about guests "
    "at the hotel. Each requirement is made in writing, and says which days it is about and by when the information "
    "is to be given.",
    "Subsection (5): only guests’ names and addresses may be required, and other information that the Secretary of "
    "State specifies in regulations and that can readily be obtained from the guests themselves.",
]
_APPEAL = [
    "You may appeal against this notice to a magistrates’ court. The appeal must be made within 21 days beginning with "
    "the day on which the notice was issued to you. The court may quash the notice, modify it, or dismiss the appeal.",
]
_OFFENCES = [
    "It is an offence to fail, without reasonable excuse, to comply with a requirement that is made under this notice. "
    "It is an offence to give information that you know to be wrong, or that you ought reasonably to know to be wrong. "
    "The penalty on conviction is a fine of up to level 4 on the standard scale.",
]


def hotel_of(notice: HotelNotice) -> str:
    """The hotel with its address, on one line."""
    return ", ".join(part for part in (notice.hotel, notice.address, notice.postcode) if part)


def notice_document(notice: HotelNotice) -> Document:
    """The notice: what section 116(2) asks of it."""
    return Document(
        title="Notice about information on hotel guests",
        reference=notice.reference,
        facts=[
            ("Hotel", hotel_of(notice)),
            ("Takes effect on", in_words(notice.effective_on)),
            ("Expires on", in_words(notice.expires_on)),
            ("Issued by", f"{notice.officer}, {notice.rank.label.lower()}, {notice.action.lead.name}"),
            ("Authorised on", in_words(notice.authorised_on)),
            ("Reference", notice.reference),
        ],
        parts=[
            (
                "Why you are given this notice",
                [
                    f"This notice is issued under section 116 of the {LAW} to you as the owner, operator or manager of "
                    "the hotel. The officer named above reasonably believes that the hotel has been or will be used "
                    "for child sexual exploitation, or for conduct that is preparatory to it or otherwise connected "
                    "with it.",
                ],
            ),
            ("What may be required of you", _REQUIRED),
            ("Appeal: section 117", _APPEAL),
            ("Offences: section 118", _OFFENCES),
        ],
    )


def requirement_document(requirement: Requirement) -> Document:
    """One requirement: what section 116(6) asks of it."""
    notice = requirement.notice
    period = f"{in_words(requirement.from_on)} to {in_words(requirement.until_on)}"
    return Document(
        title="Requirement for information on hotel guests",
        reference=f"{notice.reference}, requirement {requirement.number}",
        facts=[
            ("Hotel", hotel_of(notice)),
            ("Under notice", f"{notice.reference}, which expires on {in_words(notice.expires_on)}"),
            ("Made on", in_words(requirement.made_on)),
            ("Guests of these days", period),
            ("Due on or by", in_words(requirement.due_on)),
            ("Made by", requirement.officer),
        ],
        parts=[
            (
                "What is required",
                [
                    f"Under section 116(4) of the {LAW} you are required to give the names and addresses of guests who "
                    f"stay at the hotel on any of the days from {period}. They are to be given on or by "
                    f"{in_words(requirement.due_on)} to the constable named above.",
                ],
            ),
            ("Offences: section 118", _OFFENCES),
        ],
    )


def pdf_of(document: Document) -> bytes:
    """The same bytes for the same words."""
    content = [pdf.title(document.title), pdf.facts(document.facts)]
    for heading, paragraphs in document.parts:
        content += [pdf.heading(heading), *(pdf.words(one) for one in paragraphs)]
    content += [pdf.gap(), pdf.words("Signed"), pdf.gap(), pdf.words("Given to (name, as what, day and time)")]
    return pdf.document(document.title, f"{document.title}, {document.reference}", document.reference, content)
