"""Bringing a file in as a command."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from factories import accounts
from factories import jobs as doing
from flask import Flask
from sqlalchemy import func, select

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.imports.models import Import
from licensing.permissions import Role
from licensing.register.models import (
    Freshness,
    LicenceEvent,
    MatchStatistics,
    Person,
    PersonAddress,
    PersonName,
    Premises,
)
from licensing.setup import owner_session

OFFICER = "officer@example.org"
HEADINGS = (
    "source_id,given_names,family_name,date_of_birth,postcode,licence_no,licence_type,status,starts_on,expires_on\n"
)
ANNA = "A1,Anna,Sample,01/02/1990,OX99 1AA,PHD1,private hire,granted,01/03/2026,28/02/2029\n"
BORIS = "B2,Boris,Example,03/04/1985,OX99 1AB,PHD2,private hire,suspended,01/03/2026,28/02/2029\n"

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Run:
    """`run(content, "--dry-run")`: import the content as a file of drivers for Oxford."""
    accounts.user(Role.LICENSING_OFFICER, email=OFFICER)

    def bring_in(content: str | bytes | None, *more: str, code: str = accounts.OXFORD, email: str = OFFICER) -> Result:
        path = tmp_path / "drivers.csv"
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        words = ["import", "drivers", str(path), "--authority", code, "--as", email, *more]
        return app.test_cli_runner().invoke(args=words)

    return bring_in


def count(model: type) -> int:
    with owner_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def receipt(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text())
    return read


def test_a_good_file_is_accepted_and_its_receipt_is_as_scripts_rely_on(run: Run, app: Flask, tmp_path: Path) -> None:
    result = run(HEADINGS + ANNA + BORIS, "--receipt", str(tmp_path / "receipt.json"))
    assert result.exit_code == 0, result.output
    assert "2 rows: 2 were accepted (2 new, 0 changed, 0 unchanged), 0 left out, 0 rejected." in result.output
    made = receipt(tmp_path / "receipt.json")
    assert list(made) == [
        "file",
        "sha256",
        "kind",
        "authority",
        "rows",
        "accepted",
        "left_out",
        "new",
        "changed",
        "unchanged",
        "rejected",
        "warnings",
        "missing",
    ]
    assert (made["file"], made["kind"], made["authority"]) == ("drivers.csv", "drivers", accounts.OXFORD)
    assert len(made["sha256"]) == 64
    assert (count(Person), count(Freshness), count(MatchStatistics)) == (2, 1, 1)
    assert "renew_name_statistics" not in doing.do_all(app)  # names are counted once, when the command ends
    with owner_session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.IMPORT_APPLIED)).all()
        assert [entry.by_command for entry in entries] == [True]
        assert [entry.actor_name for entry in entries] == ["Test Licensing officer"]


def test_some_rows_rejected_is_exit_3_and_the_rest_is_brought_in(run: Run, tmp_path: Path) -> None:
    bad = BORIS.replace("suspended", "banished")
    result = run(HEADINGS + ANNA + bad, "--receipt", str(tmp_path / "receipt.json"))
    assert result.exit_code == 3
    assert "row 3, status: This is not a status of a licence" in result.output
    made = receipt(tmp_path / "receipt.json")
    assert [(one["row"], one["column"], one["value"]) for one in made["rejected"]] == [(3, "status", "banished")]
    assert made["rows"] == made["accepted"] + made["left_out"] + len({one["row"] for one in made["rejected"]})
    assert count(Person) == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run(HEADINGS + ANNA, "--dry-run", "--receipt", str(tmp_path / "receipt.json"))
    assert result.exit_code == 0
    assert "1 would be accepted (1 new" in result.output
    assert receipt(tmp_path / "receipt.json")["new"] == 1
    assert (count(Person), count(Import), count(Freshness), count(MatchStatistics)) == (0, 0, 0, 0)


def test_a_mapping_says_what_headings_mean_and_how_the_file_is_written(run: Run, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    columns = {"Holder surname": "family_name"}
    mapping.write_text(json.dumps({"columns": columns, "encoding": "windows-1252", "date_order": "MDY"}))
    content = (HEADINGS + ANNA).replace("family_name", "Holder surname").replace("Anna", "Zoë").encode("cp1252")
    assert run(content).exit_code == 2
    month_first = content.replace(b"28/02/2029", b"02/28/2029")
    result = run(month_first, "--mapping", str(mapping))
    assert result.exit_code == 0, result.output
    with owner_session() as session:
        person = session.scalars(select(Person)).one()
    assert (person.given_names, person.family_name, person.date_of_birth.isoformat()) == ("Zoë", "Sample", "1990-01-02")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [("{", "The mapping file is not JSON"), ('{"colums": {}}', "which is not one of"), ("[]", "must be an object")],
)
def test_a_mapping_that_cannot_be_read_imports_nothing(run: Run, tmp_path: Path, mapping: str, message: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(mapping)
    result = run(HEADINGS + ANNA, "--mapping", str(path))
    assert result.exit_code == 2
    assert message in result.output
    path.write_bytes(b'{"columns": {"\xff": "family_name"}}')
    assert run(HEADINGS + ANNA, "--mapping", str(path)).exit_code == 2


def test_nothing_imported_is_exit_2_and_says_why(run: Run, app: Flask) -> None:
    accounts.user(Role.ADMINISTRATOR, email="admin@example.org")
    accounts.user(Role.AUDITOR, email="auditor@example.org")
    good = HEADINGS + ANNA
    for result, message in (
        (run(good, code=accounts.CHERWELL), f"{OFFICER} acts for {accounts.OXFORD}, not for {accounts.CHERWELL}."),
        (run(good, code="E99999999"), "not for E99999999"),
        (run(good, email="admin@example.org"), "may not bring files in"),
        (run(good, email="auditor@example.org"), "cannot act for a designated officer or an auditor"),
        (run(good, email="nobody@example.org"), "has no active account"),
        (run(HEADINGS), "The file has headings but no rows."),
        (run(b"%PDF-1.7"), "This is a PDF"),
        (run(HEADINGS + ANNA.replace("private hire", "pedlar")), "0 were accepted"),
    ):
        assert result.exit_code == 2, result.output
        assert message in result.output
    assert count(Person) == 0


def test_a_file_or_kind_that_is_not_there_is_exit_2(run: Run, app: Flask, tmp_path: Path) -> None:
    missing = run(None)
    assert missing.exit_code == 2
    assert "Nothing was imported. There is no file at" in missing.output
    words = ["import", "pedlars", str(tmp_path), "--authority", accounts.OXFORD, "--as", OFFICER]
    assert app.test_cli_runner().invoke(args=words).exit_code == 2
    assert run(HEADINGS + ANNA, "--mapping", str(tmp_path / "none.json")).exit_code == 2


def test_the_code_of_the_council_may_be_written_small(run: Run) -> None:
    assert run(HEADINGS + ANNA, code=accounts.OXFORD.lower()).exit_code == 0


AWKWARD = (
    HEADINGS
    # Every term of one licence.
    + "A1,Anna,Sample,01/02/1990,OX99 1AA,PHD1,private hire,expired,01/03/2020,28/02/2023\n"
    + "A1,Anna,Sample,01/02/1990,OX99 1AA,PHD1,private hire,suspended,01/03/2023,28/02/2026\n"
    + "A1,Anna,Sample,01/02/1990,OX99 1AA,PHD1,private hire,granted,01/03/2026,28/02/2029\n"
    # Two licences of one person whose rows do not agree.
    + "B2,Boris,Example,03/04/1985,OX99 1AB,PHD2,private hire,granted,01/03/2026,28/02/2029\n"
    + "B2,Bob,Example,,OX99 9ZZ,HCD2,hackney,granted,01/03/2026,28/02/2029\n"
    # The same licence of the same term, in two states.
    + "C3,Cleo,Person,05/06/1970,,PHD3,private hire,granted,01/03/2026,28/02/2029\n"
    + "C3,Cleo,Person,05/06/1970,,PHD3,private hire,suspended,01/03/2026,28/02/2029\n"
    # Without a key of the council's own, and moved in between.
    + ",Dan,Nobody,07/08/1975,OX99 1AA,PHD4,private hire,granted,01/03/2022,28/02/2025\n"
    + ",Dan,Nobody,07/08/1975,OX99 1AC,PHD4,private hire,renewed,01/03/2025,29/02/2028\n"
    + "E5,Eve,Sample,07/08/1975,,PHD5,private hire,surrendered,01/03/2025,29/02/2028\n"
    + "F6,Fay,Sample,07/08/1976,,PHD6,dual,revoked,01/03/2025,29/02/2028\n"
    + "G7,Gus,Sample,07/08/1976,,PHD7,dual,pending,,\n"
)


@pytest.mark.parametrize("content", [AWKWARD, HEADINGS + "".join(AWKWARD.splitlines(keepends=True)[:0:-1])])
def test_an_awkward_file_is_brought_in_once_in_whatever_order(run: Run, tmp_path: Path, content: str) -> None:
    assert run(content).exit_code == 0
    written = [count(model) for model in (Person, PersonName, PersonAddress, LicenceEvent)]
    for _ in range(2):
        assert run(content, "--receipt", str(tmp_path / "receipt.json")).exit_code == 0
        made = receipt(tmp_path / "receipt.json")
        assert (made["new"], made["changed"], made["unchanged"]) == (0, 0, 12)
    assert [count(model) for model in (Person, PersonName, PersonAddress, LicenceEvent)] == written


def test_food_hygiene_is_brought_in_by_the_kinds_asked_for(app: Flask, make_fhrs: Callable[..., Path]) -> None:
    accounts.user(Role.LICENSING_OFFICER, email=OFFICER)
    one = (
        "<FHRSID>{}</FHRSID><BusinessName>Sample {}</BusinessName><BusinessTypeID>{}</BusinessTypeID>"
        "<RatingValue>5</RatingValue><LocalAuthorityCode>269</LocalAuthorityCode>"
        "<LocalAuthorityName>Oxford City</LocalAuthorityName><SchemeType>FHRS</SchemeType>"
    )
    path = make_fhrs(one.format(1, "Hotel", 7842), one.format(2, "Arms", 7843), one.format(3, "Café", 1))
    words = ["import", "fhrs", str(path), "--authority", accounts.OXFORD, "--as", OFFICER]
    result = app.test_cli_runner().invoke(args=[*words, "--business-type", "7842", "--business-type", "7843"])
    assert result.exit_code == 0, result.output
    assert "3 rows: 2 were accepted (2 new, 0 changed, 0 unchanged), 1 left out, 0 rejected." in result.output
    assert count(Premises) == 2
    again = app.test_cli_runner().invoke(args=[*words, "--business-type", "7843", "--business-type", "7842"])
    assert "2 unchanged" in again.output
