"""The driver check on the web: asking, the answer, and who may see it."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.checking import PURPOSE, SECRETIVE, answer_to, make_check
from journeys.reading import boxes, error_links, first_column, links, pdf_text
from sqlalchemy import select

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.driver_check import changes
from licensing.driver_check.models import DriverCheck
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.setup import owner_session

BORN = boxes("date_of_birth", 4, 3, 1980)
KHAN = {"name": "Mohammed Aslam Khan", **BORN}


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def matches(page: str) -> list[str]:
    """The headings of the records found, as "Strong match: name, council"."""
    return [" ".join(words.split()) for words in re.findall(r'card__title" id="found-\d+">([^<]+)<', page)]


def compared(page: str) -> dict[str, str]:
    """The comparison word of each field on the page's one card."""
    rows = re.findall(r'scope="row" class="govuk-table__header">([^<]+)</th>.*?comparison--([a-z-]+)', page, re.S)
    return {field: word.replace("-", " ") for field, word in rows}


def test_each_detail_alone_is_enough_to_ask(officer: CheckingClient) -> None:
    register.add(SECRETIVE, accounts.OXFORD)
    khan = "Mohammed Aslam Khan, Oxford City Council"
    for field, typed, band in (
        ("nino", "qq 98 76 54 b", "Strong"),
        ("driving_licence_no", "KHAN9 803040 MA9AB", "Strong"),
        ("licence_no", "che dd 0417", "Possible"),
        ("licence_no", "canary-badge", "Possible"),
        ("name", "Khan, Mohammed Aslam", "Possible"),
        ("vrm", "cn21 ryy", "Possible"),
        ("postcode", "ox99 9zz", "Possible"),
    ):
        page = answer_to(officer, **{field: typed})
        assert matches(page) == [f"{band} match: {khan}"], field
        assert set(compared(page).values()) == {"agrees"}, field
    assert "No record found" in answer_to(officer, **boxes("date_of_birth", 1, 1, 1950))


def test_a_check_without_any_detail_is_sent_back_with_what_was_chosen(officer: CheckingClient) -> None:
    answer = officer.post("/checks/new", data={**PURPOSE, "name": "   "})
    assert answer.status_code == 422
    assert error_links(answer.text) == [("#name", "Enter at least one detail to search for")]
    assert re.search(r'value="new_application"[^>]* checked', answer.text)
    assert 'value="APP/2026/7"' in answer.text
    with owner_session() as session:
        assert session.scalars(select(DriverCheck)).all() == []


def test_every_wrong_detail_is_said_beside_its_question_and_kept(officer: CheckingClient) -> None:
    typed = {
        "name": "Łucja Şahin",
        **boxes("date_of_birth", 30, 2, 1980),
        "nino": "QQ12",
        "driving_licence_no": "KHAN",
        "vrm": "NOT A PLATE",
        "postcode": "OX1",
        "purpose": "nonsense",
    }
    answer = officer.post("/checks/new", data=typed)
    assert answer.status_code == 422
    assert error_links(answer.text) == [
        ("#date_of_birth-day", "Date of birth must be a real date"),
        ("#nino", "National Insurance number must be 2 letters, 6 numbers, then A, B, C or D, like QQ 12 34 56 C"),
        ("#driving_licence_no", "Driving licence number must be the 16 characters in section 5 of the licence"),
        ("#vrm", "Vehicle registration must be as on the number plate, like AB12 CDE"),
        ("#postcode", "Enter a full UK postcode, like OX1 1AA"),
        ("#purpose", "Select why you are making this check"),
        ("#case_reference", "Enter your reference, or “none yet”"),
    ]
    for value in ("Łucja Şahin", "30", "1980", "QQ12", "KHAN", "NOT A PLATE", "OX1"):
        assert f'value="{value}"' in answer.text, value


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ((1, 1, 2090), "Date of birth must be in the past"),
        ((1, 1, 1850), "Date of birth must have a year from 1900 to 2100"),
    ],
)
def test_a_date_of_birth_that_nobody_has_is_refused(
    officer: CheckingClient, day: tuple[int, int, int], message: str
) -> None:
    answer = officer.post("/checks/new", data={**PURPOSE, **boxes("date_of_birth", *day)})
    assert error_links(answer.text)[0][1] == message


