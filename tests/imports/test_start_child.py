"""The reading process starts without the application."""

from __future__ import annotations

import subprocess
import sys

from licensing.imports import start_child

IMPORTED = """
import runpy, sys
start = runpy.run_path(sys.argv[1])["stand_in_for_the_application"]
start()
import licensing.imports.child
from licensing.imports import workbooks
print(sorted({"flask", "sqlalchemy", "psycopg", "licensing.db"} & set(sys.modules)))
"""


def test_the_web_framework_and_the_database_driver_are_not_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", IMPORTED, start_child.__file__],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
