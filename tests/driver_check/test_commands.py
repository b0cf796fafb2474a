"""The list of people through the driver check, as a command."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.checking import SECRETIVE
from journeys.reading import links, pdf_text
from sqlalchemy import select

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.driver_check import changes, commands
from licensing.driver_check.models import CheckResult, DriverCheck
from licensing.permissions import Role
from licensing.setup import owner_session

HEADINGS = "query_id,given_names,family_name,dob,postcode,nino,driving_licence_no,licence_no,vrm\n"
COLUMNS = [
    "query_id",
    "rank",
    "person_ref",
    "source_id",
    "authority",
    "band",
    "score",
    "given_names",
    "family_name",
    "dob",
    "postcode",
    "nino",
    "driving_licence_no",
    "licence_no",
    "vrm",
]
OFFICER = "officer@example.org"

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Run:
    """`run(content)`: write the list, check it, and leave the answers at answers.csv."""
    accounts.user(Role.LICENSING_OFFICER, email=OFFICER)

    def check(content: str | bytes, email: str = OFFICER) -> Result:
        asked = tmp_path / "asked.csv"
        asked.write_bytes(content if isinstance(content, bytes) else content.encode())
        words = ["check", str(asked), "--as", email, "--purpose", "register_review", "--reference", "none yet"]
        return app.test_cli_runner().invoke(args=[*words, "--output", str(tmp_path / "answers.csv")])

    return check


def answers(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "answers.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_each_query_is_answered_by_rank_or_by_none(run: Run, tmp_path: Path) -> None:
    register.add(SECRETIVE, accounts.OXFORD)
    result = run(
        HEADINGS
        + "a,Mohd. Aslam,Kahn,4 March 1980,OX1 1AA,qq 98 76 54 b,,che dd 417,AB12CDE\n"
        + "b,Nobody,Here,01/02/1950,,,,,\n"
        + 'c,,"O’Example",,,,,,\n'
        + "d,,,,,,,,\n"
    )
    assert result.exit_code == 0, result.output
    assert "4 people checked" in result.output
    assert "This is not an NR3S search." in result.output
    found, *nobody = answers(tmp_path)
    assert list(found) == COLUMNS
    assert found["person_ref"].startswith("P-")
    assert (found["query_id"], found["rank"], found["source_id"]) == ("a", "1", "CANARY-SOURCE")
    assert (found["authority"], found["band"]) == (accounts.OXFORD, "certain")
    assert 0.99 <= float(found["score"]) <= 1
    assert [found[name] for name in COLUMNS[7:]] == [
        "agrees",
        "close",
        "agrees",
        "differs",
        "agrees",
        "",
        "differs",
        "differs",
    ]
    assert [[one["query_id"], one["rank"], one["band"]] for one in nobody] == [
        ["b", "1", "none"],
        ["c", "1", "none"],
        ["d", "1", "none"],
    ]
    assert all(not one[name] for one in nobody for name in COLUMNS if name not in ("query_id", "rank", "band"))


def test_a_long_list_is_answered_in_order_and_reads_sensibly_on_the_web(
    run: Run, tmp_path: Path, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_AT_ONCE", 120)
    register.add_all((register.numbered(number) for number in range(3)), accounts.OXFORD)
    lines = "".join(f"q{n},Sample{n},Person{n},{register.birthday(n)},,,,PHD{n:05},\n" for n in range(300))
    content = HEADINGS + lines
    assert run(content).exit_code == 0
    rows = answers(tmp_path)
    assert list(dict.fromkeys(row["query_id"] for row in rows)) == [f"q{n}" for n in range(300)]
    assert [row["query_id"] for row in rows if row["band"] == "certain"] == ["q0", "q1", "q2"]

    best = Counter(row["band"] for row in rows if row["rank"] == "1")
    said = ", ".join(f"{band} {best[band]}" for band in ("certain", "strong", "possible"))
    said += f", no record found {best['none']}"

    officer = signed_in(Role.LICENSING_OFFICER)
    listed = officer.get("/checks").text
    assert "A list: see its file" in listed
    [address] = [
        link
        for link in links(listed)
        if link.startswith("/checks/") and link not in ("/checks/new", "/checks/licensed-by")
    ]
    page = officer.get(address).text
    receipt = pdf_text(officer.get(f"{address}/receipt.pdf").data)
    for words in (page, receipt):
        assert f"A list of 300 people was checked: {said}. The answers are in the file" in words
        assert hashlib.sha256(content.encode()).hexdigest()[:30] in words.replace(" ", "")
        assert "No record found on" not in words
    assert "Nobody on the registers searched" not in page
    person = next(row["person_ref"] for row in rows if row["query_id"] == "q1")
    assert person in officer.get("/people").text
    with owner_session() as session:
        assert len(session.scalars(select(CheckResult)).all()) >= 3
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.CHECKED))
        assert entry.by_command
        assert "Sample1" not in repr(vars(session.scalars(select(DriverCheck)).one()))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADINGS + "a,A,B,1980-03-04,,,,,\nb,A,B,31/02/1980,,,,,\n", "Row 3, dob: 31 February 1980 is not a date"),
        (HEADINGS, "lists nobody"),
        ("name,dob\nKhan,1980-03-04\n", "The first line must name the columns: query_id given_names"),
        ("", "The first line must name the columns"),
        (HEADINGS.encode() + "a,Łucja,Şahin,,,,,,\n".encode("cp1254", "replace"), "is not in UTF-8"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_before_anything_is_searched(
    run: Run, tmp_path: Path, content: str | bytes, message: str
) -> None:
    result = run(content)
    assert result.exit_code == 1
    assert message in result.output
    assert not (tmp_path / "answers.csv").exists()
    with owner_session() as session:
        assert session.scalars(select(DriverCheck)).all() == []


def test_who_may_not_check_drivers_may_not_by_command_either(run: Run) -> None:
    content = HEADINGS + "a,A,B,,,,,,\n"
    for role, message in (
        (Role.ADMINISTRATOR, "may not check drivers"),
        (Role.DESIGNATED_OFFICER, "cannot act for a designated officer or an auditor"),
        (Role.AUDITOR, "cannot act for a designated officer or an auditor"),
    ):
        accounts.user(role, email=f"{role}@example.org")
        result = run(content, email=f"{role}@example.org")
        assert result.exit_code == 1
        assert message in result.output
    assert "has no active account" in run(content, email="nobody@example.org").output


def test_a_word_that_is_not_an_option_is_a_wrong_use(app: Flask, tmp_path: Path) -> None:
    words = ["check", str(tmp_path / "none.csv"), "--as", OFFICER, "--purpose", "curiosity", "--reference", "x"]
    result = app.test_cli_runner().invoke(args=[*words, "--output", str(tmp_path / "out.csv")])
    assert result.exit_code == 2


def test_a_list_that_breaks_off_half_way_says_so_on_the_web(
    run: Run, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "find_matches", lambda *_: 1 / 0)
    assert run(HEADINGS + "a,A,B,,,,,,\n").exit_code == 1
    assert "Broken off" in signed_in(Role.LICENSING_OFFICER).get("/checks").text


def test_counting_names_anew_says_how_many_people_there_are(app: Flask) -> None:
    register.add_all([register.PLAIN, register.KHAN], accounts.OXFORD)
    result = app.test_cli_runner().invoke(args=["matching", "refresh"])
    assert result.output == "Counted 2 people.\n"


def test_whom_a_list_shows_of_another_council_is_on_that_councils_trail(run: Run) -> None:
    accounts.agree(accounts.CHERWELL)
    khan = register.add(register.KHAN, accounts.CHERWELL)
    assert run(HEADINGS + "q1,Mohd Aslam,Kahn,1980-03-04,,,,,\n").exit_code == 0
    with owner_session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.DISCLOSED)).all()
    assert [(entry.object_id, entry.authority_id) for entry in entries] == [
        (khan, accounts.authority_id(accounts.CHERWELL))
    ]
    assert entries[0].reference.startswith("DC-")
