"""Clocks as work: they stand among the tasks, by the day they are due."""

from typing import Any

from flask import url_for
from sqlalchemy import DateTime, Select, cast, func, select

from licensing.db import db
from licensing.deadlines.catalogue import name_of
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock
from licensing.tasks.work import Item, Source, adds_work, item


def _clocks() -> Select[*tuple[Any, ...]]:
    ended = func.coalesce(cast(Clock.met_on, DateTime(timezone=True)), Clock.ceased_at)
    return item("clock", Clock, kind=Clock.code, paused=Clock.paused_on.is_not(None), done_at=ended)


def _kinds() -> list[tuple[str, str]]:
    """The rules by which something runs or ran in the reader's sight."""
    seen = db.session.scalars(select(Clock.code).distinct().order_by(Clock.code))
    return [(code.value, name_of(code)) for code in seen]


def _called(one: Item) -> str:
    return name_of(ClockCode(one.kind))


adds_work(
    "clock",
    Source(
        items=_clocks,
        called=_called,
        address=lambda one: url_for("deadlines.show_clock", clock_id=one.id),
        kinds=_kinds,
    ),
)
