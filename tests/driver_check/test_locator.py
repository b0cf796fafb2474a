"""Who licenses this driver or vehicle? What is told, to whom, and what never is."""

from uuid import UUID, uuid4

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from clients import CheckingClient
from conftest import MadeOnce, SignIn
from factories import accounts
from flask import Flask
from journeys.checking import PURPOSE, caught
from journeys.reading import boxes, pdf_text
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing.accounts.acting import who_is_acting
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.db import acting_as, db
from licensing.driver_check import changes
from licensing.driver_check.asking import Asked, AskedNumber
from licensing.driver_check.rules import Purpose
from licensing.permissions import Role
from licensing.setup import owner_session

# What their records hold besides, none of which may be told.
HIDDEN = ("sample cars", "khan", "sample street", "škoda", "silver", "phv045", "che/dd", "wholly", "ox99")


@pytest.fixture
def cherwell(made_once: MadeOnce) -> Council:
    return made_once(two_councils.cherwell_that_shares)


@pytest.fixture
def officer(cherwell: Council, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def ask(client: CheckingClient, **typed: str) -> str:
    answer = client.post("/checks/licensed-by", data={**PURPOSE, **typed})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def told(page: str) -> str:
    return " ".join(page.partition("Who licenses or licensed it")[2].partition("What was asked")[0].split())


@pytest.mark.parametrize("mark", ["ab12 cde", "XY99ZZZ"])
def test_a_vehicle_is_found_by_its_registration_of_now_or_before(officer: CheckingClient, mark: str) -> None:
    shown = told(officer.get(ask(officer, vrm=mark)).text)
    assert "Cherwell District Council: Private hire vehicle" in shown
    assert "PHV045" in shown
    assert "In force" in shown
    assert ("It had this before" in shown) is (mark == "XY99ZZZ")
    assert caught(shown, tuple(one for one in HIDDEN if one != "phv045")) == []


def test_of_a_drivers_number_no_more_than_kind_council_and_status(officer: CheckingClient) -> None:
    for number in ("CHE DD 0417", "417"):
        address = ask(officer, licence_no=number)
        shown = told(officer.get(address).text)
        assert "Cherwell District Council: Dual driver" in shown
        assert "Revoked" in shown
        assert "Not told of a driver’s licence" in shown
        assert caught(shown, HIDDEN) == []
        receipt = pdf_text(officer.get(f"{address}/receipt.pdf").data)
        assert "Dual driver" in receipt
        assert "Revoked" in receipt


def test_other_kinds_of_licence_and_parts_of_numbers_are_not_answered(officer: CheckingClient) -> None:
    for number in ("24/01234/PREM", "PHO1", "PHV04", "41", "%5", "CHE/DD"):
        page = officer.get(ask(officer, licence_no=number)).text
        assert "No licence found on 2 of 5 councils’ registers." in page, number
    assert "West Oxfordshire District Council" in page


def test_former_plates_and_the_councils_contact_are_told(officer: CheckingClient, cherwell: Council) -> None:
    with owner_session() as session:
        statement = "UPDATE authority SET licensing_email = 'safe@example.org' WHERE id = :id"
        session.execute(text(statement), {"id": cherwell.id})
        session.commit()
    shown = told(officer.get(ask(officer, licence_no="044")).text)
    assert "PHV045" in shown
    assert "safe@example.org" in shown


def test_it_is_on_both_trails_with_its_purpose(officer: CheckingClient, cherwell: Council) -> None:
    ask(officer, vrm="AB12CDE")
    with owner_session() as session:
        asked = session.scalars(
            select(AuditEntry).where(AuditEntry.action == Action.CHECKED, AuditEntry.authority_id != cherwell.id)
        ).one()
        disclosed = session.scalars(
            select(AuditEntry).where(AuditEntry.action == Action.DISCLOSED, AuditEntry.authority_id == cherwell.id)
        ).one()
    assert (asked.purpose, asked.reference) == ("new_application", "APP/2026/7")
    assert disclosed.object_id is not None
    assert disclosed.purpose == "new_application"
    assert "AB12" not in str((asked.details, disclosed.details))


def test_a_council_that_shares_nothing_is_named_and_not_searched(app: Flask, signed_in: SignIn) -> None:
    two_councils.fill(accounts.CHERWELL)
    page = signed_in(Role.LICENSING_OFFICER)
    shown = page.get(ask(page, vrm="AB12CDE", licence_no="417")).text
    assert "No licence found on 1 of 5 councils’ registers." in shown
    assert "Cherwell District Council" in shown.partition("Where we looked")[2]


def test_a_driver_is_sent_to_the_driver_check_with_what_was_typed(officer: CheckingClient) -> None:
    typed = {"name": "Mohammed Aslam Khan", **boxes("date_of_birth", 4, 3, 1980), "vrm": "AB12 CDE"}
    address = ask(officer, **typed)
    assert address.startswith("/checks/new?draft=")
    assert "Khan" not in address
    page = officer.get(address).text
    for kept in ("Mohammed Aslam Khan", "1980", "AB12 CDE", "APP/2026/7"):
        assert f'value="{kept}"' in page, kept
    assert officer.get(f"/checks/new?draft={uuid4()}").status_code == 200


def test_nothing_to_ask_no_purpose_or_a_wrong_shape_is_an_error(officer: CheckingClient) -> None:
    for typed in ({**PURPOSE}, {**PURPOSE, "licence_no": "-"}, {"vrm": "AB12CDE"}, {**PURPOSE, "vrm": "not a mark"}):
        assert officer.post("/checks/licensed-by", data=typed).status_code == 422


def test_the_page_of_a_vehicle_leads_here_with_its_registration(made_once: MadeOnce, signed_in: SignIn) -> None:
    oxford = made_once(two_councils.oxford)
    client = signed_in(Role.LICENSING_OFFICER)
    address = f"/checks/licensed-by?vehicle={oxford.vehicle_id}"
    assert address in client.get(f"/vehicles/{oxford.vehicle_id}").text
    assert 'value="AB12 CDE"' in client.get(address).text
    assert 'value="AB12 CDE"' not in signed_in(Role.LICENSING_OFFICER, accounts.WEST).get(address).text


ANSWERED = "SELECT * FROM licensed_by(:id, 'AB12CDE', '417')"


def test_the_database_answers_an_open_committed_check_of_its_kind_alone(cherwell: Council) -> None:
    def opened(asked: Asked | AskedNumber) -> UUID:
        user = who_is_acting()
        assert user is not None
        return changes.open_check(user, asked, Purpose.RENEWAL, "none yet")

    def refused(check_id: UUID) -> bool:
        try:
            db.session.execute(text(ANSWERED), {"id": check_id}).all()
        except DBAPIError:
            return True
        finally:
            db.session.rollback()
        return False

    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        assert refused(opened(AskedNumber("AB12CDE")))  # not committed, so rolled back with the refusal
        person, number = opened(Asked(family_name="Khan")), opened(AskedNumber("AB12CDE"))
        db.session.commit()
        assert refused(person)
        assert refused(uuid4())
        assert not refused(number)
        assert len(db.session.execute(text(ANSWERED), {"id": number}).all()) == 2
        db.session.rollback()
    for role, code in ((Role.LICENSING_OFFICER, accounts.OXFORD), (Role.AUDITOR, accounts.OXFORD)):
        with acting_as(accounts.open_session(accounts.user(role, code))):
            assert refused(number)
