"""The search box: what it finds, in which order, and what it keeps to itself."""

import re
from dataclasses import replace
from html import unescape
from uuid import UUID, uuid4

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from clients import CheckingClient
from conftest import MadeOnce, SignIn
from factories import accounts, register
from flask import Flask
from journeys.reading import error_links
from sqlalchemy import select, text

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.permissions import Role
from licensing.register.details import OtherName
from licensing.register.events import NameKind
from licensing.register.models import Person, Premises
from licensing.setup import owner_session


@pytest.fixture
def oxford(made_once: MadeOnce) -> Council:
    return made_once(two_councils.oxford)


@pytest.fixture
def officer(oxford: Council, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def found(client: CheckingClient, words: str) -> dict[str, list[tuple[str, str]]]:
    """What a search finds: for each group, (first cell, how it was found) of its rows, in the order of the page."""
    answer = client.post("/find", data={"q": words})
    assert answer.status_code == 302, answer.text
    groups: dict[str, list[tuple[str, str]]] = {}
    for table in re.findall(r"<table.*?</table>", client.get(answer.location).text, re.S):
        title = re.findall(r"<caption[^>]*>([^<]+)<", table)[0]
        rows = re.findall(r"<th [^>]*rowheader[^>]*>(.*?)</th>.*?data-label=\"Found by\"><div>(.*?)</div>", table, re.S)
        groups[unescape(title)] = [(plain(name), plain(why)) for name, why in rows]
    return groups


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


KHAN = "Mohammed Aslam Khan"


@pytest.mark.parametrize("words", ["Khan", "khan mohammed", "Mohammed Aslam Khan", "Khan, Mohammed Aslam", "aslam"])
def test_a_person_is_found_by_any_part_of_the_name(officer: CheckingClient, words: str) -> None:
    assert found(officer, words)["People"] == [(KHAN, "Name")]


def test_a_person_is_found_under_another_spelling_and_another_name(officer: CheckingClient) -> None:
    assert found(officer, "Muhammad Aslam Kahn")["People"] == [(KHAN, "Similar name")]
    assert found(officer, "Sampleson")["People"] == [(KHAN, "Name")]


@pytest.mark.parametrize(
    ("words", "group", "expected"),
    [
        (
            "che dd 0417",
            "Licences",
            ("Dual driver (hackney carriage and private hire) CHE/DD/0417", "Exact Licence number"),
        ),
        (
            "417",
            "Licences",
            ("Dual driver (hackney carriage and private hire) CHE/DD/0417", "Exact Badge or plate number"),
        ),
        ("PHV-045", "Licences", ("Private hire vehicle PHV045", "Exact Licence number")),
        ("045", "Licences", ("Private hire vehicle PHV045", "Exact Badge or plate number")),
        ("044", "Licences", ("Private hire vehicle PHV045", "Exact Former badge or plate number")),
        ("ab12cde", "Vehicles", ("AB12 CDE", "Exact Registration")),
        ("XY99 ZZZ", "Vehicles", ("AB12 CDE", "Exact Former registration")),
        ("AB12", "Vehicles", ("AB12 CDE", "Registration")),
        ("99999999", "Organisations", ("Sample Cars Ltd", "Exact Company number")),
        ("cars", "Organisations", ("Sample Cars Ltd", "Name")),
        ("OX991AB", "Premises", ("The Sample Arms", "Postcode OX99 1AB")),
        ("arms", "Premises", ("The Sample Arms", "Name")),
        ("ox99 1aa", "People", (KHAN, "Postcode OX99 1AA")),
    ],
)
def test_everything_is_found_by_what_is_written_on_it(
    officer: CheckingClient, words: str, group: str, expected: tuple[str, str]
) -> None:
    groups = found(officer, words)
    assert expected in groups[group]
    if "Exact" in expected[1]:
        assert next(iter(groups)) == group


def test_every_reference_leads_to_its_record_and_so_does_a_uprn(oxford: Council, officer: CheckingClient) -> None:
    records = {
        "People": ("person", oxford.person_id),
        "Organisations": ("organisation", oxford.organisation_id),
        "Vehicles": ("vehicle", oxford.vehicle_id),
        "Premises": ("premises", oxford.premises_id),
        "Checks and files": ("driver_check", oxford.check_id),
    }
    for group, (table, record_id) in records.items():
        assert [why for _, why in found(officer, reference_of(table, record_id))[group]] == ["Exact Reference"], group
    assert found(officer, reference_of("import", oxford.import_id))["Checks and files"]
    with owner_session() as session:
        session.get_one(Premises, oxford.premises_id).uprn = 100012345678
        session.commit()
    assert [why for _, why in found(officer, "100012345678")["Premises"]] == ["Exact UPRN"]


def reference_of(table: str, record_id: UUID) -> str:
    with owner_session() as session:
        return str(session.scalar(text(f'SELECT reference FROM "{table}" WHERE id = :id'), {"id": record_id})).lower()


def test_only_the_first_are_shown_and_the_list_has_the_rest(officer: CheckingClient) -> None:
    register.add_all(map(register.numbered, range(1, 13)), accounts.OXFORD)
    answer = officer.post("/find", data={"q": "Person"})
    page = officer.get(answer.location).text
    assert len(re.findall("rowheader", page)) == 10
    [more] = re.findall(r'href="(/people\?search=[^"]+)"', page)
    assert "of 12 people" in officer.get(more).text


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; DROP TABLE person; --", "Ω", "x" * 200, "/", "0", "-"])
def test_strange_words_find_nothing_and_break_nothing(officer: CheckingClient, words: str) -> None:
    assert KHAN not in str(found(officer, words))


def test_an_empty_search_is_an_error_beside_the_box(officer: CheckingClient) -> None:
    for typed in ("", "  "):
        answer = officer.post("/find", data={"q": typed})
        assert answer.status_code == 422
        assert error_links(answer.text)[0][0] == "#q"
    assert officer.post("/find", data={"q": "x" * 201}).status_code == 422
    assert officer.get("/find").status_code == 200


def test_what_was_typed_stands_in_no_address_and_not_on_the_trail(officer: CheckingClient) -> None:
    answer = officer.post("/find", data={"q": "Canaryname"})
    assert re.fullmatch(r"/find/[0-9a-f-]{36}", answer.location)
    assert "Canaryname" in officer.get(answer.location).text
    with owner_session() as session:
        searched = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.SEARCHED)).one()
        assert str(searched.object_id) in answer.location
        assert "canary" not in str(session.execute(text("SELECT array_agg(a::text) FROM audit_entry a")).all()).lower()
        assert not session.scalar(text("SELECT count(*) FROM draft WHERE sealed LIKE '%anaryname%'::bytea"))