def test_how_sure_a_match_is_depends_on_what_was_compared(officer: CheckingClient) -> None:
    undated = replace(register.PLAIN, date_of_birth=None)
    register.add_all([SECRETIVE, undated], accounts.OXFORD)

    certain = answer_to(officer, **KHAN, nino="QQ987654B")
    assert matches(certain) == ["Certain match: Mohammed Aslam Khan, Oxford City Council"]
    assert "This person is on record." in certain
    assert "What would settle it" not in certain

    strong = answer_to(officer, name="Mohd. A. Kahn", **BORN)
    assert matches(strong)[0].startswith("Strong match")
    assert compared(strong) == {"Name": "close", "Date of birth": "agrees"}
    assert "What would settle it" in strong

    possible = answer_to(officer, name="Petra Example Sampleová", **boxes("date_of_birth", 23, 7, 1991))
    assert matches(possible) == ["Possible match: Petra Example Sampleová, Oxford City Council"]
    assert compared(possible) == {"Name": "agrees", "Date of birth": "not recorded"}  # which is never agreement

    nobody = answer_to(officer, name="Somebody Else", **boxes("date_of_birth", 5, 5, 1970))
    assert matches(nobody) == []
    assert "No record found" in nobody

    bands = re.findall(r'data-label="Best match"><div>([^<]+)<', officer.get("/checks").text)
    assert bands == ["None", "Possible", "Strong", "Certain"]


def test_adverse_stands_first_within_its_band_and_the_headline_says_so(officer: CheckingClient) -> None:
    numbers = ((IdentifierKind.NI_NUMBER, "QQ987654B"),)  # that all hold makes them one person
    elsewhere = replace(register.KHAN, identifiers=numbers, licences=(replace(register.PLAIN.licences[0], number="1"),))
    accounts.agree(accounts.CHERWELL, accounts.VALE)
    register.add(elsewhere, accounts.VALE)
    register.add(replace(register.KHAN, identifiers=numbers), accounts.CHERWELL)
    register.add(elsewhere, accounts.OXFORD)
    page = answer_to(officer, **KHAN)
    assert matches(page)[0] == "Certain match: Mohammed Aslam Khan, Cherwell District Council"
    assert len(matches(page)) == 3
    assert "Revoked by Cherwell District Council on 14 May 2025 with immediate effect, relying on relevant" in page
    assert "Ask Cherwell District Council in writing for the information relied on" in page
    assert "Confirm with Vale of White Horse District Council that it is the same person" in page


def test_a_council_without_an_agreement_is_not_searched_and_is_named(officer: CheckingClient) -> None:
    register.add(register.KHAN, accounts.CHERWELL)
    address = make_check(officer, **KHAN)
    page = officer.get(address).text
    assert "No record found" in page
    assert re.search(r"Cherwell District Council</th>\s*<td[^>]*><strong>Not searched</strong>", page)
    assert re.search(r"Oxford City Council</th>\s*<td[^>]*>No file has been brought in", page)
    assert "whose register was not searched, directly" in page
    assert "Oxfordshire County Council" not in page  # it licenses no drivers
    accounts.agree(accounts.CHERWELL)
    assert officer.get(address).text.count("Not searched") == page.count("Not searched")  # as it was then
    assert matches(answer_to(officer, **KHAN)) == ["Certain match: Mohammed Aslam Khan, Cherwell District Council"]


