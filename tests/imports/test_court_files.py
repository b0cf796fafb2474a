"""Files of court proceedings: figures, who is linked, what is kept of a name, and that a second time adds nothing."""

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from factories import accounts, register
from flask import Flask, current_app
from hypothesis import given
from hypothesis import strategies as st
from imports.conftest import BringIn
from imports.first_trial import HEADINGS, TRIAL, trial
from sqlalchemy import select, text

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.imports import changes, limits
from licensing.imports.defendants import marked, may_be, shown
from licensing.imports.models import ImportChunk
from licensing.imports.options import Options
from licensing.imports.rules import ImportKind
from licensing.keys import FieldKeys, new_keys
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.suitability.queries.courts import all_cases, totals_of


def bring(bring_in: BringIn, *rows: str) -> dict[str, Any]:
    return bring_in(ImportKind.COURTS, HEADINGS + "".join(f"{row}\n" for row in rows))


def counts(receipt: dict[str, Any]) -> tuple[int, int, int, int]:
    return receipt["new"], receipt["changed"], receipt["unchanged"], len(receipt["rejected"])


def figures() -> str:
    return totals_of(all_cases()).words


def test_the_first_trial_has_the_figures_of_the_county(bring_in: BringIn) -> None:
    receipt = bring_in(ImportKind.COURTS, trial())
    assert counts(receipt) == (13, 0, 0, 0)
    assert figures() == "9 defendants, 7 guilty, 95 years in all, 6 witnesses, 0 awaiting verdict or sentence"
    assert counts(bring_in(ImportKind.COURTS, trial())) == (0, 0, 13, 0)
    assert figures() == "9 defendants, 7 guilty, 95 years in all, 6 witnesses, 0 awaiting verdict or sentence"


def test_a_holder_is_linked_by_number_and_looked_at_again(bring_in: BringIn) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    bring(bring_in, f'{TRIAL},"KHAN, Mohammed Aslam",guilty,60,,2,che/dd/0417', f"{TRIAL},D2,guilty,,,2,")
    ((named, numbered),) = [one.defendants for one in all_cases()]
    assert named.licence
    assert named.licence.number == "CHE/DD/0417"
    assert numbered.licence is None
    with owner_session() as session:
        kinds = session.scalars(text("SELECT kind FROM task")).all()
    assert kinds == ["court_outcome"]


@pytest.mark.parametrize(
    ("defendant", "number", "told"),
    [
        ("Boris Example", "CHE/DD/0417", "has another family name"),
        ("Boris Example", "PHD9", "no licence on your register has this number"),
    ],
)
def test_nobody_else_is_linked_and_the_preview_says_why(
    bring_in: BringIn, defendant: str, number: str, told: str
) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    receipt = bring(bring_in, f"{TRIAL},{defendant},guilty,60,,2,{number}")
    assert counts(receipt) == (1, 0, 0, 0)
    assert told in receipt["warnings"][0]
    ((only,),) = [one.defendants for one in all_cases()]
    assert only.licence_id is None


def test_no_name_of_a_defendant_is_kept_anywhere(officer: ActingUser, bring_in: BringIn, tmp_path: Path) -> None:
    path = tmp_path / "R v Canaryname.csv"
    trial = TRIAL.replace("T1", "R v Canaryname")
    path.write_text(
        HEADINGS.replace("\n", ",remarks\n")
        + f"{trial},Canaryname Boris,guilty,60,,2,,Canaryremark\n"
        + f"{trial},Canaryname, Boris,guilty,60,,2,,Canaryremark\n"
        + f"{trial},Defendant 2,guilty,Writteninstead,,2,,\n"
    )
    import_id, plan = changes.stage(officer, path, path.name, ImportKind.COURTS, Options(), limits.WEB)
    assert counts(plan.receipt("", "", "", "")) == (1, 0, 0, 2)
    changes.apply(officer, import_id)
    chunk = db.session.scalars(select(ImportChunk)).one()
    opened = current_app.config["KEYS"].open(chunk.sealed, "import_chunk", "sealed", chunk.id)
    with owner_session() as session:
        rows = [session.execute(text(f"SELECT * FROM {one}")).all() for one in ("import", "court_case", "audit_entry")]
    receipts = json.dumps(plan.receipt("", "", "", "")) + str(rows)
    assert "Writteninstead" not in receipts
    kept = zlib.decompress(opened).decode() + receipts
    assert "Sample Crown Court" in kept
    assert "canary" not in kept.lower()
    assert "boris" not in kept.lower()


