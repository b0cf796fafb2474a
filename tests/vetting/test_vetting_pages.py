"""The pages of vetting, as an officer and a manager use them."""

import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register, vetting
from flask import Flask

from licensing import dates
from licensing.permissions import Role
from licensing.register.identifiers import IdentifierKind
from licensing.vetting.rules import CheckKind, Result

TODAY = dates.today()


@pytest.fixture
def person_id(app: Flask) -> UUID:
    return register.add(register.PLAIN, accounts.OXFORD)


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def day(name: str, back: int) -> dict[str, str]:
    on = TODAY - timedelta(days=back)
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def certificate() -> dict[str, str]:
    return {
        "result": "satisfied",
        "certificate_no": "0012 3456 7890",
        "level": "enhanced",
        "barred_lists": "both",
        "update_service": "yes",
        **day("checked_on", 3),
        **day("issued_on", 9),
    }


def test_a_check_is_recorded_and_stands_on_the_persons_page(officer: CheckingClient, person_id: UUID) -> None:
    address = f"/people/{person_id}/vetting/new"
    chosen = officer.post(address, data={"check": "enhanced_dbs"})
    assert chosen.location == f"{address}?check=enhanced_dbs"
    assert officer.post(chosen.location, data=certificate()).location == f"/people/{person_id}"
    page = officer.get(f"/people/{person_id}").text
    assert "Enhanced DBS certificate: the check is recorded." in page
    assert "Satisfied" in page
    listed = officer.get(f"/people/{person_id}/vetting").text
    assert "Enhanced DBS certificate" in listed
    assert "001234567890" not in listed


def test_only_what_belongs_to_a_check_is_asked(officer: CheckingClient, person_id: UUID) -> None:
    asked = officer.get(f"/people/{person_id}/vetting/new?check=dbs_status").text
    assert "How was the status learnt?" in asked
    assert "No new information" in asked
    assert "barred lists" not in asked
    abroad = officer.get(f"/people/{person_id}/vetting/new?check=overseas").text
    assert "First day abroad" in abroad
    assert "Certificate number" not in abroad


def test_what_is_refused_is_said_at_its_question_with_everything_typed(
    officer: CheckingClient, person_id: UUID
) -> None:
    address = f"/people/{person_id}/vetting/new?check=enhanced_dbs"
    refused = officer.post(address, data={**certificate(), "certificate_no": "12"})
    assert refused.status_code == 422
    assert "Certificate number must be 12 numbers" in refused.text
    assert f'name="issued_on-year" type="text" value="{(TODAY - timedelta(days=9)).year}"' in refused.text
    until = officer.post(
        f"/people/{person_id}/vetting/new?check=right_to_work",
        data={"result": "satisfied", "leave": "ends", **day("checked_on", 0)},
    )
    assert "Enter the last day of their permission to work" in until.text


def test_the_end_of_leave_is_offered_to_the_licences_and_recorded(officer: CheckingClient, person_id: UUID) -> None:
    address = f"/people/{person_id}/vetting/new?check=right_to_work"
    assert "Record the end of leave on their licences too" in officer.get(address).text
    given = {"result": "satisfied", "leave": "ends", "tell_licences": "y"}
    officer.post(address, data={**given, **day("checked_on", 0), **day("expires_on", -60)})
    assert "Permission to work recorded" in officer.get(f"/people/{person_id}").text


def test_a_check_is_corrected_and_both_can_be_read(officer: CheckingClient, person_id: UUID) -> None:
    wrong = vetting.record(accounts.OXFORD, person_id, vetting.CERTIFICATE)
    form = officer.get(f"/vetting/checks/{wrong}/correct").text
    assert f'value="{vetting.CERTIFICATE.certificate_no}"' in form
    assert "Recorded by mistake" in form
    corrected = officer.post(f"/vetting/checks/{wrong}/correct", data={**certificate(), "why": "Another number"})
    now = officer.get(corrected.location).text
    assert "001234567890" in now
    assert "Another number" in now
    before = officer.get(f"/vetting/checks/{wrong}").text
    assert "This was corrected" in before
    assert corrected.location in before
    assert officer.post(f"/vetting/checks/{wrong}/correct", data={**certificate(), "why": "Again"}).status_code == 422


def test_a_look_at_a_check_is_on_the_trail(officer: CheckingClient, person_id: UUID) -> None:
    one = vetting.record(accounts.OXFORD, person_id, vetting.CERTIFICATE)
    officer.get(f"/vetting/checks/{one}")
    looked = "SELECT count(*) FROM audit_entry WHERE object_kind = 'vetting_check' AND action = 'looked'"
    assert as_owner(looked) == [(1,)]


