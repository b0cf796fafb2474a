"""Levels of a case, authority by authority, each with its reasons; and what an outcome does to them."""

from dataclasses import replace
from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from conftest import SignIn
from factories import accounts, allegations, register, shared_cases
from flask import Flask
from journeys.reading import words
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations.changes import allegations as alleged
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import duties, sharing
from licensing.allegations.models import Duty
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing as shared
from licensing.allegations.released import Content
from licensing.allegations.subject import Subject
from licensing.allegations.words import Category, Outcome
from licensing.allegations.words_of_sharing import Basis, DutyKind, DutyState, Level, ReleaseKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.sealing import opened

FORM = {
    "level": "contact",
    "basis": "children_act_2004",
    "necessity": "A child may be driven.",
    "proportionality": "Nothing less would do.",
    "police": "Agree.",
    "social_care": "Agrees.",
}
ASKED = "Contact the designated officer"


@pytest.fixture
def lado(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return allegations.officer()


@pytest.fixture
def person(lado: UUID) -> UUID:
    return register.add(register.PLAIN, accounts.OXFORD)


def levels(lado: UUID, case_id: UUID) -> dict[UUID, Level]:
    with shared_cases.opened(lado, case_id):
        return {one: share.level for one, share in shared.standing_shares(case_id).items()}


def licensing_duties(case_id: UUID) -> list[Duty]:
    return [one for one in queries.duties(case_id) if one.kind is DutyKind.LICENSING_AUTHORITY]


def test_two_councils_get_the_flag_separately_each_with_its_own_log(
    signed_in: SignIn, lado: UUID, person: UUID
) -> None:
    """Domain story 13."""
    elsewhere = register.add(register.PLAIN, accounts.CHERWELL)
    register.link(person, elsewhere)
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, accounts.CHERWELL)
    signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL).get(f"/people/{elsewhere}")
    with shared_cases.opened(lado, case_id):
        rows = shared.shares(case_id)
        [seen] = shared.flags_seen(case_id)
    councils = {accounts.authority_id(one) for one in (accounts.OXFORD, accounts.CHERWELL)}
    assert {one.for_authority_id for one in rows} == councils
    assert seen.for_authority_id == accounts.authority_id(accounts.CHERWELL)


def test_a_level_that_is_set_again_ends_the_one_before_and_keeps_it(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    for level in (Level.CONTACT, Level.ITEMS, Level.NOTHING):
        shared_cases.share(lado, case_id, accounts.OXFORD, level=level)
    with shared_cases.opened(lado, case_id):
        rows = shared.shares(case_id)
    assert [one.level for one in rows] == [Level.CONTACT, Level.ITEMS, Level.NOTHING]
    assert [one.ended_at is None for one in rows] == [False, False, True]


@pytest.mark.parametrize("question", ["basis", "necessity", "proportionality", "police", "social_care"])
def test_each_reason_is_asked_for_beside_its_question(
    signed_in: SignIn, lado: UUID, person: UUID, question: str
) -> None:
    client = signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)
    case = client.post("/allegations/begin", data={}).location.removesuffix("/steps/caller")
    sent = {**FORM, "authorities": [str(accounts.authority_id(accounts.OXFORD))], question: ""}
    refused = client.post(f"{case}/sharing/level", data=sent)
    assert refused.status_code == 422
    assert f'id="{question}-error"' in refused.text


def test_the_level_of_a_council_that_no_longer_shares_is_lowered_and_not_raised(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.SUMMARY)
    oxford = accounts.authority_id(accounts.OXFORD)
    as_owner("UPDATE authority SET agreement_signed_on = NULL WHERE id = :id RETURNING id", id=oxford)
    with pytest.raises(RuleBroken, match="does not share any more"):
        shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.ITEMS)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    assert levels(lado, case_id) == {oxford: Level.CONTACT}


def test_nothing_is_told_without_each_of_its_reasons(lado: UUID, person: UUID) -> None:
    case_id, missing = allegations.open_case(lado, person), replace(allegations.REASONS, police=" ")
    councils = [accounts.authority_id(accounts.OXFORD)]
    with shared_cases.opened(lado, case_id) as case, pytest.raises(RuleBroken, match="each of the reasons"):
        sharing.set_level(allegations.acting(), case, councils, Level.CONTACT, Basis.PUBLIC_TASK, missing)


def test_nothing_is_told_of_somebody_who_is_not_identified(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with pytest.raises(RuleBroken, match="Identify"):
        shared_cases.share(lado, case_id, accounts.OXFORD)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.NOTHING)


def test_what_was_reasoned_for_one_person_is_not_carried_over_to_another(lado: UUID, person: UUID) -> None:
    case_id, other = allegations.open_case(lado, person), register.add(register.numbered(3), accounts.OXFORD)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    with shared_cases.opened(lado, case_id) as case:
        changes.name_subject(allegations.acting(), case, Subject("Another Sample", other))
    assert levels(lado, case_id) == {}


