"""What the reading process may use, and what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from licensing.imports import child, limits, start_child
from licensing.imports.refused import FileRefused

CONFINED = """
import resource, runpy, sys
runpy.run_path(sys.argv[1])["stand_in_for_the_application"]()
from licensing.imports import child, limits
child.confine(limits.WEB)
try:
    with open(sys.argv[2], "w") as file:
        file.write("x")
except OSError:
    print("no files")
try:
    bytearray(limits.WEB.memory_bytes)
except MemoryError:
    print("no memory")
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_CORE))
"""


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-I", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_confined_process_writes_no_file_and_takes_no_more_memory(tmp_path: Path) -> None:
    said = run("-c", CONFINED, start_child.__file__, str(tmp_path / "written"))
    assert said == "no files\nno memory\n(20, 20) (0, 0)\n"


def test_the_messages_are_facts_rows_and_an_end(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"Name,Town\n\nAnn,Leeds,,\n")
    request = {
        "path": str(path),
        "kind": "drivers",
        "encoding": None,
        "limits": asdict(limits.WEB),
    }
    said = run(start_child.__file__, json.dumps(request)).splitlines()
    assert [json.loads(line) for line in said] == [
        {"facts": {"encoding": "utf-8"}, "warnings": []},
        [1, ["Name", "Town"]],
        [3, ["Ann", "Leeds"]],
        {"end": True},
    ]


def test_the_other_visible_sheets_are_warned_of(
    make_workbook_of: Callable[[Sequence[tuple[str, str, str]]], Path],
) -> None:
    empty = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
    path = make_workbook_of([("Drivers", "visible", empty), ("Notes", "visible", empty)])
    facts, *rows = child.read(path, "drivers", None, limits.WEB)
    assert facts == {
        "facts": {"sheet": "Drivers"},
        "warnings": ["The sheet 'Notes' was not read: only 'Drivers' was."],
    }
    assert rows == []


def test_a_refusal_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused, match=r"PDF renamed \.csv"):
        list(child.read(path, "drivers", None, limits.WEB))
