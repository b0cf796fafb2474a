"""Sealing every sealed value anew with the newest field key, in batches that may be broken off and taken up again.

How far it has come stands in the values themselves, each of which names its key in its second byte. Digests, by
which values are found, are made with another key and stay.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, func, select, update
from sqlalchemy.orm import Session

from licensing.db import db
from licensing.keys import FieldKeys

BATCH = 500


@dataclass(frozen=True)
class Sealed:
    """A column of sealed values, bound to their rows by the table's key."""

    table: Any
    column: Any
    key: Any

    def uses(self, number: int) -> ColumnElement[bool]:
        """The values sealed with this key."""
        return func.get_byte(self.column, 1) == number


def sealed_columns() -> list[Sealed]:
    """Every column that holds sealed values: they are called `sealed`, or something that ends in `_sealed`."""
    return [
        Sealed(table, column, next(iter(table.primary_key.columns)))
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and f"_{column.name}".endswith("_sealed")
    ]


def count_sealed(session: Session, number: int) -> int:
    """How many values are sealed with this key."""
    counts = (select(func.count()).select_from(one.table).where(one.uses(number)) for one in sealed_columns())
    return sum(session.scalar(count) or 0 for count in counts)


def count_left(session: Session, keys: FieldKeys) -> int:
    """How many values are sealed with an older key than the newest."""
    return sum(count_sealed(session, number) for number in keys.sealing if number != keys.newest)


def seal_anew(session: Session, keys: FieldKeys, done: Callable[[int], None]) -> None:
    """Seal what is left with the newest key, committing each batch; a row that is being changed is waited for."""
    for sealed in sealed_columns():
        for rows in _batches(session, sealed, keys):
            done(rows)


def _batches(session: Session, sealed: Sealed, keys: FieldKeys) -> Iterator[int]:
    left = (
        select(sealed.key, sealed.column)
        .where(sealed.column.is_not(None), ~sealed.uses(keys.newest))
        .order_by(sealed.key)
        .limit(BATCH)
        .with_for_update()
    )
    while rows := session.execute(left).all():
        for row_id, value in rows:
            place = (sealed.table.name, sealed.column.name, row_id)
            anew = keys.seal(keys.open(bytes(value), *place), *place)
            session.execute(update(sealed.table).where(sealed.key == row_id).values({sealed.column.name: anew}))
        session.commit()
        yield len(rows)
