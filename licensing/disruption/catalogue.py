"""The powers as this version has them (powers.csv), for `flask setup` to write."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

from licensing.deadlines.rules import Unit

_LISTS = ("used_by", "ranks", "targets", "needs", "beyond_ranks", "appeal_to")
_LENGTHS = ("shortest", "longest", "in_all")
_PLAIN = ("code", "name", "law", "threshold", "evidence", "effect", "appeal", "breach", "notes")


def national_powers() -> Iterator[dict[str, Any]]:
    """Every row of the file, in its order, as the columns of the table."""
    with (resources.files("licensing.disruption") / "powers.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield _row(row)


def _row(row: dict[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: row[name] for name in _PLAIN}
    kept |= {name: _several(row[name]) for name in _LISTS}
    kept |= {"harms": _several(row["concerns"]), "starts": _several(row["clocks"])}
    for name in _LENGTHS:
        kept |= {name: _number(row[name]), f"{name}_unit": _unit(row[f"{name}_unit"])}
    kept |= {"alone": _number(row["longest_alone"]), "alone_unit": _unit(row["longest_alone_unit"])}
    return kept | {
        "appeal_stays": {"yes": True, "no": False}.get(row["appeal_stays"]),
        "served": row["served"] == "yes",
        "closes": row["closes"] == "yes",
        "publishable": row["publishable"] == "yes",
        "verified": row["verified"] == "yes",
        "active_from": date.fromisoformat(row["active_from"]),
        "active_to": date.fromisoformat(row["active_to"]) if row["active_to"] else None,
        "review_on": date.fromisoformat(row["review_on"]),
    }


def _several(written: str) -> list[str]:
    return [one for one in written.split("|") if one]


def _number(written: str) -> int | None:
    return int(written) if written else None


def _unit(written: str) -> Unit | None:
    """The plural, as the clocks have it: "1 month" in the file reads as people write it."""
    return Unit(written if written.endswith("s") else f"{written}s") if written else None
