"""What waits for somebody, of whatever sort: tasks, and what other rooms add to the same list, by the day it is due.

A room that has things which fall due declares a source; row-level security leaves out what the reader may not see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    DateTime,
    Row,
    Select,
    SQLColumnExpression,
    String,
    Text,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.permissions import Role
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind, When, Whose

PER_PAGE = 25
WEEK, MONTH = timedelta(days=7), timedelta(days=30)

Item = Row[Any]
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Source:
    """One sort of work: a select of the columns of `item`, how an item is called and where it stands, its kinds."""

    items: Callable[[], Select[*tuple[Any, ...]]]
    called: Callable[[Item], str]
    address: Callable[[Item], str]
    kinds: Callable[[], Choices]


@dataclass(frozen=True)
class WorkFilter:
    """What the list is narrowed to; empty means everything that is open."""

    whose: Whose | None = None
    when: When | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Counts:
    """How much is open."""

    mine: int
    team: int
    overdue: int
    week: int
    month: int


_sources: dict[str, Source] = {}


def adds_work(name: str, source: Source) -> None:
    """Declare a source; its name is the first column of its items."""
    _sources[name] = source


def source_of(item: Item) -> Source:
    return _sources[item.source]


def kinds() -> list[tuple[str, str]]:
    """Every kind of work that the list can be narrowed to."""
    return [choice for source in _sources.values() for choice in source.kinds()]


def item(
    source: str,
    model: Any,
    *,
    kind: SQLColumnExpression[Any],
    note: SQLColumnExpression[Any] | None = None,
    for_user: SQLColumnExpression[Any] | None = None,
    opened_by: SQLColumnExpression[Any] | None = None,
    paused: SQLColumnExpression[bool] | None = None,
    done_at: SQLColumnExpression[Any],
) -> Select[*tuple[Any, ...]]:
    """The columns that every source gives, of a model with `object_kind`, `object_id`, `for_team` and `due_on`."""
    return select(
        literal(source).label("source"),
        model.id.label("id"),
        model.authority_id.label("authority_id"),
        cast(kind, String).label("kind"),
        (note if note is not None else literal("")).label("note"),
        cast(model.object_kind, Text).label("object_kind"),
        model.object_id.label("object_id"),
        (for_user if for_user is not None else cast(null(), Task.id.type)).label("for_user_id"),
        cast(model.for_team, Text).label("for_team"),
        (opened_by if opened_by is not None else cast(null(), Task.id.type)).label("opened_by"),
        model.due_on.label("due_on"),
        (paused if paused is not None else literal(False)).label("paused"),
        cast(done_at, DateTime(timezone=True)).label("done_at"),
    )


def _tasks() -> Select[*tuple[Any, ...]]:
    return item(
        "task",
        Task,
        kind=Task.kind,
        note=Task.note,
        for_user=Task.for_user_id,
        opened_by=Task.opened_by,
        done_at=Task.done_at,
    )


adds_work(
    "task",
    Source(
        items=_tasks,
        called=lambda one: f"{TaskKind(one.kind).label}: {one.note}" if one.note else TaskKind(one.kind).label,
        address=lambda one: url_for("tasks.show_task", task_id=one.id),
        kinds=lambda: [(one.value, one.label) for one in TaskKind],
    ),
)


def work_page(user: ActingUser, wanted: WorkFilter, today: date, page: int) -> Pagination:
    """What is open by the day it is due; of what is done, the last first."""
    work = _all().subquery()
    found = select(work).where(work.c.authority_id == user.authority.id)
    if wanted.whose:
        found = found.where(_whose(work, user, wanted.whose))
    if wanted.kind:
        found = found.where(work.c.kind == wanted.kind)
    return _pages(_by_date(found, work, wanted.when, today), page)


def first_to_do(user: ActingUser, number: int) -> list[Item]:
    """The user's own open work and that of their teams which is due first; what is paused is left out."""
    work = _all().subquery()
    theirs = _whose(work, user, Whose.OURS)
    found = select(work).where(work.c.authority_id == user.authority.id, work.c.done_at.is_(None), ~work.c.paused)
    return list(db.session.execute(found.where(theirs).order_by(work.c.due_on, work.c.id).limit(number)))


def _all() -> CompoundSelect[Any]:
    return union_all(*(source.items() for source in _sources.values()))


def _by_date(found: Select[Any], work: Any, when: When | None, today: date) -> Select[Any]:
    if when is When.DONE:
        return found.where(work.c.done_at.is_not(None)).order_by(work.c.done_at.desc(), work.c.id)
    found = found.where(work.c.done_at.is_(None))
    if when is When.OVERDUE:
        found = found.where(_overdue(work, today))
    elif when is When.TODAY:
        found = found.where(work.c.due_on == today)
    elif when is not None:
        found = found.where(work.c.due_on.between(today, today + (WEEK if when is When.WEEK else MONTH)))
    return found.order_by(work.c.due_on, work.c.id)


def _overdue(work: Any, today: date) -> ColumnElement[bool]:
    return (work.c.due_on < today) & ~work.c.paused


def _whose(work: Any, user: ActingUser, whose: Whose) -> ColumnElement[bool]:
    if whose is Whose.OURS:
        return or_(_whose(work, user, Whose.MINE), _whose(work, user, Whose.TEAM))
    if whose is Whose.MINE:
        return work.c.for_user_id == user.id
    if whose is Whose.TEAM:
        return work.c.for_team.in_(teams_of(user))
    return work.c.opened_by == user.id


def teams_of(user: ActingUser) -> list[str]:
    """The teams whose work is a user's: a manager's is that of the officers too."""
    led = [Role.LICENSING_OFFICER] if Role.LICENSING_MANAGER in user.roles else []
    return sorted({*user.roles, *led})


def counts(user: ActingUser, today: date) -> Counts:
    """The user's own open work, that of their teams; and of both how much is overdue, due in 7 and in 30 days."""
    work = _all().subquery()
    mine, team = _whose(work, user, Whose.MINE), _whose(work, user, Whose.TEAM)
    theirs = or_(mine, team)
    numbers = select(
        func.count().filter(mine),
        func.count().filter(team),
        func.count().filter(theirs, _overdue(work, today)),
        func.count().filter(theirs, work.c.due_on.between(today, today + WEEK)),
        func.count().filter(theirs, work.c.due_on.between(today, today + MONTH)),
    )
    row = db.session.execute(numbers.where(work.c.authority_id == user.authority.id, work.c.done_at.is_(None))).one()
    return Counts(*row)


class _Pages(Pagination):
    """Pages of rows, where Flask-SQLAlchemy's own are of records."""

    def _query_items(self) -> list[Any]:
        found = self._query_args["select"].limit(self.per_page).offset(self._query_offset)
        return list(db.session.execute(found))

    def _query_count(self) -> int:
        found = self._query_args["select"].order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(found)) or 0


def _pages(found: Select[Any], page: int) -> Pagination:
    shown = min(max(page, 1), db.LAST_PAGE)
    return _Pages(select=found, page=shown, per_page=PER_PAGE, max_per_page=PER_PAGE, error_out=False)
