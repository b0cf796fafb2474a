"""How many holders of licences in force have each needed check in date: counts, and the lists behind them.

Counting and listing ask the same question of the same rows, so that a figure and its list agree. When a check falls
due is not reckoned row by row: each rule gives the last day whose checks are due by then (rules.counted_before).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask_sqlalchemy.pagination import Pagination, SelectPagination
from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from licensing.db import db
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import IN_FORCE
from licensing.register.models import Licence, LicencePeriod, Person
from licensing.vetting import rules
from licensing.vetting.models import VettingStanding
from licensing.vetting.rules import CheckKind, Policy, Result

PER_PAGE = 25
_GOOD = (Result.SATISFIED, Result.NOT_NEEDED)
_ADVERSE = (Result.UNSATISFACTORY, Result.NEW_INFORMATION)


class Bucket(StrEnum):
    """Where a holder stands with one check. Due in 30 or 60 days is in date still."""

    IN_DATE = "in_date"
    DUE_30 = "due_30"
    DUE_60 = "due_60"
    OVERDUE = "overdue"
    NEVER = "never"
    ADVERSE = "adverse"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Bucket.IN_DATE: "In date",
    Bucket.DUE_30: "Due in 30 days",
    Bucket.DUE_60: "Due in 60 days",
    Bucket.OVERDUE: "Overdue",
    Bucket.NEVER: "Never checked",
    Bucket.ADVERSE: "Unsatisfactory",
}
# Due within so many days is due before the day after the last of them.
_DAYS_BEYOND = {Bucket.DUE_30: 31, Bucket.DUE_60: 61}


@dataclass(frozen=True)
class Line:
    """One check that one kind of licence needs, and how its holders stand."""

    licence: LicenceKind
    policy: Policy
    holders: int
    counts: dict[Bucket, int]

    @property
    def share(self) -> float | None:
        """The share in date, 0 to 1; None without a holder."""
        return self.counts[Bucket.IN_DATE] / self.holders if self.holders else None


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty means everything."""

    licence: LicenceKind | None = None
    check: CheckKind | None = None
    bucket: Bucket | None = None


def lines(policies: Iterable[Policy], day: date) -> list[Line]:
    """Every needed check of every kind of licence that anybody holds in force, in two statements."""
    every, held = list(policies), _holders(day)
    asked = [(kind, one) for kind in held for one in rules.needed(every, kind, day).values()]
    counted = {(row.licence, row.check): row for row in db.session.execute(_counting(asked, day))} if asked else {}
    return [_line(kind, one, held[kind], counted.get((kind, one.check))) for kind, one in asked]


def _line(kind: LicenceKind, policy: Policy, held: tuple[int, int], row: Any) -> Line:
    """`held` is how many licences there are, and how many of them drivers hold, of whom the check may not be asked.
    Whoever is in no other bucket was never checked."""
    holders = held[0] - held[1] if policy.unless_driver else held[0]
    counts = {bucket: getattr(row, bucket.value) if row else 0 for bucket in Bucket if bucket is not Bucket.NEVER}
    counts[Bucket.NEVER] = holders - sum(counts[one] for one in (Bucket.IN_DATE, Bucket.OVERDUE, Bucket.ADVERSE))
    return Line(kind, policy, holders, counts)


def _in_force(period: Any, day: date) -> ColumnElement[bool]:
    return and_(
        period.status.in_(IN_FORCE), period.from_on <= day, period.until_on > day, period.person_id.is_not(None)
    )


def _drives(person_id: Any, day: date) -> ColumnElement[bool]:
    other = aliased(LicencePeriod)
    held = select(other.person_id).where(_in_force(other, day), other.kind.in_(DRIVER_KINDS))
    return person_id.in_(held)


def _holders(day: date) -> dict[LicenceKind, tuple[int, int]]:
    """Of each kind: the licences in force that people hold, and those of them that drivers hold."""
    drives = case((LicencePeriod.kind.in_(DRIVER_KINDS), true()), else_=_drives(LicencePeriod.person_id, day))
    counted = select(LicencePeriod.kind, func.count(), func.count().filter(drives))
    counted = counted.where(_in_force(LicencePeriod, day)).group_by(LicencePeriod.kind)
    found = {kind: (held, by_drivers) for kind, held, by_drivers in db.session.execute(counted)}
    return {kind: found[kind] for kind in LicenceKind if kind in found}


def _counting(asked: Sequence[tuple[LicenceKind, Policy]], day: date) -> Any:
    """How many stand where with each check that a kind of licence needs: one part for each rule, by kind of licence.

    A part reads the rows of one check alone, which is quicker than telling the checks of all holders apart.
    """
    by_rule: dict[Policy, list[LicenceKind]] = {}
    for kind, policy in asked:
        by_rule.setdefault(policy, []).append(kind)
    return union_all(*(_counted(policy, kinds, day) for policy, kinds in by_rule.items()))


