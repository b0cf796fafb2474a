"""A case closes when nothing is owed: each message sent, or withheld with a reason and a review."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from assurance import cast
from clients import CheckingClient
from factories import accounts, allegations, decisions, desks, register, shared_cases
from flask import Flask
from journeys.reading import boxes, version_in, words
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import closing, duties, reviewing
from licensing.allegations.changes.closing import Closing
from licensing.allegations.changes.duties import Asked
from licensing.allegations.models import Duty
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import chronology, work
from licensing.allegations.queries import sharing as shared
from licensing.allegations.rules_of_sharing import Standing, owed_about
from licensing.allegations.subject import Subject
from licensing.allegations.words import EntryKind, Outcome, Sector, Stage, StrandState
from licensing.allegations.words_of_sharing import Basis, DutyKind, DutyState, Level, ReleaseKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role

TODAY = dates.today()
ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.fixture
def lado(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return allegations.officer()


@pytest.fixture
def person(lado: UUID) -> UUID:
    return register.add(register.PLAIN, accounts.OXFORD)


def settle_all(lado: UUID, case_id: UUID) -> None:
    """Every message is sent and every strand finished."""
    with shared_cases.opened(lado, case_id) as case:
        for row in queries.duties(case_id):
            if row.state is DutyState.OWED:
                duties.settle(allegations.acting(), case, row, **shared_cases.told("Told by telephone."))
        for strand in queries.strands(case_id):
            strand.state = StrandState.FINISHED


def stops(lado: UUID, case_id: UUID) -> list[str]:
    with shared_cases.opened(lado, case_id) as case:
        return closing.stops(case)


def close(lado: UUID, case_id: UUID, said: Closing) -> None:
    with shared_cases.opened(lado, case_id) as case:
        closing.close(allegations.acting(), case, said)


def test_each_council_and_firm_that_the_registers_name_is_owed_a_message() -> None:
    standings = [Standing(ONE, True, False, True), Standing(TWO, False, True, False)]
    assert owed_about(standings, None, TWO) == [
        (DutyKind.LICENSING_AUTHORITY, ONE),
        (DutyKind.SCHOOL_TRANSPORT, TWO),
        (DutyKind.OPERATOR, None),
    ]
    assert owed_about([], Sector.PASSENGER_ASSISTANT, TWO) == [(DutyKind.SCHOOL_TRANSPORT, TWO)]
    assert owed_about([], Sector.OPERATOR_STAFF, TWO) == [(DutyKind.OPERATOR, None)]
    assert owed_about([Standing(ONE, False, False, False)], Sector.LICENSED_PREMISES, TWO) == []


def test_of_every_driver_it_is_asked_for_whom_they_drive_and_whether_to_school() -> None:
    driver = Standing(ONE, True, False, False, drives=True)
    asked = [(DutyKind.SCHOOL_TRANSPORT, TWO), (DutyKind.OPERATOR, None)]
    assert owed_about([driver], Sector.OTHER, TWO) == [(DutyKind.LICENSING_AUTHORITY, ONE), *asked]
    assert owed_about([], Sector.LICENSED_DRIVER, TWO) == asked
    badge = Standing(ONE, False, True, False)
    assert owed_about([driver, badge], None, TWO) == [
        (DutyKind.LICENSING_AUTHORITY, ONE),
        (DutyKind.SCHOOL_TRANSPORT, ONE),
        (DutyKind.OPERATOR, None),
    ]
    assert all(kind.question for kind, _ in asked)


def test_of_somebody_not_identified_the_others_are_told_and_licensing_once_they_are(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado)
    with shared_cases.opened(lado, case_id) as case:
        kinds = {one.kind for one in queries.duties(case_id)}
        assert {DutyKind.REFERRER, DutyKind.DBS, DutyKind.LEARNING} <= kinds
        assert DutyKind.LICENSING_AUTHORITY not in kinds
        changes.name_subject(allegations.acting(), case, Subject("Petra Sampleová", person))
        owed = {one.kind for one in queries.duties(case_id)} - kinds
        assert owed == {DutyKind.LICENSING_AUTHORITY}


def test_what_an_officer_adds_is_settled_like_the_others_and_owed_again_with_its_words(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with shared_cases.opened(lado, case_id) as case:
        for to in ("Sample School, the head", "Sample Club, the secretary"):
            duties.add(allegations.acting(), case, DutyKind.EMPLOYER, None, Asked(to, "That he is not to be alone."))
        for kind, council in ((DutyKind.EMPLOYER, case.authority_id), (DutyKind.LICENSING_AUTHORITY, None)):
            with pytest.raises(RuleBroken, match=r"[Ss]elect .*council"):
                duties.add(allegations.acting(), case, kind, council, Asked("Sample", "Sample"))
    assert "Tell another employer: Sample School, the head." in stops(lado, case_id)
    settle_all(lado, case_id)
    assert not [one for one in stops(lado, case_id) if "Tell" in one]
    shared_cases.end_allegations(lado, case_id, Outcome.SUBSTANTIATED)
    owed = {one for one in stops(lado, case_id) if "employer:" in one}
    assert owed == {f"Tell another employer: {to}." for to in ("Sample School, the head", "Sample Club, the secretary")}
    settle_all(lado, case_id)
    close(lado, case_id, Closing("Ended.", TODAY))
    with shared_cases.opened(lado, case_id) as case, pytest.raises(RuleBroken, match="open"):
        duties.add(allegations.acting(), case, DutyKind.OTHER, None, Asked("Sample", "Sample"))


def test_a_message_is_added_over_its_page_and_the_case_asks_what_no_register_says(app: Flask, lado: UUID) -> None:
    case_id, office = allegations.open_case(lado), desks.client_of(app, lado)
    page = f"/allegations/{case_id}"
    assert "Does this person drive children to school?" in words(office.get(page).text)
    given = {"kind": "regulator", "to": "Sample regulator", "words": "That an enquiry is open."}
    refused = office.post(f"{page}/duties/new", data={**given, "to": ""})
    assert refused.status_code == 422
    assert 'id="to-error"' in refused.text
    assert "That an enquiry is open." in refused.text
    assert office.post(f"{page}/duties/new", data=given).location == page
    shown = words(office.get(page).text)
    assert "Tell a regulator: Sample regulator" in shown
    assert "That an enquiry is open." in shown


def test_whoever_the_registers_name_by_the_day_of_closing_is_owed_a_message_first(app: Flask, lado: UUID) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    case_id, office = allegations.open_case(lado, person), desks.client_of(app, lado)
    shared_cases.end_allegations(lado, case_id, Outcome.SUBSTANTIATED)
    settle_all(lado, case_id)
    register.link(person, register.add(register.PLAIN, accounts.CHERWELL))
    close_page = f"/allegations/{case_id}/close"
    given = {"words": "Ended.", **boxes("closed_on", TODAY.day, TODAY.month, TODAY.year)}
    given["version"] = version_in(office.get(close_page).text)
    refused = office.post(close_page, data=given)
    assert refused.status_code == 422
    assert "Settle it first: Tell the licensing authority: Cherwell District Council" in words(refused.text)
    assert "Ended." in refused.text
    assert stops(lado, case_id) == ["Tell the licensing authority: Cherwell District Council."]


def test_what_is_owed_follows_who_the_person_turns_out_to_be(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado)
    oxford = accounts.authority_id(accounts.OXFORD)
    with shared_cases.opened(lado, case_id) as case:
        assert not [one for one in queries.duties(case_id) if one.kind is DutyKind.LICENSING_AUTHORITY]
        changes.name_subject(allegations.acting(), case, Subject("Petra Sampleová", person))
        assert [
            one.for_authority_id for one in queries.duties(case_id) if one.kind is DutyKind.LICENSING_AUTHORITY
        ] == [oxford]


def test_nothing_closes_while_a_message_is_owed_or_an_outcome_is_not_there(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    said = stops(lado, case_id)
    assert "Tell the licensing authority: Oxford City Council." in said
    assert "An allegation has no outcome yet." in said
    with pytest.raises(RuleBroken, match="no outcome yet"):
        close(lado, case_id, Closing("Ended.", TODAY))
    shared_cases.end_allegations(lado, case_id, Outcome.SUBSTANTIATED)
    settle_all(lado, case_id)
    assert stops(lado, case_id) == []
    close(lado, case_id, Closing("Ended.", TODAY))
    with shared_cases.opened(lado, case_id) as case:
        assert (case.stage, case.closed_on) == (Stage.CLOSED, TODAY)
        assert case.retain_until
        assert case.retain_until >= TODAY + timedelta(days=3652)


def test_what_is_withheld_has_a_review_and_does_not_stop_it(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    with shared_cases.opened(lado, case_id) as case:
        [row] = [one for one in queries.duties(case_id) if one.kind is DutyKind.PERSON]
        withheld = {"state": DutyState.WITHHELD, "words": "The police ask for time.", "settled_on": TODAY}
        with pytest.raises(RuleBroken, match="look at it again"):
            duties.settle(allegations.acting(), case, row, **withheld)
        later = TODAY + timedelta(days=30)
        duties.settle(allegations.acting(), case, row, **withheld, review_on=later)
    with shared_cases.opened(lado, case_id):
        row = work.row_of(Duty, case_id, row.id)
        assert row
        assert (row.settled_by, row.review_on) == (lado, later)
    assert "Tell the person." not in stops(lado, case_id)


def test_an_outcome_and_another_one_are_owed_to_everybody_who_was_told_before(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    settle_all(lado, case_id)
    for outcome in (Outcome.SUBSTANTIATED, Outcome.UNSUBSTANTIATED):
        shared_cases.end_allegations(lado, case_id, outcome)
        said = stops(lado, case_id)
        assert {
            "Tell the licensing authority: Oxford City Council.",
            "Tell who referred it.",
            "Consider a referral to the DBS.",
        } <= {*said}
        settle_all(lado, case_id)
    with shared_cases.opened(lado, case_id):
        told = [one.kind for one in queries.every_duty(case_id)]
    assert {told.count(one) for one in told} == {3}


def test_a_case_that_is_opened_again_owes_every_message_anew(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.end_allegations(lado, case_id, Outcome.MALICIOUS)
    settle_all(lado, case_id)
    close(lado, case_id, Closing("Ended.", TODAY))
    with shared_cases.opened(lado, case_id) as case:
        reviewing.open_again(allegations.acting(), case, "More was said.", TODAY)
        assert {one.state for one in queries.duties(case_id)} == {DutyState.OWED}


def test_what_was_settled_stays_and_the_log_shows_all_of_it_with_who_decided(app: Flask, lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with shared_cases.opened(lado, case_id) as case:
        [row] = [one for one in queries.duties(case_id) if one.kind is DutyKind.PERSON]
        withheld = {"state": DutyState.WITHHELD, "words": "The police ask for time.", "settled_on": TODAY}
        duties.settle(allegations.acting(), case, row, **withheld, review_on=TODAY + timedelta(days=30))
    with shared_cases.opened(lado, case_id) as case:
        first = work.row_of(Duty, case_id, row.id, for_change=True)
        assert first
        told = shared_cases.told("Told with the police.")
        duties.settle(allegations.acting(), case, first, **told)
        for again in (first, next(one for one in queries.duties(case_id) if one.kind is DutyKind.PERSON)):
            with pytest.raises(RuleBroken, match="settled before"):
                duties.settle(allegations.acting(), case, again, **told)
        with pytest.raises(DBAPIError, match="settled before"), db.session.begin_nested():
            db.session.execute(text("UPDATE case_duty SET state = 'owed' WHERE id = :id"), {"id": row.id})
        assert [one.source for one in queries.due()].count("withheld") == 0
    client = desks.client_of(app, lado)
    page = words(client.get(f"/allegations/{case_id}/told").text)
    assert "Withheld by Test Designated officer (LADO)" in page
    assert "The police ask for time." in page
    assert "Told with the police." in page
    assert "by Test Designated officer (LADO)" in words(client.get(f"/allegations/{case_id}").text)


def test_an_outcome_released_to_a_named_person_settles_the_message_to_their_council(lado: UUID, person: UUID) -> None:
    case_id, reader = allegations.open_case(lado, person), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.release(lado, case_id, accounts.OXFORD, reader, ReleaseKind.OUTCOME)
    assert "Tell the licensing authority: Oxford City Council." not in stops(lado, case_id)


@pytest.mark.parametrize("keep", [True, False])
def test_the_flag_comes_off_with_the_end_unless_it_is_kept_with_a_review(lado: UUID, person: UUID, keep: bool) -> None:
    case_id, later = allegations.open_case(lado, person), TODAY + timedelta(days=180)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    shared_cases.end_allegations(lado, case_id, Outcome.UNSUBSTANTIATED)
    settle_all(lado, case_id)
    close(lado, case_id, Closing("Ended.", TODAY, keep, later))
    with shared_cases.opened(lado, case_id) as case:
        assert bool(shared.standing_shares(case_id)) is keep
        assert case.review_on == (later if keep else None)
        assert [one for one in queries.due() if one.source == "review"] != [] or not keep
    if keep:  # it can be withdrawn then, and not raised
        with pytest.raises(RuleBroken, match="not raised"):
            shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.ITEMS)
        shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.NOTHING)
        with shared_cases.opened(lado, case_id) as case:
            assert case.review_on is None


def test_a_council_may_revoke_whatever_the_outcome_is_called(lado: UUID, person: UUID) -> None:
    """Domain story 11: the balance of probabilities is the council's own, and it cites evidence."""
    case_id, licence = allegations.open_case(lado, person), licence_of(person)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    shared_cases.end_allegations(lado, case_id, Outcome.UNSUBSTANTIATED)
    made = decisions.decide(accounts.OXFORD, licence, accounts.user(Role.LICENSING_OFFICER))
    assert as_owner("SELECT id FROM decision WHERE id = :id", id=made.decision_id)


