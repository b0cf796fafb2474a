"""How well holders are covered by training, and the lists behind each figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from licensing.dates import SOON
from licensing.db import CountedPages, db
from licensing.register.catalogue import LicenceKind
from licensing.register.models import Licence
from licensing.training import facts
from licensing.training.rules import (
    NOTHING,
    Audience,
    Facts,
    TrainingStanding,
    TrainingStatus,
    standing,
)

PER_PAGE = 25


@dataclass(frozen=True)
class Coverage:
    """Of the holders of one kind of licence in force, how many stand how."""

    kind: LicenceKind
    holders: int
    by_status: dict[TrainingStatus, int]
    lapsing: dict[int, int]

    @property
    def in_date(self) -> int:
        return sum(number for status, number in self.by_status.items() if status.is_in_date)


@dataclass(frozen=True)
class HoldersFilter:
    """What a list of holders is narrowed to; `lapsing` is a number of days."""

    kind: LicenceKind | None = None
    status: TrainingStatus | None = None
    lapsing: int | None = None

    @property
    def kinds(self) -> tuple[LicenceKind, ...]:
        return (self.kind,) if self.kind else facts.KINDS

    def wants(self, one: TrainingStanding, day: date) -> bool:
        """Whether somebody who stands so is in the list. What lapses soon is in date still."""
        lapses = self.lapsing is None or one.lapses_within(self.lapsing, day)
        return lapses and self.status in (None, one.status)

    def number_of(self, covered: Coverage) -> int:
        """How many of those whom a line of the figures counts are in the list."""
        if self.lapsing:
            return covered.lapsing[self.lapsing] if self.status in (None, TrainingStatus.PASSED) else 0
        return covered.by_status[self.status] if self.status else covered.holders


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a licence of a kind, and what their training comes to."""

    person_id: UUID
    name: str
    reference: str
    kind: LicenceKind
    standing: TrainingStanding


def standings(
    person_ids: Sequence[UUID], authority_id: UUID, day: date, audiences: Sequence[Audience] = (Audience.DRIVER,)
) -> dict[UUID, TrainingStanding]:
    """What the training of each of these people of the acting authority comes to, in one statement."""
    asked = {"people": list(person_ids), "authority": authority_id, "day": day, "audiences": list(audiences)}
    found = {row.person_id: _facts(row) for row in db.session.execute(facts.OF_PEOPLE, asked)}
    return {one: standing(found.get(one, NOTHING), day) for one in person_ids}


def _facts(row: Any) -> Facts:
    return Facts(row.passed_until, row.booked_for, row.exempt, row.unverified, row.failed)


def coverage(day: date, kinds: Sequence[LicenceKind] = facts.KINDS) -> list[Coverage]:
    """Of the acting authority, for each kind of licence that somebody holds, in the order of the catalogue."""
    found: dict[LicenceKind, list[tuple[TrainingStanding, int]]] = {}
    known = facts.states(day)
    for row in db.session.execute(facts.COVERAGE, facts.values(day, kinds)):
        found.setdefault(LicenceKind(row.kind), []).append((standing(known[row.state], day), row.number))
    return [_coverage(kind, found[kind], day) for kind in facts.KINDS if kind in found]


def _coverage(kind: LicenceKind, counted: Sequence[tuple[TrainingStanding, int]], day: date) -> Coverage:
    by_status = {status: sum(number for one, number in counted if one.status is status) for status in TrainingStatus}
    lapsing = {days: sum(number for one, number in counted if one.lapses_within(days, day)) for days in SOON}
    return Coverage(kind, sum(by_status.values()), by_status, lapsing)


def expired(day: date) -> int:
    """How many holders' training has expired, and is not booked again: once for each kind that they hold."""
    return sum(one.by_status[TrainingStatus.EXPIRED] for one in coverage(day))


def holders_page(wanted: HoldersFilter, day: date, page: int) -> CountedPages:
    """One page of holders by name; how many there are in all is what the figures say."""
    shown = min(max(page, 1), db.LAST_PAGE)
    total = sum(wanted.number_of(one) for one in coverage(day, wanted.kinds))
    rows = _holders(wanted, day, PER_PAGE, (shown - 1) * PER_PAGE)
    return CountedPages(page=shown, per_page=PER_PAGE, total=total, items=rows)


def all_holders(wanted: HoldersFilter, day: date) -> list[Holder]:
    return _holders(wanted, day, None, 0)


def _holders(wanted: HoldersFilter, day: date, most: int | None, skipped: int) -> list[Holder]:
    states = [state for state, known in facts.states(day).items() if wanted.wants(standing(known, day), day)]
    asked = facts.values(day, wanted.kinds) | {"states": states, "most": most, "skipped": skipped}
    return [_holder(row, day) for row in db.session.execute(facts.LISTED, asked)]


def _holder(row: Any, day: date) -> Holder:
    name = f"{row.given_names} {row.family_name}".strip()
    return Holder(row.person_id, name, row.reference, LicenceKind(row.kind), standing(_facts(row), day))


def audiences_of(person_id: UUID) -> tuple[Audience, ...]:
    """The courses that count for somebody, by the licences that they hold or held; a driver's where there are none."""
    kinds = db.session.scalars(select(Licence.kind).where(Licence.person_id == person_id).order_by(Licence.kind))
    return tuple(dict.fromkeys(one for kind in kinds for one in facts.COUNTED.get(kind, ()))) or (Audience.DRIVER,)
