"""What another council's officer may learn from a check, and what never reaches them."""

import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.checking import CANARIES, SECRETIVE, answer_to, canaries_of, caught, make_check
from journeys.reading import boxes, pdf_text
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import act_as, db
from licensing.driver_check import changes, queries
from licensing.driver_check.answers import Answer
from licensing.driver_check.asking import Asked
from licensing.driver_check.models import DriverCheck
from licensing.driver_check.rules import Purpose
from licensing.permissions import Role

BORN = boxes("date_of_birth", 4, 3, 1980)
KHAN = {"name": "Mohammed Aslam Khan", **BORN}
TOLD = ("Mohammed Aslam Khan", "4 March 1980", "Cherwell District Council", "CHE/DD/0417", "Revoked", "14 May 2025")


@pytest.fixture
def theirs(app: Flask) -> UUID:
    accounts.agree(accounts.CHERWELL)
    return register.add(SECRETIVE, accounts.CHERWELL)


@pytest.fixture
def officer(theirs: UUID, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def content(page: str) -> str:
    """What a page shows of the records found, without what the officer typed."""
    found = page.partition("Who it may be")[2].partition("What was asked")[0]
    assert found
    return found


def test_the_canaries_sing_on_the_page_of_their_own_council(theirs: UUID, signed_in: SignIn) -> None:
    """Without this, a test that hears no canary would prove nothing."""
    page = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL).get(f"/people/{theirs}").text
    assert set(caught(page, canaries_of(theirs))) >= {"canary", "ox99", "qq987654b", "khan9", "cn21ryy"}


def test_a_likely_match_shows_what_may_be_told_and_no_more(theirs: UUID, officer: CheckingClient) -> None:
    address = make_check(officer, **KHAN)
    page = officer.get(address).text
    for known in (*TOLD, "CHE/HC/0009", "Expired", "relied on relevant information", "Safeguarding training"):
        assert known in page, known
    assert caught(page, canaries_of(theirs)) == []
    receipt = pdf_text(officer.get(f"{address}/receipt.pdf").data)
    for known in TOLD:
        assert known in receipt, known
    assert caught(receipt, canaries_of(theirs)) == []
    assert f"/people/{theirs}" not in page
    assert officer.get(f"/people/{theirs}").status_code == 404


def test_what_was_typed_gets_words_and_never_the_stored_value(theirs: UUID, officer: CheckingClient) -> None:
    typed = {"nino": "QQ111111A", "postcode": "OX1 1AA", "vrm": "AB12 CDE"}
    shown = content(answer_to(officer, **KHAN, **typed))
    assert shown.count("Differs") >= 3
    assert caught(shown, canaries_of(theirs)) == []
    right = content(answer_to(officer, **KHAN, nino="QQ987654B", postcode="OX99 9ZZ"))
    assert caught(right, canaries_of(theirs)) == []


def test_an_alias_is_found_and_not_told(theirs: UUID, officer: CheckingClient) -> None:
    page = answer_to(officer, name="Canarygiven Canaryfamilly", **BORN)  # one letter more than is recorded
    shown = content(page)
    assert "Mohammed Aslam Khan" in shown
    assert "canaryfamily" not in shown.lower()


def test_a_possible_match_shows_the_council_and_what_to_do_alone(theirs: UUID, officer: CheckingClient) -> None:
    address = make_check(officer, name="Mohammed Aslam Khan")  # without a date of birth it may be a namesake
    page = officer.get(address).text
    shown = content(page)
    assert "Possible match, Cherwell District Council" in " ".join(shown.split())
    assert "It may be a namesake. Add an identifier and check again, or ring the council." in shown
    assert "comparison" not in shown
    for hidden in ("Khan", "1980", "CHE/", "Revoked", "Expired", "agrees", "Date of birth", "adverse"):
        assert hidden not in shown, hidden
    receipt = pdf_text(officer.get(f"{address}/receipt.pdf").data)
    assert "Not shown: possibly a namesake" in receipt
    for hidden in ("CHE/", "Revoked", "1980"):
        assert hidden not in receipt, hidden
    assert caught(page + receipt, canaries_of(theirs)) == []


def test_what_is_kept_of_the_answer_holds_no_canary_either(theirs: UUID, officer: CheckingClient, app: Flask) -> None:
    possible = make_check(officer, name="Mohammed Aslam Khan")
    likely = make_check(officer, **KHAN)
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    for address in (possible, likely):
        answer = changes.answer_of(queries.check(UUID(address.rpartition("/")[2])))
        assert isinstance(answer, Answer)
        assert caught(str(answer.as_kept()), canaries_of(theirs)) == []
        assert ("Khan" in str(answer.as_kept())) is (address == likely)


