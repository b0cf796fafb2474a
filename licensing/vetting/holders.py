"""The lists behind the figures: holders with one needed check each, and what stands of it.

The list runs kind of licence by kind of licence and check by check, as the figures do: first who was never checked, by
name, then the others, the longest ago first. The figures say how long each such stretch is, so that a page is found
without reading the stretches before it. When a check falls due is not reckoned row by row: each rule gives the last day
whose checks are due by then (rules.counted_before).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from licensing.db import CountedPages, db
from licensing.register.catalogue import DRIVER_KINDS
from licensing.register.events import IN_FORCE
from licensing.register.models import Licence, LicencePeriod, Person
from licensing.vetting import coverage, rules
from licensing.vetting.coverage import Bucket, Line, Wanted
from licensing.vetting.models import VettingStanding
from licensing.vetting.rules import Policy, Result

PER_PAGE = 25
_AT_ONCE = 2_000
_MOST_LOOKED_AT = 3_000
_GOOD = (Result.SATISFIED, Result.NOT_NEEDED)
_ADVERSE = (Result.UNSATISFACTORY, Result.NEW_INFORMATION)
# Due within so many days is due before the day after the last of them.
_DAYS_BEYOND = {Bucket.DUE_30: 31, Bucket.DUE_60: 61}


@dataclass(frozen=True)
class Stretch:
    """The holders of one line in one bucket, or without one, those who were ever checked; or a page's part of them.

    `number` of them are meant after so many `skipped`; `looked_at` is how many holders, about, are gone through to find
    them one after another.
    """

    line: Line
    bucket: Bucket | None
    number: int
    skipped: int = 0
    looked_at: int = 0

    @property
    def is_near(self) -> bool:
        """Whether going through one after another is the quickest way; else all are found together."""
        return self.looked_at <= _MOST_LOOKED_AT


def holders_page(policies: Iterable[Policy], wanted: Wanted, day: date, page: int) -> CountedPages:
    """One page of (person, licence, check, what stands of it)."""
    lines = coverage.lines(policies, day)
    stretches = _stretches(lines, wanted)
    shown = min(max(page, 1), db.LAST_PAGE)
    cut = _cut(stretches, (shown - 1) * PER_PAGE, _everybody(lines))
    rows = list(db.session.execute(_listed(cut, day))) if cut else []
    return CountedPages(page=shown, per_page=PER_PAGE, total=sum(one.number for one in stretches), items=rows)


def all_holders(policies: Iterable[Policy], wanted: Wanted, day: date) -> Iterator[Any]:
    """Every row of the list."""
    for one in _stretches(coverage.lines(policies, day), wanted):
        together = replace(one, looked_at=_MOST_LOOKED_AT + 1)
        yield from db.session.execute(_listed([together], day).execution_options(yield_per=_AT_ONCE))


def _stretches(lines: Sequence[Line], wanted: Wanted) -> list[Stretch]:
    found: list[Stretch] = []
    for line in filter(wanted.covers, lines):
        if wanted.bucket:
            found.append(Stretch(line, wanted.bucket, line.counts[wanted.bucket]))
        else:
            never = line.counts[Bucket.NEVER]
            found += [Stretch(line, Bucket.NEVER, never), Stretch(line, None, line.holders - never)]
    return [one for one in found if one.number]


def _everybody(lines: Iterable[Line]) -> int:
    """About how many holders there are of all kinds."""
    return sum({line.licence: line.holders for line in lines}.values())


def _cut(stretches: Sequence[Stretch], skipped: int, everybody: int) -> list[Stretch]:
    """What of each stretch falls on the page after so many rows."""
    found: list[Stretch] = []
    most = PER_PAGE
    for one in stretches:
        taken = max(0, min(one.number - skipped, most))
        if taken:
            looked_at = (skipped + taken) * everybody // one.number
            found.append(Stretch(one.line, one.bucket, taken, skipped, looked_at))
        skipped, most = max(0, skipped - one.number), most - taken
    return found


def _listed(stretches: Sequence[Stretch], day: date) -> Any:
    """The rows of these stretches, one stretch after the other, each in its own order."""
    parts = (_part(one, day).add_columns(literal(place).label("place")) for place, one in enumerate(stretches))
    chosen = union_all(*parts).subquery()
    order = chosen.c.place, chosen.c.name, chosen.c.counted_from.asc().nulls_first(), chosen.c.person_id
    theirs = and_(VettingStanding.person_id == chosen.c.person_id, VettingStanding.kind == chosen.c.check)
    return (
        select(
            chosen.c.check,
            Person.id.label("person_id"),
            Person.given_names,
            Person.family_name,
            Person.reference,
            Licence.number,
            Licence.kind.label("licence"),
            VettingStanding.settled,
            VettingStanding.settled_on,
            VettingStanding.counted_from,
            VettingStanding.ends_on,
            VettingStanding.pending,
            VettingStanding.pending_since,
        )
        .select_from(chosen)
        .join(Person, Person.id == chosen.c.person_id)
        .join(Licence, Licence.id == chosen.c.licence_id)
        .outerjoin(VettingStanding, theirs)
        .order_by(*order, chosen.c.licence_id)
    )


def _part(one: Stretch, day: date) -> Select[Any]:
    """Who is in a stretch: ids alone, so that only those who are shown are read in full."""
    found = _never(one, day) if one.bucket is Bucket.NEVER else _checked(one, day)
    chosen = found.limit(one.number).offset(one.skipped).subquery()
    return select(chosen, literal(one.line.policy.check.value).label("check"))


def _never(one: Stretch, day: date) -> Select[Any]:
    """By name."""
    settled = exists().where(
        VettingStanding.person_id == LicencePeriod.person_id,
        VettingStanding.kind == one.line.policy.check,
        VettingStanding.settled.is_not(None),
    )
    people = select(Person.id, Person.sort_name).where(Person.merged_into_id.is_(None))
    if one.is_near:
        people = people.order_by(Person.sort_name, Person.id).offset(0)
    named = people.subquery()
    them = _holders(one, day, named.c.id, not_(settled))
    if not one.is_near:  # first who they are, by indexes alone, and then their names: they are few as a rule
        them = select(them).cte(f"never_{one.line.licence}_{one.line.policy.check}").prefix_with("MATERIALIZED")
    found = select(them, named.c.sort_name.label("name"), null().cast(Date).label("counted_from"))
    found = found.select_from(named).join(them, them.c.person_id == named.c.id)
    return found.order_by(named.c.sort_name, named.c.id, them.c.licence_id)


def _checked(one: Stretch, day: date) -> Select[Any]:
    """The longest ago first."""
    them = _holders(one, day, VettingStanding.person_id)
    found = select(them, literal("").label("name"), VettingStanding.counted_from)
    found = found.join(them, them.c.person_id == VettingStanding.person_id)
    found = found.where(VettingStanding.kind == one.line.policy.check, VettingStanding.settled.is_not(None))
    if one.bucket:
        found = found.where(_condition(one.bucket, one.line.policy, day))
    order = VettingStanding.counted_from.asc().nulls_first(), VettingStanding.person_id, them.c.licence_id
    return found.order_by(*order)


def _holders(one: Stretch, day: date, person_id: Any, *more: ColumnElement[bool]) -> FromClause:
    """Who holds a licence of the line: looked up for one person after another, or all of them at once."""
    held = select(LicencePeriod.person_id, LicencePeriod.licence_id).where(_asked(one.line, day), *more)
    return held.where(LicencePeriod.person_id == person_id).offset(0).lateral() if one.is_near else held.subquery()


def _asked(line: Line, day: date) -> ColumnElement[bool]:
    """Whether a licence is in force, of the line's kind, and its holder asked for the check."""
    held = and_(_in_force(LicencePeriod, day), LicencePeriod.kind == line.licence)
    return and_(held, not_(_drives(LicencePeriod.person_id, day))) if line.policy.unless_driver else held


