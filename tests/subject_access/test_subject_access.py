"""A driver asks what is held on them while an enquiry is live: what is listed, decided, answered, and never told."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from accounts import browsers, two_councils
from accounts.browsers import Browser
from accounts.two_councils import Council
from conftest import MadeOnce
from factories import accounts, allegations, disruption, register, shared_cases, subject_access
from factories.disruption import as_user
from flask import Flask
from journeys.reading import boxes, error_links, pdf_text, words
from sealed_columns import places_of
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.allegations.words_of_sharing import Level
from licensing.db import Base, db
from licensing.deadlines.rules import months_after
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.subject_access import changes, letters, queries
from licensing.subject_access.rules import Weighed
from licensing.subject_access.words import HeldKind, PoliceAnswer, Ruling

HOLD = subject_access.HOLD
FUNCTION = "subject_access_records"
ANSWERED_BY_HAND = r"UPDATE subject_access_request SET answered_on = current_date, answer_sealed = '\x00'"


@pytest.fixture
def oxford(made_once: MadeOnce) -> Council:
    return made_once(two_councils.oxford)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return subject_access.officer()


def browser_of(app: Flask, officer_id: UUID) -> Browser:
    return browsers.of_user(app, officer_id)


def held_by(officer_id: UUID, request_id: UUID) -> list[queries.Held]:
    with as_user(officer_id):
        return queries.held(request_id)


def settle(officer_id: UUID, request_id: UUID, *kinds: HeldKind) -> None:
    """Give everything but these kinds and what is under way, which are held."""
    for one in held_by(officer_id, request_id):
        weighed = HOLD if one.live or one.kind in kinds else Weighed(Ruling.GIVE)
        subject_access.decide(officer_id, request_id, one.record_id, weighed)


def test_a_request_is_recorded_about_somebody_found_without_a_name_in_an_address(app: Flask, officer: UUID) -> None:
    person_id, browser = register.add(register.KHAN, accounts.OXFORD), browser_of(app, officer)
    found = browser.post("/subject-access/find", data={"name": "Mohamed Aslam Kahn"})
    assert found.status_code == 302
    assert "ahn" not in found.location
    page = browser.get(found.location).text
    assert "Mohammed Aslam Khan" in page
    assert "born 4 March 1980" in page
    received = dates.today()
    sent = boxes("received_on", received.day, received.month, received.year)
    made = browser.post(found.location, data={"person": str(person_id), "proof_asked": "no", **sent})
    assert made.status_code == 302, words(made.text)
    page = words(browser.get(made.location).text)
    assert dates.in_words(months_after(received, 1)) in page
    assert browser.get(found.location).location == made.location  # sent before, and kept
    assert "1 subject access requests to answer" in words(browser.get("/").text)
    assert places_of("Mohamed Aslam Kahn") == []


def test_nobody_of_another_council_is_found_or_asked_about(app: Flask, officer: UUID) -> None:
    theirs, browser = register.add(register.KHAN, accounts.CHERWELL), browser_of(app, officer)
    found = browser.post("/subject-access/find", data={"name": "Mohammed Aslam Khan"})
    assert "Nobody on your register fits" in browser.get(found.location).text
    by_number = browser.post("/subject-access/find", data={"number": "P-0000-0000"})
    page = words(browser.get(by_number.location).text)
    assert "Search again by the name in the request" in page
    assert "Record the request" not in page
    somebody = queries.Found(theirs, "P-0000-0000", "Somebody", None, "")
    with pytest.raises(DBAPIError, match="no such person"), as_user(officer) as user:
        changes.record(user, somebody, changes.Received(dates.today(), proof_asked=False))


def test_whoever_is_not_on_the_register_is_answered_too(app: Flask, officer: UUID) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    browser, today = browser_of(app, officer), dates.today()
    sent = {"person": "nobody", "proof_asked": "no", **boxes("received_on", today.day, today.month, today.year)}
    address = browser.post("/subject-access/find", data={"name": "Mohammed Aslam Khan"}).location
    assert "None of these: Mohammed Aslam Khan is not on your register" in words(browser.get(address).text)
    address = browser.post("/subject-access/find", data={"name": "Petra Nowhereová"}).location
    made = browser.post(address, data=sent).location
    page = words(browser.get(made).text)
    assert "Petra Nowhereová, not on your register" in page
    assert "Nobody on your register is meant" in page
    assert browser.get(f"{made}/letter.pdf").status_code == 302
    on = boxes("answered_on", today.day, today.month, today.year)
    assert browser.post(f"{made}/answer", data=on).status_code == 302
    letter = pdf_text(browser.get(f"{made}/letter.pdf").data)
    assert "Petra Nowhereová" in letter
    assert "No record is listed." in letter
    assert places_of("Petra Nowhereová") == []


def test_what_is_withdrawn_lists_nothing_and_days_are_not_rewritten(app: Flask, oxford: Council, officer: UUID) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    for change in (
        "due_on = due_on + 30",
        "begins_on = begins_on + 1, first_due_on = first_due_on + 1",
        "answered_on = current_date",
        r"answered_on = current_date + 1, answer_sealed = '\x00'",
    ):
        with pytest.raises(DBAPIError, match="settled before"), as_user(officer):
            db.session.execute(text(f"UPDATE subject_access_request SET {change} WHERE id = :id"), {"id": request_id})
    with as_user(officer) as user:
        copied = (
            "INSERT INTO subject_access_request (id, authority_id, reference, person_id, person_reference, name_sealed,"
            " received_on, proof_asked) SELECT gen_random_uuid(), authority_id, 'SA-0000-0000', person_id,"
            " person_reference, name_sealed, received_on, false FROM subject_access_request WHERE id = :id RETURNING id"
        )
        unkept = db.session.scalar(text(copied), {"id": request_id})
        assert unkept
        assert queries.held(unkept) == []  # a look that is rolled back would leave no trail
        db.session.rollback()
        assert queries.held(request_id)
        changes.withdraw(user, request_id, "They ask no longer")
        db.session.commit()
        assert queries.held(request_id) == []
    page = browser_of(app, officer).get(f"/subject-access/{request_id}").text
    assert "The request is withdrawn, so nothing is listed." in page
    assert oxford.person_id.hex not in page.replace("-", "")


def test_every_open_consideration_is_under_way_and_its_reference_is_only_its_own(
    oxford: Council, officer: UUID
) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    with owner_session() as session:
        session.execute(text("DELETE FROM consideration_information WHERE kind = 'police'"))
        session.commit()
    rows = held_by(officer, request_id)
    considered = next(one for one in rows if one.record_id == oxford.consideration_id)
    assert considered.live
    subject_access.decide(officer, request_id, considered.record_id, HOLD)
    settle(officer, request_id, HeldKind.DECISION)
    held = {
        one.reference for one in held_by(officer, request_id) if one.kind in (HeldKind.DECISION, HeldKind.CONSIDERATION)
    }
    with as_user(officer):
        schedule = letters.schedule_of(queries.held(request_id))
    assert {"Notice", "Appeal"} & {kind.split()[0] for kind, _, _ in schedule}
    assert not held & {reference for _, _, reference in schedule}


def test_a_surname_with_a_date_of_birth_finds_one_of_many_and_a_cut_list_says_so(app: Flask, officer: UUID) -> None:
    born, other = date(1991, 2, 3), date(1970, 1, 1)
    many = [replace(register.numbered(n), family_name="Manyová") for n in range(queries.PEOPLE_SHOWN + 3)]
    *others, sought, undated = many
    register.add_all([replace(one, given_names="Aa", date_of_birth=other) for one in others], accounts.OXFORD)
    last = [
        replace(sought, given_names="Zz", date_of_birth=born),
        replace(undated, given_names="Zz", date_of_birth=None),
    ]
    wanted = register.add_all(last, accounts.OXFORD)
    with as_user(officer):
        found = queries.people_found("Manyová", born, "")
        assert ({one.person_id for one in found.shown}, found.is_cut) == (set(wanted), False)
    browser = browser_of(app, officer)
    address = browser.post("/subject-access/find", data={"name": "Manyová"}).location
    assert "There are more than these" in browser.get(address).text
    narrowed = {"name": "Manyová", **boxes("date_of_birth", born.day, born.month, born.year)}
    address = browser.post("/subject-access/find", data=narrowed).location
    assert "There are more than these" not in browser.get(address).text


def test_a_decision_is_under_way_with_what_is_done_about_its_person(app: Flask, oxford: Council, officer: UUID) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    before = {one.kind: one for one in held_by(officer, request_id)}
    assert not before[HeldKind.DECISION].kind.is_plain
    assert before[HeldKind.NOTICE].kind.is_plain
    licensing = disruption.agency(AgencyKind.LICENSING)
    aim = Aim(TargetKind.PERSON, "Mohammed Aslam Khan", record_id=oxford.person_id, of_authority_id=_oxford())
    disruption.consider(disruption.officer_of(licensing), "LIC-D", aim, licensing)
    assert {one.live for one in held_by(officer, request_id) if one.kind is HeldKind.DECISION} == {True}


def test_what_is_typed_wrong_is_said_beside_the_field_and_kept(app: Flask, officer: UUID) -> None:
    person_id, browser = register.add(register.KHAN, accounts.OXFORD), browser_of(app, officer)
    assert ("#name", "Enter a name, or a reference or number") in error_links(browser.post("/subject-access/find").text)
    address = browser.post("/subject-access/find", data={"name": "Khan"}).location
    tomorrow, today = dates.today() + timedelta(days=1), dates.today()
    ahead = boxes("received_on", tomorrow.day, tomorrow.month, tomorrow.year)
    given = {"person": str(person_id), "proof_asked": "yes"}
    page = browser.post(address, data={**given, **ahead}).text
    assert [where for where, _ in error_links(page)] == ["#received_on-day"]
    assert re.search(rf'value="{person_id}"[^>]*checked', page)
    before = today - timedelta(days=1)
    late = boxes("received_on", today.day, today.month, today.year)
    early = boxes("proven_on", before.day, before.month, before.year)
    page = browser.post(address, data={**given, **late, **early, "proof": "document"}).text
    assert [where for where, _ in error_links(page)] == ["#proven_on-day"]
    assert "proven no earlier" in page


def test_the_month_waits_for_proof_and_is_extended_within_the_first(app: Flask, officer: UUID) -> None:
    received = dates.today() - timedelta(days=50)
    person_id = register.add(register.KHAN, accounts.OXFORD)
    waiting = subject_access.ask(officer, person_id, received, proof_asked=True)
    page, browser = f"/subject-access/{waiting}", browser_of(app, officer)
    assert "Waits for proof of identity" in browser.get(page).text
    proven = dates.today() - timedelta(days=10)
    sent = {"proof": "in_person", **boxes("proven_on", proven.day, proven.month, proven.year)}
    assert browser.post(f"{page}/proof", data=sent).status_code == 302
    assert dates.in_words(months_after(proven, 1)) in browser.get(page).text
    told = {"reason": "Many files", **boxes("extended_on", proven.day, proven.month, proven.year)}
    assert browser.post(f"{page}/more-time", data=told).status_code == 302
    assert dates.in_words(months_after(proven, 3)) in browser.get(page).text
    overdue = subject_access.ask(officer, person_id, received)
    today = dates.today()
    late = {"reason": "Many files", **boxes("extended_on", today.day, today.month, today.year)}
    refused = browser.post(f"/subject-access/{overdue}/more-time", data=late)
    assert [where for where, _ in error_links(refused.text)] == ["#extended_on-day"]
    assert "Many files" in refused.text
    listed = words(browser.get("/subject-access?overdue=y").text)
    assert "Overdue" in listed
    assert "1 subject access requests overdue" in words(browser.get("/").text)


def test_every_kind_that_the_council_holds_is_listed_and_nothing_of_a_designated_officer(
    oxford: Council, officer: UUID
) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    found = held_by(officer, request_id)
    kinds = {one.kind for one in found}
    missing = {
        HeldKind.DISRUPTION,
        HeldKind.MEETING,
        HeldKind.POSITION,
        HeldKind.DECISION,
        HeldKind.NOTICE,
        HeldKind.APPEAL,
        HeldKind.TRAINING_OFFER,
    }
    assert kinds >= set(HeldKind) - missing
    assert {HeldKind.DECISION, HeldKind.NOTICE, HeldKind.APPEAL} <= kinds
    ids = {one.record_id for one in found}
    assert len(ids) == len(found)
    assert not ids & {oxford.lado_case_id, oxford.release_id, oxford.share_id, oxford.allegation_id}
    assert oxford.consideration_id in {one.record_id for one in found if one.live}  # the police were heard


def test_an_action_of_ones_own_agency_is_listed_and_under_way(app: Flask, officer: UUID) -> None:
    person_id = register.add(register.KHAN, accounts.OXFORD)
    licensing = disruption.agency(AgencyKind.LICENSING)
    aim = Aim(TargetKind.PERSON, "Mohammed Aslam Khan", record_id=person_id, of_authority_id=_oxford())
    member = disruption.officer_of(licensing)
    made = disruption.consider(member, "LIC-D", aim, licensing)
    request_id = subject_access.ask(officer, person_id)
    action = next(one for one in held_by(officer, request_id) if one.kind is HeldKind.DISRUPTION)
    assert (action.record_id, action.live) == (made, True)
    page = f"/subject-access/{request_id}/records/{made}"
    browser = browser_of(app, officer)
    refused = browser.post(page, data={"ruling": "give", "exemption": "none"})
    assert [where for where, _ in error_links(refused.text)] == ["#harm_test_by"]
    forced = (
        "INSERT INTO subject_access_ruling (id, authority_id, request_id, number, kind, record_id, ruling,"
        " source_confidential) SELECT gen_random_uuid(), authority_id, id, 1, 'disruption', :record, 'give', false"
        " FROM subject_access_request"
    )
    with pytest.raises(DBAPIError, match="not decided on so"), as_user(officer):
        db.session.execute(text(forced), {"record": made})
    asked = dates.today()
    told = Weighed(Ruling.GIVE, None, False, "A. Sample", "", asked, PoliceAnswer.NO_OBJECTION, "TVP/1")
    subject_access.decide(officer, request_id, made, told)
    # What other agencies do is not the council's to give.
    with owner_session() as session:
        session.execute(text("UPDATE agency SET is_partner = true"))
        session.commit()
    assert HeldKind.DISRUPTION not in {one.kind for one in held_by(officer, request_id)}


def _oxford() -> UUID:
    return accounts.authority_id(accounts.OXFORD)


def test_a_decision_is_refused_beside_its_field_with_what_was_typed(app: Flask, oxford: Council, officer: UUID) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    page = f"/subject-access/{request_id}/records/{oxford.complaint_id}"
    browser = browser_of(app, officer)
    sent = {"ruling": "hold", "exemption": "none", "reason": "It names a passenger", "harm_test_by": "A. Sample"}
    refused = browser.post(page, data=sent)
    assert error_links(refused.text) == [("#exemption", "Select the exemption by which it is held")]
    assert "It names a passenger" in refused.text
    assert browser.post(page, data={**sent, "exemption": "OTHERS"}).status_code == 302
    again = browser.get(page).text
    assert "Data of others" in again
    assert "It names a passenger" in again
    assert places_of("It names a passenger") == []
    with owner_session() as session:
        logged = "SELECT details FROM audit_entry WHERE action = 'decided' AND object_id = :id"
        details = session.scalars(text(logged), {"id": request_id}).one()
    assert details == {
        "record": "complaint",
        "record_id": str(oxford.complaint_id),
        "ruling": "hold",
        "exemption": "OTHERS",
    }


def test_plain_records_are_given_together_and_nothing_that_is_under_way(
    app: Flask, oxford: Council, officer: UUID
) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    subject_access.decide(officer, request_id, oxford.vetting_check_id, HOLD)
    assert browser_of(app, officer).post(f"/subject-access/{request_id}/plain").status_code == 302
    rows = held_by(officer, request_id)
    assert all(one.kind.is_plain and not one.live for one in rows if one.is_given)
    assert all(one.ruling for one in rows if one.kind.is_plain and not one.live)
    kept = next(one.ruling for one in rows if one.record_id == oxford.vetting_check_id)
    assert kept is not None
    assert kept.ruling is Ruling.HOLD


def test_a_request_is_not_answered_while_a_record_waits_also_one_that_came_since(
    app: Flask, oxford: Council, officer: UUID
) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    page, browser, today = f"/subject-access/{request_id}", browser_of(app, officer), dates.today()
    on = boxes("answered_on", today.day, today.month, today.year)
    early = browser.post(f"{page}/answer", data=on)
    assert early.status_code == 422
    assert "Decide about each before you answer" in early.text
    settle(officer, request_id)
    disruption.complain(oxford.officer, oxford.person_id, today)
    shown = browser.get(page).text
    assert "Records arrived since the last decision" in shown
    assert "New since" in shown
    assert browser.post(f"{page}/answer", data=on).status_code == 422
    with pytest.raises(DBAPIError, match="undecided"), as_user(officer):
        db.session.execute(text(f"{ANSWERED_BY_HAND} WHERE id = :id"), {"id": request_id})
    settle(officer, request_id)
    assert browser.post(f"{page}/answer", data=on).status_code == 302
    # What is answered stays as it was sent.
    held = held_by(officer, request_id)[0]
    for change in (f"{page}/withdraw", f"{page}/records/{held.record_id}"):
        sent = {"reason": "A mistake", "ruling": "give", "exemption": "none"}
        assert "answered or withdrawn" in browser.post(change, data=sent).text
    with pytest.raises(DBAPIError, match="is over"), as_user(officer):
        db.session.execute(text("UPDATE subject_access_request SET answered_on = NULL"))


def test_what_came_under_way_after_it_was_given_is_decided_about_again(app: Flask, officer: UUID) -> None:
    person_id, today = register.add(register.KHAN, accounts.OXFORD), dates.today()
    disruption.complain(accounts.user(Role.LICENSING_OFFICER), person_id, today)
    request_id = subject_access.ask(officer, person_id, today - timedelta(days=3))
    settle(officer, request_id)
    complaint = next(one for one in held_by(officer, request_id) if one.kind is HeldKind.COMPLAINT)
    assert not complaint.waits
    page, browser = f"/subject-access/{request_id}", browser_of(app, officer)
    before = today - timedelta(days=1)
    early = browser.post(f"{page}/answer", data=boxes("answered_on", before.day, before.month, before.year))
    assert [where for where, _ in error_links(early.text)] == ["#answered_on-day"]
    assert "The last decision was made on" in early.text
    licensing = disruption.agency(AgencyKind.LICENSING)
    aim = Aim(TargetKind.PERSON, "Mohammed Aslam Khan", record_id=person_id, of_authority_id=_oxford())
    action_id = disruption.consider(disruption.officer_of(licensing), "LIC-D", aim, licensing)
    subject_access.decide(officer, request_id, action_id, HOLD)
    on = boxes("answered_on", today.day, today.month, today.year)
    assert browser.post(f"{page}/answer", data=on).status_code == 422
    for shown in (browser.get(page).text, browser.get(f"{page}/answer").text):
        assert f"or hold them: Complaint {complaint.reference}." in words(shown)
    assert "Decide again" in browser.get(page).text
    with pytest.raises(DBAPIError, match="undecided"), as_user(officer):
        db.session.execute(text(ANSWERED_BY_HAND))
    told = Weighed(Ruling.GIVE, None, False, "A. Sample", "", today, PoliceAnswer.NO_OBJECTION, "TVP/1")
    subject_access.decide(officer, request_id, complaint.record_id, told)
    assert "Decide again" not in browser.get(page).text
    assert browser.post(f"{page}/answer", data=on).status_code == 302


def test_the_letter_says_the_same_whether_or_not_something_is_held(app: Flask, oxford: Council, officer: UUID) -> None:
    browser, letter = browser_of(app, officer), {}
    before = browser.get(f"/subject-access/{subject_access.ask(officer, oxford.person_id)}/letter.pdf")
    assert before.status_code == 302
    for kinds in ((), (HeldKind.COMPLAINT, HeldKind.DRIVER_CHECK)):
        request_id = subject_access.ask(officer, oxford.person_id)
        settle(officer, request_id, *kinds)
        subject_access.answer(officer, request_id)
        pdf = browser.get(f"/subject-access/{request_id}/letter.pdf")
        assert pdf.data == browser.get(f"/subject-access/{request_id}/letter.pdf").data
        letter[kinds] = re.sub(r"SA-\w{4}-\w{4}", "SA", pdf_text(pdf.data))
    whole, part = letter.values()
    assert letters.STANDING in whole
    assert letters.STANDING in part
    assert "Information Commissioner" in part
    assert "Complaint" in whole
    assert not any(word in part for word in ("Complaint", "Driver check", "exemption", "withheld", "harm"))
    # But for the rows that are not there, the two are the same.
    held = {
        one.reference for one in held_by(officer, request_id) if one.kind in (HeldKind.COMPLAINT, HeldKind.DRIVER_CHECK)
    }
    for one in held_by(officer, request_id):
        if one.reference in held:
            row = f"{one.kind.label} {dates.in_words(one.on_day)} {one.reference} "
            assert row in whole
            whole = whole.replace(row, "", 1)
    footer = r"Oxford City Council, SA\. OFFICIAL-SENSITIVE |Page \d "
    assert re.sub(footer, "", whole) == re.sub(footer, "", part)


def test_a_hidden_case_changes_nothing_of_what_is_listed(oxford: Council, officer: UUID) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    before = [(one.kind, one.record_id, one.live) for one in held_by(officer, request_id)]
    accounts.agree(accounts.OXFORD)
    lado = allegations.officer()
    case_id = allegations.open_case(lado, oxford.person_id)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.CONTACT)
    assert [(one.kind, one.record_id, one.live) for one in held_by(officer, request_id)] == before


def routines_named(source: str, known: dict[str, str]) -> set[str]:
    """The routines that a source calls, and those that they call."""
    found: set[str] = set()
    waiting = [source]
    while waiting:
        called = set(re.findall(r"\w+", waiting.pop())) & known.keys() - found
        found |= called
        waiting += [known[one] for one in called]
    return found


def test_the_function_that_lists_reads_no_table_of_a_designated_officer(app: Flask) -> None:
    theirs = {
        one.class_.__tablename__
        for one in Base.registry.mappers
        if one.class_.__module__.startswith("licensing.allegations.")
    } | {"restricted_entry", "task", "clock", "audit_entry"}
    assert {"lado_case", "case_share", "case_release", "relied_item", "flag_seen", "case_duty"} <= theirs
    with owner_session() as session:
        rows = session.execute(
            text("SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        ).all()
    known = {row.proname: row.prosrc for row in rows}
    read = "".join(known[one] for one in {FUNCTION, *routines_named(known[FUNCTION], known)})
    read = re.sub(r"--.*", "", read)
    assert {"complaint", "decision", "driver_check"} <= set(re.findall(r"\w+", read))
    assert not set(re.findall(r"\w+", read)) & theirs
    # Negative control: what a designated officer's own function reads is found.
    own = "".join(known[one] for one in {"known_cases", *routines_named(known["known_cases"], known)})
    assert set(re.findall(r"\w+", own)) & theirs


def test_only_an_information_officer_of_the_council_is_told_anything(oxford: Council, officer: UUID) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    others = [accounts.user(role) for role in Role if role is not Role.INFORMATION_OFFICER]
    for one in (*others, subject_access.officer(accounts.CHERWELL)):
        with as_user(one):
            listed = text("SELECT count(*) FROM subject_access_records(:id)")
            assert db.session.scalar(listed, {"id": request_id}) == 0
            people = text("SELECT count(*) FROM subject_access_people(ARRAY[CAST(:id AS uuid)], '{}', NULL, '', '')")
            assert db.session.scalar(people, {"id": oxford.person_id}) == 0
            assert db.session.scalar(text("SELECT count(*) FROM subject_access_request")) == 0
            db.session.rollback()
    with as_user(officer):
        assert db.session.scalar(text("SELECT count(*) FROM person")) == 0
        assert db.session.scalar(text("SELECT count(*) FROM complaint")) == 0


def test_what_was_decided_is_never_changed_and_only_about_what_is_held(oxford: Council, officer: UUID) -> None:
    request_id = subject_access.ask(officer, oxford.person_id)
    subject_access.decide(officer, request_id, oxford.person_id)
    subject_access.decide(officer, request_id, oxford.person_id, HOLD)
    with as_user(officer):
        assert [one.ruling for one in queries.rulings_on(request_id, oxford.person_id)] == [Ruling.HOLD, Ruling.GIVE]
    for statement in ("UPDATE subject_access_ruling SET ruling = 'give'", "DELETE FROM subject_access_ruling"):
        with pytest.raises(DBAPIError, match="permission denied"), as_user(officer):
            db.session.execute(text(statement))
    copied = (
        "INSERT INTO subject_access_ruling (id, authority_id, request_id, number, kind, record_id, ruling,"
        " source_confidential, recorded_by) SELECT gen_random_uuid(), authority_id, request_id, 9, kind, :record,"
        " 'give', false, recorded_by FROM subject_access_ruling WHERE number = 1"
    )
    with pytest.raises(DBAPIError, match="not decided on so"), as_user(officer):
        db.session.execute(text(copied), {"record": uuid4()})


def test_records_that_were_merged_are_listed_with_the_one_that_stands(app: Flask, officer: UUID) -> None:
    kept = register.add(register.KHAN, accounts.OXFORD)
    asked_before = subject_access.ask(officer, kept)
    merged = register.add(register.numbered(7), accounts.OXFORD)
    register.merge(accounts.OXFORD, kept, merged, accounts.user(Role.LICENSING_OFFICER))
    details = [one.record_id for one in held_by(officer, asked_before) if one.kind is HeldKind.DETAILS]
    assert set(details) == {kept, merged}


def test_a_request_received_before_the_act_is_refused(app: Flask, officer: UUID) -> None:
    with pytest.raises(Exception, match="not the law on that day"):
        subject_access.ask(officer, register.add(register.KHAN, accounts.OXFORD), date(2017, 1, 1))