def test_a_later_file_fills_in_what_was_awaited_and_takes_nothing_back(bring_in: BringIn) -> None:
    under_way = TRIAL.replace("14/05/2013", "")
    bring(bring_in, f"{under_way},Anna Sample,awaited,,,,", f"{under_way},D2,guilty,,,,")
    later = (f"{TRIAL},Sample Anna,guilty,36,no,3,", f"{TRIAL},D2,guilty,24,no,3,")
    assert counts(bring(bring_in, *later)) == (1, 1, 0, 0)
    assert figures() == "2 defendants, 2 guilty, 5 years in all, 3 witnesses, 0 awaiting verdict or sentence"

    stale = (f"{under_way},Anna Sample,awaited,,,,", f"{under_way},D2,guilty,12,no,,")
    receipt = bring(bring_in, *stale)
    assert counts(receipt) == (0, 0, 2, 0)
    assert "something else is recorded already" in receipt["warnings"][0]
    assert figures() == "2 defendants, 2 guilty, 5 years in all, 3 witnesses, 0 awaiting verdict or sentence"


def test_one_charge_proved_of_several_is_guilty(bring_in: BringIn) -> None:
    bring(bring_in, f"{TRIAL},D1,not guilty,,,1,", f"{TRIAL},D1,guilty,12,,1,")
    assert figures() == "1 defendants, 1 guilty, 1 year in all, 1 witnesses, 0 awaiting verdict or sentence"


def test_each_row_that_cannot_be_is_rejected_with_its_reason(bring_in: BringIn) -> None:
    bring(bring_in, f"{TRIAL},D1,guilty,12,,1,")
    receipt = bring(
        bring_in,
        ",Sample Crown Court,14/01/2013,,D1,guilty,12,,1,",
        f"{TRIAL},,guilty,12,,1,",
        f"{TRIAL},D2,maybe,,,1,",
        f"{TRIAL},D2,not guilty,12,,1,",
        f"{TRIAL},D2,guilty,life,,1,",
        f"{TRIAL},D2,guilty,12,perhaps,1,",
        f"{TRIAL},D2,guilty,12,,-1,",
        "T1,Another Crown Court,14/01/2013,,D2,guilty,12,,1,",
        "T1,Sample Crown Court,15/01/2013,,D2,guilty,12,,1,",
        "T1,Sample Crown Court,,13/01/2013,D2,guilty,12,,1,",
        "T2,Sample Crown Court,14/01/2099,,D2,guilty,12,,1,",
        "T2,Sample Crown Court,,,D2,guilty,12,,1,",
    )
    assert [(one["row"], one["column"]) for one in receipt["rejected"]] == [
        (2, "source_id"),
        (3, "defendant"),
        (4, "verdict"),
        (5, "sentence_months"),
        (6, "sentence_months"),
        (7, "consecutive"),
        (8, "victims_as_witnesses"),
        (9, "court"),
        (10, "started_on"),
        (11, "ended_on"),
        (12, "started_on"),
        (13, "started_on"),
    ]
    assert (receipt["rows"], receipt["accepted"]) == (12, 0)
    assert figures().startswith("1 defendants")


@given(st.lists(st.text(st.characters(categories=("L",)), min_size=2), min_size=2, max_size=4))
def test_a_name_is_known_again_whichever_way_round_and_is_not_in_its_marks(words: list[str]) -> None:
    keys = FieldKeys.parse(new_keys())
    one, other = marked(" ".join(words), keys), marked(", ".join(reversed(words)), keys)
    assert one == other
    assert not any(word.casefold() in one for word in words if not set(word.casefold()) <= set("abcdef"))
    assert may_be(one, [words[-1]], keys)
    assert not may_be(one, ["Somebody else"], keys)
    assert shown(one) == "A name, which is not kept"
    assert shown(marked("Defendant 3", keys)) == "defendant 3"
    assert may_be(marked("Defendant 3", keys), ["Somebody else"], keys)
    assert marked("Defendant 3", FieldKeys.parse(new_keys())) == "defendant 3"


def test_a_preview_that_is_not_the_result_any_more_is_shown_anew(
    officer: ActingUser, bring_in: BringIn, tmp_path: Path
) -> None:
    path = tmp_path / "courts.csv"
    path.write_text(trial())
    staged, _ = changes.stage(officer, path, path.name, ImportKind.COURTS, Options(), limits.WEB)
    bring_in(ImportKind.COURTS, trial())
    with pytest.raises(changes.RuleBroken, match="has changed since"):
        changes.apply(officer, staged)


def test_the_command_brings_them_in_like_the_web(app: Flask, tmp_path: Path) -> None:
    accounts.user(Role.LICENSING_OFFICER, email="officer@example.org")
    path = tmp_path / "courts.csv"
    path.write_text(trial() + f"{TRIAL},Defendant 10,perhaps,,,6,\n")
    words = ["import", "courts", str(path), "--authority", accounts.OXFORD, "--as", "officer@example.org"]
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 3, result.output
    assert "14 rows: 13 were accepted (13 new" in result.output
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM court_defendant")) == 9
