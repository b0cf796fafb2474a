"""Who a case is about, over HTTP: one person in several records, though no council linked them."""

from dataclasses import replace
from uuid import UUID

import pytest
from accounts.signing_in import masked
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, allegations, register, shared_cases
from flask import Flask
from journeys.reading import version_in

from licensing.allegations import finding
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import key_of
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails

MAN = replace(register.KHAN, given_names="Imtiaz", family_name="Quraishi")
ASKED = "Contact the designated officer"
LEVEL = {
    "level": "contact",
    "basis": "children_act_2004",
    "necessity": "A child may be driven.",
    "proportionality": "Nothing less would do.",
    "police": "Agree.",
    "social_care": "Agrees.",
}


@pytest.fixture
def officer(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return allegations.officer()


@pytest.fixture
def lado(app: Flask, officer: UUID) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.set_cookie("session", accounts.open_session(officer))
    return client


@pytest.fixture
def records(officer: UUID) -> tuple[UUID, UUID]:
    """The same man on two registers, which nobody linked."""
    return register.add(MAN, accounts.OXFORD), register.add(MAN, accounts.CHERWELL)


def test_records_that_nobody_linked_are_put_together_and_both_councils_get_the_flag(
    lado: CheckingClient, officer: UUID, records: tuple[UUID, UUID], signed_in: SignIn
) -> None:
    """Domain story 13."""
    here, there = records
    case_id = allegations.open_case(officer, here)
    case = f"/allegations/{case_id}"
    page = lado.get(case).text
    assert "likely of the same person" in page
    assert "Cherwell District Council (a record there is likely theirs" in lado.get(f"{case}/sharing/level").text
    asked = lado.get(f"{case}/person/same")
    sent = {"records": [str(there)], "version": version_in(asked.text)}
    assert lado.post(f"{case}/person/same", data=sent).status_code == 302
    assert "likely of the same person" not in lado.get(case).text
    shared_cases.share(officer, case_id, accounts.OXFORD, accounts.CHERWELL)
    for code, person in ((accounts.OXFORD, here), (accounts.CHERWELL, there)):
        assert ASKED in signed_in(Role.LICENSING_OFFICER, code).get(f"/people/{person}").text


def test_several_records_are_chosen_as_one_person(
    lado: CheckingClient, officer: UUID, records: tuple[UUID, UUID]
) -> None:
    case = lado.post("/allegations/begin", data={}).location.removesuffix("/steps/caller")
    chosen = lado.post(f"{case}/person", data={"name": "Imtiaz Quraishi"}).location
    sent = {"person": [str(one) for one in records], "version": version_in(lado.get(chosen).text)}
    both = lado.post(chosen, data={**sent, "person": [*sent["person"], "nobody"]})
    assert both.status_code == 422
    assert lado.post(chosen, data=sent).status_code == 302
    page = lado.get(case).text
    assert page.count("Imtiaz Quraishi, born") == 2


def test_a_case_is_found_by_each_of_its_records(
    lado: CheckingClient, officer: UUID, records: tuple[UUID, UUID]
) -> None:
    here, there = records
    case_id = allegations.open_case(officer, here)
    asked = f"/allegations/{case_id}/person/same"
    lado.post(asked, data={"records": [str(there)], "version": version_in(lado.get(asked).text)})
    with shared_cases.opened(officer, case_id):
        assert queries.cases_about([key_of(there)]) == [case_id]


def test_a_record_that_joins_a_case_meets_the_flag_that_stands(
    lado: CheckingClient, officer: UUID, records: tuple[UUID, UUID], signed_in: SignIn
) -> None:
    here, there = records
    case_id = allegations.open_case(officer, here)
    shared_cases.share(officer, case_id, accounts.OXFORD, accounts.CHERWELL)
    reader = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert ASKED not in reader.get(f"/people/{there}").text
    asked = f"/allegations/{case_id}/person/same"
    lado.post(asked, data={"records": [str(there)], "version": version_in(lado.get(asked).text)})
    assert ASKED in reader.get(f"/people/{there}").text
    assert "no other register" in lado.get(asked).text.lower()


def test_nobody_is_told_that_records_are_put_together(
    lado: CheckingClient, officer: UUID, records: tuple[UUID, UUID], signed_in: SignIn
) -> None:
    here, there = records
    reader = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    before = masked(reader.get(f"/people/{there}").text)
    asked = f"/allegations/{allegations.open_case(officer, here)}/person/same"
    lado.post(asked, data={"records": [str(there)], "version": version_in(lado.get(asked).text)})
    assert masked(reader.get(f"/people/{there}").text) == before


def test_a_level_that_can_be_met_on_no_record_is_said_to_be_so(lado: CheckingClient, officer: UUID) -> None:
    case_id = allegations.open_case(officer, register.add(MAN, accounts.OXFORD))
    page = f"/allegations/{case_id}/sharing/level"
    sent = {**LEVEL, "authorities": [str(accounts.authority_id(accounts.CHERWELL))]}
    shown = lado.post(page, data={**sent, "version": version_in(lado.get(page).text)}, follow_redirects=True)
    assert "nobody at Cherwell District Council will meet the flag" in shown.text
    assert "nobody there meets a flag" in shown.text


def found(lado: CheckingClient, **typed: str) -> str:
    """The page of a search for the person of a new case."""
    case = lado.post("/allegations/begin", data={}).location.removesuffix("/steps/caller")
    return lado.get(lado.post(f"{case}/person", data=typed).location).text


@pytest.mark.parametrize("word", ["Quraishi", "imtiaz"])
def test_one_name_alone_finds_whoever_has_it(lado: CheckingClient, records: tuple[UUID, UUID], word: str) -> None:
    assert found(lado, name=word).count("Imtiaz Quraishi, born") == 2


def test_more_than_are_shown_are_said_to_be_there(
    lado: CheckingClient, officer: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.add_all([replace(register.numbered(one), family_name="Khan") for one in range(4)], accounts.OXFORD)
    assert "There are more" not in found(lado, name="Khan")
    monkeypatch.setattr(finding, "MOST_SHOWN", 3)
    page = found(lado, name="Khan")
    assert page.count("Khan, born") == 3
    assert "There are more than these" in page


def test_a_search_that_finds_no_record_does_not_say_that_there_is_nobody(lado: CheckingClient) -> None:
    page = found(lado, name="Nosuchname")
    assert "Nobody was found" not in page
    assert "Registers that do not share are not searched" in page


@pytest.mark.parametrize("number", ["OX/P103", "oxp103", "PHD 0001"])
def test_the_plate_that_a_caller_saw_finds_who_holds_it(lado: CheckingClient, officer: UUID, number: str) -> None:
    plate = LicenceDetails(LicenceKind.PRIVATE_HIRE_VEHICLE, "OX/P103", events=(register.GRANTED,))
    register.add(replace(register.PLAIN, licences=(*register.PLAIN.licences, plate)), accounts.OXFORD)
    assert "Sampleová, born" in found(lado, number=number)
