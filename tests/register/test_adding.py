"""Adding a person with a licence: search first, then the form, then check answers."""

import re
from uuid import uuid4

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.reading import boxes, change_browser, error_links
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register import queries
from licensing.register.models import Draft, Licence, Person
from licensing.setup import owner_session

ANSWERS = {
    "given_names": "Łucja",
    "family_name": "O’Sample-Şahin",
    **boxes("date_of_birth", 29, 2, 1988),
    "other_given_names": "Lucy",
    "other_family_name": "Example",
    "address": "2 Sample Street\nSampleton",
    "postcode": "ox991aa",
    "nino": "qq 12 34 56 c",
    "driving_licence_no": "SAMPL 852298 L99ZZ",
    "kind": "private_hire_driver",
    "number": "PHD/0042",
    "badge_no": "42",
    **boxes("granted_on", 20, 2, 2026),
    **boxes("starts_on", 1, 3, 2026),
    **boxes("expires_on", 28, 2, 2029),
}


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def find(officer: CheckingClient, **typed: str) -> TestResponse:
    """Search before adding; returns the page of likely people."""
    sent = officer.post("/people/find", data={"family_name": "Sample", **typed})
    assert re.fullmatch(r"/people/find/[0-9a-f-]{36}", sent.location)
    return officer.get(sent.location)


def form_address(page: str) -> str:
    found = re.search(r'href="(/people/add\?draft=[^"]+)"', page)
    assert found is not None
    return found[1]


def count(model: type) -> int:
    with owner_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_search_without_a_family_name_is_sent_back_with_what_was_typed(officer: CheckingClient) -> None:
    answer = officer.post("/people/find", data={"given_names": "Łucja", **boxes("date_of_birth", 31, 2, 1988)})
    assert answer.status_code == 422
    assert error_links(answer.text) == [
        ("#family_name", "Enter a family name"),
        ("#date_of_birth-day", "Date of birth must be a real date"),
    ]
    assert 'value="Łucja"' in answer.text
    assert 'value="1988"' in answer.text
    assert count(Draft) == 0


def test_nobody_reaches_the_form_without_a_search_of_their_own(officer: CheckingClient, signed_in: SignIn) -> None:
    address = form_address(find(officer).text)
    assert officer.get(address).status_code == 200
    for elsewhere in ("/people/add", f"/people/add?draft={uuid4()}", "/people/add?draft=nonsense"):
        assert officer.get(elsewhere).location == "/people/find"
        assert officer.post(elsewhere, data=ANSWERS).location == "/people/find"
    colleague = signed_in(Role.LICENSING_OFFICER)
    change_browser()
    assert colleague.get(address).location == "/people/find"
    draft = address.rpartition("=")[2]
    assert colleague.get(f"/people/find/{draft}").status_code == 404
    assert colleague.get(f"/people/add/{draft}").status_code == 404
    assert colleague.post(f"/people/add/{draft}").status_code == 404


def test_likely_people_are_shown_whatever_the_spelling(officer: CheckingClient) -> None:
    register.add_all([register.KHAN, register.PLAIN], accounts.OXFORD)
    born = boxes("date_of_birth", 4, 3, 1980)
    page = find(officer, given_names="Mohd Aslam", family_name="Kahn", **born).text
    assert "Is it one of these people?" in page
    assert "Mohammed Aslam Khan" in page
    assert "Petra" not in page
    assert "If it is none of them" in page
    nobody = find(officer, given_names="Łucja", family_name="Nowak").text
    assert "Nobody on your register fits" in nobody


def test_every_error_stands_beside_its_question_and_everything_typed_is_kept(officer: CheckingClient) -> None:
    address = form_address(find(officer, family_name="O’Sample-Şahin", given_names="Łucja").text)
    form = officer.get(address).text
    assert 'value="O’Sample-Şahin"' in form  # carried over from the search
    wrong = {
        **ANSWERS,
        "postcode": "OX99",
        "nino": "12",
        "driving_licence_no": "SAMPLE",
        "kind": "",
        "number": "",
        **boxes("granted_on", 1, 1, 2090),
        **boxes("expires_on", 28, 2, 2020),
        "starts_on-day": "",
    }
    answer = officer.post(address, data=wrong)
    assert answer.status_code == 422
    assert error_links(answer.text) == [
        ("#postcode", "Enter a full UK postcode, like OX1 1AA"),
        ("#nino", "National Insurance number must be 2 letters, 6 numbers, then A, B, C or D, like QQ 12 34 56 C"),
        ("#driving_licence_no", "Driving licence number must be the 16 characters in section 5 of the licence"),
        ("#kind", "Select which licence was granted"),
        ("#number", "Enter the licence number"),
        ("#granted_on-day", "Date the grant was decided must be today or in the past"),
        ("#starts_on-day", "First day of the licence must include a day"),
    ]
    for typed in ("Łucja", "O’Sample-Şahin", "Lucy", "OX99", "SAMPLE", "42", "2090", "2020", "1988"):
        assert f'value="{typed}"' in answer.text, typed
    assert "2 Sample Street\nSampleton</textarea>" in answer.text


def test_answers_that_are_sent_twice_add_one_person(officer: CheckingClient) -> None:
    check = officer.post(form_address(find(officer).text), data=ANSWERS).location
    there = {officer.post(check).location for _ in range(2)}
    assert there == {officer.get(check).location}
    assert count(Person) == 1


