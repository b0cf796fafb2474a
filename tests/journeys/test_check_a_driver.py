"""The main job, end to end: an officer checks a driver whom another council revoked."""

import re
from io import BytesIO

from conftest import SignIn
from factories import accounts, register
from journeys.checking import answer_to
from journeys.reading import boxes, links, pdf_text
from pypdf import PdfReader

from licensing.permissions import Role

KAHN = {"name": "Mohd. Aslam Kahn", **boxes("date_of_birth", 4, 3, 1980)}


def test_an_officer_finds_a_driver_whom_another_council_revoked(signed_in: SignIn) -> None:
    accounts.agree(accounts.CHERWELL)
    register.add(register.KHAN, accounts.CHERWELL)
    officer = signed_in(Role.LICENSING_OFFICER, accounts.OXFORD)

    page = answer_to(officer, **KAHN)

    assert "Strong match: Mohammed Aslam Khan, Cherwell District Council" in page
    assert "Revoked" in page
    assert "14 May 2025" in page
    assert "CHE/DD/0417" in page
    assert "Sample Street" not in page
    assert "OX99" not in page
    assert "not a search of the National Register" in page


def test_no_record_leaves_a_receipt_too(signed_in: SignIn) -> None:
    officer = signed_in(Role.LICENSING_OFFICER)
    page = answer_to(officer, **KAHN)
    assert "No record found" in page
    assert re.search(r"DC-[0-9A-Z]{4}-[0-9A-Z]{4}", page)


def test_the_receipt_is_one_page_and_says_what_the_screen_said(signed_in: SignIn) -> None:
    accounts.agree(accounts.CHERWELL)
    register.add(register.KHAN, accounts.CHERWELL)
    officer = signed_in(Role.LICENSING_OFFICER)
    page = answer_to(officer, **KAHN)
    [address] = [link for link in links(page) if link.endswith("receipt.pdf")]
    pdf = officer.get(address).data
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    text = pdf_text(pdf)
    assert "Mohammed Aslam Khan" in text
    assert "NR3S" in text
    assert "West Oxfordshire District Council Not searched" in text


def test_a_name_alone_that_nobody_stands_out_by_is_not_no_record(signed_in: SignIn) -> None:
    page = answer_to(signed_in(Role.LICENSING_OFFICER), name="Mohammed Khan")
    assert "No record found" not in page
    assert "not enough to pick anybody out" in page
