"""Requests and reports between authorities: what one learns of the other, both ways, and by when."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, jobs, register
from flask import Flask
from journeys.keeping import id_in
from journeys.reading import links
from sharing.exchanging import NOTIFIED, REVOKED, TODAY, acting, adverse_event, days, driver
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.queries import clocks_about
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.sharing import changes, queries
from licensing.sharing.clocks import due_on
from licensing.sharing.rules import ExchangeState, UpdateReason

ASKED, TOLD = "Which allegations does your revocation rest on?", "Two complaints of threats, upheld in May"
CONDUCT, REASONS = "Refused a passenger with a guide dog and drove at them", "Considered and warned in writing"


def authority(code: str) -> str:
    return str(accounts.authority_id(code))


def a_colleague(client: CheckingClient, address: str) -> str:
    """Somebody whom the page offers as having authorised it."""
    offered = client.get(address).text.partition('name="authorised_by"')[2]
    return (
        offered.partition('<option value="')[2].partition('<option value="')[2].partition('"')[0]
        or (offered.partition('" selected')[0].rpartition('"')[2])
    )


def ask(officer: CheckingClient, address: str, **given: Any) -> Any:
    typed = {
        "full_name": "M. A. Khan",
        **days("date_of_birth", date(1980, 3, 4)),
        "partner": authority(accounts.CHERWELL),
        "method": "service",
        "words": ASKED,
        "authorised_by": a_colleague(officer, address),
    }
    return officer.post(address, data=typed | given)


def answer(client: CheckingClient, received: str, **given: Any) -> Any:
    typed = {
        "outcome": "disclosed",
        "words": TOLD,
        "fields_told": "Decision notice, two allegations",
        "to_name": "Test Officer",
        "method": "secure_email",
        "authorised_by": a_colleague(client, f"{received}/answer"),
    }
    return client.post(f"{received}/answer", data=typed | given)


def received_by(client: CheckingClient) -> str:
    return next(one for one in links(client.get("/nr3s/requests").text) if "/requests/received/" in one)


@pytest.fixture
def oxford(app: Flask, signed_in: SignIn) -> CheckingClient:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL, accounts.COUNTY)
    return signed_in(Role.LICENSING_OFFICER)


@pytest.fixture
def cherwell(oxford: CheckingClient, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_MANAGER, accounts.CHERWELL)


@pytest.fixture
def applicant(oxford: CheckingClient) -> UUID:
    applied = replace(register.KHAN, given_names="M. A.", licences=register.PLAIN.licences)
    return register.add(applied, accounts.OXFORD)


def test_1_a_council_asks_in_writing_is_answered_in_twenty_working_days_and_has_regard(
    app: Flask, oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    theirs = register.add(driver(REVOKED), accounts.CHERWELL)
    licence = next(one for one in links(oxford.get(f"/people/{applicant}").text) if one.startswith("/licences/"))
    sent = ask(oxford, f"{licence}/nr3s-request")
    assert sent.status_code == 302, sent.text
    asked = sent.location
    page = oxford.get(asked).text
    own = accounts.authority_id(accounts.OXFORD)
    with acting(Role.LICENSING_OFFICER):
        assert dates.in_words(due_on(ClockCode.NR3S_ANSWER, own, TODAY)) in page
        asked_for = queries.requests_for(UUID(id_in(licence)), applicant, TODAY)
        assert [one.state for one in asked_for] == [ExchangeState.WAITING]
        assert queries.requests_for(UUID(id_in(licence)), applicant, TODAY + timedelta(days=1)) == []
    assert oxford.get(f"{asked}/regard").status_code == 200
    early = oxford.post(f"{asked}/regard", data={"words": "Considered", **days("regard_on", TODAY)})
    assert early.status_code == 422

    jobs.do_all(app)  # the delivery asks for the clock
    received = received_by(cherwell)
    with acting(Role.LICENSING_MANAGER, accounts.CHERWELL):
        [clock] = clocks_about(ObjectKind.NR3S_REQUEST, UUID(id_in(received)))
        due = due_on(ClockCode.NR3S_ANSWER, accounts.authority_id(accounts.CHERWELL), TODAY)
        assert (clock.code, clock.due_on, clock.for_team) == (ClockCode.NR3S_ANSWER, due, Role.LICENSING_OFFICER)
    page = cherwell.get(received).text
    assert ASKED in page
    assert "M. A. Khan" in page
    assert "Oxford City Council" in page
    assert "Speak to another council" in cherwell.get("/work").text
    choices = cherwell.get(f"{received}/whose").text
    assert "Mohammed Aslam Khan, born 4 March 1980" in choices
    assert cherwell.post(f"{received}/whose", data={"likely": str(theirs)}).status_code == 302
    assert answer(cherwell, received).status_code == 302
    assert answer(cherwell, received).status_code == 422

    page = oxford.get(asked).text
    assert TOLD in page
    with acting(Role.LICENSING_OFFICER):
        asked_for = queries.requests_for(UUID(id_in(licence)), applicant, TODAY)
        assert [one.state for one in asked_for] == [ExchangeState.ANSWERED]
    regard = {"words": "Weighed with the applicant’s account", **days("regard_on", TODAY)}
    assert oxford.post(f"{asked}/regard", data=regard).status_code == 302
    assert oxford.post(f"{asked}/regard", data=regard).status_code == 422
    assert oxford.post(f"{asked}/determined", data=days("determined_on", TODAY)).status_code == 302
    kept_until = dates.in_words(TODAY + timedelta(days=22))
    page = oxford.get(asked).text
    assert "Weighed with the applicant’s account" in page
    assert kept_until in page


def test_each_side_logs_what_it_disclosed_and_neither_reads_the_others_rows(
    oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    asked = ask(oxford, f"/people/{applicant}/nr3s-request").location
    received = received_by(cherwell)
    answer(cherwell, received)

    assert cherwell.get(asked).status_code == 404
    assert oxford.get(received).status_code == 404
    log = cherwell.get("/nr3s/disclosures").text
    assert "Decision notice, two allegations" in log
    assert "2022 Act section 3" in log
    assert "Decision notice, two allegations" not in oxford.get("/nr3s/disclosures").text
    assert "Full name, Date of birth" in oxford.get("/nr3s/disclosures").text
    for code in (accounts.OXFORD, accounts.CHERWELL):
        with acting(Role.LICENSING_OFFICER, code):
            rows = [db.session.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("request_out", "request_in")]
            assert sorted(rows) == [0, 1], code


def test_what_is_written_between_councils_is_sealed_in_every_row(
    oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    ask(oxford, f"/people/{applicant}/nr3s-request")
    answer(cherwell, received_by(cherwell))
    kept = as_owner(
        "SELECT row_to_json(r)::text FROM request_out r UNION ALL SELECT row_to_json(r)::text FROM request_in r"
    )
    assert len(kept) == 2
    for (row,) in kept:
        plain = row + "".join(bytes.fromhex(part).decode("latin-1") for part in _hex(row))
        assert not any(secret in plain for secret in (ASKED, TOLD, "M. A. Khan"))


def _hex(row: str) -> list[str]:
    return re.findall(r"\\\\x([0-9a-f]+)", row)


def test_an_answer_cannot_be_sent_to_a_request_of_ones_own_choosing(
    oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    asked = id_in(ask(oxford, f"/people/{applicant}/nr3s-request").location)
    received = id_in(received_by(cherwell))
    forged = (
        "INSERT INTO request_in (id, authority_id, reference, kind, from_request_id, from_body, from_contact, method,"
        " particulars_sealed, words_sealed, received_on) SELECT gen_random_uuid(), authority_id, 'NR-X', kind, :asked,"
        " '', '', 'post', '', '', received_on FROM request_in"
    )
    for statement in (
        forged,
        "UPDATE request_in SET from_request_id = :asked",
        "CALL deliver_answer(:received, '', NULL)",  # not answered yet
        "CALL deliver_request(:asked, :received, '', '', NULL)",  # not theirs
    ):
        with (
            acting(Role.LICENSING_MANAGER, accounts.CHERWELL),
            pytest.raises(DBAPIError, match=r"permission|delivered"),
        ):
            db.session.execute(text(statement), {"asked": asked, "received": received})
        db.session.rollback()


def test_3_whoever_was_answered_is_told_when_the_entry_changes(
    oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    theirs = register.add(driver(REVOKED), accounts.CHERWELL)
    with acting(Role.LICENSING_MANAGER, accounts.CHERWELL) as user:
        entry = changes.expect_entry(user, adverse_event(theirs))
        assert entry is not None
        entry_id = entry.id
    keyed = {"nr3s_reference": "N-1", **days("keyed_on", TODAY)}
    assert cherwell.post(f"/nr3s/entries/{entry_id}/confirm", data=keyed).status_code == 302
    ask(oxford, f"/people/{applicant}/nr3s-request")
    received = received_by(cherwell)
    cherwell.post(f"{received}/whose", data={"likely": str(theirs)})
    answer(cherwell, received)

    with acting(Role.LICENSING_MANAGER, accounts.CHERWELL) as user:
        changes.expect_update(user, adverse_event(theirs), UpdateReason.APPEAL_ALLOWED)
    page = cherwell.get(f"/nr3s/entries/{entry_id}").text
    update = next(one for one in links(page) if "/updates/" in one)
    assert cherwell.post(update, data={"action": "removed", **days("done_on", TODAY)}).status_code == 302

    [(why,)] = as_owner("SELECT why FROM task WHERE kind = 'tell_requesters'")
    assert "Oxford City Council" in why
    assert "section 3(4)" in why
    assert "Khan" not in why


def concern(oxford: CheckingClient, **given: Any) -> Any:
    typed = {
        "full_name": "Sample Driver",
        "partner": authority(accounts.CHERWELL),
        "method": "service",
        "words": CONDUCT,
        "would_act": "y",
        "belief": "We would have suspended at once",
        **days("aware_on", NOTIFIED),
    }
    return oxford.post("/nr3s/concerns/new", data=typed | given)


def test_15_a_concern_is_reported_in_ten_working_days_chased_and_replied_to(
    oxford: CheckingClient, cherwell: CheckingClient
) -> None:
    report = concern(oxford)
    assert report.status_code == 302, report.text
    page = oxford.get(report.location).text
    own = accounts.authority_id(accounts.OXFORD)
    with acting(Role.LICENSING_OFFICER):
        assert dates.in_words(due_on(ClockCode.S5_REPORT, own, NOTIFIED)) in page
    assert "We would have suspended at once" in page
    assert "/requests/received/" not in cherwell.get("/nr3s/requests").text

    sending = {"authorised_by": a_colleague(oxford, f"{report.location}/send")}
    assert oxford.post(f"{report.location}/send", data=sending).status_code == 302
    assert oxford.post(f"{report.location}/send", data=sending).status_code == 422
    reminded = {"note": "Rang the duty officer", **days("chased_on", TODAY)}
    assert oxford.post(f"{report.location}/chase", data=reminded).status_code == 302

    received = received_by(cherwell)
    page = cherwell.get(received).text
    assert CONDUCT in page
    assert "We would have suspended at once" not in page  # why one believes it is one's own record
    assert as_owner("SELECT kind FROM task") == []  # the clock of the reply is the work
    replied = answer(cherwell, received, outcome="no_action", words=REASONS)
    assert replied.status_code == 302
    page = oxford.get(report.location).text
    assert REASONS in page
    assert "Considered, and nothing was done" in page
    assert "Rang the duty officer" in page


def test_a_report_that_may_name_a_child_is_asked_about_before_it_leaves(oxford: CheckingClient) -> None:
    words = "He drove Ellie Sample, born 3 May 2012, without her carer."
    asked = concern(oxford, words=words)
    assert asked.status_code == 422
    assert words in asked.text
    assert "It names no child" in asked.text
    assert concern(oxford, words=words, sure="y").status_code == 302


def let_the_act_begin() -> None:
    with owner_session() as session:
        begun = "UPDATE clock_rule SET valid_from = :day WHERE code = 'IMPOSED_SUSPENSION'"
        session.execute(text(begun), {"day": TODAY - timedelta(days=30)})
        session.commit()


def test_34_a_neighbours_officer_suspends_and_the_council_that_issued_the_licence_is_to_decide(
    app: Flask, oxford: CheckingClient, cherwell: CheckingClient
) -> None:
    person = register.add(driver(), accounts.CHERWELL)
    suspended = days("suspended_on", NOTIFIED)
    assert "suspended_on" not in oxford.get("/nr3s/concerns/new").text
    # Whoever sends it nevertheless, before the law has begun, has suspended nothing.
    assert "on the spot" not in oxford.get(concern(oxford, **suspended).location).text
    let_the_act_begin()
    assert "suspended_on" in oxford.get("/nr3s/concerns/new").text
    later = concern(oxford, **days("suspended_on", TODAY + timedelta(days=1)))
    assert later.status_code == 422
    assert CONDUCT in later.text
    report = concern(oxford, **suspended).location
    assert "Suspended on the spot by your officer" in oxford.get(report).text
    oxford.post(f"{report}/send", data={"authorised_by": a_colleague(oxford, f"{report}/send")})
    jobs.do_all(app)

    received = received_by(cherwell)
    page = cherwell.get(received).text
    assert "by Oxford City Council. Your council issued the licence, and decides." in page
    assert "Decision on a licence that another authority suspended on the spot" in cherwell.get("/work").text
    # Who imposed it is not who issued it: the licence stands as its own council has it until that decides.
    assert "In force" in cherwell.get(f"/people/{person}").text
    answer(cherwell, received, outcome="revoked", words=REASONS)
    with acting(Role.LICENSING_MANAGER, accounts.CHERWELL):
        about = clocks_about(ObjectKind.NR3S_REQUEST, UUID(id_in(received)))
        assert {one.code: one.met_on for one in about} == {
            ClockCode.S6_REPLY: TODAY,
            ClockCode.IMPOSED_SUSPENSION: TODAY,
        }
    assert REASONS in oxford.get(report).text


def test_a_suspension_that_was_written_of_by_post_is_to_be_decided_too(cherwell: CheckingClient) -> None:
    let_the_act_begin()
    typed = {
        "full_name": "Sample Driver",
        "body": "Wolverhampton",
        "contact": "A test officer",
        "method": "post",
        "words": CONDUCT,
        **days("received_on", TODAY),
        **days("suspended_on", NOTIFIED),
    }
    address = "/nr3s/requests/receive"
    asked = cherwell.post(address, data=typed | {"kind": "information"})
    assert "A suspension comes with a report of a concern" in asked.text
    before = days("received_on", NOTIFIED - timedelta(days=1))
    early = cherwell.post(address, data=typed | {"kind": "concern"} | before)
    assert "Their officer suspended it on" in early.text
    reported = cherwell.post(address, data=typed | {"kind": "concern"})
    assert reported.status_code == 302, reported.text
    with acting(Role.LICENSING_MANAGER, accounts.CHERWELL):
        codes = {one.code for one in clocks_about(ObjectKind.NR3S_REQUEST, UUID(id_in(reported.location)))}
        assert codes == {ClockCode.S6_REPLY, ClockCode.IMPOSED_SUSPENSION}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"would_act": ""}, "Confirm that you would have considered"),
        ({"partner": ""}, "one of the two"),
        ({"body": "Wolverhampton"}, "one of the two"),
        ({"partner": "", "body": "Wolverhampton"}, "written to in another way"),
        (days("aware_on", TODAY + timedelta(days=1)), "must be today or in the past"),
    ],
)
def test_a_report_that_does_not_hold_together_is_refused_with_everything_kept(
    oxford: CheckingClient, given: dict[str, Any], told: str
) -> None:
    refused = concern(oxford, **given)
    assert refused.status_code == 422
    assert told in refused.text
    assert CONDUCT in refused.text


def test_an_authority_outside_the_service_is_written_to_by_hand_and_its_answer_typed(
    oxford: CheckingClient, applicant: UUID
) -> None:
    address = f"/people/{applicant}/nr3s-request"
    outside = {"partner": "", "body": "City of Wolverhampton Council", "method": "secure_email"}
    assert "Enter the day" in ask(oxford, address, **outside).text
    asked = ask(oxford, address, **outside, **days("sent_on", NOTIFIED)).location
    early = {"outcome": "disclosed", "words": TOLD, **days("answered_on", NOTIFIED - timedelta(days=1))}
    assert oxford.post(f"{asked}/answer", data=early).status_code == 422
    came = {**early, **days("answered_on", TODAY)}
    assert oxford.post(f"{asked}/answer", data=came).status_code == 302
    assert TOLD in oxford.get(asked).text
    assert "City of Wolverhampton Council" in oxford.get("/nr3s/requests?way=sent").text


def test_a_request_that_came_by_post_answered_late_keeps_that_it_was_late(
    oxford: CheckingClient, signed_in: SignIn
) -> None:
    manager = signed_in(Role.LICENSING_MANAGER)
    came = {
        "kind": "information",
        "body": "City of Wolverhampton Council",
        "contact": "Licensing team",
        "method": "post",
        "full_name": "Sample Driver",
        "words": ASKED,
        **days("received_on", TODAY - timedelta(days=60)),
    }
    received = oxford.post("/nr3s/requests/receive", data=came).location
    assert "Overdue" in oxford.get("/nr3s/requests").text

    assert "Enter the day" in answer(manager, received).text
    assert answer(manager, received, **days("answered_on", TODAY)).status_code == 302

    assert "Late" in oxford.get(received).text


def test_nothing_held_is_an_answer_and_no_disclosure(
    oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    asked = ask(oxford, f"/people/{applicant}/nr3s-request").location
    answer(cherwell, received_by(cherwell), outcome="nothing_held", words="We never licensed this person")
    assert "No relevant information is held" in oxford.get(asked).text
    assert "Nothing was disclosed" in cherwell.get("/nr3s/disclosures").text


def test_a_disclosure_outside_these_pages_is_logged_by_hand(signed_in: SignIn) -> None:
    manager = signed_in(Role.LICENSING_MANAGER)
    person = register.add(register.KHAN, accounts.OXFORD)
    [(reference,)] = as_owner("SELECT reference FROM person WHERE id = :id", id=person)
    address = "/nr3s/disclosures/new"
    told = {
        "about": reference,
        "fields_told": "Name and badge number",
        "body": "Thames Valley Police",
        "to_name": "The desk sergeant",
        "purpose": "A missing child enquiry",
        "basis": "safeguarding",
        "method": "in_person",
        "authorised_by": a_colleague(manager, address),
        **days("disclosed_on", TODAY),
    }
    assert manager.post(address, data={**told, **days("review_on", NOTIFIED)}).status_code == 422
    assert manager.post(address, data={**told, "about": "P-0000-0000"}).status_code == 422
    assert manager.post(address, data=told).status_code == 302
    listed = manager.get("/nr3s/disclosures").text
    assert "The desk sergeant, Thames Valley Police" in listed
    page = manager.get(next(one for one in links(listed) if one.startswith("/nr3s/disclosures/") and "new" not in one))
    assert "Mohammed Aslam Khan" in page.text


def test_a_request_that_does_not_open_keeps_its_page_and_says_whom_to_ask(
    oxford: CheckingClient, cherwell: CheckingClient, applicant: UUID
) -> None:
    """Whoever sends one by a statement of their own seals nothing that the other council could open."""
    asked = ask(oxford, f"/people/{applicant}/nr3s-request").location
    received = received_by(cherwell)
    with owner_session() as session:
        session.execute(text("UPDATE request_in SET words_sealed = 'x', particulars_sealed = 'x'"))
        session.commit()
    for page in (received, f"{received}/whose", f"{received}/answer"):
        assert cherwell.get(page).status_code == 200, page
    assert "cannot be opened. Ask them" in cherwell.get(received).text
    assert answer(cherwell, received).status_code == 302
    with owner_session() as session:
        session.execute(text("UPDATE request_out SET answer_sealed = 'x'"))
        session.commit()
    assert "cannot be opened. Ask them" in oxford.get(asked).text


def test_nobody_records_by_hand_what_the_service_would_have_delivered(app: Flask) -> None:
    written = text(
        "INSERT INTO request_in (id, authority_id, reference, kind, from_authority_id, from_body, from_contact, method,"
        " particulars_sealed, words_sealed, received_on) VALUES (gen_random_uuid(), :own, 'NR-X', 'concern', :theirs,"
        " 'Cherwell', 'x', :method, 'x', 'x', current_date)"
    )
    given = {"own": accounts.authority_id(accounts.OXFORD), "theirs": accounts.authority_id(accounts.CHERWELL)}
    with acting(Role.LICENSING_OFFICER):
        db.session.execute(written, {**given, "method": "post"})
        with pytest.raises(DBAPIError, match="row-level security"), db.session.begin_nested():
            db.session.execute(written, {**given, "method": "service"})
