"""Where words stand in the database: in the open, which they may not, and in which sealed columns."""

from typing import Any

from flask import current_app
from sqlalchemy import Column, Enum, String, text

from licensing.db import Base, db
from licensing.setup import owner_session


def places_of(words: str) -> list[str]:
    """The tables in which words stand in the open, as text or as bytes."""
    found = []
    with owner_session() as session:
        for table in db.metadata.sorted_tables:
            rows = session.scalars(text(f'SELECT t::text FROM "{table.name}" t')).all()
            if any(words in row or words.encode().hex() in row for row in rows):
                found.append(table.name)
    return found


def sealed_columns(room: str) -> set[tuple[str, str]]:
    """(table, column) of everything that a room seals."""
    return {(table, column.name) for table, column in _columns(room) if column.name.endswith("_sealed")}


def plain_columns(room: str) -> set[tuple[str, str]]:
    """(table, column) of every text of a room that stands in the open and is not one of a few words."""
    kinds = {(table, column.name): getattr(column.type, "item_type", column.type) for table, column in _columns(room)}
    return {where for where, kind in kinds.items() if isinstance(kind, String) and not isinstance(kind, Enum)}


def _columns(room: str) -> list[tuple[str, Column[Any]]]:
    models: list[Any] = [
        one.class_ for one in Base.registry.mappers if one.class_.__module__.startswith(f"licensing.{room}.")
    ]
    return [(model.__tablename__, column) for model in models for column in model.__table__.columns]


def columns_with(words: str, columns: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these sealed columns in which words stand, once they are opened."""
    keys = current_app.config["KEYS"]
    found = set()
    with owner_session() as session:
        for table, column in columns:
            rows = session.execute(text(f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')).all()
            if any(words in keys.open(bytes(value), table, column, row_id).decode() for row_id, value in rows):
                found.add((table, column))
    return found
