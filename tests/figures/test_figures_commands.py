"""What scripts are given: figures as JSON, and a briefing as two pages, of a small world."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from factories import accounts, signals, training
from flask import Flask
from pypdf import PdfReader

from licensing import dates

KEYS = {"code", "name", "value", "shown", "previous", "last_year", "definition", "unit"}


def period() -> tuple[str, ...]:
    return ("--from", (dates.today() - timedelta(days=60)).isoformat(), "--to", dates.today().isoformat())


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=list(words))
    return done.exit_code, done.stdout if done.exit_code == 0 else done.output


def test_figures_are_printed_with_null_for_what_is_withheld_or_not_known(app: Flask) -> None:
    people = [signals.revoked_driver(number, accounts.OXFORD, 20) for number in range(3)]
    training.offer(accounts.OXFORD, people[0])
    code, printed = run(app, "figures", "--county", *period())
    assert code == 0
    found = {one["code"]: one for one in json.loads(printed)}
    assert all(one.keys() - {"reason"} == KEYS for one in found.values())
    withheld, unknown = found["decisions.revoked"], found["courts.trials"]
    assert (withheld["value"], withheld["shown"], withheld["previous"]) == (None, "fewer than 5 or withheld", 0)
    assert "reason" not in withheld
    assert (unknown["value"], unknown["shown"], unknown["reason"]) == (
        None,
        "not known",
        "no trial was recorded here by the last day",
    )
    assert found["licences.private_hire_driver.in_force"]["value"] == 0
    # Training that was offered is of people, however it is counted.
    assert found["quality.unmatched"]["value"] is None
    assert not found["quality.unmatched"].get("reason")


def test_a_briefing_is_written_as_two_pages(app: Flask, tmp_path: Path) -> None:
    signals.revoked_driver(1, accounts.OXFORD, 20)
    for of in (("--county",), ("--authority", accounts.OXFORD)):
        file = tmp_path / f"{of[-1]}.pdf"
        code, printed = run(app, "briefing", *of, *period(), "--output", str(file))
        assert code == 0, printed
        pages = PdfReader(file).pages
        assert len(pages) == 2
        said = " ".join(pages[1].extract_text().split())
        assert "Fewer than 5 people" in said
        assert "Restricted" not in said


@pytest.mark.parametrize("command", ["figures", "briefing"])
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--county", "--from", "2026-03-31", "--to", "2026-03-01"), "must end on or after the day on which it begins"),
        (("--county", "--from", "2026-03-01", "--to", "2098-03-31"), "must end today or in the past"),
        (("--county", "--from", "1950-01-01", "--to", "1950-12-31"), "did not exist before"),
        (("--from", "2026-03-01", "--to", "2026-03-31"), "Give either --authority"),
        (("--authority", "E00000000", "--from", "2026-03-01", "--to", "2026-03-31"), "no authority with the code"),
    ],
)
def test_a_period_or_a_council_that_is_none_is_said(
    app: Flask, tmp_path: Path, command: str, words: tuple[str, ...], says: str
) -> None:
    file = tmp_path / "none.pdf"
    code, printed = run(app, command, *words, *(("--output", str(file)) if command == "briefing" else ()))
    assert code != 0
    assert says in printed
    assert not file.exists()
