"""The restricted trail: read by designated officers and the independent reviewer, and by nobody else."""

import re
from uuid import uuid4

import pytest
from conftest import SignIn
from factories import accounts, allegations, desks
from factories.desks import Desk
from flask import Flask
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def reviewer(app: Flask, desk: Desk) -> Desk:
    return desks.colleague(app, desk, Role.INDEPENDENT_REVIEWER)


def test_the_reviewer_sees_who_looked_and_nothing_that_is_written(app: Flask, desk: Desk) -> None:
    desk.page()
    page = reviewer(app, desk).client.get("/allegations/trail").text
    assert "Looked at a record" in page
    assert str(desk.case_id)[:8] in page
    assert "My own case" in page
    assert allegations.WORDS not in page
    assert "Sample Subject" not in page


def test_a_designated_officers_home_shows_what_is_due_and_keeps_that_it_was_listed(desk: Desk) -> None:
    page = desk.client.get("/").text
    assert "Allegations: what is due first" in page
    assert "Review the case" in page
    assert "Do not record real cases yet" in page
    assert "Do not record real cases yet" in desk.client.get("/allegations/begin").text
    with owner_session() as session:
        listed = "SELECT count(*) FROM restricted_entry WHERE action = 'listed' AND actor_id = :id"
        assert session.scalar(text(listed), {"id": desk.officer}) == 1


def test_the_trail_is_narrowed_to_a_record_and_to_what_was_done(app: Flask, desk: Desk) -> None:
    client = reviewer(app, desk).client
    other = desks.desk(app)
    other.page()
    narrowed = client.get(f"/allegations/trail?object={other.case_id}&action=looked").text
    assert str(other.case_id)[:8] in narrowed
    assert str(desk.case_id)[:8] not in narrowed
    assert "No entry fits this" in client.get("/allegations/trail?action=released").text


def test_nobody_is_refused_for_what_is_unusual(app: Flask, desk: Desk) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE user_account SET name = 'Olga Subject' WHERE id = :id"), {"id": desk.officer})
        session.commit()
    assert desk.client.get(desk.case).status_code == 200


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.LICENSING_MANAGER])
def test_others_do_not_read_it(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role, accounts.COUNTY).get("/allegations/trail").status_code == 403


def test_another_councils_reviewer_reads_nothing_of_it(signed_in: SignIn, desk: Desk) -> None:
    desk.page()
    page = signed_in(Role.INDEPENDENT_REVIEWER, accounts.OXFORD).get("/allegations/trail").text
    assert str(desk.case_id)[:8] not in page


def test_what_an_officer_was_refused_does_not_tell_a_case_that_is_closed_to_them(app: Flask, desk: Desk) -> None:
    conflicted, nothing = desks.colleague(app, desk), uuid4()
    desk.send("/access/close", officer=str(conflicted.officer), reason="Their neighbour")
    for sought in (desk.case_id, nothing):
        assert conflicted.client.get(f"/allegations/{sought}").status_code == 404
        assert f"object={sought}" not in conflicted.client.get("/allegations/trail").text
    refused = "SELECT object_id FROM audit_entry WHERE action = 'refused' ORDER BY number"
    with owner_session() as session:
        assert session.scalars(text(refused)).all() == [desk.case_id, nothing]


def test_what_is_done_several_times_running_is_one_line_with_the_reference_of_the_case(app: Flask, desk: Desk) -> None:
    reference = re.findall(r"AL-[0-9A-Z]{4}-[0-9A-Z]{4}", desk.page())[0]
    desk.page()
    page = reviewer(app, desk).client.get("/allegations/trail?action=looked").text
    assert f"Case {reference}" in page
    assert re.search(r"Looked at a record \(\d+ times\)", page)
