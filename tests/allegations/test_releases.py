"""What is released to one named person: sent, read, answered, relied on, chased, withdrawn and expired."""

import re
from uuid import UUID

import pytest
from accounts.signing_in import as_owner, masked
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, allegations, register, shared_cases, suitability
from flask import Flask
from journeys.reading import boxes, change_browser, words
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.allegations.changes import received
from licensing.allegations.changes import releases as changes
from licensing.allegations.presenting_sharing import release_state
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing as shared
from licensing.allegations.words import Outcome, StrandKind
from licensing.allegations.words_of_sharing import Level, ReleaseKind
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.sealing import opened

CANARY = "zyzzyva said it in the yard"
UNTIL = boxes("expires_on", dates.today().day, dates.today().month, dates.today().year + 1)
TERMS = {"basis": "children_act_2004", "onward": "deciders", **UNTIL}


@pytest.fixture
def lado(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return allegations.officer()


@pytest.fixture
def person(lado: UUID) -> UUID:
    return register.add(register.PLAIN, accounts.OXFORD)


@pytest.fixture
def case_id(lado: UUID, person: UUID) -> UUID:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.ITEMS)
    return case_id


@pytest.fixture
def reader_id(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_MANAGER)


@pytest.fixture
def reader(app: Flask, reader_id: UUID) -> CheckingClient:
    return browser(app, reader_id)


def browser(app: Flask, user_id: UUID) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.set_cookie("session", accounts.open_session(user_id))
    return client


def expire(release_id: UUID) -> None:
    as_owner("UPDATE case_release SET expires_on = current_date - 1 WHERE id = :id RETURNING id", id=release_id)


def test_it_is_chosen_written_checked_and_read_by_the_one_person(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    office = browser(app, lado)
    council = str(accounts.authority_id(accounts.OXFORD))
    chosen = office.post(f"/allegations/{case_id}/release", data={"authority": council, "kind": "item"}).location
    item = {"title": "Note of a meeting", "words": CANARY, "source": "The school", "to_user": str(reader_id)}
    check = office.post(chosen, data={**item, **TERMS}).location
    page = words(office.get(check).text)
    assert "Only Test Licensing manager of Oxford City Council reads it" in page
    assert CANARY in page
    assert office.post(check, data={}).location == f"/allegations/{case_id}/sharing"
    assert office.post(check, data={}).location == f"/allegations/{case_id}/sharing"  # once, however often it is sent
    change_browser()
    home = words(reader.get("/").text)
    assert "1 released to you by a designated officer" in home
    release = re.findall(r"/released/([0-9a-f-]{36})", reader.get("/released").text)[0]
    page = words(reader.get(f"/released/{release}").text)
    assert CANARY in page
    assert "Those who decide on this licence, in exempt session" in page


def test_where_no_council_has_a_level_one_is_asked_for_first(app: Flask, lado: UUID) -> None:
    case_id, office = allegations.open_case(lado), browser(app, lado)
    answer = office.get(f"/allegations/{case_id}/release")
    assert answer.location == f"/allegations/{case_id}/sharing/level"
    assert "Set what a council may know first" in words(office.get(answer.location).text)


def test_a_summary_has_its_fixed_fields_filled_from_the_case(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID
) -> None:
    office = browser(app, lado)
    council = str(accounts.authority_id(accounts.OXFORD))
    write = office.post(f"/allegations/{case_id}/release", data={"authority": council, "kind": "summary"}).location
    asked = office.get(write).text
    for question in ("category", "status", "police", "at_risk", "advice"):
        assert f'name="{question}"' in asked
    assert 'value="Open"' in asked
    refused = office.post(write, data={"to_user": str(reader_id), **TERMS})
    assert refused.status_code == 422
    assert 'id="advice-error"' in refused.text


@pytest.mark.parametrize(("level", "kind"), [(Level.CONTACT, "summary"), (Level.SUMMARY, "item")])
def test_a_level_that_does_not_admit_it_refuses_in_the_product_and_in_the_database(
    lado: UUID, case_id: UUID, reader_id: UUID, monkeypatch: pytest.MonkeyPatch, level: Level, kind: str
) -> None:
    shared_cases.share(lado, case_id, accounts.OXFORD, level=level)
    with pytest.raises(RuleBroken, match="does not admit"):
        shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, ReleaseKind(kind))
    monkeypatch.setattr("licensing.allegations.rules_of_sharing.admits", lambda _level, _kind: True)
    with pytest.raises(DBAPIError, match="row-level security"):
        shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, ReleaseKind(kind))