def test_figures_lead_to_the_people_behind_them(officer: CheckingClient, person_id: UUID) -> None:
    late = vetting.satisfied(CheckKind.DBS_STATUS, TODAY - timedelta(days=300))
    vetting.record(accounts.OXFORD, person_id, late)
    page = officer.get("/vetting").text
    assert "Private hire driver" in page
    address = "/vetting/holders?licence=private_hire_driver&amp;check=dbs_status&amp;bucket=overdue"
    assert address in page
    listed = officer.get(address.replace("&amp;", "&")).text
    assert register.PLAIN.family_name in listed
    assert "due since" in listed
    person = re.search(r'href="(/people/[^"]+)"', listed)
    assert person is not None
    back = officer.get(person[1].replace("&amp;", "&")).text
    assert f'href="{address}">Back to holders and their checks' in back
    nobody = officer.get("/vetting/holders?check=dbs_status&bucket=in_date").text
    assert "Nobody fits this" in nobody


def test_the_list_is_a_file_whose_cells_no_spreadsheet_runs(officer: CheckingClient, app: Flask) -> None:
    register.add(replace(register.PLAIN, family_name="=Sample()"), accounts.OXFORD)
    asked = {"check": "medical", "bucket": "never"}
    file = officer.post("/vetting/holders.csv", data=asked)
    assert file.mimetype == "text/csv"
    heading, line = file.text.splitlines()
    assert heading.startswith("family_name,given_names,reference,licence_no")
    assert line.startswith("'=Sample()")
    kept = "SELECT details->>'rows', details->>'sha256' FROM audit_entry WHERE action = 'exported'"
    assert as_owner(kept) == [("1", sha256(file.data).hexdigest())]


def test_a_manager_makes_the_councils_own_rule_and_an_officer_cannot(
    officer: CheckingClient, signed_in: SignIn
) -> None:
    manager = signed_in(Role.LICENSING_MANAGER)
    address = "/vetting/rules/new?family=driver&check=dbs_status"
    assert officer.get(address).status_code == 403
    rule = {"requirement": "needed", "length": "3", "unit": "years", "source": "Policy 2024", "reason": "Adopted"}
    missing = manager.post(address, data=rule)
    assert missing.status_code == 422
    assert "Enter the first day of the rule" in missing.text
    half = manager.post(address, data={**rule, "unit": "", **day("valid_from", 1)})
    assert "and its unit; or neither" in half.text
    assert manager.post(address, data={**rule, **day("valid_from", 1)}).location == "/vetting/rules"
    shown = officer.get("/vetting/rules").text
    assert "Every 3 years" in shown
    assert "Every 6 months" in shown
    assert "Adopted" in shown
    assert "Make a rule of your own about" not in shown
    assert manager.get("/vetting/rules/new?family=premises&check=dbs_status").status_code == 404
    assert manager.get("/vetting/rules/new?family=none").status_code == 404


@pytest.mark.parametrize("family", ["driver", "operator"])
def test_no_councils_rule_does_without_what_the_law_demands(signed_in: SignIn, family: str) -> None:
    manager, address = signed_in(Role.LICENSING_MANAGER), f"/vetting/rules/new?family={family}&check=right_to_work"
    rule = {"source": "Policy 2024", "reason": "Nobody asks here", **day("valid_from", 1)}
    for weaker in ({"requirement": "not_needed"}, {"requirement": "needed"}):
        refused = manager.post(address, data={**rule, **weaker})
        assert refused.status_code == 422
        assert "The law demands this check" in refused.text
        assert "Local Government (Miscellaneous Provisions) Act 1976" in refused.text
        assert "Nobody asks here" in refused.text
    kept = {**rule, "requirement": "needed", "blocks_grant": "y", "length": "1", "unit": "years"}
    assert manager.post(address, data=kept).status_code == 302
    dvla = f"/vetting/rules/new?family={family}&check=dvla"
    assert manager.post(dvla, data={**rule, "requirement": "not_needed"}).status_code == 302


def test_the_right_to_work_of_a_driver_is_not_recorded_as_not_needed(officer: CheckingClient, person_id: UUID) -> None:
    address = f"/people/{person_id}/vetting/new?check=right_to_work"
    given = {"result": Result.NOT_NEEDED.value, "reason": "They said so", **day("checked_on", 0)}
    refused = officer.post(address, data=given)
    assert refused.status_code == 422
    assert "The law demands this check" in refused.text


def test_an_adverse_result_asks_somebody_to_consider(officer: CheckingClient, person_id: UUID) -> None:
    address = f"/people/{person_id}/vetting/new?check=dbs_status"
    officer.post(address, data={"result": Result.NEW_INFORMATION.value, **day("checked_on", 0)})
    work = officer.get("/work").text
    assert "Consider whether a holder is still fit and proper" in work
    assert IdentifierKind.NI_NUMBER.value not in work
