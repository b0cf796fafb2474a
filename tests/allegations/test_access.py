"""Who sees a case: one named person, who reads; an officer with a conflict, who does not; and who has looked."""

from typing import Any
from uuid import UUID

import pytest
from factories import accounts, allegations, desks, register, shared_cases
from factories.desks import Desk, on
from flask import Flask
from sqlalchemy import text

from licensing.allegations import access
from licensing.allegations.queries import cases as queries
from licensing.allegations.words_of_sharing import Level
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

END = r"/access/[0-9a-f-]{36}/end"
REVIEW = r"/access/[0-9a-f-]{36}/review"
WRITES = (
    "/strands/new",
    "/meetings/new",
    "/actions/new",
    "/chronology/new",
    "/allegations/new",
    "/access/name",
    "/person",
)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def named(app: Flask, desk: Desk, role: Role = Role.BRIEFING_READER) -> Desk:
    """A colleague who was named on the case."""
    other = desks.colleague(app, desk, role)
    desk.send("/access/name", person=str(other.officer), reason="Legal advice", **on("until_on", *tomorrow()))
    return other


def tomorrow() -> tuple[int, int, int]:
    with owner_session() as session:
        day = session.scalar(text("SELECT current_date + 1"))
    assert day is not None
    return day.day, day.month, day.year


def first(desk: Desk, pattern: str) -> str:
    """An address on the page of access, below the case."""
    import re

    found = re.search(rf'href="{desk.case}({pattern})"', desk.page("/access"))
    assert found, pattern
    return found[1]


def change(statement: str, **values: Any) -> None:
    """As the database's owner, whom no test of time needs to wait for."""
    with owner_session() as session:
        session.execute(text(statement), values)
        session.commit()


def test_a_named_person_finds_the_case_at_home_reads_it_and_writes_nothing(app: Flask, desk: Desk) -> None:
    other = named(app, desk)
    assert other.case in other.client.get("/").text
    page = other.page()
    assert allegations.WORDS in page
    assert "Record the outcome" not in page
    for part in WRITES:
        for response in (other.client.get(f"{desk.case}{part}"), other.client.post(f"{desk.case}{part}", data={})):
            assert response.status_code == 403, part
    assert other.client.get(f"{desk.case}/chronology").status_code == 200
    assert other.client.get(f"{desk.case}/access").status_code == 403


def test_a_deputy_who_is_named_reads_like_anybody_named_and_works_after_breaking_the_glass(
    app: Flask, desk: Desk
) -> None:
    deputy = named(app, desk, Role.DEPUTY_DESIGNATED_OFFICER)
    assert allegations.WORDS in deputy.page()
    for part in WRITES:
        assert deputy.client.post(f"{desk.case}{part}", data={}).status_code == 403, part
    with acting_as(accounts.open_session(deputy.officer)):
        audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, desk.case_id)
        touched = db.session.execute(text("UPDATE lado_case SET review_on = NULL RETURNING id")).all()
        assert touched == []
        db.session.rollback()
    emergency = {"reason": "A child is at risk", "reference": reference_of(desk)}
    deputy.client.post("/allegations/emergency", data=emergency)
    assert deputy.client.get(f"{desk.case}/actions/new").status_code == 200


def test_somebody_who_was_not_named_finds_nothing_at_home(app: Flask, desk: Desk) -> None:
    named(app, desk)
    other = desks.colleague(app, desk, Role.BRIEFING_READER)
    assert "named on" not in other.client.get("/").text
    assert other.client.get(desk.case).status_code == 404


def test_access_that_is_ended_or_over_is_none(app: Flask, desk: Desk) -> None:
    other = named(app, desk)
    desk.send(first(desk, END))
    assert other.client.get(desk.case).status_code == 404
    assert "named on" not in other.client.get("/").text
    again = named(app, desk)
    assert again.client.get(desk.case).status_code == 200
    change("UPDATE case_access SET until_at = now() - interval '1 second' WHERE ended_at IS NULL")
    assert again.client.get(desk.case).status_code == 404
    assert "named on" not in again.client.get("/").text


def test_one_person_is_named_at_a_time_and_for_a_year_at_most(app: Flask, desk: Desk) -> None:
    named(app, desk)
    other = desks.colleague(app, desk, Role.INFORMATION_OFFICER)
    typed = {"person": str(other.officer), "reason": "Kept reason"}
    refused = desk.send("/access/name", 422, **typed, **on("until_on", *tomorrow()))
    assert "Somebody is named on this case already" in refused
    assert "Kept reason" in refused
    assert "Access ends within a year" in desk.send("/access/name", 422, **typed, **on("until_on", 1, 1, 2100))


