"""The letter to an authority outside this service: what it says, what it keeps back, and that it was printed."""

from typing import Any
from uuid import uuid4

from accounts import browsers
from accounts.signing_in import as_owner
from clients import CheckingClient
from factories import accounts
from flask import Flask
from journeys.deciding import answers
from journeys.reading import links, pdf_text
from sharing.exchanging import NOTIFIED

from licensing import dates
from licensing.permissions import Role

CONDUCT, BELIEF = "Refused an assistance dog at the station.", "Our policy names it."
TYPED = {
    "full_name": "Zoë Łukasz Example",
    "licence_number": "WV/PH/12345",
    "body": "City of Wolverhampton Council",
    "contact": "Licensing team",
    "method": "post",
    "words": CONDUCT,
    "would_act": "y",
    "belief": BELIEF,
}


def report(client: CheckingClient, **given: Any) -> str:
    sent = client.post("/nr3s/concerns/new", data=answers(**{**TYPED, "aware_on": NOTIFIED, **given}))
    assert sent.status_code == 302, sent.text
    return str(sent.location)


def test_a_report_of_a_concern_goes_outside_by_a_letter_with_what_section_5_asks(app: Flask) -> None:
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    page = report(officer)
    letter = f"{page}/letter.pdf"
    assert letter in links(officer.get(page).text)
    answer = officer.get(letter)
    assert answer.mimetype == "application/pdf"
    said = pdf_text(answer.data)
    for told in (
        CONDUCT,
        "Zoë Łukasz Example",
        "WV/PH/12345",
        "City of Wolverhampton Council",
        "section 5",
        "20 working",
    ):
        assert told in said
    assert dates.in_words(NOTIFIED) in said
    assert BELIEF not in said
    assert as_owner("SELECT count(*) FROM audit_entry WHERE action = 'printed'") == [(1,)]
    assert officer.get(letter).data == answer.data


def test_what_goes_in_the_service_or_is_anothers_has_no_letter(app: Flask) -> None:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    cherwell = str(accounts.authority_id(accounts.CHERWELL))
    page = report(officer, body="", partner=cherwell, method="service")
    assert officer.get(f"{page}/letter.pdf").status_code == 404
    outside = report(officer)
    other = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert other.get(f"{outside}/letter.pdf").status_code == 404
    assert officer.get(f"/nr3s/requests/sent/{uuid4()}/letter.pdf").status_code == 404