def test_a_licence_cannot_end_before_it_starts(officer: CheckingClient) -> None:
    address = form_address(find(officer).text)
    answer = officer.post(address, data={**ANSWERS, **boxes("expires_on", 28, 2, 2026)})
    assert error_links(answer.text) == [
        ("#expires_on-day", "Last day of the licence must be the same as or after its first day")
    ]


def test_a_licence_number_needs_a_letter_or_a_number(officer: CheckingClient) -> None:
    address = form_address(find(officer).text)
    answer = officer.post(address, data={**ANSWERS, "number": "–/–"})
    assert error_links(answer.text) == [("#number", "Licence number must have letters or numbers in it")]


def test_answers_are_checked_changed_and_saved(officer: CheckingClient) -> None:
    sent = officer.post(form_address(find(officer).text), data=ANSWERS)
    check = officer.get(sent.location)
    assert "Check your answers" in check.text
    for answer in ("O’Sample-Şahin", "29 February 1988", "Lucy Example", "OX99 1AA", "PHD/0042", "28 February 2029"):
        assert answer in check.text, answer
    assert count(Person) == 0

    form = officer.get(form_address(check.text)).text  # Change
    for typed in ("Łucja", "ox991aa", "qq 12 34 56 c", "SAMPL 852298 L99ZZ", "PHD/0042", "42", "1988", "2029"):
        assert f'value="{typed}"' in form, typed
    assert re.search(r'value="private_hire_driver"[^>]* checked', form)
    sent = officer.post(form_address(check.text), data={**ANSWERS, "number": "PHD/0043"})
    assert "PHD/0043" in officer.get(sent.location).text

    saved = officer.post(sent.location)
    page = officer.get(saved.location).text
    assert "The person and the licence are on your register." in page
    for known in ("Łucja O’Sample-Şahin", "Lucy Example (alias)", "QQ123456C", "PHD/0043", "In force"):
        assert known in page, known
    assert (count(Person), count(Licence)) == (1, 1)


def test_a_licence_number_that_is_taken_is_said_and_nothing_is_written(officer: CheckingClient) -> None:
    first = officer.post(form_address(find(officer).text), data=ANSWERS).location
    assert officer.post(first).status_code == 302

    other = {**ANSWERS, "given_names": "Somebody", "family_name": "Else", "number": "phd 0042"}
    second = officer.post(officer.post(form_address(find(officer).text), data=other).location)
    assert second.status_code == 422
    assert "There is a problem" in second.text
    assert "Private hire driver licence phd 0042 is on your register already" in second.text
    assert (count(Person), count(Licence)) == (1, 1)


def test_the_same_number_may_be_of_another_kind_or_council(officer: CheckingClient, signed_in: SignIn) -> None:
    address = form_address(find(officer).text)
    assert officer.post(officer.post(address, data=ANSWERS).location).status_code == 302
    dual = {**ANSWERS, "kind": "dual_driver"}
    assert officer.post(officer.post(address, data=dual).location).status_code == 302
    neighbour = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    change_browser()
    address = form_address(find(neighbour).text)
    assert neighbour.post(neighbour.post(address, data=ANSWERS).location).status_code == 302


def test_what_was_typed_is_kept_sealed_and_in_no_address(officer: CheckingClient) -> None:
    page = find(officer, given_names="Łucja", family_name="Canaryname").text
    sent = officer.post(form_address(page), data={**ANSWERS, "family_name": "Canaryname"})
    check = officer.get(sent.location).text
    assert "Canaryname" in check
    assert not [link for link in re.findall(r'(?:href|action)="([^"]*)"', page + check) if "anaryname" in link]
    with owner_session() as session:
        sealed = session.scalars(select(Draft.sealed)).all()
    assert len(sealed) == 2
    assert not any(b"Canaryname" in one for one in sealed)


def test_the_words_of_a_search_are_not_taken_for_a_person(signed_in: SignIn) -> None:
    officer = signed_in(Role.LICENSING_OFFICER)
    search = officer.post("/people/search", data={"words": "Sample"}).location.rpartition("=")[2]
    assert officer.get(f"/people/add/{search}").status_code == 404
    assert officer.get(f"/people/find/{search}").status_code == 404
    assert officer.get(f"/people/add?draft={search}").location == "/people/find"


def test_the_same_answers_sent_twice_at_once_add_one_person(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    register.add(register.PLAIN, accounts.OXFORD)
    monkeypatch.setattr(queries, "licence_number_is_taken", lambda *_: False)  # as the other had not yet written
    with pytest.raises(RuleBroken, match="on your register already"):
        register.add(register.PLAIN, accounts.OXFORD)


def test_a_county_issues_no_drivers_licence(app: Flask) -> None:
    with pytest.raises(RuleBroken, match="does not issue drivers’ licences"):
        register.add(register.PLAIN, accounts.COUNTY)


def test_somebody_who_applies_is_added_without_a_licence_and_led_on_to_the_application(officer: CheckingClient) -> None:
    found = officer.post("/people/find", data={"given_names": "Nova", "family_name": "Žadatelka"}).location
    assert "Add a person who applies for one" in officer.get(found).text
    draft = found.rpartition("/")[2]
    born = {"date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1985"}
    who = {"given_names": "Nova", "family_name": "Žadatelka", **born}
    address = f"/people/add?draft={draft}&applies=yes"
    assert "Which licence was granted" not in officer.get(address).text
    check = officer.post(address, data=who).location
    added = officer.post(check).location
    assert added.endswith("/application")
    assert "Which licence is applied for" in officer.get(added).text