def test_results_are_their_askers_alone(officer: CheckingClient, signed_in: SignIn) -> None:
    location = officer.post("/find", data={"q": "Khan"}).location
    assert signed_in(Role.LICENSING_OFFICER).get(location).status_code == 404
    assert officer.get(f"/find/{uuid4()}").status_code == 404


def test_the_box_stands_on_every_page_of_whoever_may_read_the_registers(
    officer: CheckingClient, signed_in: SignIn
) -> None:
    box = 'action="/find" role="search"'
    for address in ("/", "/checks", "/people", "/no-such-page"):
        assert box in officer.get(address).text, address
    assert box not in signed_in(Role.AUDITOR).get("/").text
    assert signed_in(Role.AUDITOR).post("/find", data={"q": "Khan"}).status_code == 403


def test_another_councils_records_change_nothing_of_what_is_found(
    oxford: Council, app: Flask, signed_in: SignIn
) -> None:
    """Twin worlds: the second differs in another council's register alone."""
    client = signed_in(Role.LICENSING_OFFICER)
    asked = ("Khan", "Muhammad Aslam Kahn", "417", "AB12 CDE", "OX99 1AA", "99999999", "Sample", "XY99ZZZ")
    before = {words: found(client, words) for words in asked}
    accounts.agree(accounts.CHERWELL)
    two_councils.fill(accounts.CHERWELL)
    assert {words: found(client, words) for words in asked} == before
    # Negative control: with the policy opened, the same search differs.
    with owner_session() as session:
        session.execute(text("ALTER POLICY person_select ON person USING (true)"))
        session.commit()
    assert found(client, "Khan") != before["Khan"]


def test_a_record_that_was_merged_is_found_by_its_reference_alone(oxford: Council, officer: CheckingClient) -> None:
    other = register.add(
        replace(register.numbered(7), other_names=(OtherName(NameKind.FORMER, "Old", "Formerly"),)), oxford.code
    )
    with owner_session() as session:
        session.get_one(Person, other).merged_into_id = oxford.person_id
        session.commit()
    assert "People" not in found(officer, "Person7")
    assert "People" not in found(officer, "Formerly")
    assert len(found(officer, reference_of("person", other))["People"]) == 1


def test_the_lists_find_by_a_postcode_and_by_the_beginning_of_a_registration(officer: CheckingClient) -> None:
    for address, words, expected in (("/people", "ox991aa", KHAN), ("/vehicles", "ab1", "AB12 CDE")):
        page = officer.get(officer.post(f"{address}/search", data={"words": words}).location).text
        assert expected in page
    nothing = officer.get(officer.post("/people/search", data={"words": "OX99 9ZZ"}).location).text
    assert KHAN not in nothing
