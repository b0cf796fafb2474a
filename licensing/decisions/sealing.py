"""What was written down about a decision: sealed to its place in the database, and readable with the key alone."""

from typing import Any
from uuid import UUID

from flask import current_app

from licensing.db import Base


def sealed(model: type[Base], column: str, row_id: UUID, words: str) -> bytes | None:
    """Words as they are kept: sealed to their place; None where there are none."""
    if not words:
        return None
    return current_app.config["KEYS"].seal(words.encode(), model.__tablename__, column, row_id)


def opened(row: Any, column: str) -> str:
    """Sealed words of a row, readable again; empty where there are none."""
    kept = getattr(row, column)
    if kept is None:
        return ""
    return current_app.config["KEYS"].open(kept, row.__tablename__, column, row.id).decode()
