"""Concerns about staff and councillors: kept, read by the one contact, and found by nobody else anywhere."""

import re
from dataclasses import replace

import pytest
from accounts import browsers
from accounts.signing_in import as_owner
from factories import accounts, concerns, jobs
from factories.concerns import OF_STAFF
from flask import Flask
from journeys.deciding import refused, send
from journeys.reading import words
from sealed_columns import columns_with, places_of, sealed_columns
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.concerns.changes import staff
from licensing.concerns.jobs import watch_staff_contacts
from licensing.db import acting_as, db
from licensing.permissions import Role

UNNAMED = replace(OF_STAFF, unnamed=True)
SAID = {"in_danger": "no", "about": "staff", "words": OF_STAFF.words}
TRACES = "SELECT count(*) FROM (SELECT object_id FROM audit_entry UNION ALL SELECT object_id FROM restricted_entry) t"


def mentions(concern_id: object) -> int:
    """How often the trails say anything of a record."""
    [(number,)] = as_owner(f"{TRACES} WHERE object_id = :id", id=concern_id)
    return int(str(number))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BRIEFING_READER])
def test_no_role_reads_what_was_said_of_staff(app: Flask, role: Role) -> None:
    concerns.name_contact(accounts.user(Role.BRIEFING_READER))
    concern_id, reference = concerns.raise_of_staff(accounts.user(Role.LICENSING_OFFICER))
    other = browsers.of_role(app, role)
    assert other.get(f"/concerns/staff/{concern_id}").status_code == 404
    for page in ("/concerns/staff", "/concerns/raised", "/"):
        assert reference not in other.get(page).text


def test_the_contact_reads_answers_and_closes_it_and_every_look_is_kept(app: Flask) -> None:
    contact, officer = accounts.user(Role.BRIEFING_READER), accounts.user(Role.LICENSING_OFFICER)
    concerns.name_contact(contact)
    concern_id, _ = concerns.raise_of_staff(officer)
    reader, raiser = browsers.of_user(app, contact), browsers.of_user(app, officer)
    page = f"/concerns/staff/{concern_id}"
    assert "open concerns about staff" in words(reader.get("/").text)
    assert OF_STAFF.words in reader.get(page).text
    assert "Acknowledge it first" in refused(reader, f"{page}/close", told="Thanks", words="Done")
    send(reader, f"{page}/acknowledge", words="Thank you, I ask about it.")
    send(reader, f"{page}/note", words="Nobody else reads this note.")
    send(reader, f"{page}/close", told="It was put right.", words="The file was looked at again.")
    told = words(raiser.get("/concerns/raised").text)
    assert "Thank you, I ask about it." in told
    assert "It was put right." in told
    assert "Nobody else reads this note." not in told
    looks = as_owner("SELECT count(*) FROM staff_concern_step WHERE kind = 'looked' AND by_id = :id", id=contact)
    assert looks == [(5,)]
    assert mentions(concern_id) == 0


def test_whoever_stays_unnamed_is_nowhere_and_comes_back_by_the_reference_alone(app: Flask) -> None:
    contact, raiser = accounts.user(Role.BRIEFING_READER), accounts.user(Role.LICENSING_OFFICER)
    concerns.name_contact(contact)
    client = browsers.of_user(app, raiser)
    checked = client.post("/concerns/new", data={**SAID, "unnamed": "y"}).text
    found = re.search(r'name="concern_id" value="([^"]+)"', checked)
    assert found
    sent = client.post("/concerns/new", data={**SAID, "unnamed": "y", "concern_id": found[1], "step": "send"})
    assert sent.location == "/concerns/by-reference"
    shown = re.search(r"<strong>(SC-\w{4}-\w{4})</strong>", client.get(sent.location).text)
    assert shown
    assert shown[1] not in client.get(sent.location).text  # this once

    with_raiser = [
        table
        for (table,) in as_owner(
            "SELECT table_name FROM information_schema.columns WHERE column_name IN ('raised_by', 'by_id', 'actor_id')"
            " AND table_schema = 'public'"
        )
        if as_owner(
            f'SELECT 1 FROM "{table}" t WHERE t::text LIKE :id AND t::text LIKE :concern',
            id=f"%{raiser}%",
            concern=f"%{found[1]}%",
        )
    ]
    assert with_raiser == []
    assert as_owner("SELECT raised_by, raised_by_name FROM staff_concern") == [(None, None)]
    assert mentions(found[1]) == 0
    assert as_owner("SELECT count(*) FROM draft") == [(0,)]
    assert shown[1] not in client.get("/concerns/raised").text

    reader = browsers.of_user(app, contact)
    page = f"/concerns/staff/{found[1]}"
    assert "Somebody who stays unnamed" in reader.get(page).text
    send(reader, f"{page}/acknowledge", words="I ask about it.")
    stands = client.post("/concerns/by-reference", data={"reference": shown[1].lower()})
    assert "I ask about it." in stands.text
    assert OF_STAFF.words not in stands.text
    assert "has this reference" in refused(client, "/concerns/by-reference", reference="SC-0000-0000")


