"""Renewing the field keys: readable throughout, all new in the end, taken up where it was broken off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts import two_councils
from accounts.signing_in import as_owner
from click.testing import Result
from conftest import MadeOnce
from flask import Flask
from sqlalchemy import LargeBinary

from licensing.administration import key_rotation
from licensing.administration.key_rotation import Sealed, count_left, count_sealed, seal_anew, sealed_columns
from licensing.db import db
from licensing.keys import FieldKeys, SealBroken
from licensing.setup import owner_session

# Hashes and digests, by which something is found, and counts of names: renewing the keys leaves them.
NOT_SEALED = {
    "account",
    "address",
    "code_hash",
    "key_digest",
    "key_hash",
    "name_key",
    "kept",
    "missing",
    "pdf",
    "person_hash",
    "question_hash",
    "row_hash",
    "seen",
    "subject_key",
    "token_hash",
}


@pytest.fixture
def file(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The keys kept in a file, as an embedded installation keeps them; the running application reads it again."""
    file = tmp_path / "field_keys"
    file.write_text(app.config["FIELD_KEYS"])
    monkeypatch.setitem(app.config, "FIELD_KEYS_FILE", file)
    monkeypatch.setitem(app.config, "KEYS", FieldKeys.parse(file.read_text(), file.read_text))
    return file


@pytest.fixture
def filled(made_once: MadeOnce, file: Path) -> None:
    made_once(two_councils.oxford_that_shares)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["keys", *words])


def opened(keys: FieldKeys) -> dict[tuple[str, str, str], bytes]:
    """Every sealed value in the clear, by its place."""
    found = {}
    with owner_session() as session:
        for one in sealed_columns():
            for row_id, value in session.query(one.key, one.column).where(one.column.is_not(None)):
                place = (one.table.name, one.column.name, row_id)
                found[(place[0], place[1], str(row_id))] = keys.open(bytes(value), *place)
    return found


def test_every_column_of_bytes_is_sealed_or_a_hash(app: Flask) -> None:
    sealed = {(one.table.name, one.column.name) for one in sealed_columns()}
    assert ("credential", "totp_sealed") in sealed
    assert ("proposal", "payload_sealed") in sealed
    others = {
        column.name
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and (table.name, column.name) not in sealed
    }
    assert others == NOT_SEALED


def test_all_is_sealed_with_the_new_key_and_says_the_same(app: Flask, file: Path, filled: None) -> None:
    before, hashes = opened(app.config["KEYS"]), digests()
    assert len({place[0] for place in before}) >= 5
    result = run(app, "rotate")
    assert result.exit_code == 0, result.output
    keys = FieldKeys.parse(file.read_text())
    assert sorted(keys.sealing) == [1, 2]
    with owner_session() as session:
        assert (count_sealed(session, 1), count_sealed(session, 2)) == (0, len(before))
    assert opened(keys) == before
    assert digests() == hashes
    assert keys.matching_secret == app.config["KEYS"].matching_secret
    assert as_owner("SELECT count(*) > 1 FROM audit_entry WHERE action = 'keys_rotated'") == [(True,)]


def digests() -> list[tuple[object, ...]]:
    return [tuple(row) for row in as_owner("SELECT id, lookup FROM person_identifier ORDER BY id")]


def test_what_was_broken_off_in_the_middle_is_readable_and_taken_up(
    app: Flask, file: Path, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = app.config["KEYS"]  # has the old key alone, and learns of the new one when it meets it
    before = opened(running)
    monkeypatch.setattr(key_rotation, "BATCH", 1)
    file.write_text(running.with_new_key())
    both = FieldKeys.parse(file.read_text())

    def break_off(_rows: int) -> None:
        raise KeyboardInterrupt

    with owner_session() as session, pytest.raises(KeyboardInterrupt):
        seal_anew(session, both, break_off)
    with owner_session() as session:
        assert count_sealed(session, 2) == 1
    assert opened(running) == before

    monkeypatch.setitem(app.config, "KEYS", both)
    result = run(app, "rotate")
    assert result.exit_code == 0, result.output
    assert sorted(FieldKeys.parse(file.read_text()).sealing) == [1, 2]
    with owner_session() as session:
        assert count_left(session, both) == 0
    assert opened(both) == before


def test_a_key_is_dropped_only_when_nothing_is_sealed_with_it(app: Flask, file: Path, filled: None) -> None:
    file.write_text(app.config["KEYS"].with_new_key())
    app.config["KEYS"] = both = FieldKeys.parse(file.read_text())
    assert "values are sealed with key 1" in run(app, "drop", "1", "--restarted").output
    assert run(app, "rotate").exit_code == 0
    assert "restart all" in run(app, "drop", "1").output
    assert "not an older key" in run(app, "drop", "2", "--restarted").output
    assert sorted(FieldKeys.parse(file.read_text()).sealing) == [1, 2]
    assert run(app, "drop", "1", "--restarted").exit_code == 0
    left = FieldKeys.parse(file.read_text())
    assert sorted(left.sealing) == [2]
    assert opened(left) == opened(both)


def test_where_the_keys_are_a_setting_the_operator_puts_the_new_one_in_place(app: Flask) -> None:
    result = run(app, "rotate")
    assert result.exit_code == 1
    assert "Set FIELD_KEYS to this" in result.output
    printed = FieldKeys.parse(result.output.strip().splitlines()[-1])
    assert sorted(printed.sealing) == [1, 2]
    assert printed.finding == app.config["KEYS"].finding


def test_the_check_of_what_is_left_sees_a_value_under_an_old_key(app: Flask, file: Path, filled: None) -> None:
    both = FieldKeys.parse(app.config["KEYS"].with_new_key())
    with owner_session() as session:
        assert count_left(session, both) == len(opened(both))
    with pytest.raises(SealBroken):
        opened(FieldKeys.parse(both.without_key(1)))


def test_an_answered_check_still_changes_for_nobody_in_any_other_way(app: Flask, filled: None) -> None:
    with pytest.raises(Exception, match="answered once"):
        as_owner("UPDATE driver_check SET reference = 'another'")


def test_a_column_is_bound_to_its_tables_key(app: Flask) -> None:
    assert all(isinstance(one, Sealed) and one.key.primary_key for one in sealed_columns())