def licence_of(person_id: UUID) -> UUID:
    return as_owner("SELECT id FROM licence WHERE person_id = :id", id=person_id)[0][0]


def test_it_is_settled_and_closed_over_its_pages(app: Flask, lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    office = app.test_client()
    assert isinstance(office, CheckingClient)
    office.set_cookie("session", accounts.open_session(lado))
    page = f"/allegations/{case_id}"
    assert "It cannot be closed yet" in office.get(f"{page}/close").text
    today = {part: boxes(part, TODAY.day, TODAY.month, TODAY.year) for part in ("settled_on", "closed_on")}
    with shared_cases.opened(lado, case_id):
        owed = [one.id for one in queries.duties(case_id)]
    whom = {"recipient": "Sample Recipient, manager", "basis": "public_task"}
    early = {"state": "done", "words": "Told.", **whom, **boxes("settled_on", 31, 5, 2026)}
    assert "It was first known on 1 June 2026" in office.post(f"{page}/duties/{owed[0]}", data=early).text
    for duty in owed:
        told = {"state": "done", "words": "Told.", **whom, **today["settled_on"]}
        assert office.post(f"{page}/duties/{duty}", data=told).location == page
    shared_cases.end_allegations(lado, case_id, Outcome.SUBSTANTIATED)
    settle_all(lado, case_id)
    version = version_in(office.get(f"{page}/close").text)
    refused = office.post(f"{page}/close", data={"words": "Ended.", **today["closed_on"]})
    assert "Select what happens to the flag" in words(refused.text)
    kept = {"words": "Ended.", "keep": "keep", **today["closed_on"]}
    undated = office.post(f"{page}/close", data=kept)
    assert undated.status_code == 422
    assert 'id="review_on-error"' in undated.text
    given = {"words": "Ended.", "keep": "end", **today["closed_on"]}
    assert "while you were writing" in office.post(f"{page}/close", data={**given, "version": "1"}).text
    given["version"] = version
    assert office.post(f"{page}/close", data=given).location == page
    assert "Closed" in words(office.get(page).text)
    told = words(office.get(f"{page}/told").text)
    assert "Level ended: L1: contact me first" in told
    assert "Tell the licensing authority: Oxford City Council" in told


def test_a_message_that_was_sent_names_who_was_told_and_on_what_basis(app: Flask, lado: UUID) -> None:
    case_id, office = allegations.open_case(lado), desks.client_of(app, lado)
    page = f"/allegations/{case_id}"
    with shared_cases.opened(lado, case_id):
        by_kind = {one.kind: one.id for one in queries.duties(case_id)}
    sent = {"state": "done", "words": "By telephone.", "recipient": "Sample Caller, manager", "basis": "public_task"}
    sent |= boxes("settled_on", TODAY.day, TODAY.month, TODAY.year)
    refused = office.post(f"{page}/duties/{by_kind[DutyKind.REFERRER]}", data={**sent, "recipient": "", "basis": ""})
    assert refused.status_code == 422
    for missing in ("recipient", "basis"):
        assert f'id="{missing}-error"' in refused.text
    assert "By telephone." in refused.text
    said = {"state": DutyState.DONE, "words": "By telephone.", "settled_on": TODAY}
    for basis, recipient in ((None, "Sample Caller"), (Basis.PUBLIC_TASK, None)):
        with shared_cases.opened(lado, case_id) as case:
            [row] = [one for one in queries.duties(case_id) if one.kind is DutyKind.REFERRER]
            with pytest.raises(RuleBroken, match=r"who was told|lawful basis"):
                duties.settle(allegations.acting(), case, row, basis=basis, recipient=recipient, **said)
    assert office.post(f"{page}/duties/{by_kind[DutyKind.REFERRER]}", data=sent).location == page
    asked = office.get(f"{page}/duties/{by_kind[DutyKind.DBS]}").text
    assert 'name="recipient"' not in asked
    told = words(office.get(f"{page}/told").text)
    assert "Sample Caller, manager Tell who referred it. Told by Test Designated officer (LADO). By telephone." in told
    assert "UK GDPR article 6(1)(e)" in told


def test_what_was_settled_before_it_was_asked_is_said_to_be_not_recorded(app: Flask, lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    cast.end(case_id)
    told = words(desks.client_of(app, lado).get(f"/allegations/{case_id}/told").text)
    assert "Not recorded Tell who referred it. Told by a former user. Told by telephone Not recorded" in told
    assert "– Consider a referral to the DBS. Done by a former user. Told by telephone –" in told


def test_the_chronology_says_what_was_told(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    settle_all(lado, case_id)
    with shared_cases.opened(lado, case_id):
        kinds = [one.kind for one in chronology.whole(case_id)]
        assert kinds.count(EntryKind.DECISION) >= len(queries.duties(case_id))


def test_a_case_that_is_closed_leaves_nothing_shared(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    shared_cases.close(lado, case_id)
    with shared_cases.opened(lado, case_id) as case:
        assert case.stage is Stage.CLOSED
        assert shared.standing_shares(case_id) == {}


def test_a_message_that_does_not_apply_is_not_one_that_was_sent(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    with shared_cases.opened(lado, case_id) as case:
        [row] = [one for one in queries.duties(case_id) if one.kind is DutyKind.DBS]
        said = {"state": DutyState.NOT_NEEDED, "words": "Not regulated activity.", "settled_on": TODAY}
        duties.settle(allegations.acting(), case, row, **said)
        with pytest.raises(RuleBroken, match="settled before"):
            duties.settle(allegations.acting(), case, row, **said)
    assert "Consider a referral to the DBS." not in stops(lado, case_id)


def test_what_stops_it_names_the_council_and_each_message_leads_to_where_it_is_settled(app: Flask, lado: UUID) -> None:
    case_id = allegations.open_case(lado, register.add(register.PLAIN, accounts.OXFORD))
    assert "Tell the licensing authority: Oxford City Council." in stops(lado, case_id)
    page = desks.client_of(app, lado).get(f"/allegations/{case_id}").text
    leads = re.findall(r"/duties/([0-9a-f-]{36})", page)
    assert leads
    assert len(leads) == len(set(leads))