def test_an_own_record_leads_to_the_person_and_the_person_to_the_receipts(officer: CheckingClient) -> None:
    person = register.add(SECRETIVE, accounts.OXFORD)
    page = answer_to(officer, **KHAN)
    assert f"/people/{person}" in links(page)
    reference = re.search(r"DC-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert reference is not None
    assert f">{reference[0]}</a>" in officer.get(f"/people/{person}").text


def test_no_address_holds_what_was_typed(officer: CheckingClient) -> None:
    address = make_check(officer, **KHAN, postcode="OX99 9ZZ")
    assert re.fullmatch(r"/checks/[0-9a-f-]{36}", address)
    page = officer.get(address).text + officer.get("/checks").text
    assert not [link for link in links(page) if re.search("khan|ox99|1980", link, re.IGNORECASE)]


def test_a_search_that_breaks_off_leaves_its_check(officer: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "find_matches", lambda *_: 1 / 0)
    answer = officer.post("/checks/new", data={**PURPOSE, **KHAN})
    assert answer.status_code == 500
    assert "Khan" not in answer.text
    page = officer.get("/checks").text
    assert re.findall(r'data-label="Best match"><div>([^<]+)<', page) == ["Broken off"]
    [address] = [link for link in links(page) if re.match(r"/checks/[0-9a-f]", link)]
    assert "This check was broken off before it was answered" in officer.get(address).text
    assert "Nothing may be concluded from it" in pdf_text(officer.get(f"{address}/receipt.pdf").data)


def test_a_colleague_may_open_a_receipt_and_another_council_may_not(officer: CheckingClient, signed_in: SignIn) -> None:
    address = make_check(officer, **KHAN)
    assert signed_in(Role.LICENSING_OFFICER).get(address).status_code == 200
    assert signed_in(Role.LICENSING_MANAGER).get(f"{address}/receipt.pdf").status_code == 200
    neighbour = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    for elsewhere in (address, f"{address}/receipt.pdf", f"/checks/{uuid4()}"):
        assert neighbour.get(elsewhere).status_code == 404
    assert first_column(neighbour.get("/checks").text) == []
    for role in (Role.DESIGNATED_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        assert signed_in(role).get(address).status_code == 403


def test_the_list_is_newest_first_and_turned_page_by_page(officer: CheckingClient) -> None:
    for number in range(26):
        make_check(officer, name="Somebody Else", case_reference=f"REF {number}")
    first, second = officer.get("/checks").text, officer.get("/checks?page=2").text
    assert "Showing 1 to 25 of 26 checks" in first
    assert "REF 25" in first
    assert "REF 0" in second
    assert "REF 1<" not in second


def entries(action: Action) -> list[AuditEntry]:
    with owner_session() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_the_trail_says_who_checked_what_for_and_whose_record_was_shown(officer: CheckingClient) -> None:
    accounts.agree(accounts.CHERWELL)
    ours = register.add(replace(SECRETIVE, source_id=None), accounts.OXFORD)
    theirs = register.add(SECRETIVE, accounts.CHERWELL)
    address = make_check(officer, **KHAN)
    officer.get(f"{address}/receipt.pdf")
    check_id = UUID(address.rpartition("/")[2])

    [checked] = entries(Action.CHECKED)
    assert (checked.object_id, checked.purpose, checked.reference) == (check_id, "new_application", "APP/2026/7")
    assert checked.authority_id == accounts.authority_id(accounts.OXFORD)
    [disclosed] = entries(Action.DISCLOSED)
    assert (disclosed.object_id, disclosed.authority_id) == (theirs, accounts.authority_id(accounts.CHERWELL))
    assert disclosed.actor_name == "Test Licensing officer"
    assert disclosed.object_id != ours
    assert [entry.object_id for entry in entries(Action.PRINTED)] == [check_id]
    with owner_session() as session:
        kept = [
            (one.purpose, one.reference, one.details, one.actor_name) for one in session.scalars(select(AuditEntry))
        ]
    trail = repr(kept)  # what was written: ids and numbers hold any four digits by chance
    assert "Khan" not in trail
    assert "1980" not in trail


def test_what_was_asked_and_answered_is_kept_sealed(officer: CheckingClient) -> None:
    register.add(SECRETIVE, accounts.OXFORD)
    make_check(officer, **KHAN, nino="QQ987654B")
    with owner_session() as session:
        row = session.scalars(select(DriverCheck)).one()
        assert row.answer_sealed is not None
        kept = bytes(row.asked_sealed) + bytes(row.answer_sealed) + repr(vars(row)).encode()
    for plain in (b"Khan", b"QQ987654B", b"1980", b"0417"):
        assert plain not in kept


def test_two_records_of_the_last_day_of_retention_differ(officer: CheckingClient) -> None:
    """A decision is told on the day before eleven years have passed, and no longer on the day itself."""
    accounts.agree(accounts.CHERWELL)
    today = date.today()
    kept = replace(register.REVOKED, decided_on=date(today.year - 10, 1, 1))
    gone = replace(register.REVOKED, decided_on=date(today.year - 12, 1, 1), notified_on=date(today.year - 12, 1, 1))
    for person, event in ((register.KHAN, kept), (register.PLAIN, gone)):
        licence = replace(person.licences[0], events=(register.GRANTED, event))
        register.add(replace(person, licences=(licence,)), accounts.CHERWELL)
    told = answer_to(officer, **KHAN)
    assert "found__adverse" in told
    page = answer_to(officer, name="Petra Example Sampleová", **boxes("date_of_birth", 23, 7, 1991))
    assert "found__adverse" not in page
    assert "Revoked" in page  # the status is what it is
