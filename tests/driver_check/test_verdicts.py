"""Saying whether a result is the person: kept, remembered for the same question, overtaken when the record changes."""

from uuid import UUID, uuid4

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.checking import make_check
from journeys.reading import boxes, error_links
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing.accounts.acting import who_is_acting
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.db import acting_as, db
from licensing.driver_check import changes, queries, verdicts
from licensing.driver_check.asking import Asked
from licensing.driver_check.rules import Judgement
from licensing.driver_check.verdicts import question_hash
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

KHAN = {"name": "Mohammed Aslam Khan", **boxes("date_of_birth", 4, 3, 1980)}
DIFFERENT = {"judgement": "different", "reason": "Rang Cherwell: another photograph"}
SOMEBODY_ELSE = "this is somebody else, because: “Rang Cherwell: another photograph”"


@pytest.fixture
def theirs(app: Flask) -> UUID:
    accounts.agree(accounts.CHERWELL)
    return register.add(register.KHAN, accounts.CHERWELL)


@pytest.fixture
def officer(theirs: UUID, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def said_of(client: CheckingClient, address: str) -> str:
    """What the check's page says, with single spaces."""
    return " ".join(client.get(address).text.split())


def judge(client: CheckingClient, address: str, **answers: str) -> None:
    answer = client.post(f"{address}/verdict", data=answers)
    assert answer.status_code == 302, answer.text


def test_a_verdict_needs_its_reason_and_says_who_gave_it_and_when(officer: CheckingClient) -> None:
    address = make_check(officer, **KHAN)
    for judgement in ("same", "different"):
        answer = officer.post(f"{address}/verdict", data={"judgement": judgement})
        assert answer.status_code == 422
        assert error_links(answer.text) == [("#reason", "Say how you know")]
    assert officer.post(f"{address}/verdict", data={"reason": "Typed"}).status_code == 422
    judge(officer, address, **DIFFERENT)
    assert "You said on" in said_of(officer, address)
    assert SOMEBODY_ELSE in said_of(officer, address)


def test_a_verdict_is_changed_and_what_was_said_before_is_kept(officer: CheckingClient, signed_in: SignIn) -> None:
    address = make_check(officer, **KHAN)
    judge(officer, address, judgement="unsure")
    colleague = signed_in(Role.LICENSING_OFFICER)
    page = colleague.get(f"{address}/verdict").text
    seen = page.partition('name="seen" type="hidden" value="')[2].partition('"')[0]
    judge(colleague, address, judgement="same", reason="Compared the photographs", seen=seen)
    shown = said_of(officer, address)
    assert "Test Licensing officer said on" in shown
    assert "this is the person who was asked about, because: “Compared the photographs”" in shown
    assert "not sure" in officer.get(f"{address}/verdict").text


def test_of_two_who_judge_at_once_one_is_shown_what_the_other_said(officer: CheckingClient, signed_in: SignIn) -> None:
    address = make_check(officer, **KHAN)
    judge(signed_in(Role.LICENSING_OFFICER), address, **DIFFERENT)
    late = officer.post(f"{address}/verdict", data={"judgement": "same", "reason": "Typed with care"})
    assert late.status_code == 422
    assert "A colleague has said something of this person meanwhile" in late.text
    assert "Rang Cherwell" in late.text
    assert "Typed with care" in late.text
    seen = late.text.partition('name="seen" type="hidden" value="')[2].partition('"')[0]
    judge(officer, address, judgement="same", reason="Typed with care", seen=seen)


def test_the_database_keeps_the_first_of_two_that_follow_the_same(officer: CheckingClient) -> None:
    check_id = UUID(make_check(officer, **KHAN).rpartition("/")[2])
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        check, user = queries.check(check_id), who_is_acting()
        assert user is not None
        (result,) = queries.results(check_id).items()
        asked = changes.asked_of(check)
        assert isinstance(asked, Asked)
        verdicts.judge(user, check, asked, result, (Judgement.UNSURE, ""), "")
        row = {
            "id": uuid4(),
            "authority_id": user.authority.id,
            "check_id": check_id,
            "number": 0,
            "rank": result[0],
            "person_id": result[1],
            "question_hash": None,
            "judgement": Judgement.SAME,
            "reason_sealed": None,
            "judged_by": user.id,
            "supersedes_id": None,
        }
        assert not verdicts._kept_first(row)
        with pytest.raises(RuleBroken, match="meanwhile"):
            verdicts.judge(user, check, asked, result, (Judgement.SAME, "Late"), "")
        db.session.rollback()


def test_not_the_same_person_is_remembered_for_the_same_question_alone(officer: CheckingClient) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    address = make_check(officer, **KHAN)
    page = said_of(officer, address)
    theirs = page.index("Mohammed Aslam Khan, Cherwell") < page.index("Mohammed Aslam Khan, Oxford")
    judge_first = f"{address}/verdict?result={1 if theirs else 2}"
    for result in (1, 2):
        if "Cherwell" in officer.get(f"{address}/verdict?result={result}").text.partition("<form method")[2]:
            judge_first = f"{address}/verdict?result={result}"
    assert officer.post(judge_first, data=DIFFERENT).status_code == 302

    again = said_of(officer, make_check(officer, **{**KHAN, "name": "KHAN,  mohammed aslam"}))
    assert "when the same was asked before, that this is somebody else" in again
    assert again.index("Khan, Oxford City Council") < again.index("Khan, Cherwell District Council")
    other = said_of(officer, make_check(officer, **KHAN, nino="QQ111111A"))
    assert "somebody else" not in other


def test_a_verdict_is_overtaken_when_the_date_of_birth_or_an_identifier_changes(
    officer: CheckingClient, theirs: UUID
) -> None:
    address = make_check(officer, **KHAN)
    judge(officer, address, **DIFFERENT)
    changed = "UPDATE person_match SET {} WHERE person_id = :id"
    for statement, overtaken in (
        ("postcodes = '{OX991ZZ}'", False),
        ("identifiers = identifiers || CAST(11 AS bigint)", False),  # another badge: anybody may get one
        ("identifiers = identifiers || CAST(9 AS bigint)", True),
    ):
        with owner_session() as session:
            session.execute(text(changed.format(statement)), {"id": theirs})
            session.commit()
        for page in (said_of(officer, address), said_of(officer, make_check(officer, **KHAN))):
            assert ("This no longer applies" in page) is overtaken, statement
            assert (SOMEBODY_ELSE in page) is not overtaken, statement


def test_a_verdict_on_a_name_alone_is_of_that_check_alone(officer: CheckingClient) -> None:
    address = make_check(officer, name="Mohammed Aslam Khan")
    assert "Not shown: possibly a namesake" in officer.get(f"{address}/verdict").text
    judge(officer, address, **DIFFERENT)
    assert SOMEBODY_ELSE in said_of(officer, address)
    assert "somebody else" not in said_of(officer, make_check(officer, name="Mohammed Aslam Khan"))


def test_the_same_question_is_known_however_it_is_typed(app: Flask) -> None:
    asked = Asked("Mohammed Aslam", "Khan", register.KHAN.date_of_birth, nino="QQ 12 34 56 C")
    same = Asked("KHAN", "Aslam mohammed", register.KHAN.date_of_birth, nino="qq123456c", postcode="OX99 1AA")
    assert question_hash(asked) == question_hash(same)
    assert question_hash(asked) != question_hash(Asked("Mohammed Aslam", "Khan", nino="QQ123456C"))
    assert question_hash(Asked("Mohammed Aslam", "Khan", vrm="AB12CDE")) is None


def test_a_verdict_is_on_the_trail_without_its_reason(officer: CheckingClient) -> None:
    judge(officer, make_check(officer, **KHAN), **DIFFERENT)
    with owner_session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.JUDGED)).one()
        assert entry.details == {"judgement": "different", "result": 1}
        assert b"photograph" not in bytes(session.scalar(text("SELECT reason_sealed FROM verdict")))


