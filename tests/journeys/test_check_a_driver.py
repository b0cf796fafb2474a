"""The main job, end to end: an officer checks a driver whom another council revoked."""

import re
from io import BytesIO

from conftest import SignIn
from factories import accounts, register
from flask.testing import FlaskClient
from pages import check_page
from pypdf import PdfReader

from licensing.permissions import Role


def check(client: FlaskClient, **details: str) -> str:
    """Make a check and return the page of its answer."""
    response = client.post("/checks/new", data={"purpose": "new_application", "case_reference": "none yet", **details})
    assert response.status_code == 302, response.text
    page = client.get(response.location)
    assert page.status_code == 200
    check_page(page.text)
    return page.text


KAHN = {
    "name": "Mohd. Aslam Kahn",
    "date_of_birth-day": "4",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1980",
}


def test_an_officer_finds_a_driver_whom_another_council_revoked(signed_in: SignIn) -> None:
    accounts.agree(accounts.CHERWELL)
    register.add(register.KHAN, accounts.CHERWELL)
    officer = signed_in(Role.LICENSING_OFFICER, accounts.OXFORD)

    page = check(officer, **KAHN)

    assert "Strong match: Mohammed Aslam Khan, Cherwell District Council" in page
    assert "Revoked" in page
    assert "14 May 2025" in page
    assert "CHE/DD/0417" in page
    assert "Sample Street" not in page
    assert "OX99" not in page
    assert "not a search of the National Register" in page


def test_no_record_leaves_a_receipt_too(signed_in: SignIn) -> None:
    officer = signed_in(Role.LICENSING_OFFICER)
    page = check(officer, **KAHN)
    assert "No record found" in page
    assert re.search(r"DC-[0-9A-Z]{4}-[0-9A-Z]{4}", page)


def test_the_receipt_is_one_page_and_says_what_the_screen_said(signed_in: SignIn) -> None:
    accounts.agree(accounts.CHERWELL)
    register.add(register.KHAN, accounts.CHERWELL)
    officer = signed_in(Role.LICENSING_OFFICER)
    page = check(officer, **KAHN)
    address = re.search(r'href="([^"]+receipt\.pdf)"', page)
    assert address is not None
    pdf = PdfReader(BytesIO(officer.get(address[1]).data))
    assert len(pdf.pages) == 1
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "Mohammed Aslam Khan" in text
    assert "NR3S" in text
    assert "West Oxfordshire District Council Not searched" in text