def test_the_reference_of_a_named_concern_opens_nothing(app: Flask) -> None:
    _, reference = concerns.raise_of_staff(accounts.user(Role.LICENSING_OFFICER))
    client = browsers.of_role(app, Role.BRIEFING_READER)
    assert "has this reference" in refused(client, "/concerns/by-reference", reference=reference)


def test_a_concern_that_nobody_is_named_to_receive_is_kept_and_asks_nobody_for_a_name(app: Flask) -> None:
    raiser = accounts.user(Role.BRIEFING_READER)
    assert "has named no contact yet" in browsers.of_user(app, raiser).get("/concerns/new").text
    for _ in range(2):
        concerns.raise_of_staff(raiser)
    assert as_owner("SELECT count(*) FROM task") == [(0,)]
    contact = accounts.user(Role.INFORMATION_OFFICER)
    concerns.name_contact(contact)
    assert as_owner("SELECT count(*) FROM staff_concern") == [(2,)]
    assert browsers.of_user(app, contact).get("/concerns/staff").text.count("/concerns/staff/") == 2


def test_each_day_the_administrators_of_a_council_without_a_contact_are_asked_for_one(app: Flask) -> None:
    accounts.user(Role.ADMINISTRATOR)
    for _ in range(2):
        jobs.do(app, watch_staff_contacts)
    asked = as_owner("SELECT kind, for_team, object_kind, opened_by, done_at IS NULL FROM task")
    assert asked == [("name_contact", "administrator", "authority", None, True)]
    concerns.name_contact(accounts.user(Role.INFORMATION_OFFICER))
    assert as_owner("SELECT settled FROM task") == [(True,)]
    jobs.do(app, watch_staff_contacts)
    assert as_owner("SELECT count(*) FROM task") == [(1,)]


def test_nobody_who_licenses_nor_whoever_chooses_is_the_contact(app: Flask) -> None:
    administrator = accounts.user(Role.ADMINISTRATOR)
    client, contact = browsers.of_user(app, administrator), accounts.user(Role.AUDITOR)
    for refused_one in (
        administrator,
        accounts.user(Role.LICENSING_MANAGER),
        accounts.user(Role.AUDITOR, accounts.WEST),
    ):
        assert "Select who receives them" in refused(client, "/settings/staff-concerns", contact=str(refused_one))
    send(client, "/settings/staff-concerns", contact=str(contact))
    assert "since" in words(client.get("/settings/staff-concerns").text)
    # Whoever is given a licensing role is the contact no longer.
    concern_id, _ = concerns.raise_of_staff(accounts.user(Role.BRIEFING_READER))
    reader = browsers.of_user(app, contact)
    assert reader.get(f"/concerns/staff/{concern_id}").status_code == 200
    as_owner(
        "INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :id, 'licensing_officer') RETURNING 1",
        id=contact,
    )
    assert browsers.of_user(app, contact).get(f"/concerns/staff/{concern_id}").status_code == 404


def test_everything_that_is_typed_is_sealed(app: Flask) -> None:
    canary = "CANARY-OF-A-CONCERN"
    officer = accounts.user(Role.LICENSING_OFFICER)
    concerns.raise_one(
        officer, replace(concerns.SEEN, what=canary, words=canary, when=canary, contact=canary, case_reference=canary)
    )
    contact = accounts.user(Role.BRIEFING_READER)
    concerns.name_contact(contact)
    concern_id, _ = concerns.raise_of_staff(officer, replace(OF_STAFF, words=canary, when=canary, contact=canary))
    reader, page = browsers.of_user(app, contact), f"/concerns/staff/{concern_id}"
    send(reader, f"{page}/acknowledge", words=canary)
    send(reader, f"{page}/close", told=canary, words=canary)
    client = browsers.of_user(app, officer)
    [(raised,)] = as_owner("SELECT id FROM concern")
    send(client, f"/concerns/{raised}/acknowledge", words=canary)
    send(client, f"/concerns/{raised}/no-action", words=canary)
    assert places_of(canary) == []
    assert sealed_columns("concerns") - columns_with(canary, sealed_columns("concerns")) == {
        ("concern_step", "reference_sealed")
    }


def test_the_contact_reads_nothing_before_a_kept_look_and_every_answer_is_a_step_of_today(app: Flask) -> None:
    contact = accounts.user(Role.BRIEFING_READER)
    concerns.name_contact(contact)
    concern_id, _ = concerns.raise_of_staff(accounts.user(Role.LICENSING_OFFICER))
    counted = text("SELECT count(*) FROM staff_concern")
    answered = text("UPDATE staff_concern SET acknowledged_on = '2020-01-01', acknowledgement_sealed = ''")
    with acting_as(accounts.open_session(contact)):
        assert db.session.scalar(counted) == 0
        staff.note_look(concern_id)
        assert db.session.scalar(counted) == 1
        db.session.execute(answered)
        assert db.session.scalar(text("SELECT acknowledged_on > '2020-01-01' FROM staff_concern"))
        with pytest.raises(DBAPIError, match="kept as a step"):
            db.session.commit()
        db.session.rollback()