def _in_force(period: Any, day: date) -> ColumnElement[bool]:
    return and_(
        period.status.in_(IN_FORCE), period.from_on <= day, period.until_on > day, period.person_id.is_not(None)
    )


def _drives(person_id: Any, day: date) -> ColumnElement[bool]:
    other = aliased(LicencePeriod)
    return exists().where(other.person_id == person_id, _in_force(other, day), other.kind.in_(DRIVER_KINDS))


def _condition(bucket: Bucket, policy: Policy, day: date) -> ColumnElement[bool]:
    """Whether what was settled of a check puts its holder into a bucket."""
    if bucket is Bucket.ADVERSE:
        return VettingStanding.settled.in_(_ADVERSE)
    good, overdue = VettingStanding.settled.in_(_GOOD), _due_before(policy, day)
    if bucket is Bucket.OVERDUE:
        return and_(good, overdue)
    if bucket is Bucket.IN_DATE:
        return and_(good, not_(overdue))
    return and_(good, not_(overdue), _due_before(policy, day + timedelta(days=_DAYS_BEYOND[bucket])))


def _due_before(policy: Policy, day: date) -> ColumnElement[bool]:
    """Whether a check that was passed is good until before a day. Never NULL, so that it can be turned round."""
    last = literal(rules.counted_before(policy, day), Date)
    return or_(
        func.coalesce(VettingStanding.counted_from <= last, false()),
        func.coalesce(VettingStanding.ends_on < day, false()),
    )
