"""Files of checks: whose they are, what they add, and that a second time adds nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from factories import accounts, register, vetting
from flask import Flask
from imports.conftest import BringIn
from sqlalchemy import select, text

from licensing import dates
from licensing.imports.rules import ImportKind
from licensing.setup import owner_session
from licensing.vetting.models import VettingCheck, VettingStanding
from licensing.vetting.rules import BarredLists, CheckKind, Result, StatusSource

TODAY = dates.today()
HEADINGS = (
    "source_id,licence_no,family_name,date_of_birth,check,result,checked_on,certificate_no,issued_on,expires_on,level,"
    "barred_lists,update_service\n"
)
DBS = ",PHD00001,,,Enhanced DBS,Clear,01/06/2026,0012 3456 7890,20/05/2026,,enhanced,both,yes\n"
STATUS = ",,Person2,{born},DBS status,No new information,02/06/2026,,,,,,yes\n"


@pytest.fixture
def people(app: Flask) -> list[UUID]:
    return register.add_all([register.numbered(1), register.numbered(2)], accounts.OXFORD)


def file(*rows: str) -> str:
    return HEADINGS + "".join(rows).format(born=register.birthday(2).isoformat())


def checks() -> list[VettingCheck]:
    with owner_session() as session:
        return list(session.scalars(select(VettingCheck).order_by(VettingCheck.checked_on, VettingCheck.recorded_at)))


def bring(bring_in: BringIn, content: str) -> dict[str, Any]:
    return bring_in(ImportKind.VETTING, content)


def test_checks_are_brought_in_once_however_often_the_file_comes(people: list[UUID], bring_in: BringIn) -> None:
    first = bring(bring_in, file(DBS, STATUS))
    assert (first["new"], first["rejected"]) == (2, [])
    certificate, status = checks()
    assert (certificate.person_id, status.person_id) == tuple(people)
    assert (certificate.barred_lists, certificate.update_service) == (BarredLists.BOTH, True)
    assert status.learnt_by is StatusSource.UPDATE_SERVICE
    again = bring(bring_in, file(DBS, STATUS))
    assert (again["new"], again["changed"], again["unchanged"], again["missing"]) == (0, 0, 2, 0)
    assert len(checks()) == 2
    with owner_session() as session:
        assert session.scalar(select(VettingStanding.settled).where(VettingStanding.kind == CheckKind.DBS_STATUS))


def test_a_later_file_fills_in_and_what_was_there_is_superseded(people: list[UUID], bring_in: BringIn) -> None:
    bare = ",PHD00001,,,Medical,Satisfied,01/06/2026,,,,,,\n"
    bring(bring_in, file(bare))
    ends = ",PHD00001,,,Medical,Satisfied,01/06/2026,,,01/06/2031,,,\n"
    assert bring(bring_in, file(ends))["changed"] == 1
    before, after = checks()
    assert (before.superseded_at is not None, after.supersedes_id) == (True, before.id)
    assert after.expires_on is not None
    assert bring(bring_in, file(ends))["unchanged"] == 1
    assert bring(bring_in, file(bare))["unchanged"] == 1


def test_a_file_takes_back_no_correction(people: list[UUID], bring_in: BringIn) -> None:
    wrong = ",PHD00001,,,Medical,Satisfied,01/06/2026,,,01/06/2030,,,\n"
    bring(bring_in, file(wrong))
    (one,) = checks()
    right = vetting.satisfied(CheckKind.MEDICAL, one.checked_on, expires_on=one.checked_on + timedelta(days=9))
    vetting.correct(accounts.OXFORD, one.id, right)
    again = bring(bring_in, file(wrong))
    assert again["unchanged"] == 1
    assert "still has what was corrected" in again["warnings"][0]
    assert len(checks()) == 2


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",PHD99999,,,Medical,Satisfied,01/06/2026,,,,,,\n", "licence_no", "Nobody on your register"),
        (",,,,Medical,Satisfied,01/06/2026,,,,,,\n", "source_id", "Say whose check it is"),
        (",PHD00001,Otherson,,Medical,Satisfied,01/06/2026,,,,,,\n", "family_name", "another family name"),
        (",PHD00001,,01/01/1950,Medical,Satisfied,01/06/2026,,,,,,\n", "date_of_birth", "another date of birth"),
        (",PHD00001,,,Horoscope,Satisfied,01/06/2026,,,,,,\n", "check", "not a check that is recorded"),
        (",PHD00001,,,Medical,Splendid,01/06/2026,,,,,,\n", "result", "not a result"),
        (",PHD00001,,,Medical,Satisfied,01/06/2099,,,,,,\n", "checked_on", "in the future"),
        (",PHD00001,,,Medical,Satisfied,,,,,,,\n", "checked_on", "is needed"),
        (",PHD00001,,,Medical,New information,01/06/2026,,,,,,\n", "result", "no such result"),
        (",PHD00001,,,DBS status,Clear,01/06/2026,,,,,,\n", "update_service", "how the status was learnt"),
        (",PHD00001,,,Enhanced DBS,Clear,02/06/2026,1234,01/05/2026,,enhanced,both,\n", "certificate_no", "12 numbers"),
        (",PHD00001,,,Enhanced DBS,Clear,02/06/2026,001234567890,,,enhanced,both,\n", "issued_on", "date of issue"),
        (",PHD00001,,,Medical,Not needed,01/06/2026,,,,,,\n", "reason", "Enter why"),
    ],
)
def test_a_row_that_cannot_be_kept_says_why(
    people: list[UUID], bring_in: BringIn, row: str, column: str, reason: str
) -> None:
    receipt = bring(bring_in, file(DBS, row))
    (rejected,) = receipt["rejected"]
    assert (rejected["row"], rejected["column"]) == (3, column)
    assert reason.lower() in rejected["reason"].lower()
    assert receipt["accepted"] == 1


def test_two_rows_that_contradict_each_other_leave_the_first(people: list[UUID], bring_in: BringIn) -> None:
    rows = [f",PHD00001,,,Medical,Satisfied,01/06/2026,,,01/06/20{year},,,\n" for year in (30, 31)]
    receipt = bring(bring_in, file(*rows))
    assert (receipt["new"], receipt["unchanged"]) == (1, 1)
    assert "row 2" in receipt["warnings"][0].lower()


def test_an_adverse_row_asks_somebody_to_consider_each_holder_once(people: list[UUID], bring_in: BringIn) -> None:
    adverse = ",PHD00001,,,DBS status,New information,03/06/2026,,,,,,yes\n"
    bring(bring_in, file(DBS, adverse))
    with owner_session() as session:
        opened = session.scalars(text("SELECT object_id FROM task WHERE kind = 'consider_fitness'")).all()
    assert opened == [people[0]]
    assert [one.result for one in checks()] == [Result.SATISFIED, Result.NEW_INFORMATION]
