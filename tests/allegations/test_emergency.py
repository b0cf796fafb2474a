"""A deputy opens one record for an hour: found or not, told to whom it must be, and reviewed by somebody else."""

import re

import pytest
from factories import accounts, allegations, desks, register
from factories.desks import Desk
from flask import Flask
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

KHAN = {"name": "Mohammed Khan", "date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1980"}
WHY = {"reason": "A child is in the vehicle now"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    accounts.agree(accounts.OXFORD)
    return desks.desk(app, person_id=register.add(register.KHAN, accounts.OXFORD))


@pytest.fixture
def deputy(app: Flask, desk: Desk) -> Desk:
    return desks.colleague(app, desk, Role.DEPUTY_DESIGNATED_OFFICER)


def rows(statement: str) -> list[tuple[object, ...]]:
    with owner_session() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def change(statement: str) -> None:
    with owner_session() as session:
        session.execute(text(statement))
        session.commit()


def broken(deputy: Desk, **typed: str) -> str:
    """Where breaking the glass leads."""
    response = deputy.client.post("/allegations/emergency", data={**WHY, **typed})
    assert response.status_code == 302, response.text
    return response.location


def reference() -> str:
    return str(rows("SELECT reference FROM lado_case")[0][0])


def test_a_deputy_sees_nothing_of_a_case_before(deputy: Desk) -> None:
    assert deputy.client.get(deputy.case).status_code == 404
    assert deputy.client.get("/allegations").status_code == 403


@pytest.mark.parametrize("between", [" ", "", "–"])
def test_a_reference_opens_it_as_it_is_spoken(deputy: Desk, between: str) -> None:
    assert broken(deputy, reference=reference().lower().replace("-", between)) == deputy.case


@pytest.mark.parametrize("by_reference", [True, False])
def test_one_record_opens_for_an_hour_and_the_deputy_can_work_on_it(deputy: Desk, by_reference: bool) -> None:
    typed = {"reference": reference().lower()} if by_reference else KHAN
    assert broken(deputy, **typed) == deputy.case
    assert allegations.WORDS in deputy.page()
    assert "in an emergency" in deputy.client.get("/").text
    deputy.send("/chronology/new", **_ENTRY)
    assert "Rang the police" in deputy.page("/chronology")
    change("UPDATE case_access SET until_at = now() - interval '1 second'")
    assert deputy.client.get(deputy.case).status_code == 404
    assert deputy.client.get(f"{deputy.case}/chronology").status_code == 404


_ENTRY = {"kind": "call", "at": "14:05", "words": "Rang the police", "on-day": "3", "on-month": "6", "on-year": "2026"}


def test_the_second_factor_is_asked_for_again(deputy: Desk) -> None:
    change("UPDATE user_session SET second_factor_at = now() - interval '20 minutes'")
    assert "/confirm" in deputy.client.get("/allegations/emergency").location
    assert "/confirm" in broken(deputy, reference=reference())
    assert rows("SELECT 1 FROM case_access") == []


def test_what_is_not_found_is_said_and_that_it_was_sought_is_kept(deputy: Desk) -> None:
    refused = deputy.client.post("/allegations/emergency", data={**WHY, "reference": "AL-0000"})
    assert refused.status_code == 422
    assert "No record was found" in refused.text
    assert "Check each letter of the reference" in refused.text
    kept = f"SELECT action FROM restricted_entry WHERE actor_id = '{deputy.officer}'"
    assert rows(kept) == [("searched",)]
    unsaid = deputy.client.post("/allegations/emergency", data=WHY)
    assert "Enter the reference, or the name and the date of birth" in unsaid.text


def test_the_auditor_and_the_designated_officers_are_told_and_not_of_what(app: Flask, desk: Desk, deputy: Desk) -> None:
    auditor = desks.colleague(app, desk, Role.AUDITOR)
    broken(deputy, reference=reference())
    page = auditor.client.get("/audit").text
    assert "Opened a record in an emergency" in page
    assert str(desk.case_id)[:8] not in page
    mails = rows("SELECT args ->> 'to_user_id', args::text FROM procrastinate_jobs WHERE task_name = 'send_mail'")
    assert {one for one, _ in mails} == {str(desk.officer), str(auditor.officer)}
    assert all(str(desk.case_id) not in str(args) and reference() not in str(args) for _, args in mails)


def test_somebody_else_reviews_it_and_it_waits_until_they_do(desk: Desk, deputy: Desk) -> None:
    broken(deputy, reference=reference())
    assert "Review access in an emergency" in desk.client.get("/allegations").text
    found = re.search(rf'href="{desk.case}(/access/[0-9a-f-]+/review)"', desk.page("/access"))
    assert found
    assert "A child is in the vehicle now" in desk.page(found[1])
    desk.send(found[1], words="Rightly opened")
    assert "Rightly opened" in desk.page("/access")
    assert "Review access in an emergency" not in desk.client.get("/allegations").text
    assert desk.client.get(f"{desk.case}{found[1]}").status_code == 404


def test_a_case_that_is_closed_to_a_deputy_is_not_opened_by_them_in_an_emergency(desk: Desk, deputy: Desk) -> None:
    broken(deputy, reference=reference())
    desk.send("/access/close", officer=str(deputy.officer), reason="Their neighbour")
    assert deputy.client.get(deputy.case).status_code == 404
    refused = deputy.client.post("/allegations/emergency", data={**WHY, "reference": reference()})
    assert "No record was found" in refused.text
