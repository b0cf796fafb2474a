"""Attendance lists: each row finds its holder or says why not, and the county's reach the districts' drivers."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from factories import accounts, register, training
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.imports import changes, limits, queries
from licensing.imports.options import Options
from licensing.imports.rules import ImportKind
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.rows import Rows
from licensing.setup import owner_session

HEADINGS = (
    "source_id,licence_no,family_name,date_of_birth,course,provider,completed_on,expires_on,certificate_no,result\n"
)
THEIRS = f"{training.COURSE},{training.PROVIDER}"
PETRA = f"T1,PHD0001,Sampleová,23/07/1991,{THEIRS},03/06/2025,,C/1,passed\n"
Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def bring(app: Flask, tmp_path: Path) -> Bring:
    """`bring(rows, code)`: stage and apply for an officer there; returns the receipt, which was the preview."""

    def run(rows: str, code: str = accounts.OXFORD) -> dict[str, Any]:
        path = tmp_path / "attendance.csv"
        path.write_text(HEADINGS + rows)
        with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
            db.session.rollback()
            user = who_is_acting()
            assert user is not None
            import_id, plan = changes.stage(user, path, path.name, ImportKind.TRAINING, Options(), limits.WEB)
            preview = plan.receipt(path.name, changes.file_hash(path), "training", code)
            db.session.commit()
            changes.apply(user, import_id)
            db.session.commit()
            receipt: dict[str, Any] = queries.one_import(import_id).receipt
            assert receipt == preview
            return receipt

    return run


@pytest.fixture
def petra(app: Flask) -> UUID:
    return register.add(register.PLAIN, accounts.OXFORD)


def standing() -> list[dict[str, Any]]:
    """The records that stand, as the owner finds them."""
    with owner_session() as session:
        found = "SELECT * FROM training_record WHERE superseded_at IS NULL ORDER BY completed_on, source_id"
        return [dict(row) for row in session.execute(text(found)).mappings()]


def counts(receipt: dict[str, Any]) -> tuple[int, int, int, int]:
    return receipt["new"], receipt["changed"], receipt["unchanged"], len(receipt["rejected"])


def test_a_list_is_brought_in_once_however_often_it_comes(petra: UUID, bring: Bring) -> None:
    rows = PETRA + f"T2,phd 0001,SAMPLEOVÁ,,{THEIRS},03/06/2022,,,fail\n"
    assert counts(bring(rows)) == (2, 0, 0, 0)
    assert counts(bring(rows)) == (0, 0, 2, 0)
    failed, passed = standing()
    assert (failed["result"], failed["expires_on"]) == ("attended_failed", None)
    assert (passed["result"], passed["expires_on"]) == ("passed", date(2028, 6, 3))
    assert passed["course_version_id"] is not None
    assert passed["person_id"] == petra


def test_each_row_that_finds_nobody_says_why(petra: UUID, bring: Bring) -> None:
    receipt = bring(
        f"T1,PHD9,Sampleová,23/07/1991,{THEIRS},03/06/2025,,,passed\n"
        f"T2,PHD0001,Other,23/07/1991,{THEIRS},03/06/2025,,,passed\n"
        f"T3,PHD0001,Sampleová,24/07/1991,{THEIRS},03/06/2025,,,passed\n"
        f"T4,PHD0001,Sampleová,23/07/1991,{THEIRS},03/06/2099,,,passed\n"
        f"T5,PHD0001,Sampleová,23/07/1991,{THEIRS},03/06/2025,02/06/2025,,passed\n"
        f"T6,PHD0001,Sampleová,23/07/1991,{THEIRS},03/06/2025,,,did not come\n"
    )
    assert {(one["row"], one["column"]) for one in receipt["rejected"]} == {
        (2, "licence_no"),
        (3, "family_name"),
        (4, "date_of_birth"),
        (5, "completed_on"),
        (6, "expires_on"),
        (7, "result"),
    }
    assert receipt["accepted"] == 0
    assert receipt["rows"] == 6
    assert standing() == []


def test_a_course_that_is_not_accepted_and_a_missing_result_wait_to_be_verified(petra: UUID, bring: Bring) -> None:
    receipt = bring(
        "T1,PHD0001,Sampleová,23/07/1991,Another course,Elsewhere County,03/06/2025,,,passed\n"
        f"T2,PHD0001,Sampleová,23/07/1991,{THEIRS},03/06/2024,,,\n"
    )
    assert {one["result"] for one in standing()} == {"certificate_unverified"}
    assert any("does not accept this course" in one for one in receipt["warnings"])
    assert any("there is none" in one for one in receipt["warnings"])


def test_a_later_list_fills_in_and_what_it_said_before_is_kept(petra: UUID, bring: Bring) -> None:
    bring(PETRA.replace("C/1", "").replace("T1", ""))
    assert counts(bring(PETRA)) == (0, 1, 0, 0)
    (one,) = standing()
    assert (one["certificate_no"], one["source_id"]) == ("C/1", "T1")
    assert one["supersedes_id"] is not None
    assert counts(bring(PETRA.replace("C/1", ""))) == (0, 0, 1, 0)


def test_a_key_that_is_somebody_elses_is_not_taken(petra: UUID, bring: Bring) -> None:
    register.add(register.numbered(7), accounts.OXFORD)
    bring(PETRA)
    (rejected,) = bring(f"T1,PHD00007,Person7,,{THEIRS},03/06/2025,,,passed\n")["rejected"]
    assert rejected["column"] == "source_id"


def test_two_rows_of_one_file_about_one_training_are_one_record(petra: UUID, bring: Bring) -> None:
    bring(PETRA + PETRA.replace("C/1", "C/2"))
    (one,) = standing()
    assert one["certificate_no"] == "C/2"


def test_the_countys_row_is_offered_to_the_council_that_licenses_and_the_county_learns_only_that(
    petra: UUID, bring: Bring
) -> None:
    accounts.agree(accounts.OXFORD)
    rows = PETRA + PETRA.replace("PHD0001", "PHD0002") + PETRA.replace("Sampleová", "Other")
    receipt = bring(rows, accounts.COUNTY)
    assert counts(receipt) == (1, 0, 0, 2)
    assert len({one["reason"] for one in receipt["rejected"]}) == 1
    assert counts(bring(rows, accounts.COUNTY)) == (0, 0, 1, 2)
    with owner_session() as session:
        (offer,) = session.execute(text("SELECT * FROM training_offer")).mappings()
    assert (offer["person_id"], offer["result"]) == (petra, "passed")
    assert standing() == []
    for code, number in ((accounts.OXFORD, 1), (accounts.COUNTY, 0), (accounts.CHERWELL, 0)):
        with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
            db.session.rollback()
            assert db.session.scalar(text("SELECT count(*) FROM training_offer")) == number


def test_the_county_cannot_tell_from_anything_whether_a_date_of_birth_is_the_holders(petra: UUID, bring: Bring) -> None:
    accounts.agree(accounts.OXFORD)
    wrong = PETRA.replace("1991", "1992")
    for rows in (wrong, PETRA):
        assert counts(bring(rows, accounts.COUNTY)) == (1, 0, 0, 0)
        assert counts(bring(rows, accounts.COUNTY)) == (0, 0, 1, 0)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        assert db.session.scalar(text("SELECT count(*) FROM training_offer")) == 1


def test_each_driver_whom_the_county_asks_about_is_on_their_councils_trail(petra: UUID, bring: Bring) -> None:
    accounts.agree(accounts.OXFORD)
    bring(PETRA.replace("1991", "1992"), accounts.COUNTY)
    with owner_session() as session:
        found = "SELECT actor_authority FROM audit_entry WHERE object_id = :id AND action = 'checked'"
        looks = session.scalars(text(found), {"id": petra}).all()
    assert len(looks) == 2  # the preview, and applying it
    assert set(looks) == {"Oxfordshire County Council"}


def test_several_dates_of_birth_for_one_driver_of_another_council_are_none(petra: UUID, bring: Bring) -> None:
    accounts.agree(accounts.OXFORD)
    receipt = bring(PETRA + PETRA.replace("1991", "1992") + PETRA.replace("23/07/1991", ""), accounts.COUNTY)
    assert [one["column"] for one in receipt["rejected"]] == ["date_of_birth"] * 3
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM training_offer")) == 0


def test_nothing_is_offered_to_a_council_without_an_agreement_nor_by_a_district(petra: UUID, bring: Bring) -> None:
    assert counts(bring(PETRA, accounts.COUNTY)) == (0, 0, 0, 1)
    accounts.agree(accounts.OXFORD)
    assert counts(bring(PETRA, accounts.CHERWELL)) == (0, 0, 0, 1)
    asked = json.dumps([{"place": 1, "licence_key": "PHD0001", "family_name": "x", "date_of_birth": None}])
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL))):
        for statement in ("SELECT * FROM attendance_answered(:rows)", "CALL offer_training(:rows)"):
            with pytest.raises(DBAPIError, match="InsufficientPrivilege"):
                db.session.execute(text(statement.replace(":rows", "CAST(:rows AS jsonb)")), {"rows": asked})
            db.session.rollback()


def test_the_countys_own_badge_holders_are_recorded_at_once(app: Flask, bring: Bring) -> None:
    badge = replace(register.PLAIN.licences[0], kind=LicenceKind.COUNTY_TRANSPORT_BADGE, number="B1")
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.COUNTY))):
        db.session.rollback()
        rows = Rows(accounts.authority_id(accounts.COUNTY), current_app.config["KEYS"])
        rows.add_person(replace(register.PLAIN, licences=(badge,)))
        rows.write()
        db.session.commit()
    assert counts(bring(PETRA.replace("PHD0001", "B1"), accounts.COUNTY)) == (1, 0, 0, 0)
    assert standing()[0]["result"] == "passed"


def test_a_register_that_changed_since_the_preview_is_shown_anew(petra: UUID, app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "attendance.csv"
    path.write_text(HEADINGS + PETRA)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        import_id, _ = changes.stage(user, path, path.name, ImportKind.TRAINING, Options(), limits.WEB)
        db.session.commit()
    training.record(accounts.OXFORD, petra)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        with pytest.raises(RuleBroken, match="has changed since"):
            changes.apply(user, import_id)
