"""Rules as they stand on a day, calendars, and the clocks of whoever is acting."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from holidays import country_holidays
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock, ClockChange, ClockRuleRow, ClosureDay
from licensing.deadlines.rules import ENGLAND, Calendar, ClockRule, FirstDay, Reckoning, SetBy, Skips, Unit, reckon
from licensing.errors import RuleBroken


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    return dict(country_holidays("GB", subdiv="ENG", years=year))


def holiday(day: date) -> str:
    """The bank holiday in England on a day; empty where there is none."""
    return _bank_holidays(day.year).get(day, "")


def calendar_of(authority_id: UUID | None, session: Session | None = None) -> Calendar:
    """The days on which an authority works; without one, those on which England does."""
    closed = select(ClosureDay.day, ClosureDay.reason).where(
        ClosureDay.authority_id == authority_id, ClosureDay.withdrawn_at.is_(None)
    )
    rows = (session or db.session).execute(closed.order_by(ClosureDay.day))
    return Calendar(holiday, {row.day: row.reason for row in rows})


def due_as_handed_out(kept: dict[str, Any], closed: Iterable[date], start: date) -> date:
    """When a period ends, by the row of the rules and the closed days that a routine of the database hands out.

    For jobs, and for another council's periods: who asks may read neither.
    """
    rule = ClockRule(
        code=ClockCode(kept["code"]),
        name=kept["name"],
        length=kept["length"],
        unit=Unit(kept["unit"]),
        first_day=FirstDay(kept["first_day"]),
        starts=kept["starts"],
        stops=kept["stops"],
        source=kept["source"],
        set_by=SetBy(kept["set_by"]),
        verified=kept["verified"],
        valid_from=date.fromisoformat(kept["valid_from"]),
        skips=Skips(kept["skips"]),
    )
    calendar = Calendar(holiday, dict.fromkeys(closed, "The council is closed"))
    return reckon(rule, start, calendar).due_on


def row_in_force(code: ClockCode, authority_id: UUID | None, day: date, session: Session | None = None) -> ClockRuleRow:
    """The version that holds for an authority on a day: its own choice before everybody's, the latest of each.

    Raises RuleBroken where there was no such duty on that day.
    """
    found = (
        select(ClockRuleRow)
        .where(
            ClockRuleRow.code == code,
            or_(ClockRuleRow.authority_id.is_(None), ClockRuleRow.authority_id == authority_id),
            ClockRuleRow.valid_from <= day,
            or_(ClockRuleRow.valid_until.is_(None), ClockRuleRow.valid_until > day),
        )
        .order_by(ClockRuleRow.authority_id.is_(None), ClockRuleRow.valid_from.desc(), ClockRuleRow.id)
    )
    if row := (session or db.session).scalars(found.limit(1)).first():
        return row
    raise RuleBroken(f"{code} was not the law on that day.")


def holds(code: ClockCode, authority_id: UUID | None, day: date) -> bool:
    """Whether there is such a duty on a day."""
    try:
        row_in_force(code, authority_id, day)
    except RuleBroken:
        return False
    return True


def rule_in_force(code: ClockCode, authority_id: UUID | None, day: date) -> ClockRule:
    """The rule that holds for an authority on a day. Raises RuleBroken where there was none."""
    return row_in_force(code, authority_id, day).as_rule()


def reckoner(
    codes: Iterable[ClockCode], authority_id: UUID | None
) -> Callable[[ClockCode, date | datetime], Reckoning]:
    """Reckons any number of these periods by what two statements read once."""
    found = select(ClockRuleRow).where(
        ClockRuleRow.code.in_(list(codes)),
        or_(ClockRuleRow.authority_id.is_(None), ClockRuleRow.authority_id == authority_id),
    )
    order = (ClockRuleRow.authority_id.is_(None), ClockRuleRow.valid_from.desc(), ClockRuleRow.id)
    rows, calendar = list(db.session.scalars(found.order_by(*order))), calendar_of(authority_id)

    def due_from(code: ClockCode, start: date | datetime) -> Reckoning:
        day = day_of(start)
        row = next((one for one in rows if one.code is code and one.holds_on(day)), None)
        if row is None:
            raise RuleBroken(f"{code} was not the law on that day.")
        return reckon(row.as_rule(), start, calendar)

    return due_from


def due(code: ClockCode, authority_id: UUID | None, start: date | datetime) -> Reckoning:
    """When a period that starts then ends, by the rule of that day and the authority's calendar."""
    return due_and_rule(code, authority_id, start)[0]


