"""Starts `child` without the application around it.

Run by its path. Importing anything of this package would otherwise load the whole application
first, which costs most of a second and puts the web framework and the database driver beside a
hostile file.
"""

import sys
import types
from pathlib import Path


def stand_in_for_the_application() -> None:
    """Let the modules of this package be imported without running the package's own start."""
    package = types.ModuleType("licensing")
    package.__path__ = [str(Path(__file__).resolve().parents[1])]
    sys.modules["licensing"] = package


if __name__ == "__main__":
    stand_in_for_the_application()
    from licensing.imports import child

    child.main(sys.argv[1])