def test_the_list_by_command_tells_no_more(theirs: UUID, app: Flask, tmp_path: Path) -> None:
    accounts.user(Role.LICENSING_OFFICER, email="officer@example.org")
    asked, output = tmp_path / "asked.csv", tmp_path / "answers.csv"
    asked.write_text(
        "query_id,given_names,family_name,dob,postcode,nino\n"
        "1,Mohammed Aslam,Khan,1980-03-04,OX1 1AA,QQ111111A\n2,Mohammed Aslam,Khan,,,\n"
    )
    words = ["check", str(asked), "--as", "officer@example.org", "--purpose", "register_review"]
    result = app.test_cli_runner().invoke(args=[*words, "--reference", "none yet", "--output", str(output)])
    assert result.exit_code == 0, result.output
    answers = output.read_text()
    assert caught(answers + result.output, canaries_of(theirs)) == []
    for hidden in ("Khan", "1980", "0417", "revoked"):
        assert hidden not in answers
    likely, possible = answers.splitlines()[1:]
    assert likely.startswith("1,1,,,E07000177,")
    assert possible == "2,1,,,E07000177,possible,,,,,,,,,"


def test_own_records_are_shown_whole_whatever_the_band(app: Flask, signed_in: SignIn) -> None:
    register.add(SECRETIVE, accounts.OXFORD)
    shown = content(answer_to(signed_in(Role.LICENSING_OFFICER), name="Mohammed Aslam Khan"))
    assert "Possible match: Mohammed Aslam Khan" in " ".join(shown.split())
    assert "CHE/DD/0417" in shown


@pytest.fixture
def acting(theirs: UUID) -> ActingUser:
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    user = who_is_acting()
    assert user is not None
    return user


ASKED = Asked(given_names="Mohammed Aslam", family_name="Khan")


def test_nothing_is_searched_before_the_check_is_committed(acting: ActingUser) -> None:
    check_id = changes.open_check(acting, ASKED, Purpose.RENEWAL, "none yet")
    with pytest.raises(DBAPIError, match="insufficient_privilege"):
        changes.answer_check(acting, check_id, ASKED)
    db.session.rollback()


def test_a_check_is_answered_once(acting: ActingUser) -> None:
    check_id = changes.open_check(acting, ASKED, Purpose.RENEWAL, "none yet")
    db.session.commit()
    answer = changes.answer_check(acting, check_id, ASKED)
    db.session.commit()
    with pytest.raises(DBAPIError, match="answered once"):
        changes.close_check(check_id, answer)
    db.session.rollback()
    with pytest.raises(DBAPIError, match="insufficient_privilege"):
        changes.find_matches(check_id, [ASKED])
    db.session.rollback()


def test_a_check_of_somebody_else_or_of_nobody_answers_nothing(acting: ActingUser) -> None:
    check_id = changes.open_check(acting, ASKED, Purpose.RENEWAL, "none yet")
    db.session.commit()
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    for another in (check_id, uuid4()):
        with pytest.raises(DBAPIError, match="insufficient_privilege"):
            db.session.execute(text("SELECT * FROM disclosed_people(:id)"), {"id": another})
        db.session.rollback()


def test_a_check_cannot_be_rewritten(acting: ActingUser) -> None:
    check_id = changes.open_check(acting, ASKED, Purpose.RENEWAL, "none yet")
    db.session.commit()
    for column in ("case_reference", "asked_sealed", "made_by", "transaction_id"):
        with pytest.raises(DBAPIError, match="permission denied"):
            db.session.execute(text(f"UPDATE driver_check SET {column} = NULL WHERE id = :id"), {"id": check_id})
        db.session.rollback()
    assert db.session.scalars(select(DriverCheck.case_reference)).one() == "none yet"


def test_the_canaries_are_written_as_they_are_looked_for() -> None:
    assert all(one == one.lower() for one in CANARIES)
    assert caught("Renewal  refused on\n11 November 2011", CANARIES) == ["november 2011", "renewal refused"]
    assert re.search("canary", str(replace(SECRETIVE)).lower())


def test_a_crowd_on_one_register_hides_nobody_on_another(signed_in: SignIn) -> None:
    accounts.agree(accounts.CHERWELL)
    register.add(register.KHAN, accounts.CHERWELL)
    licence = register.KHAN.licences[0]
    crowd = [replace(register.KHAN, licences=(replace(licence, number=f"W{n}", badge_no=""),)) for n in range(450)]
    register.add_all(crowd, accounts.WEST)  # which shares nothing, and is not searched
    page = answer_to(signed_in(Role.LICENSING_OFFICER), **KHAN)
    assert "Mohammed Aslam Khan, Cherwell District Council" in page
