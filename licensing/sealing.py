"""Narrative in the database: sealed to its table, column and row, so that a copy of the database tells nothing."""

from typing import Any
from uuid import UUID

from flask import current_app


def seal(model: type[Any], column: str, row_id: UUID, words: str) -> bytes:
    """Words as one column of one row keeps them."""
    sealed_words: bytes = current_app.config["KEYS"].seal(words.encode(), model.__tablename__, column, row_id)
    return sealed_words


def sealed(model: type[Any], column: str, row_id: UUID, words: str | None) -> bytes | None:
    """The same; None where there are no words."""
    return seal(model, column, row_id, words) if words else None


def opened(row: Any, column: str) -> str:
    """The words that a row keeps sealed in a column; "" where it keeps none."""
    kept = getattr(row, column)
    if kept is None:
        return ""
    plain: bytes = current_app.config["KEYS"].open(bytes(kept), row.__tablename__, column, row.id)
    return plain.decode()