def test_nobody_else_reads_it_and_for_them_it_is_not_there(
    signed_in: SignIn, lado: UUID, case_id: UUID, reader_id: UUID
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, words=CANARY)
    for role in Role:
        change_browser()
        other = signed_in(role, accounts.OXFORD)
        there, not_there = other.get(f"/released/{release}"), other.get(f"/released/{UUID(int=9)}")
        assert (there.status_code, not_there.status_code) == (404, 404), role
        assert masked(there.text) == masked(not_there.text)
        assert "Nothing is released to you now" in other.get("/released").text
        assert "released to you" not in other.get("/").text


def test_it_is_read_after_the_look_is_committed_alone(lado: UUID, case_id: UUID, reader_id: UUID) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, words=CANARY)
    read = text("SELECT count(*) FROM case_release WHERE id = :id")
    with acting_as(accounts.open_session(reader_id)):
        assert db.session.scalar(read, {"id": release}) == 0
        audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, release)
        assert db.session.scalar(read, {"id": release}) == 1
    trail = as_owner("SELECT action FROM restricted_entry WHERE object_id = :id", id=release)
    assert trail == [("looked",)]
    assert not as_owner("SELECT id FROM audit_entry WHERE object_id = :id", id=release)


def test_it_is_acknowledged_and_answered_and_the_answer_goes_on_the_strand(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    reader.get(f"/released/{release}")
    reader.post(f"/released/{release}/acknowledge", data={})
    answer = "We suspended the licence on 3 June 2026."
    said = {"words": answer, "about": "none"}
    assert reader.post(f"/released/{release}/answer", data=said).status_code == 302
    assert reader.post(f"/released/{release}/answer", data={**said, "words": "More"}).status_code == 422
    change_browser()
    office = browser(app, lado)
    assert "A release is answered" in office.get("/allegations").text
    page = words(office.get(f"/allegations/{case_id}/sharing").text)
    assert answer in page
    taken = f"/allegations/{case_id}/releases/{release}/answer"
    assert "A release is answered" in office.get("/allegations").text
    assert office.post(taken, data={}).status_code == 302
    assert office.post(taken, data={}).status_code == 422
    with shared_cases.opened(lado, case_id):
        oxford = accounts.authority_id(accounts.OXFORD)
        [strand] = [one for one in queries.strands(case_id) if one.for_authority_id == oxford]
        assert strand.kind is StrandKind.EMPLOYER
        assert answer in opened(strand, "note_sealed")


@pytest.mark.parametrize("change", ["ended_at = now()", "role = 'auditor'"])
def test_whoever_left_casework_reads_no_release_any_more(
    lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient, change: str
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    assert reader.get(f"/released/{release}").status_code == 200
    as_owner(f"UPDATE role_held SET {change} WHERE user_id = :id RETURNING id", id=reader_id)
    assert reader.get(f"/released/{release}").status_code == 404


def test_whoever_moved_to_another_council_reads_no_release_any_more(
    lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    moved = "UPDATE user_account SET authority_id = :to WHERE id = :id RETURNING id"
    as_owner(moved, id=reader_id, to=accounts.authority_id(accounts.CHERWELL))
    assert reader.get(f"/released/{release}").status_code == 404


def test_whoever_has_not_acknowledged_is_chased_and_sees_it(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    assert browser(app, lado).post(f"/allegations/{case_id}/releases/{release}/chase", data={}).status_code == 302
    change_browser()
    assert "You were asked again" in reader.get("/released").text
    assert "You were asked again" in reader.get(f"/released/{release}").text
    reader.post(f"/released/{release}/acknowledge", data={})
    with shared_cases.opened(lado, case_id):
        [row] = shared.releases(case_id)
        with pytest.raises(RuleBroken):
            changes.chase(allegations.acting(), row)


def test_the_log_of_who_was_told_has_each_day_of_chasing_the_acknowledgement_and_the_end(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    as_owner("UPDATE case_release SET chased_on = '2026-06-01' WHERE id = :id RETURNING id", id=release)
    with shared_cases.opened(lado, case_id):
        [row] = shared.releases(case_id)
        changes.chase(allegations.acting(), row)
        assert [len(row.chased_days), row.chased_days[-1]] == [2, row.chased_on]
        with pytest.raises(DBAPIError, match="permission denied"), db.session.begin_nested():
            db.session.execute(text("UPDATE case_release SET chased_days = '{}'"))
    change_browser()
    reader.get(f"/released/{release}")
    reader.post(f"/released/{release}/acknowledge", data={})
    change_browser()
    office = browser(app, lado)
    log = words(office.get(f"/allegations/{case_id}/told").text)
    assert "Expired" not in log
    assert log.count("Asked again to acknowledge: Sample item") == 2
    assert "1 June 2026 Test Licensing manager, Oxford City Council Asked again" in log
    assert "Acknowledged: Sample item" in log
    expire(release)
    assert "Expired at the end of the day: Sample item" in words(office.get(f"/allegations/{case_id}/told").text)


def test_it_waits_for_an_acknowledgement_by_the_offices_own_period_until_it_expires(
    lado: UUID, case_id: UUID, reader_id: UUID
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    with shared_cases.opened(lado, case_id) as case:
        by = deadlines.due(ClockCode.LADO_ACKNOWLEDGE, case.authority_id, dates.today()).due_on
        assert [one.due_on for one in queries.due() if one.source == "release"] == [by]
    expire(release)
    with shared_cases.opened(lado, case_id):
        assert [one for one in queries.due() if one.source == "release"] == []
        [row] = shared.releases(case_id)
        assert release_state(row).startswith("Expired on ")
        with pytest.raises(RuleBroken, match="can be read no longer"):
            changes.chase(allegations.acting(), row)


def test_what_is_withdrawn_is_gone(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    there = f"/allegations/{case_id}/releases/{release}/withdraw"
    office = browser(app, lado)
    assert office.post(there, data={}).status_code == 422
    assert office.post(there, data={"words": "Sent to the wrong person"}).status_code == 302
    change_browser()
    assert reader.get(f"/released/{release}").status_code == 404


def test_what_a_decision_relied_on_stays_when_the_rest_expires(
    signed_in: SignIn, lado: UUID, person: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    licence = as_owner("SELECT id FROM licence WHERE person_id = :id", id=person)[0][0]
    officer = accounts.user(Role.LICENSING_OFFICER)
    company = register.add_things(accounts.OXFORD, person, officer).organisation_id
    made = suitability.record_all(accounts.OXFORD, officer, person, licence, company)
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, ReleaseKind.ITEM, CANARY)
    about = {"about": f"consideration:{made.consideration_id}"}
    assert "We rely on this in a decision" in reader.get(f"/released/{release}").text
    assert reader.post(f"/released/{release}/rely", data=about).location == f"/considerations/{made.consideration_id}"
    assert reader.post(f"/released/{release}/rely", data=about).status_code == 422
    expire(release)
    assert reader.get(f"/released/{release}").status_code == 404
    colleague = signed_in(Role.LICENSING_OFFICER)
    assert CANARY in colleague.get(f"/considerations/{made.consideration_id}").text
    assert CANARY not in colleague.get(f"/applications/{made.application_id}").text
    change_browser()
    other = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert other.get(f"/considerations/{made.consideration_id}").status_code == 404
    with shared_cases.opened(lado, case_id):
        [row] = shared.releases(case_id)
        assert row.relied_on_at


def test_a_team_that_relied_on_what_turns_out_malicious_is_asked_to_review_its_own_decision(
    signed_in: SignIn, lado: UUID, person: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    """Domain story 10."""
    licence = as_owner("SELECT id FROM licence WHERE person_id = :id", id=person)[0][0]
    officer = accounts.user(Role.LICENSING_OFFICER)
    company = register.add_things(accounts.OXFORD, person, officer).organisation_id
    made = suitability.record_all(accounts.OXFORD, officer, person, licence, company)
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, ReleaseKind.ITEM, CANARY)
    reader.post(f"/released/{release}/rely", data={"about": f"consideration:{made.consideration_id}"})
    team = signed_in(Role.LICENSING_MANAGER)
    where = f"/considerations/{made.consideration_id}"
    assert "still stands on other evidence" not in team.get(where).text
    shared_cases.end_allegations(lado, case_id, Outcome.MALICIOUS)
    assert "still stands on other evidence" in team.get(where).text
    asked = as_owner("SELECT why FROM task WHERE object_id = :id AND kind = 'review'", id=made.consideration_id)
    assert [("in doubt" in one[0], "alleg" in one[0]) for one in asked] == [(True, False)]
    shared_cases.end_allegations(lado, case_id, Outcome.FALSE)
    assert len(as_owner("SELECT 1 FROM task WHERE object_id = :id AND kind = 'review'", id=made.consideration_id)) == 1


def test_somebody_without_casework_relies_on_nothing(lado: UUID, case_id: UUID, reader_id: UUID) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id)
    auditor = accounts.user(Role.AUDITOR)
    with acting_as(accounts.open_session(auditor)):
        audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, release)
        given = {"release": release, "id": UUID(int=1), "kind": "decision", "object": UUID(int=2), "content": b"x"}
        with pytest.raises(DBAPIError, match="not released to you"):
            shared.call("rely_on_release", **given)
        db.session.rollback()
        with pytest.raises(RuleBroken):
            received.answer(release, "Not mine")


def test_nothing_of_it_is_mailed_tasked_or_kept_in_the_open(
    lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, words=CANARY)
    page = reader.get(f"/released/{release}")
    assert page.headers["Cache-Control"] == "no-store"
    reader.post(f"/released/{release}/answer", data={"words": CANARY, "about": "none"})
    for table in ("procrastinate_jobs", "task", "audit_entry", "restricted_entry", "case_release", "draft", "clock"):
        assert "zyzzyva" not in str(as_owner(f"SELECT t::text FROM {table} t")), table
    assert not as_owner("SELECT id FROM task")


def read_all(reader: CheckingClient) -> str:
    """What everything that is released to somebody now says."""
    found = re.findall(r"/released/[0-9a-f-]{36}", reader.get("/released").text)
    return " ".join(words(reader.get(one).text) for one in found)


def test_a_release_says_which_record_of_the_readers_register_it_is_about(
    lado: UUID, case_id: UUID, person: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader_id, ReleaseKind.ITEM)
    shown = reader.get(f"/released/{release}").text
    assert f'href="/people/{person}"' in shown
    assert "23 July 1991" in shown
    assert "PHD0001" in shown


def test_the_words_on_a_release_are_its_readers(
    app: Flask, lado: UUID, case_id: UUID, reader_id: UUID, reader: CheckingClient
) -> None:
    council, office = str(accounts.authority_id(accounts.OXFORD)), browser(app, lado)
    write = office.post(f"/allegations/{case_id}/release", data={"authority": council, "kind": "summary"}).location
    said = {"category": "Sexual", "status": "Open", "police": "Yes", "at_risk": "No", "advice": "Wait for my word."}
    check = office.post(write, data={**said, "to_user": str(reader_id), **TERMS}).location
    office.post(check, data={})
    change_browser()
    told = read_all(reader)
    shared_cases.end_allegations(lado, case_id, Outcome.MALICIOUS)
    told += read_all(reader)
    assert "The designated officer’s advice Wait for my word." in told
    assert "Your advice" not in told
    assert "Outcome of allegation 1 (sexual) Malicious" in told
    assert "What the designated officer asks of you" in told
