"""The rules as this version has them (signal_rules.csv), which `flask setup` writes: what is missing is added."""

import csv
from datetime import date
from importlib import resources
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licensing.signals.models import SignalRule


def write(session: Session) -> None:
    """Safe to repeat; what a council chose for itself stays."""
    with (resources.files("licensing.signals") / "signal_rules.csv").open(encoding="utf-8") as lines:
        rows = [_row(line) for line in csv.DictReader(lines)]
    everybodys = text("authority_id IS NULL")
    written = insert(SignalRule).on_conflict_do_nothing(index_elements=["code", "valid_from"], index_where=everybodys)
    session.execute(written, rows)


def _row(line: dict[str, str]) -> dict[str, object]:
    return {
        **line,
        "id": uuid4(),
        "days": int(line["days"]),
        "threshold": int(line["threshold"]),
        "in_use": True,
        "valid_from": date.fromisoformat(line["valid_from"]),
    }
