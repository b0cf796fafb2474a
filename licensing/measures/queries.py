"""The measures of whoever is acting: their own council's, or the county's with its districts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from licensing.accounts.models import RoleHeld, User, UserStatus
from licensing.db import db
from licensing.figures.aims import Aim, Standing, standing
from licensing.figures.asking import area_of
from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.figures.gathering import Told, told_over
from licensing.measures.models import MeasureChoice, MeasureComment
from licensing.measures.rules import MEASURES, SHOWN, Quarter
from licensing.permissions import Permission, Role, permissions_of


@dataclass(frozen=True)
class Value:
    """A measure in one quarter, and what it was held against then."""

    quarter: Quarter
    told: Told
    aim: Aim
    standing: Standing


@dataclass(frozen=True)
class Measure:
    """A figure with its quarters, the earliest first; who answers for it is said in words where nobody was chosen."""

    definition: Definition
    values: Sequence[Value]
    choice: MeasureChoice | None
    comment: MeasureComment | None

    @property
    def now(self) -> Value:
        return self.values[-1]


def measured(authority_id: UUID, quarter: Quarter, today: date) -> list[Measure]:
    """Every measure that the council has, with the trend up to a quarter, as it is recorded now."""
    area, quarters = area_of(db.session(), authority_id), quarter.up_to(SHOWN)
    wanted = [catalogue()[code] for code in MEASURES]
    periods = [one.period(today) for one in quarters]
    told = told_over(db.session(), area, periods, datetime.now(UTC), wanted)
    chosen, said = choices(authority_id), comments(authority_id, quarter)
    made = []
    for one in (each for each in wanted if each.code in told):
        values = [
            _value(each, what, aim_of(one, choice_on(chosen, one.code, each.until_on)))
            for each, what in zip(quarters, told[one.code], strict=True)
        ]
        comment = next((each for each in said if each.code == one.code), None)
        made.append(Measure(one, values, choice_on(chosen, one.code, quarter.until_on), comment))
    return made


def _value(quarter: Quarter, told: Told, aim: Aim) -> Value:
    return Value(quarter, told, aim, standing(told.value, aim, is_known=not told.reason))


def aim_of(definition: Definition, choice: MeasureChoice | None) -> Aim:
    """What a council chose, or what everybody aims at."""
    return Aim(choice.target, choice.tolerance, choice.better) if choice else definition.aim


def choices(authority_id: UUID, code: str | None = None) -> list[MeasureChoice]:
    """What a council chose, the latest day first and of one day what was recorded last."""
    found = select(MeasureChoice).where(MeasureChoice.authority_id == authority_id)
    if code:
        found = found.where(MeasureChoice.code == code)
    ordered = found.order_by(MeasureChoice.valid_from.desc(), MeasureChoice.recorded_at.desc(), MeasureChoice.id)
    return list(db.session.scalars(ordered.options(joinedload(MeasureChoice.owner), joinedload(MeasureChoice.by))))


def choice_on(chosen: Sequence[MeasureChoice], code: str, day: date) -> MeasureChoice | None:
    """What held on a day, of what `choices` found."""
    return next((one for one in chosen if one.code == code and one.valid_from <= day), None)


def comments(authority_id: UUID, quarter: Quarter | None = None, code: str | None = None) -> list[MeasureComment]:
    """What owners said, the latest quarter and the last words first."""
    found = select(MeasureComment).where(MeasureComment.authority_id == authority_id)
    if quarter:
        found = found.where(MeasureComment.quarter_on == quarter.from_on)
    if code:
        found = found.where(MeasureComment.code == code)
    ordered = found.order_by(MeasureComment.quarter_on.desc(), MeasureComment.at.desc(), MeasureComment.id)
    return list(db.session.scalars(ordered.options(joinedload(MeasureComment.by))))


def may_own() -> list[User]:
    """Who of the acting person's council sees measures, by name."""
    roles = [role for role in Role if Permission.FIGURES in permissions_of({role})]
    holds = exists().where(RoleHeld.user_id == User.id, RoleHeld.role.in_(roles), RoleHeld.ended_at.is_(None))
    found = select(User).where(User.status == UserStatus.ACTIVE, holds)
    return list(db.session.scalars(found.order_by(User.name, User.id)))
