"""Two records of one person made one, and made two again exactly as they were."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journeys.reading import first_column, links
from sqlalchemy import text

from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OtherName, PersonDetails
from licensing.register.events import NameKind
from licensing.setup import owner_session

AGREED = {"checked": "y"}
CHOICES = {"name": "kept", "date_of_birth": "kept", "deceased_on": "kept", "source_id": "kept"}
NINO = (IdentifierKind.NI_NUMBER, "QQ123456C")
ONE = replace(register.KHAN, source_id="S1", identifiers=(NINO,))
OTHER = replace(
    register.KHAN,
    given_names="Mohd.",
    family_name="Kahn",
    source_id="S2",
    address="9 Sample Street",
    other_names=(OtherName(NameKind.ALIAS, "Aslam", "Sampleson"),),
    identifiers=(NINO, (IdentifierKind.DRIVER_NUMBER, "KHAN9803040MA9AA")),
    licences=(LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "PHD0042", "42", (register.GRANTED,)),),
)
# Everything of a person that a merge touches; what is written again when it is undone (keys, periods) included.
WHOLE = {
    "person": "SELECT * FROM person ORDER BY id",
    "person_name": "SELECT * FROM person_name ORDER BY id",
    "person_address": "SELECT * FROM person_address ORDER BY id",
    "person_identifier": "SELECT * FROM person_identifier ORDER BY id",
    "licence": "SELECT * FROM licence ORDER BY id",
    "licence_event": "SELECT * FROM licence_event ORDER BY id",
    "licence_period": "SELECT * FROM licence_period ORDER BY licence_id, from_on",
    "position_held": "SELECT * FROM position_held ORDER BY id",
    "person_match": "SELECT person_id, names, date_of_birth, postcodes, identifiers, keys FROM person_match"
    " ORDER BY person_id",
    "match_key": "SELECT * FROM match_key ORDER BY key, person_id",
}


def whole_register() -> dict[str, Any]:
    with owner_session() as session:
        found = {table: [tuple(row) for row in session.execute(text(sql))] for table, sql in WHOLE.items()}
    found["person_match"] = [
        tuple(sorted(v) if isinstance(v, list) else v for v in row) for row in found["person_match"]
    ]
    return found


def agree(manager: CheckingClient) -> Any:
    listed = manager.get("/approvals").text
    waiting = listed.partition("Waiting")[2] or listed
    address = next(link for link in links(waiting) if re.fullmatch(r"/approvals/[0-9a-f-]{36}", link))
    return manager.post(f"{address}/approve", data=AGREED)


def ask(officer: CheckingClient, kept: UUID, merged: UUID, **choices: str) -> Any:
    data = {**CHOICES, **choices, "reason": "Same driving licence and photograph"}
    return officer.post(f"/people/{kept}/merge?with={merged}", data=data)


@pytest.fixture
def two(app: Flask, signed_in: SignIn) -> tuple[CheckingClient, CheckingClient, UUID, UUID]:
    kept, merged = register.add(ONE, accounts.OXFORD), register.add(OTHER, accounts.OXFORD)
    return signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_MANAGER), kept, merged


Two = tuple[CheckingClient, CheckingClient, UUID, UUID]


def test_duplicates_are_suggested_with_reasons_and_compared_field_by_field(two: Two) -> None:
    officer, _, kept, merged = two
    page = officer.get("/people/duplicates").text
    assert "National Insurance number agrees" in page
    page = officer.get(f"/people/{kept}/duplicates").text
    assert "Mohd. Kahn" in page
    assert "ate of birth agrees" in page
    page = officer.get(f"/people/{kept}/merge?with={merged}").text
    assert "Private hire driver PHD0042" in page


def test_records_become_one_once_a_second_person_agrees_and_both_names_still_find_it(two: Two) -> None:
    officer, manager, kept, merged = two
    assert ask(officer, kept, merged).status_code == 302
    assert "PHD0042" not in officer.get(f"/people/{kept}").text
    assert agree(officer).status_code in (403, 404)
    assert agree(manager).status_code == 302

    page = officer.get(f"/people/{kept}").text
    assert "PHD0042" in page
    assert "Aslam Sampleson" in page
    moved = officer.get(f"/people/{merged}")
    assert moved.status_code == 302
    assert moved.location.endswith(str(kept))
    assert first_column(officer.get("/people").text) == ["Mohammed Aslam Khan"]
    found = officer.post("/people/find", data={"given_names": "Mohd", "family_name": "Kahn"}).location
    assert first_column(officer.get(found).text) == ["Mohammed Aslam Khan"]


def test_the_other_records_answers_can_be_chosen_field_by_field(two: Two) -> None:
    officer, manager, kept, merged = two
    ask(officer, kept, merged, name="merged", source_id="merged")
    agree(manager)
    page = officer.get(f"/people/{kept}").text
    assert "Mohd. Kahn" in page
    assert ">S2<" in page.replace(" ", "").replace("\n", "")


def test_a_record_that_changed_since_is_not_merged_and_the_approver_is_told(two: Two) -> None:
    from journeys.keeping import keep

    officer, manager, kept, merged = two
    ask(officer, kept, merged)
    keep(officer, f"/people/{merged}/name", what="current", given_names="Mohd.", family_name="Kahnson")
    told = agree(manager)
    assert told.status_code == 422
    assert "changed since this was asked for" in told.text


def test_two_merges_of_one_record_are_refused_the_second_time(two: Two) -> None:
    officer, manager, kept, merged = two
    ask(officer, kept, merged)
    ask(officer, merged, kept)
    assert agree(manager).status_code == 302
    told = agree(manager)
    assert told.status_code == 422
    assert "merged in between" in told.text


def test_another_councils_record_cannot_be_compared_or_merged(two: Two) -> None:
    officer, _, kept, _ = two
    theirs = register.add(ONE, accounts.CHERWELL)
    answer = officer.get(f"/people/{kept}/merge?with={theirs}")
    assert answer.status_code == 302
    assert answer.location.endswith("/duplicates")


def undo(officer: CheckingClient, manager: CheckingClient, kept: UUID) -> None:
    address = next(link for link in links(officer.get(f"/people/{kept}").text) if link.startswith("/merges/"))
    assert officer.post(address, data={"reason": "Two cousins after all"}).status_code == 302
    assert agree(manager).status_code == 302


details = st.builds(
    PersonDetails,
    given_names=st.sampled_from(["Petra", "Petra Example", "P."]),
    family_name=st.sampled_from(["Sampleová", "Sample"]),
    date_of_birth=st.sampled_from([None, register.KHAN.date_of_birth]),
    address=st.sampled_from(["", "1 Sample Street"]),
    postcode=st.sampled_from(["", "OX99 1AA"]),
    other_names=st.lists(st.just(OtherName(NameKind.FORMER, "Petra", "Example")), max_size=2).map(tuple),
    identifiers=st.lists(st.sampled_from([NINO, (IdentifierKind.NI_NUMBER, "QQ654321A")]), unique=True).map(tuple),
)
choices = st.fixed_dictionaries({name: st.sampled_from(["kept", "merged"]) for name in CHOICES})


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=details, other=details, chosen=choices)
def test_a_merge_undone_leaves_the_register_as_it_was(
    app: Flask, signed_in: SignIn, one: PersonDetails, other: PersonDetails, chosen: dict[str, str]
) -> None:
    number = iter(range(1_000_000))
    kept, merged = (register.add(_numbered(details, next(number)), accounts.OXFORD) for details in (one, other))
    officer, manager = signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_MANAGER)
    before = whole_register()
    assert ask(officer, kept, merged, **chosen).status_code == 302
    assert agree(manager).status_code == 302
    assert whole_register() != before
    undo(officer, manager, kept)
    assert whole_register() == before


def _numbered(details: PersonDetails, number: int) -> PersonDetails:
    """With a licence and a key of its own."""
    from uuid import uuid4

    own = uuid4().hex[:8]
    licence = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, f"PHD{own}", events=(register.GRANTED,))
    return replace(details, source_id=f"S{own}{number}", licences=(licence,))
