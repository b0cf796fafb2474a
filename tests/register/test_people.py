"""The list of people, the search in it, and one person's page."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.reading import first_column, links

from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OtherName
from licensing.register.events import Event, EventKind, NameKind

HELD = replace(
    register.KHAN,
    source_id="SYS-77",
    other_names=(OtherName(NameKind.FORMER, "Aslam", "Sampleton"),),
    identifiers=((IdentifierKind.NI_NUMBER, "QQ 12 34 56 C"), (IdentifierKind.REGISTRATION_MARK, "ab12 cde")),
    licences=(
        replace(
            register.KHAN.licences[0],
            events=(
                register.GRANTED,
                Event(EventKind.SUSPENDED),
                replace(register.REVOKED, immediate=False, notified_on=date(2025, 5, 20)),
            ),
        ),
    ),
)
LOOKS_UP = ("%", "_", "\\", "'", "--", "\x00", "x" * 5_000)


def search(client: CheckingClient, words: str) -> str:
    """Search, and return the page with what fits."""
    sent = client.post("/people/search", data={"words": words})
    assert sent.status_code == 302
    return client.get(sent.location).text


def test_the_list_is_narrowed_sorted_and_turned_and_survives_a_look_at_a_person(app: Flask, signed_in: SignIn) -> None:
    suspended = replace(register.PLAIN.licences[0], number="S1", events=(register.GRANTED, Event(EventKind.SUSPENDED)))
    other = replace(register.PLAIN, family_name="Zielinski", date_of_birth=date(1955, 1, 2), licences=(suspended,))
    register.add_all([*(register.numbered(n) for n in range(26)), register.KHAN, other], accounts.OXFORD)
    officer = signed_in(Role.LICENSING_OFFICER)

    first = officer.get("/people").text
    assert "Showing 1 to 25 of 28 people" in first
    assert first_column(first)[0] == "Mohammed Aslam Khan"
    revoked = '<strong class="govuk-tag govuk-tag--red">Revoked</strong>'
    assert f"Dual driver (hackney carriage and private hire) CHE/DD/0417 {revoked}" in first

    assert first_column(officer.get("/people?kind=dual_driver").text) == ["Mohammed Aslam Khan"]
    assert first_column(officer.get("/people?status=suspended").text) == ["Petra Example Zielinski"]
    assert "Nobody on your register fits this" in officer.get("/people?kind=dual_driver&status=suspended").text
    assert first_column(officer.get("/people?sort=name&order=descending").text)[0] == "Petra Example Zielinski"
    assert first_column(officer.get("/people?sort=born").text)[0] == "Petra Example Zielinski"
    assert len(first_column(officer.get("/people?kind=nonsense&status=&sort=nonsense&page=0").text)) == 25

    address = "/people?kind=private_hire_driver&sort=name&order=descending&page=2"
    second = officer.get(address).text
    assert first_column(second) == ["Sample1 Person1", "Sample0 Person0"]
    assert "Licence: Private hire driver" in second
    [person] = [link for link in links(second) if link.startswith("/people/") and "kind=" in link][:1]
    back = [link for link in links(officer.get(person).text) if link.startswith("/people?")]
    assert back == [address]


def test_a_search_is_posted_and_leads_to_an_address_that_does_not_hold_the_name(app: Flask, signed_in: SignIn) -> None:
    register.add_all([HELD, register.PLAIN], accounts.OXFORD)
    officer = signed_in(Role.LICENSING_OFFICER)

    sent = officer.post("/people/search", data={"words": "Sampleton"})
    assert re.fullmatch(r"/people\?search=[0-9a-f-]{36}", sent.location)
    page = officer.get(sent.location).text
    assert first_column(page) == ["Mohammed Aslam Khan"]  # by the former name
    assert "Showing only what fits “Sampleton”" in page
    filtered = officer.get(f"{sent.location}&kind=private_hire_driver").text
    assert first_column(filtered) == []
    assert f'name="search" value="{sent.location.rpartition("=")[2]}"' in filtered

    colleague = signed_in(Role.LICENSING_OFFICER)
    theirs = colleague.get(sent.location).text
    assert "Sampleton" not in theirs
    assert first_column(theirs) == ["Mohammed Aslam Khan", "Petra Example Sampleová"]


def test_people_are_found_by_name_number_and_reference_however_they_are_written(app: Flask, signed_in: SignIn) -> None:
    register.add_all([HELD, register.PLAIN], accounts.OXFORD)
    officer = signed_in(Role.LICENSING_OFFICER)
    khan, petra = "Mohammed Aslam Khan", "Petra Example Sampleová"

    for words in ("khan", "KHAN Mohammed", "che dd 0417", "CHE/DD/0417", "417", "aslam sampleton"):
        assert first_column(search(officer, words)) == [khan], words
    reference = re.search(r"P-[0-9A-Z]{4}-[0-9A-Z]{4}", search(officer, "petra"))
    assert reference is not None
    for words in ("phd0001", "PHD 0001", "SAMPLEOVÁ", reference[0], reference[0].lower()):
        assert first_column(search(officer, words)) == [petra], words
    for words in LOOKS_UP:
        assert first_column(search(officer, words)) in ([], [khan, petra]), words
    assert first_column(search(officer, "%")) == []
    assert first_column(search(officer, "")) == [khan, petra]


def test_another_councils_people_are_not_in_the_list_nor_behind_an_address(app: Flask, signed_in: SignIn) -> None:
    accounts.agree(accounts.CHERWELL)
    theirs = register.add(HELD, accounts.CHERWELL)
    officer = signed_in(Role.LICENSING_OFFICER)
    assert first_column(search(officer, "khan")) == []
    assert officer.get(f"/people/{theirs}").status_code == 404
    assert officer.get(f"/people/{uuid4()}").status_code == 404


@pytest.fixture
def person_id(app: Flask) -> UUID:
    return register.add(HELD, accounts.OXFORD)


def test_a_persons_page_shows_what_is_known_and_what_they_may_do_today(person_id: UUID, signed_in: SignIn) -> None:
    page = signed_in(Role.LICENSING_OFFICER).get(f"/people/{person_id}").text
    for known in (
        "Mohammed Aslam Khan",
        "Aslam Sampleton (former)",
        "4 March 1980",
        "1 Sample Street, Sampleton, OX99 1AA",
        "QQ123456C",
        "AB12CDE",
        "SYS-77",
        "CHE/DD/0417",
        "Revoked",
        "Driver checks in which this person came up",
    ):
        assert known in page, known
    assert re.search(r"May drive today</dt>\s*<dd[^>]*>No<", page)


def test_the_timeline_is_newest_first_with_what_has_no_date_last(person_id: UUID, signed_in: SignIn) -> None:
    page = signed_in(Role.LICENSING_OFFICER).get(f"/people/{person_id}").text
    assert re.findall(r'timeline__title">([^<]+)<', page) == ["Revoked", "Granted", "Suspended"]
    revoked, _, suspended = re.findall(r'timeline__text">([^<]+)<', page)
    effect = "takes effect 11 June 2025 unless an appeal is lodged before"
    assert f"notice given 20 May 2025; {effect}; relied wholly on relevant information" in revoked
    assert suspended.endswith("date not recorded")


def test_only_a_manager_sees_who_looked(person_id: UUID, signed_in: SignIn) -> None:
    address = f"/people/{person_id}"
    assert "Who looked at this record" not in signed_in(Role.LICENSING_OFFICER).get(address).text
    page = signed_in(Role.LICENSING_MANAGER).get(address).text
    assert "Who looked at this record" in page
    assert "Test Licensing officer" in page
    assert "Added a record" in page


@pytest.mark.parametrize("role", [Role.DESIGNATED_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.BRIEFING_READER])
def test_who_has_no_business_with_licences_sees_no_register(person_id: UUID, signed_in: SignIn, role: Role) -> None:
    stranger = signed_in(role)
    for address in ("/people", f"/people/{person_id}", "/people/find", "/premises"):
        assert stranger.get(address).status_code == 403


def test_nobody_signed_in_is_asked_to_sign_in(client: CheckingClient, person_id: UUID) -> None:
    answer = client.get(f"/people/{person_id}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_a_person_without_a_date_of_birth_and_with_two_licences_reads_well(app: Flask, signed_in: SignIn) -> None:
    refused = LicenceDetails(LicenceKind.HACKNEY_CARRIAGE_DRIVER, "APP/9", events=(Event(EventKind.REFUSED),))
    details = replace(register.PLAIN, date_of_birth=None, licences=(*register.PLAIN.licences, refused))
    person = register.add(details, accounts.OXFORD)
    officer = signed_in(Role.LICENSING_OFFICER)
    assert "Not recorded" in officer.get("/people").text
    page = officer.get(f"/people/{person}").text
    assert "Application refused" in page
    assert "In force" in page