def test_no_other_council_learns_of_a_verdict(officer: CheckingClient, signed_in: SignIn) -> None:
    address = make_check(officer, **KHAN)
    judge(officer, address, **DIFFERENT)
    other = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert other.get(f"{address}/verdict").status_code == 404
    assert other.post(f"{address}/verdict", data=DIFFERENT).status_code == 404
    accounts.agree(accounts.OXFORD)
    assert "somebody else" not in said_of(other, make_check(other, **KHAN))
    for beyond in (0, 7, -1):
        assert officer.get(f"{address}/verdict?result={beyond}").status_code == 404


INSERT = """
    INSERT INTO verdict (id, authority_id, check_id, number, rank, person_id, judgement, judged_by)
    SELECT gen_random_uuid(), :authority, :check, 0, 1, :person, 'same', :by
"""


def test_raw_statements_write_a_verdict_of_ones_own_result_in_ones_own_name_alone(
    officer: CheckingClient, theirs: UUID
) -> None:
    check_id = UUID(make_check(officer, **KHAN).rpartition("/")[2])
    me, colleague = accounts.user(Role.LICENSING_OFFICER), accounts.user(Role.LICENSING_OFFICER)
    right = {"authority": accounts.authority_id(accounts.OXFORD), "check": check_id, "person": theirs, "by": me}
    wrong = (
        {"by": colleague},
        {"person": register.add(register.PLAIN, accounts.OXFORD)},
        {"authority": accounts.authority_id(accounts.CHERWELL)},
    )
    with acting_as(accounts.open_session(me)):
        for change in wrong:
            with pytest.raises(DBAPIError, match="row-level security"):
                db.session.execute(text(INSERT), {**right, **change})
            db.session.rollback()
        db.session.execute(text(INSERT), right)  # the control: so it goes in
        db.session.commit()
        for statement in ("UPDATE verdict SET judgement = 'unsure'", "DELETE FROM verdict", "TABLE verdict_ground"):
            with pytest.raises(DBAPIError, match="permission denied"):
                db.session.execute(text(statement))
            db.session.rollback()
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL))):
        with pytest.raises(DBAPIError, match="row-level security"):
            db.session.execute(text(INSERT), {**right, "by": me})
        db.session.rollback()
        with owner_session() as session:
            verdict_id = session.scalar(text("SELECT id FROM verdict"))
            session.execute(text("UPDATE verdict_ground SET person_hash = ''"))
            session.commit()
        overtaken = text("SELECT overtaken_verdicts(ARRAY[CAST(:id AS uuid)])")
        assert db.session.scalars(overtaken, {"id": verdict_id}).all() == []
    with acting_as(accounts.open_session(me)):
        assert db.session.scalars(overtaken, {"id": verdict_id}).all() == [verdict_id]
        db.session.rollback()