def test_a_case_that_is_closed_to_an_officer_is_nowhere_for_them(app: Flask, desk: Desk) -> None:
    other = desks.colleague(app, desk)
    reference = reference_of(desk)
    assert reference in other.client.get("/allegations").text
    assert reference in other.client.get("/").text
    desk.send("/access/close", officer=str(other.officer), reason="Their neighbour")
    assert other.client.get(desk.case).status_code == 404
    assert other.client.get(f"{desk.case}/purpose").status_code == 404
    for page in ("/allegations", "/"):
        assert reference not in other.client.get(page).text
    assert str(desk.case_id)[:8] not in other.client.get("/allegations/trail").text
    assert "closed to them" in desk.page("/access").lower()
    with acting_as(accounts.open_session(other.officer)):
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        assert queries.due() == []
        assert access.standing(desk.case_id) is None
        db.session.rollback()
    desk.send(first(desk, END))
    assert "/purpose" in other.client.get(desk.case).location


def test_of_what_was_released_of_a_closed_case_the_officer_reads_nothing_in_the_trail(app: Flask) -> None:
    accounts.agree(accounts.OXFORD)
    desk = desks.desk(app, person_id=register.add(register.PLAIN, accounts.OXFORD))
    other, reader = desks.colleague(app, desk), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.share(desk.officer, desk.case_id, accounts.OXFORD, level=Level.SUMMARY)
    release = shared_cases.release(desk.officer, desk.case_id, accounts.OXFORD, reader)
    desks.client_of(app, reader).get(f"/released/{release}")
    assert str(release)[:8] in other.client.get("/allegations/trail").text
    desk.send("/access/close", officer=str(other.officer), reason="Their neighbour")
    assert str(release)[:8] not in other.client.get("/allegations/trail").text


def reference_of(desk: Desk) -> str:
    with owner_session() as session:
        return session.scalars(text("SELECT reference FROM lado_case WHERE id = :id"), {"id": desk.case_id}).one()


def test_whoever_closes_a_case_to_themselves_says_that_they_know_and_is_out_at_once(app: Flask, desk: Desk) -> None:
    other = desks.colleague(app, desk)
    other.client.post(f"{desk.case}/purpose", data={"purpose": "covering"})
    typed = {"officer": str(other.officer), "reason": "My cousin"}
    assert "Tick the box" in other.send("/access/close", 422, **typed)
    assert other.send("/access/close", **typed, knows="y") == "/allegations"
    assert other.client.get(desk.case).status_code == 404


def test_a_case_is_closed_neither_to_whose_it_is_nor_to_the_last(app: Flask, desk: Desk) -> None:
    assert "Hand it over" in desk.send("/access/close", 422, officer=str(desk.officer), reason="Mine", knows="y")


def test_who_has_looked_is_told_on_the_case_with_the_purpose(app: Flask, desk: Desk) -> None:
    other = desks.colleague(app, desk)
    other.client.post(f"{desk.case}/purpose", data={"purpose": "supervision"})
    page = desk.page("/access")
    assert "Looked at a record" in page
    assert "Supervision or review of the work" in page
    assert "Test Designated officer (LADO), designated officer" in page


def test_the_reasons_of_access_stand_nowhere_in_the_open(app: Flask, desk: Desk) -> None:
    other = named(app, desk)
    assert isinstance(other.officer, UUID)
    with owner_session() as session:
        for row in session.scalars(text("SELECT a::text FROM case_access a")):
            assert b"Legal advice".hex() not in row
            assert "Legal advice" not in row


def test_nobody_who_runs_the_accounts_or_reads_the_audit_is_named(app: Flask, desk: Desk) -> None:
    reader = desks.colleague(app, desk, Role.BRIEFING_READER)
    kept_out = [desks.colleague(app, desk, role) for role in (Role.ADMINISTRATOR, Role.AUDITOR)]
    page = desk.page("/access/name")
    assert str(reader.officer) in page
    assert "(briefing reader)" in page
    for one in kept_out:
        assert str(one.officer) not in page
        typed = {"person": str(one.officer), "reason": "Legal advice", **on("until_on", *tomorrow())}
        desk.send("/access/name", 422, **typed)