def test_what_is_put_right_is_owed_to_the_councils_that_were_told(lado: UUID, person: UUID) -> None:
    case_id, reader = allegations.open_case(lado, person), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.share(lado, case_id, accounts.OXFORD, accounts.CHERWELL, level=Level.SUMMARY)
    shared_cases.release(lado, case_id, accounts.OXFORD, reader)
    for category, owed in ((None, 0), (Category.ONLINE, 1)):
        with shared_cases.opened(lado, case_id) as case:
            [to_oxford] = [one for one in queries.duties(case_id) if one.kind is DutyKind.LICENSING_AUTHORITY]
            if to_oxford.state is DutyState.OWED:
                duties.settle(allegations.acting(), case, to_oxford, **shared_cases.told("Told."))
            [row] = queries.allegations(case_id)
            said = {"limbs": row.limbs, "words": opened(row, "words_sealed"), "alleged_on": row.alleged_on}
            alleged.change(allegations.acting(), case, row, category=category or row.category, **said)
            now = [one for one in queries.duties(case_id) if one.kind is DutyKind.LICENSING_AUTHORITY]
            assert [one.state for one in now].count(DutyState.OWED) == owed


def test_a_lowered_level_takes_back_what_it_no_longer_admits(lado: UUID, person: UUID) -> None:
    case_id, reader = allegations.open_case(lado, person), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.ITEMS)
    for kind in (ReleaseKind.SUMMARY, ReleaseKind.ITEM):
        shared_cases.release(lado, case_id, accounts.OXFORD, reader, kind)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.SUMMARY)
    with shared_cases.opened(lado, case_id):
        assert {one.kind: one.ended_at is None for one in shared.releases(case_id)} == {
            ReleaseKind.SUMMARY: True,
            ReleaseKind.ITEM: False,
        }


@pytest.mark.parametrize(
    "outcome",
    [Outcome.MALICIOUS, Outcome.FALSE, Outcome.UNFOUNDED, Outcome.THRESHOLD_NOT_MET, Outcome.TRANSFERRED],
)
def test_an_outcome_that_clears_takes_the_flag_off_everywhere_and_asks_licensing_to_look_again(
    signed_in: SignIn, lado: UUID, person: UUID, outcome: Outcome
) -> None:
    """Domain story 10."""
    case_id, reader = allegations.open_case(lado, person), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.share(lado, case_id, accounts.OXFORD, accounts.CHERWELL, level=Level.SUMMARY)
    shared_cases.release(lado, case_id, accounts.OXFORD, reader)
    officer = signed_in(Role.LICENSING_OFFICER)
    assert ASKED in words(officer.get(f"/people/{person}").text)
    shared_cases.end_allegations(lado, case_id, outcome)
    assert ASKED not in words(officer.get(f"/people/{person}").text)
    assert levels(lado, case_id) == {}
    with shared_cases.opened(lado, case_id):
        [told] = [one for one in shared.releases(case_id) if one.kind is ReleaseKind.OUTCOME]
        content = Content.of(told)
        duties = {one.for_authority_id: one.state for one in licensing_duties(case_id)}
        owed = [one.kind for one in queries.duties(case_id) if one.state is DutyState.OWED]
    assert told.to_user_id == reader
    assert "whether your own decision still stands" in content.words
    assert outcome.label in str(content.rows)
    # Somebody of Oxford was told by name; nobody at Cherwell ever was, so that message is owed.
    assert duties == {
        accounts.authority_id(accounts.OXFORD): DutyState.DONE,
        accounts.authority_id(accounts.CHERWELL): DutyState.OWED,
    }
    assert DutyKind.PERSON in owed


def test_another_allegation_that_is_open_supports_the_flag(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    with shared_cases.opened(lado, case_id) as case:
        first = queries.allegations(case_id)[0]
        given = {"limbs": first.limbs, "category": first.category, "words": "Another.", "alleged_on": None}
        changes.add_allegation(allegations.acting(), case_id, **given)
        first.outcome, first.outcome_on = Outcome.FALSE, case.threshold_on
        db.session.flush()
        sharing.outcome_changed(allegations.acting(), case)
    assert levels(lado, case_id) == {accounts.authority_id(accounts.OXFORD): Level.CONTACT}


def test_one_form_sets_a_level_for_several_councils(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    client = signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)
    purpose = client.get(f"/allegations/{case_id}/sharing/level").location
    assert client.post(purpose, data={"purpose": "covering"}).location == f"/allegations/{case_id}/sharing/level"
    councils = [str(accounts.authority_id(one)) for one in (accounts.OXFORD, accounts.CHERWELL)]
    there = f"/allegations/{case_id}/sharing/level"
    sent = client.post(there, data={**FORM, "authorities": councils})
    assert sent.location == f"/allegations/{case_id}/sharing"
    page = words(client.get(f"/allegations/{case_id}/sharing").text)
    assert page.count("L1: contact me first") == 2
    again = client.post(there, data={**FORM, "level": "nothing", "authorities": councils, "version": ""})
    assert "while you were writing" in again.text
    told = words(client.get(f"/allegations/{case_id}/told").text)
    assert told.count("Level set: L1: contact me first") == 2
    assert "Children Act 2004" in told


def test_a_level_is_the_database_s_to_keep(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    with pytest.raises(DBAPIError, match="permission denied"), shared_cases.opened(lado, case_id):
        db.session.execute(text("UPDATE case_share SET level = 'items'"))


def test_a_basis_is_kept_with_each(lado: UUID, person: UUID) -> None:
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD)
    with shared_cases.opened(lado, case_id):
        [row] = shared.shares(case_id)
        assert (row.basis, sharing.reasons_of(row)) == (Basis.CHILDREN_ACT_2004, allegations.REASONS)
