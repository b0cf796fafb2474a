"""The few rules of the house that keep it one that people find their way about in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LICENSING = ROOT / "licensing"

# Know no feature.
LOW = {
    "asking",
    "cells",
    "dates",
    "db",
    "downloads",
    "enum_checks",
    "errors",
    "forms",
    "keys",
    "matching",
    "pdf",
    "permissions",
    "references",
    "saving",
    "sealing",
    "suppression",
    "tags",
    "row_security",
    "workbooks",
}
# What puts the application together; no feature asks for it.
TOP = {"__init__", "cli", "navigation", "serving"}
# Beside the features: preparing a database, starting one, and the web's own checks.
GROUND = LOW | {"embedded", "setup", "web"}

# Feature -> the other features that it may ask; all of them may ask the ground.
MAY_ASK = {
    "allegations": {
        "accounts",
        "audit",
        "concerns",
        "deadlines",
        "decisions",
        "jobs",
        "mail",
        "register",
        "suitability",
        "tasks",
    },
    "audit": set(),
    "jobs": {"audit"},
    "mail": {"jobs"},
    "accounts": {"audit", "jobs", "mail"},
    "approvals": {"accounts", "audit", "jobs", "mail"},
    "administration": {"accounts", "approvals", "audit", "mail"},
    "tasks": {"accounts", "audit", "jobs", "mail"},
    "deadlines": {"accounts", "audit", "tasks"},
    "register": {"accounts", "approvals", "audit", "jobs", "tasks"},
    "driver_check": {"accounts", "audit", "register"},
    "imports": {
        "accounts",
        "audit",
        "disruption",
        "jobs",
        "prevention",
        "register",
        "suitability",
        "training",
        "vetting",
    },
    "public_register": {"accounts", "audit", "register"},
    "sample": {
        "accounts",
        "allegations",
        "audit",
        "briefings",
        "concerns",
        "decisions",
        "disruption",
        "figures",
        "hotel_notices",
        "measures",
        "need_to_know",
        "operations",
        "prevention",
        "public_register",
        "register",
        "sharing",
        "signals",
        "subject_access",
        "subject_meetings",
        "suitability",
        "tasks",
        "training",
        "vetting",
    },
    "decisions": {"accounts", "audit", "deadlines", "jobs", "register", "sharing", "suitability", "tasks", "vetting"},
    "finding": {"accounts", "audit", "register"},
    "training": {"accounts", "audit", "jobs", "register", "tasks"},
    "vetting": {"accounts", "audit", "jobs", "register", "tasks"},
    "suitability": {
        "accounts",
        "audit",
        "deadlines",
        "jobs",
        "register",
        "sharing",
        "tasks",
        "training",
        "vetting",
    },
    "sharing": {"accounts", "audit", "deadlines", "jobs", "register", "tasks"},
    "disruption": {"accounts", "audit", "deadlines", "jobs", "mail", "register", "tasks"},
    "prevention": {"accounts", "audit", "disruption", "register"},
    "operations": {"accounts", "audit", "disruption", "register", "tasks"},
    "hotel_notices": {"accounts", "audit", "deadlines", "disruption", "jobs", "register"},
    "concerns": {"accounts", "audit", "deadlines", "jobs", "register", "suitability", "tasks"},
    "places": {
        "accounts",
        "audit",
        "concerns",
        "deadlines",
        "disruption",
        "hotel_notices",
        "operations",
        "prevention",
        "register",
        "suitability",
        "training",
    },
    "links": {"audit", "disruption", "operations", "places", "register", "suitability"},
    "signals": {"accounts", "audit", "concerns", "disruption", "operations", "register", "suitability"},
    "subject_meetings": {"accounts", "audit", "disruption", "operations", "register", "signals", "tasks"},
    "figures": {"accounts", "deadlines", "disruption", "register", "suitability"},
    "returns": {"accounts", "audit", "deadlines", "figures", "register", "sharing", "training", "vetting"},
    "briefings": {"accounts", "audit", "figures", "jobs", "mail", "tasks"},
    "measures": {"accounts", "audit", "figures"},
    "subject_access": {"accounts", "audit", "deadlines", "register"},
    "need_to_know": {
        "accounts",
        "audit",
        "briefings",
        "decisions",
        "disruption",
        "jobs",
        "mail",
        "register",
        "suitability",
        "tasks",
    },
}
# Reached from the command line and the application alone.
ASKED_BY_NOBODY = {"driver_check", "imports", "sample", "finding", "returns"}
# Setting up writes the authorities and the permissions.
MAY_ASK_FROM_THE_GROUND = {"setup": {"accounts", "embedded"}}

FORBIDDEN_NAMES = {"utils", "helpers", "common", "services"}
MOST_LINES = 400
WITHOUT_FRAMEWORK = ("flask", "flask_login", "flask_sqlalchemy", "sqlalchemy", "licensing.db")


def modules() -> list[Path]:
    return sorted(LICENSING.rglob("*.py"))


def room_of(path: Path) -> str:
    """The feature, or the module beside the features, that a file belongs to."""
    parts = path.relative_to(LICENSING).with_suffix("").parts
    return parts[0]


def imported(source: str) -> Iterator[str]:
    """Every module or name that a source imports, anywhere in it, as dotted paths."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides which room is asked"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_asked(source: str) -> set[str]:
    """The rooms of the house that a source imports from."""
    return {name.split(".")[1] for name in imported(source) if name.startswith("licensing.")}


