"""The house style of PDFs."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from licensing import pdf

LETTERS = "Łódź Şişli Ẹniọlá Đặng Ñuñez Žižková Ægir O’Brien"


def read(document: bytes) -> PdfReader:
    return PdfReader(BytesIO(document))


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def page_of(*content: object) -> bytes:
    return pdf.one_page("A name", "About it", "Sample Council. OFFICIAL", list(content))


def test_letters_of_peoples_names_are_in_the_fonts_plain_and_bold() -> None:
    document = page_of(pdf.title(LETTERS), pdf.heading(LETTERS), pdf.words(LETTERS), pdf.words(LETTERS, bold=True))
    assert text_of(document).count(LETTERS) == 4
    embedded = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for font in read(document).pages[0]["/Resources"]["/Font"].values()
    }
    assert {"DejaVuSans", "DejaVuSans-Bold"} <= embedded


@pytest.mark.parametrize("rows", [0, 1, 40, 150])
def test_what_would_run_over_is_set_smaller_and_never_cut(rows: int) -> None:
    document = page_of(pdf.table(["Number", "Words"], [(str(n), f"row-{n}-end") for n in range(rows)], (0.2, 0.8)))
    assert len(read(document).pages) == 1
    words = text_of(document)
    assert all(f"row-{n}-end" in words for n in range(rows))
    assert "Sample Council. OFFICIAL" in words
    assert "Page 1" in words


def test_facts_stand_beside_their_labels() -> None:
    assert "Receipt DC-1 Made 3 June 2026" in text_of(
        page_of(pdf.facts([("Receipt", "DC-1"), ("Made", "3 June 2026")]))
    )


def test_markup_is_printed_as_it_was_typed() -> None:
    typed = "<b>A</b> & <a href='x'>B</a>"
    assert text_of(page_of(pdf.words(typed), pdf.facts([(typed, typed)]))).count(typed) == 3


def test_the_same_content_is_the_same_bytes() -> None:
    assert page_of(pdf.words("A")) == page_of(pdf.words("A"))


def test_a_document_says_what_it_is_and_in_which_language() -> None:
    reader = read(page_of(pdf.words("A")))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject) == ("A name", "About it")
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
