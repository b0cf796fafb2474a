"""What a council decided, named in its answer; how that stands on the case, by kind, reference, day and appeal."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from factories import accounts, allegations, decisions, register, shared_cases
from factories.desks import client_of
from flask import Flask
from journeys.reading import change_browser, words
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations import access, decided
from licensing.allegations.changes import received, releases
from licensing.allegations.decided import Named
from licensing.allegations.queries import sharing
from licensing.allegations.words_of_sharing import Level, LookPurpose
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Role

ANSWER = "We suspended the licence at once."
STANDS = text("SELECT * FROM decisions_named(CAST(:named AS uuid[]), CAST(:objects AS uuid[]))")
DECIDED = in_words(decisions.DECIDED_ON)


@dataclass(frozen=True)
class Told:
    """A council's officer to whom something was released, and what their council decided about the person."""

    lado: UUID
    case_id: UUID
    reader: UUID
    release: UUID
    decision: UUID
    reference: str

    @property
    def page(self) -> str:
        return f"/released/{self.release}"

    @property
    def taken(self) -> str:
        return f"/allegations/{self.case_id}/releases/{self.release}/answer"


@pytest.fixture
def told(app: Flask) -> Told:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    lado, reader = allegations.officer(), accounts.user(Role.LICENSING_MANAGER)
    person = register.add(register.PLAIN, accounts.OXFORD)
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.ITEMS)
    [(licence,)] = as_owner("SELECT id FROM licence WHERE person_id = :id", id=person)
    made = decisions.decide(accounts.OXFORD, licence, accounts.user(Role.LICENSING_OFFICER))
    [(reference,)] = as_owner("SELECT reference FROM decision WHERE id = :id", id=made.decision_id)
    release = shared_cases.release(lado, case_id, accounts.OXFORD, reader)
    return Told(lado, case_id, reader, release, made.decision_id, reference)


@pytest.fixture
def reader(app: Flask, told: Told) -> CheckingClient:
    return client_of(app, told.reader)


@pytest.fixture
def office(app: Flask, told: Told) -> CheckingClient:
    return client_of(app, told.lado)


def on_the_strand(told: Told, office: CheckingClient) -> str:
    """What the case says that the council decided."""
    change_browser()
    page = words(office.get(f"/allegations/{told.case_id}").text)
    return page.split("What the council decided")[1].split("What is known")[0] if "the council decided" in page else ""


def considered(told: Told) -> UUID:
    """A consideration of the council's own about the person."""
    [(consideration,)] = as_owner(
        "INSERT INTO consideration (id, authority_id, reference, licence_id, source, ground, opened_on, concern_sealed,"
        " opened_by) SELECT gen_random_uuid(), d.authority_id, 'CO-SAMPLE', d.licence_id, 'designated_officer',"
        " 'breach_of_the_acts', '2026-06-03', '\\x00', d.decided_by FROM decision d WHERE d.id = :id RETURNING id",
        id=told.decision,
    )
    return UUID(str(consideration))


def test_an_answer_names_a_decision_and_the_case_shows_how_it_stands(
    told: Told, reader: CheckingClient, office: CheckingClient
) -> None:
    asked = words(reader.get(f"{told.page}/answer").text)
    assert f"Decision {told.reference}" in asked
    assert decided.NOT_YET in asked
    refused = reader.post(f"{told.page}/answer", data={"words": ANSWER})
    assert refused.status_code == 422
    assert 'id="about-error"' in refused.text
    assert ANSWER in refused.text
    named = {"words": ANSWER, "about": f"decision:{told.decision}"}
    assert reader.post(f"{told.page}/answer", data=named).location == told.page
    assert f"Decision {told.reference}" in words(reader.get(told.page).text)
    change_browser()
    assert told.reference in words(office.get(f"/allegations/{told.case_id}/sharing").text)
    assert office.post(told.taken, data={}).status_code == 302
    strand = on_the_strand(told, office)
    assert f"{told.reference}, Oxford City Council, decided on {DECIDED}." in strand
    assert f"Under appeal since {DECIDED}" in strand
    assert decisions.CANARY not in office.get(f"/allegations/{told.case_id}").text
    assert told.reference in office.get(f"/allegations/{told.case_id}/chronology").text


def test_what_is_put_right_or_appealed_at_the_council_is_so_on_the_case(
    told: Told, reader: CheckingClient, office: CheckingClient
) -> None:
    reader.post(f"{told.page}/answer", data={"words": ANSWER, "about": f"decision:{told.decision}"})
    change_browser()
    office.post(told.taken, data={})
    as_owner("UPDATE appeal SET outcome = 'dismissed', ended_on = '2026-08-05' RETURNING id")
    assert "dismissed, 5 August 2026" in on_the_strand(told, office)
    [(event,)] = as_owner(
        "UPDATE licence_event e SET superseded_at = now() FROM decision d"
        " WHERE e.id = d.event_id AND d.id = :id RETURNING e.id",
        id=told.decision,
    )
    assert "the entry counts for nothing" in on_the_strand(told, office)
    as_owner(
        "INSERT INTO licence_event SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),"
        " 'supersedes_id', e.id, 'superseded_at', NULL, 'source_id', NULL, 'decided_on', '2026-06-04'))).*"
        " FROM licence_event e WHERE e.id = :id RETURNING id",
        id=event,
    )
    strand = on_the_strand(told, office)
    assert "decided on 4 June 2026. It was corrected since." in strand
    assert DECIDED not in strand.split("It was corrected")[0]


