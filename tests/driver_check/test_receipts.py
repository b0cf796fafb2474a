"""The receipt as a PDF."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

from journeys.reading import pdf_text
from pypdf import PdfReader

from licensing.driver_check import presenting
from licensing.driver_check.answers import AdverseDecision, Answer, Found, HeldLicence, Searched
from licensing.driver_check.asking import Asked, AskedList
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.receipts import receipt_pdf
from licensing.driver_check.rules import Purpose
from licensing.matching.bands import Band
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind, LicenceStatus

CHECK = DriverCheck(
    id=uuid4(),
    reference="DC-7K2M-9XQ4",
    purpose=Purpose.RENEWAL,
    case_reference="APP/2026/7",
    made_at=datetime(2026, 6, 3, 13, 5, tzinfo=UTC),
)
ASKED = Asked("Łukasz", "Şahinoğlu", date(1980, 3, 4), "OX99 1AA", "QQ123456C", "SAHIN803040L99ZZ", "CHE/1", "AB12CDE")
FOUND = Found(
    rank=1,
    band=Band.CERTAIN,
    own=False,
    authority="Vale of White Horse District Council",
    contact="Licensing team",
    name="Wojciech Grzegorz Ọlákúnlé Ẹniọlá Brzęczyszczykiewicz-Şahinoğlu",
    date_of_birth=date(1980, 3, 4),
    licences=tuple(
        HeldLicence(kind, f"VALE/{kind.value.upper()}/2026/0001", LicenceStatus.REVOCATION_PENDING, None, None)
        for kind in LicenceKind
    ),
    adverse=(AdverseDecision(EventKind.REVOKED, LicenceKind.DUAL_DRIVER, date(2025, 5, 14), True),),
)
COUNCILS = tuple(Searched(f"E0700017{n}", f"Sample District Council {n}") for n in range(9))


def receipt(answer: Answer | None, asked: Asked | AskedList = ASKED) -> bytes:
    headline = presenting.headline(answer, asked) if answer else ""
    return receipt_pdf(CHECK, asked, answer, headline, "Test Officer", "Oxford City Council")


def test_ten_people_with_long_names_still_make_one_page() -> None:
    ten = tuple(replace(FOUND, rank=rank) for rank in range(1, 11))
    pdf = receipt(Answer(COUNCILS, COUNCILS, ten))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    words = pdf_text(pdf)
    squeezed = words.replace(" ", "")  # a narrow column breaks long names
    assert squeezed.count("ẸniọláBrzęczyszczykiewicz-Şahinoğlu") == 10
    assert "This is not a search of the National Register" in words


def test_it_is_the_same_bytes_whenever_it_is_printed() -> None:
    answer = Answer(COUNCILS[:2], COUNCILS[2:], (FOUND,))
    assert receipt(answer) == receipt(answer)
    assert receipt(answer) != receipt(replace(answer, found=()))


def test_it_says_its_title_and_its_language() -> None:
    reader = PdfReader(BytesIO(receipt(Answer(COUNCILS, (), ()))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Driver check receipt DC-7K2M-9XQ4"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert [entry.title for entry in reader.outline] == ["Driver check receipt DC-7K2M-9XQ4"]


def test_it_proves_who_asked_what_when_and_for_what_with_identifiers_masked() -> None:
    words = pdf_text(receipt(Answer(COUNCILS, (), ())))
    for known in (
        "DC-7K2M-9XQ4",
        "3 June 2026 at 2:05pm by Test Officer, Oxford City Council",
        "Łukasz Şahinoğlu",
        "4 March 1980",
        "••••••56C",
        "Renewal of a licence",
        "APP/2026/7",
        "No record found on",
        "OFFICIAL",
    ):
        assert known in words, known
    assert "QQ123456C" not in words
    assert "SAHIN803040L99ZZ" not in words


def test_it_says_what_was_found_and_where_nobody_looked() -> None:
    words = pdf_text(receipt(Answer(COUNCILS[:1], COUNCILS[1:2], (FOUND, replace(FOUND, band=Band.POSSIBLE, name="")))))
    assert "Revoked 14 May 2025, on relevant information; ask whether there is an appeal" in words
    assert "Not shown: possibly a namesake" in words
    assert "Sample District Council 0 No file has been brought in" in words
    assert "Sample District Council 1 Not searched: its sharing agreement is not recorded" in words


def test_a_check_that_was_broken_off_proves_nothing() -> None:
    words = pdf_text(receipt(None))
    assert "The check was broken off before it was answered. Nothing may be concluded from it." in words


def test_a_list_is_known_by_its_fingerprint() -> None:
    words = pdf_text(receipt(Answer(COUNCILS, (), ()), AskedList("ab" * 32, 300)))
    assert "300 people" in words
    assert "ab" * 16 in words.replace(" ", "")


def test_markup_in_a_name_is_only_a_name() -> None:
    asked = replace(ASKED, given_names="<b>A</b> & <font size=90>B")
    assert "<b>A</b> & <font size=90>B" in pdf_text(receipt(Answer(COUNCILS, (), ()), asked))
