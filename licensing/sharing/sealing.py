"""Words and particulars kept sealed with the row that they belong to."""

import json
from collections.abc import Mapping
from uuid import UUID

from flask import current_app

from licensing.sharing.models import Base
from licensing.sharing.rules import Particular


def seal(model: type[Base], column: str, row_id: UUID, words: str) -> bytes:
    """Words, sealed for one column of one row."""
    sealed: bytes = current_app.config["KEYS"].seal(words.encode(), model.__tablename__, column, row_id)
    return sealed


def opened(row: Base, column: str) -> str:
    """The words that a row keeps sealed in this column; "" where it keeps none."""
    sealed = getattr(row, column)
    if sealed is None:
        return ""
    row_id: UUID = row.id  # type: ignore[attr-defined]  (every sealed row has one)
    plain: bytes = current_app.config["KEYS"].open(sealed, row.__tablename__, column, row_id)
    return plain.decode()


def as_words(particulars: Mapping[Particular, str]) -> str:
    """Particulars as they are sealed."""
    return json.dumps({kind.value: value for kind, value in particulars.items() if value})


def particulars_of(row: Base) -> dict[Particular, str]:
    """What identifies the person whom a request is about, in the order of the vocabulary."""
    kept = json.loads(opened(row, "particulars_sealed"))
    return {kind: kept[kind] for kind in Particular if kind in kept}
