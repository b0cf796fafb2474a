"""What an import sets going, and the rows of old files."""

from datetime import timedelta

import pytest
from accounts import two_councils
from conftest import MadeOnce
from factories import accounts
from factories import jobs as doing
from flask import Flask
from imports.conftest import BringIn
from sqlalchemy import text

from licensing.db import acting_as
from licensing.imports import changes, queries
from licensing.imports.jobs import purge_staged_rows
from licensing.imports.rules import ImportKind
from licensing.matching.statistics import Statistics
from licensing.setup import owner_session


def test_an_applied_file_of_drivers_renews_the_counts_of_names_in_the_background(
    app: Flask, made_once: MadeOnce
) -> None:
    council = made_once(two_councils.oxford)
    with acting_as(accounts.open_session(council.officer)):
        user = two_councils.who_is_acting()
        assert user is not None
        changes.apply(user, council.import_id)
        two_councils.db.session.commit()
    assert "renew_name_statistics" in doing.do_all(app)

    with owner_session() as session:
        kept = session.scalar(text("SELECT kept FROM match_statistics"))
        people = session.scalar(text("SELECT count(*) FROM person WHERE merged_into_id IS NULL"))
    assert kept is not None
    assert Statistics.load(kept, app.config["KEYS"].matching_secret).people == people


@pytest.mark.parametrize(("days", "rows_left", "status"), [(91, 0, "abandoned"), (89, 1, "staged")])
def test_the_rows_of_a_file_go_after_ninety_days_and_its_receipt_stays(
    app: Flask, made_once: MadeOnce, days: int, rows_left: int, status: str
) -> None:
    council = made_once(two_councils.oxford)
    with owner_session() as session:
        aged = "UPDATE import SET staged_at = now() - CAST(:ago AS interval) WHERE id = :id"
        session.execute(text(aged), {"ago": timedelta(days=days), "id": council.import_id})
        session.commit()
    doing.do(app, purge_staged_rows)
    doing.do(app, purge_staged_rows)

    with owner_session() as session:
        chunks = "SELECT count(*) FROM import_chunk WHERE import_id = :id"
        purged = "SELECT count(*) FROM audit_entry WHERE action = 'purged' AND object_id = :id AND authority_id = :own"
        values = {"id": council.import_id, "own": council.id}
        assert session.scalar(text(chunks), values) == rows_left
        assert session.scalar(text(purged), values) == 1 - rows_left
    with acting_as(accounts.open_session(council.officer)):
        one = queries.one_import(council.import_id)
        assert (one.status, one.receipt["rows"]) == (status, 1)


@pytest.mark.parametrize(("days", "kept"), [(91, ["", ""]), (89, ["31/02/1980", "tomorrow"])])
def test_what_was_wrong_in_a_row_goes_with_the_rows_and_the_reasons_stay(
    app: Flask, bring_in: BringIn, days: int, kept: list[str]
) -> None:
    receipt = bring_in(
        ImportKind.DRIVERS,
        "source_id,given_names,family_name,date_of_birth,licence_no,licence_type,expires_on\n"
        "A1,Anna,Sample,31/02/1980,PHD1,private hire,28/02/2029\n"
        "A2,Boris,Example,03/04/1985,PHD2,private hire,tomorrow\n",
    )
    assert [one["value"] for one in receipt["rejected"]] == ["31/02/1980", "tomorrow"]
    with owner_session() as session:
        aged = "UPDATE import SET staged_at = now() - CAST(:ago AS interval)"
        session.execute(text(aged), {"ago": timedelta(days=days)})
        session.commit()
    doing.do(app, purge_staged_rows)

    with owner_session() as session:
        [after] = session.scalars(text("SELECT receipt FROM import")).all()
    assert [one["value"] for one in after["rejected"]] == kept
    assert [one["reason"] for one in after["rejected"]] == [one["reason"] for one in receipt["rejected"]]
    assert {**after, "rejected": []} == {**receipt, "rejected": []}