def wrong_directions(room: str, source: str) -> set[str]:
    """The rooms that a source of `room` imports and may not."""
    asked = rooms_asked(source) - {room}
    if room in TOP:
        return set()
    if room in GROUND:
        return asked - GROUND - MAY_ASK_FROM_THE_GROUND.get(room, set()) if room not in LOW else asked - LOW
    return asked - GROUND - MAY_ASK[room]


def frameworks(source: str) -> set[str]:
    """What ties a source to the web or the database."""
    return {name for name in imported(source) for one in WITHOUT_FRAMEWORK if f"{name}.".startswith(f"{one}.")}


def is_rules(path: Path) -> bool:
    return path.name == "rules.py" or room_of(path) == "matching"


def test_every_room_is_placed() -> None:
    rooms = {room_of(path) for path in modules()} - {"static", "fonts"}
    assert rooms == GROUND | TOP | set(MAY_ASK)


@pytest.mark.parametrize("room", sorted(GROUND | set(MAY_ASK)))
def test_a_room_asks_only_those_below_it(room: str) -> None:
    wrong = {
        str(path.relative_to(ROOT)): asked
        for path in modules()
        if room_of(path) == room and (asked := wrong_directions(room, path.read_text()))
    }
    assert not wrong


def test_features_do_not_ask_in_a_circle() -> None:
    for feature, asked in MAY_ASK.items():
        assert not any(feature in MAY_ASK[other] for other in asked), feature


def test_nobody_asks_what_only_reads_across_the_house() -> None:
    askers = {
        (room_of(path), asked)
        for path in modules()
        for asked in rooms_asked(path.read_text()) & ASKED_BY_NOBODY
        if room_of(path) != asked
    }
    assert {asker for asker, _ in askers} <= {"__init__", "cli"}


def test_rules_and_matching_know_neither_the_web_nor_the_database() -> None:
    tied = {
        str(path.relative_to(ROOT)): names
        for path in modules()
        if is_rules(path) and (names := frameworks(path.read_text()))
    }
    assert not tied


@pytest.mark.parametrize(
    ("room", "source", "wrong"),
    [
        ("matching", "from licensing.register.models import Person", {"register"}),
        ("db", "def f():\n    from licensing import accounts", {"accounts"}),
        ("errors", "import licensing.web", {"web"}),
        ("register", "from licensing.driver_check import queries", {"driver_check"}),
        ("register", "import licensing.imports.changes", {"imports"}),
        ("audit", "from licensing.accounts.acting import ActingUser", {"accounts"}),
        ("imports", "from licensing.register import changes", set()),
        ("accounts", "from licensing.db import db", set()),
    ],
)
def test_the_check_of_directions_finds_a_wrong_one(room: str, source: str, wrong: set[str]) -> None:
    assert wrong_directions(room, source) == wrong


@pytest.mark.parametrize(
    "source",
    [
        "import flask",
        "from flask import request",
        "from sqlalchemy.orm import Session",
        "from licensing.db import db",
        "from licensing import db",
        "def f():\n    import sqlalchemy as sa",
    ],
)
def test_the_check_of_frameworks_finds_one(source: str) -> None:
    assert frameworks(source)
    assert not frameworks("import flask_free\nfrom licensing.dates import today\nfrom licensing.database import x")


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [path for path in modules() if {*path.with_suffix("").parts} & FORBIDDEN_NAMES]


def test_every_feature_says_what_it_is() -> None:
    for feature in MAY_ASK:
        said = ast.get_docstring(ast.parse((LICENSING / feature / "__init__.py").read_text()))
        assert said, f"{feature} has no docstring"


def test_no_file_is_too_long_to_find_anything_in() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in modules()}
    assert not {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES}