def test_a_consideration_is_named_and_becomes_its_decision(
    told: Told, reader: CheckingClient, office: CheckingClient
) -> None:
    consideration = considered(told)
    reader.post(f"{told.page}/answer", data={"words": ANSWER, "about": f"consideration:{consideration}"})
    change_browser()
    office.post(told.taken, data={})
    assert "opened on 3 June 2026: not decided yet." in on_the_strand(told, office)
    as_owner("UPDATE decision SET consideration_id = :c WHERE id = :id RETURNING id", c=consideration, id=told.decision)
    assert f"{told.reference}, Oxford City Council, decided on {DECIDED}." in on_the_strand(told, office)


def test_who_answered_that_there_is_no_decision_yet_names_it_later(
    told: Told, reader: CheckingClient, office: CheckingClient
) -> None:
    assert "Answer first" in reader.get(f"{told.page}/decision").text
    reader.post(f"{told.page}/answer", data={"words": ANSWER, "about": "none"})
    change_browser()
    office.post(told.taken, data={})
    assert on_the_strand(told, office).strip() == decided.NOT_YET
    assert "A release is answered" not in office.get("/allegations").text
    change_browser()
    assert reader.post(f"{told.page}/decision", data={}).status_code == 422
    later = {"about": f"decision:{told.decision}"}
    assert reader.post(f"{told.page}/decision", data=later).location == told.page
    again = reader.post(f"{told.page}/decision", data=later)
    assert "You have named it already" in words(again.text)
    change_browser()
    assert "A release is answered" in office.get("/allegations").text
    assert told.reference in on_the_strand(told, office)
    assert office.post(told.taken, data={}).status_code == 302
    assert "A release is answered" not in office.get("/allegations").text
    assert ANSWER in office.get(f"/allegations/{told.case_id}").text
    trail = as_owner("SELECT details ->> 'part' FROM restricted_entry WHERE object_id = :id", id=told.release)
    assert ("decision",) in trail
    assert not as_owner("SELECT id FROM audit_entry WHERE details ->> 'part' = 'decision'")


def named_by(told: Told, kind: ObjectKind, object_id: UUID) -> UUID:
    """What a council's officer wrote into an answer; the row."""
    with acting_as(accounts.open_session(told.reader)):
        audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, told.release)
        received.answer(told.release, ANSWER, Named(kind, object_id, "As it was called"))
        db.session.commit()
    [(row,)] = as_owner("SELECT id FROM named_decision")
    return UUID(str(row))


def test_only_what_a_council_named_of_its_own_is_told_and_only_in_an_open_case(told: Told) -> None:
    row = named_by(told, ObjectKind.DECISION, told.decision)
    given = {"named": [row], "objects": [told.decision]}
    with acting_as(accounts.open_session(told.lado)):
        assert db.session.execute(STANDS, given).all() == []
        access.look(told.case_id, LookPurpose.OWN_CASE)
        assert [one.reference for one in db.session.execute(STANDS, given)] == [told.reference]
        assert db.session.execute(STANDS, {**given, "named": [uuid4()]}).all() == []
        assert db.session.execute(STANDS, {**given, "objects": [uuid4()]}).all() == []
    as_owner(
        "UPDATE named_decision SET for_authority_id = :to RETURNING id", to=accounts.authority_id(accounts.CHERWELL)
    )
    with acting_as(accounts.open_session(told.lado)):
        access.look(told.case_id, LookPurpose.OWN_CASE)
        assert db.session.execute(STANDS, given).all() == []


def test_what_does_not_stand_any_more_is_told_as_it_was_named(told: Told) -> None:
    row = named_by(told, ObjectKind.DECISION, uuid4())
    with shared_cases.opened(told.lado, told.case_id) as case:
        assert decided.words_of(sharing.named_decisions(told.case_id)) == {row: "As it was called"}
        [release] = sharing.releases(told.case_id)
        releases.take_answer(allegations.acting(), case, release)
        with pytest.raises(RuleBroken, match="on the strand already"):
            releases.take_answer(allegations.acting(), case, release)


def test_nobody_but_the_recipient_names_anything_and_nobody_before_the_answer(told: Told) -> None:
    call = text("CALL name_decision(:release, gen_random_uuid(), '')")
    for one in (told.reader, accounts.user(Role.LICENSING_MANAGER), told.lado):
        with acting_as(accounts.open_session(one)):
            audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, told.release)
            with pytest.raises(DBAPIError, match="not released to you, or not answered"):
                db.session.execute(call, {"release": told.release})
            db.session.rollback()
    named_by(told, ObjectKind.DECISION, told.decision)
    with acting_as(accounts.open_session(told.reader)):
        found = text("SELECT count(*) FROM named_decision")
        assert db.session.scalar(found) == 0
        audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, told.release)
        assert db.session.scalar(found) == 1
        with pytest.raises(DBAPIError, match="permission denied"):
            db.session.execute(text("UPDATE named_decision SET object_sealed = ''"))
        db.session.rollback()


def test_a_decision_of_another_council_cannot_be_named(told: Told, reader: CheckingClient) -> None:
    refused = reader.post(f"{told.page}/answer", data={"words": ANSWER, "about": f"decision:{uuid4()}"})
    assert refused.status_code == 422
    assert as_owner("SELECT id FROM named_decision") == []