def due_and_rule(code: ClockCode, authority_id: UUID | None, start: date | datetime) -> tuple[Reckoning, ClockRule]:
    """When it ends, with the rule by which it was counted. Raises RuleBroken where there was none."""
    rule = rule_in_force(code, authority_id, day_of(start))
    return reckon(rule, start, calendar_of(authority_id)), rule


def day_of(start: date | datetime) -> date:
    """The day in England of a start."""
    return start.astimezone(ENGLAND).date() if isinstance(start, datetime) else start


def rules_in_sight(day: date) -> list[ClockRuleRow]:
    """Every rule that holds for the acting authority on a day or later, by code, its own before everybody's."""
    found = select(ClockRuleRow).where(or_(ClockRuleRow.valid_until.is_(None), ClockRuleRow.valid_until > day))
    order = (ClockRuleRow.code, ClockRuleRow.authority_id.is_(None), ClockRuleRow.valid_from.desc(), ClockRuleRow.id)
    return list(db.session.scalars(found.order_by(*order)))


def versions_of(code: ClockCode) -> list[ClockRuleRow]:
    """Every version of one rule that the acting authority may see, the latest first."""
    found = select(ClockRuleRow).where(ClockRuleRow.code == code)
    order = (ClockRuleRow.valid_from.desc(), ClockRuleRow.authority_id.is_(None), ClockRuleRow.id)
    return list(db.session.scalars(found.order_by(*order)))


def closure_days(authority_id: UUID, since: date) -> list[ClosureDay]:
    """The days on which the authority is closed, from a day on."""
    found = select(ClosureDay).where(
        ClosureDay.authority_id == authority_id, ClosureDay.withdrawn_at.is_(None), ClosureDay.day >= since
    )
    return list(db.session.scalars(found.order_by(ClosureDay.day, ClosureDay.id)))


def clock_exists(clock_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Clock.id == clock_id))))


def one_clock(clock_id: UUID) -> Clock:
    return db.session.get_one(Clock, clock_id)


def clock_for_update(clock_id: UUID) -> Clock:
    """The clock, locked and read anew."""
    found = select(Clock).where(Clock.id == clock_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def rule_of(clock: Clock) -> ClockRule:
    """The version of the rule by which a clock runs."""
    return db.session.get_one(ClockRuleRow, clock.rule_id).as_rule()


def running(code: ClockCode, about: tuple[ObjectKind, UUID]) -> Clock | None:
    """The clock of this rule that runs about this record, locked."""
    found = select(Clock).where(Clock.code == code, Clock.object_kind == about[0], Clock.object_id == about[1])
    still = found.where(Clock.met_on.is_(None), Clock.ceased_at.is_(None))
    return db.session.scalars(still.with_for_update()).first()


def all_running(about: tuple[ObjectKind, UUID], code: ClockCode | None = None) -> list[Clock]:
    """Every clock that runs about this record, locked; of one rule where it is named."""
    found = select(Clock).where(Clock.object_kind == about[0], Clock.object_id == about[1])
    if code:
        found = found.where(Clock.code == code)
    still = found.where(Clock.met_on.is_(None), Clock.ceased_at.is_(None))
    return list(db.session.scalars(still.order_by(Clock.id).with_for_update()))


def clocks_about(kind: ObjectKind, object_id: UUID) -> list[Clock]:
    """Every clock about one record, those that run first, by the day they are due."""
    return clocks_about_any(kind, [object_id])


def clocks_about_any(kind: ObjectKind, object_ids: Iterable[UUID]) -> list[Clock]:
    """Every clock about any of these records of one kind, those that run first, by the day they are due."""
    found = select(Clock).where(Clock.object_kind == kind, Clock.object_id.in_(list(object_ids)))
    ended = or_(Clock.met_on.is_not(None), Clock.ceased_at.is_not(None))
    return list(db.session.scalars(found.order_by(ended, Clock.due_on, Clock.id)))


def changes_of(clock_id: UUID) -> list[ClockChange]:
    """What has happened to it, the last first."""
    found = select(ClockChange).where(ClockChange.clock_id == clock_id)
    return list(db.session.scalars(found.order_by(ClockChange.at.desc(), ClockChange.id)))
