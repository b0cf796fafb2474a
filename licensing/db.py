"""The database: the models' base, column helpers, and who is acting, for row-level security.

PostgreSQL decides which rows a person may see. It learns who is acting from a session token that is set
for one transaction and looked up by the database itself; without a token a query finds nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, cast
from uuid import UUID, uuid4

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.pagination import Pagination
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    Column,
    DateTime,
    Enum,
    MetaData,
    Select,
    Table,
    Uuid,
    bindparam,
    event,
    func,
    insert,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, MappedColumn, Session, SessionTransaction, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every model derives from."""

    metadata = MetaData(naming_convention=NAMES)


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, with lists that end: a page number beyond any list would not fit PostgreSQL's OFFSET."""

    LAST_PAGE = 1_000_000

    def paginate(self, select: Select[Any], *, page: int | None = None, **options: Any) -> Pagination:
        return super().paginate(select, page=min(page or 1, self.LAST_PAGE), **options)


class CountedPages(Pagination):
    """One page of a list whose rows and their number in all (`items`, `total`) were found already."""

    def __init__(self, *, page: int, per_page: int, total: int, items: Sequence[Any]) -> None:
        super().__init__(page=page, per_page=per_page, error_out=False, total=total, items=items)

    def _query_items(self) -> list[Any]:
        return list(self._query_args["items"])

    def _query_count(self) -> int:
        return int(self._query_args["total"])


class KeepingSession(Session):
    """A session that lets go of nothing that it read while it ends a transaction.

    SQLAlchemy notes the end on each record it read. Making room for the note can set off Python's garbage collector;
    if that frees the very record, its own note is written while the first is, and CPython 3.11 and 3.12 free the same
    memory twice: the process dies. A record that is held meanwhile cannot be freed.
    """

    def commit(self) -> None:
        with self._all_held():
            super().commit()

    def rollback(self) -> None:
        with self._all_held():
            super().rollback()

    def close(self) -> None:
        with self._all_held():
            super().close()

    @contextmanager
    def _all_held(self) -> Iterator[None]:
        held = list(self.identity_map.values())
        yield
        held.clear()


class RequestSession(KeepingSession, FlaskSession):
    """The application's, with Flask-SQLAlchemy's choice of engine."""


db = Database(model_class=Base, session_options={"class_": RequestSession})
migrate = Migrate()

RowId = Annotated[UUID, mapped_column(Uuid, primary_key=True, default=uuid4)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
RecordedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]


def enum_column(kind: type[StrEnum], *, name: str, **options: Any) -> MappedColumn[Any]:
    """A column that holds a StrEnum's value, checked in the database; no ALTER TYPE when a value is added."""
    column_type = Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(column_type, **options)


_token: ContextVar[str] = ContextVar("acting_token", default="")


@contextmanager
def acting_as(token: str) -> Iterator[None]:
    """Everything done within, and nothing after, is done by the holder of this session token ('' is nobody)."""
    before = _token.set(token)
    _tell_running_transaction()
    try:
        yield
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _token.reset(before)
        _tell_running_transaction()


def act_as(token: str) -> None:
    """From here on, in this request or thread, the holder of this token acts; also in a transaction already begun."""
    _token.set(token)
    _tell_running_transaction()


def forget_who_acts() -> None:
    """At the end of a request nobody acts. Its transaction ends with it, so the database is not asked any more."""
    _token.set("")


def _tell_running_transaction() -> None:
    if db.session.registry.has() and db.session().in_transaction():
        say_who_acts(db.session().connection())


def say_who_acts(connection: Connection) -> None:
    """Tell the database, for the transaction of this connection, whose token the work goes under."""
    # Local to the transaction: a pooled connection never carries one person's token to the next.
    connection.execute(text("SELECT set_config('licensing.token', :token, true)"), {"token": _token.get()})


@event.listens_for(Session, "after_begin")
def _say_who_is_acting(_session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        say_who_acts(connection)


# Columns travel as one text each: values between unit separators, NULL as a record separator.
_BETWEEN, _NULL = "\x1f", "\x1e"


def insert_many(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert any number of rows in one statement; all have the same columns.

    Each column is sent as one text and taken apart by the database, which is several times faster than a
    parameter for each value, and unlike COPY it is open to a role that row-level security binds.
    """
    if not rows:
        return
    table = cast(Table, model.__table__)
    columns = [table.c[name] for name in rows[0]]
    joined = {column.name: _joined([row[column.name] for row in rows]) for column in columns}
    if None in joined.values():
        db.session.execute(insert(table).inline(), rows)
        return
    names = ", ".join(f'"{column.name}"' for column in columns)
    casts = ", ".join(f'CAST(r."{column.name}" AS {_type_of(column)})' for column in columns)
    parts = ", ".join(f"string_to_array(:{column.name}, :between, :null)" for column in columns)
    statement = text(f'INSERT INTO "{table.name}" ({names}) SELECT {casts} FROM unnest({parts}) AS r({names})')
    db.session.execute(statement, {**joined, "between": _BETWEEN, "null": _NULL})


def _joined(values: Sequence[Any]) -> str | None:
    """The values as one text, or None where the database could not take it apart again as it was."""
    texts = [_as_text(value) for value in values]
    together = "".join(texts)
    separated = _BETWEEN in together or together.count(_NULL) != sum(value is None for value in values)
    only_empty = not together and len(texts) == 1
    return None if separated or only_empty else _BETWEEN.join(texts)


def _as_text(value: Any) -> str:
    """A value as PostgreSQL reads it."""
    if value is None:
        return _NULL
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, list):
        return "{" + ",".join(_quoted(str(one)) for one in value) + "}"
    return str(value)


def _quoted(element: str) -> str:
    escaped = element.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _type_of(column: Column[Any]) -> str:
    return "text" if isinstance(column.type, Enum) else column.type.compile(db.engine.dialect)


def update_many(model: type[Base], rows: Sequence[Mapping[str, Any]], key: str = "id") -> None:
    """Update rows by their key; each mapping holds the key and the same columns to change."""
    if not rows:
        return
    table = cast(Table, model.__table__)
    names = [name for name in rows[0] if name != key]
    statement = update(table).where(table.c[key] == bindparam("the_key"))
    values = [{"the_key": row[key], **{name: row[name] for name in names}} for row in rows]
    db.session.execute(statement.values({name: bindparam(name) for name in names}), values)
