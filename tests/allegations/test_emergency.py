"""A deputy opens one record for an hour: found or not, told to whom it must be, and reviewed by somebody else."""

import re
from uuid import UUID

import pytest
from factories import accounts, allegations, desks, jobs, register
from factories.desks import Desk
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations import access, finding
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

KHAN = {"name": "Mohammed Khan", "date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1980"}
WHY = {"reason": "A child is in the vehicle now"}
MAILS = "SELECT args ->> 'to_user_id', args::text FROM procrastinate_jobs WHERE task_name = 'send_mail'"
BREAK = text("CALL break_glass(gen_random_uuid(), :reference, '{}', '', current_date)")


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
    refused = deputy.client.post("/allegations/emergency", data={**WHY, "reference": "AL-0000"})
    assert refused.status_code == 422
    jobs.do_all(app)
    assert rows(MAILS) == []
    broken(deputy, reference=reference())
    jobs.do_all(app)
    page = auditor.client.get("/audit").text
    assert "Opened a record in an emergency" in page
    assert str(desk.case_id)[:8] not in page
    mails = rows(MAILS)
    assert {one for one, _ in mails} == {str(desk.officer), str(auditor.officer)}
    assert all(str(desk.case_id) not in str(args) and reference() not in str(args) for _, args in mails)


def test_what_tells_of_it_is_asked_for_as_the_glass_is_broken_and_says_nothing_of_whether_it_was(
    app: Flask, desk: Desk, deputy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("licensing.allegations.queries.access.opened_in_emergency", _fails)
    assert deputy.client.post("/allegations/emergency", data={**WHY, "reference": reference()}).status_code == 500
    assert rows("SELECT 1 FROM case_access WHERE kind = 'emergency'")
    monkeypatch.undo()
    an_hour_later()
    deputy.client.post("/allegations/emergency", data={**WHY, "reference": "AL-0000"})
    told = "SELECT authority_id, asked_by FROM job_progress WHERE kind = 'tell_of_emergency'"
    assert rows(told) == [(None, deputy.officer)] * 2
    with acting_as(accounts.open_session(accounts.user(Role.ADMINISTRATOR, accounts.COUNTY))):
        assert db.session.scalar(text("SELECT count(*) FROM job_progress")) == 0
        with pytest.raises(DBAPIError, match="only the job tell_of_emergency"):
            db.session.execute(text("SELECT * FROM told_of_emergency()"))
        db.session.rollback()
    jobs.do_all(app)
    assert [one for one, _ in rows(MAILS)] == [str(desk.officer)]


def _fails(_access_id: UUID) -> UUID:
    raise RuntimeError("the first commit is behind")


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
    an_hour_later()
    refused = deputy.client.post("/allegations/emergency", data={**WHY, "reference": reference()})
    assert "No record was found" in refused.text


def an_hour_later() -> None:
    """The hour of every emergency is over, and everybody has just shown their second factor."""
    change("UPDATE case_access SET until_at = now() - interval '1 second' WHERE kind = 'emergency'")
    change("UPDATE user_session SET second_factor_at = clock_timestamp()")


def test_a_code_opens_one_record_and_another_once_its_hour_is_over(deputy: Desk) -> None:
    broken(deputy, reference=reference())
    assert "/confirm" in broken(deputy, reference=reference())
    change("UPDATE user_session SET second_factor_at = clock_timestamp()")
    refused = deputy.client.post("/allegations/emergency", data={**WHY, "reference": reference()})
    assert "open to you in an emergency already" in refused.text
    with acting_as(accounts.open_session(deputy.officer)):
        audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
        with pytest.raises(DBAPIError, match="another emergency stands"):
            db.session.execute(BREAK, {"reference": reference()})
        db.session.rollback()
    an_hour_later()
    assert broken(deputy, reference=reference()) == deputy.case


def test_an_emergency_that_an_officer_ends_is_over_until_it_is_reviewed(desk: Desk, deputy: Desk) -> None:
    broken(deputy, reference=reference())
    found = re.search(rf'href="{desk.case}(/access/[0-9a-f-]+)/end"', desk.page("/access"))
    assert found
    desk.send(f"{found[1]}/end", end="1")
    assert deputy.client.get(deputy.case).status_code == 404
    change("UPDATE user_session SET second_factor_at = clock_timestamp()")
    refused = deputy.client.post("/allegations/emergency", data={**WHY, "reference": reference()})
    assert "ended your last emergency" in refused.text
    desk.send(f"{found[1]}/review", words="Rightly opened")
    assert broken(deputy, reference=reference()) == deputy.case


def test_glass_that_is_not_committed_as_broken_opens_and_answers_nothing(desk: Desk, deputy: Desk) -> None:
    with acting_as(accounts.open_session(deputy.officer)):
        audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
        access.look(desk.case_id, LookPurpose.EMERGENCY)
        for sought in (reference(), "AL-0000"):
            assert db.session.execute(BREAK, {"reference": sought}).returns_rows is False
            for table in ("case_access", "lado_case", "allegation"):
                assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
            assert access.standing(desk.case_id) is None
            db.session.rollback()
        db.session.execute(BREAK, {"reference": reference()})
        db.session.commit()
        assert db.session.scalar(text("SELECT count(*) FROM allegation")) == 1
    assert rows("SELECT object_id FROM audit_entry WHERE action = 'glass_broken'") == [(deputy.officer,)]
    assert rows("SELECT object_id FROM restricted_entry WHERE action = 'access_given'") == [(desk.case_id,)]


def test_a_deputy_reads_of_holders_in_an_emergency_alone(desk: Desk, deputy: Desk) -> None:
    [(person_id,)] = rows("SELECT id FROM person")
    assert _holders_read_by(deputy, person_id) == 0
    broken(deputy, **KHAN)
    assert _holders_read_by(deputy, person_id) == 1


def _holders_read_by(deputy: Desk, person_id: object) -> int:
    with acting_as(accounts.open_session(deputy.officer)):
        audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
        return len(finding.holders([UUID(str(person_id))]))