def _counted(policy: Policy, kinds: list[LicenceKind], day: date) -> Any:
    ends = Ends(*(literal(last, Date) for last in _last_days(policy, day)))
    figures = [
        func.count().filter(condition(bucket, ends, day)).label(bucket.value)
        for bucket in Bucket
        if bucket is not Bucket.NEVER
    ]
    found = (
        select(LicencePeriod.kind.label("licence"), VettingStanding.kind.label("check"), *figures)
        .join(VettingStanding, VettingStanding.person_id == LicencePeriod.person_id)
        .where(_in_force(LicencePeriod, day), LicencePeriod.kind.in_(kinds), VettingStanding.kind == policy.check)
    )
    if policy.unless_driver:
        found = found.where(not_(_drives(LicencePeriod.person_id, day)))
    return found.group_by(LicencePeriod.kind, VettingStanding.kind)


@dataclass(frozen=True)
class Ends:
    """The last `counted_from` whose check is due before today, and in 30 and 60 days; NULL where it has no length."""

    now: Any
    in_30: Any
    in_60: Any

    def of(self, bucket: Bucket) -> Any:
        return {Bucket.DUE_30: self.in_30, Bucket.DUE_60: self.in_60}.get(bucket, self.now)


def _last_days(policy: Policy, day: date) -> list[date | None]:
    return [rules.counted_before(policy, day + timedelta(days=days)) for days in (0, *_DAYS_BEYOND.values())]


def condition(bucket: Bucket, ends: Ends, day: date) -> ColumnElement[bool]:
    """Whether what stands of a check puts its holder into a bucket; a holder without a row was never checked."""
    good = VettingStanding.settled.in_(_GOOD)
    overdue = _due_before(ends.now, day)
    if bucket is Bucket.ADVERSE:
        return VettingStanding.settled.in_(_ADVERSE)
    if bucket is Bucket.NEVER:
        return VettingStanding.settled.is_(None)
    if bucket is Bucket.OVERDUE:
        return and_(good, overdue)
    if bucket is Bucket.IN_DATE:
        return and_(good, not_(overdue))
    soon = day + timedelta(days=_DAYS_BEYOND[bucket])
    return and_(good, not_(overdue), _due_before(ends.of(bucket), soon))


def _due_before(last: Any, day: date) -> ColumnElement[bool]:
    """Whether a check that was passed is good until before a day. Never NULL, so that it can be turned round."""
    return or_(
        func.coalesce(VettingStanding.counted_from <= last, false()),
        func.coalesce(VettingStanding.ends_on < day, false()),
    )


class RowPagination(SelectPagination):
    """A page of whole rows, where the library's own has the first column of each."""

    def _query_items(self) -> list[Any]:
        some = self._query_args["select"].limit(self.per_page).offset(self._query_offset)
        return list(db.session.execute(some))


def holders_page(policies: Iterable[Policy], wanted: Wanted, day: date, page: int) -> Pagination:
    """One page of (person, licence, check, what stands of it), the longest due first."""
    found = _listed(list(policies), wanted, day)
    wanted_page = min(page, db.LAST_PAGE)
    return RowPagination(
        select=found, session=db.session, page=wanted_page, per_page=PER_PAGE, error_out=False, max_per_page=PER_PAGE
    )


def all_holders(policies: Iterable[Policy], wanted: Wanted, day: date) -> Iterator[Any]:
    """Every row of the list."""
    yield from db.session.execute(_listed(list(policies), wanted, day).execution_options(yield_per=2_000))


def _listed(policies: list[Policy], wanted: Wanted, day: date) -> Select[Any]:
    kinds = [wanted.licence] if wanted.licence else list(LicenceKind)
    asked = [
        (kind, policy)
        for kind in kinds
        for check, policy in rules.needed(policies, kind, day).items()
        if wanted.check in (None, check)
    ]
    parts = [_part(kind, policy, wanted.bucket, day) for kind, policy in asked]
    rows = union_all(*(parts or [_part(LicenceKind.DUAL_DRIVER, None, None, day)])).subquery()
    order = rows.c.counted_from.asc().nulls_first(), rows.c.sort_name, rows.c.licence_id, rows.c.check
    return select(rows).order_by(*order)


def _part(kind: LicenceKind, policy: Policy | None, bucket: Bucket | None, day: date) -> Any:
    """The holders of one kind of licence with what stands of one check of theirs."""
    check = policy.check if policy else CheckKind.IDENTITY
    theirs = and_(VettingStanding.person_id == LicencePeriod.person_id, VettingStanding.kind == check)
    found = (
        select(
            Person.id.label("person_id"),
            Person.given_names,
            Person.family_name,
            Person.sort_name,
            Person.reference,
            Licence.id.label("licence_id"),
            Licence.number,
            LicencePeriod.kind.label("licence"),
            literal(check.value).label("check"),
            VettingStanding.settled,
            VettingStanding.settled_on,
            VettingStanding.counted_from,
            VettingStanding.ends_on,
            VettingStanding.pending,
            VettingStanding.pending_since,
        )
        .select_from(LicencePeriod)
        .join(Person, Person.id == LicencePeriod.person_id)
        .join(Licence, Licence.id == LicencePeriod.licence_id)
        .outerjoin(VettingStanding, theirs)
        .where(_in_force(LicencePeriod, day), LicencePeriod.kind == kind, true() if policy else false())
    )
    if policy and policy.unless_driver:
        found = found.where(not_(_drives(LicencePeriod.person_id, day)))
    if policy is None or bucket is None:
        return found
    ends = Ends(*(literal(last, Date) for last in _last_days(policy, day)))
    return found.where(condition(bucket, ends, day))
