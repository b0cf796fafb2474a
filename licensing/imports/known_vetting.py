"""The people of the register and their checks, as a file of checks is compared with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from licensing.db import db
from licensing.register.models import Licence, Person
from licensing.vetting.details import CheckDetails
from licensing.vetting.models import VettingCheck
from licensing.vetting.rows import details_of
from licensing.vetting.rules import CheckKind

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: UUID
    family_name: str
    born: date | None


@dataclass(slots=True)
class KnownCheck:
    """A check of the register; without an id it is new with this file."""

    details: CheckDetails
    id: UUID | None = None
    is_corrected: bool = False


Day = tuple[UUID, CheckKind, date]


@dataclass
class KnownVetting:
    """Whom a row can mean: by the key in the council's own system, by licence number, by family name and birth."""

    by_source: dict[str, KnownPerson] = field(default_factory=dict)
    by_number: dict[str, list[KnownPerson]] = field(default_factory=dict)
    by_name: dict[tuple[str, date], list[KnownPerson]] = field(default_factory=dict)
    checks: defaultdict[Day, list[KnownCheck]] = field(default_factory=lambda: defaultdict(list))


def known_people() -> KnownVetting:
    """Everybody on the acting authority's register. Row-level security narrows it."""
    known, people = KnownVetting(), {}
    found = select(Person.id, Person.source_id, Person.family_name, Person.date_of_birth)
    for id_, source_id, family, born in db.session.execute(
        found.where(Person.merged_into_id.is_(None)).order_by(Person.id).execution_options(yield_per=_AT_ONCE)
    ):
        people[id_] = KnownPerson(id_, family, born)
        if source_id:
            known.by_source[source_id] = people[id_]
        if born:
            known.by_name.setdefault((family.casefold(), born), []).append(people[id_])
    held = select(Licence.number_key, Licence.person_id).where(Licence.person_id.is_not(None)).distinct()
    for number, person_id in db.session.execute(held.order_by(Licence.number_key, Licence.person_id)):
        if person_id in people:
            known.by_number.setdefault(number, []).append(people[person_id])
    return known


def add_checks(known: KnownVetting, wanted: Collection[Day]) -> None:
    """Note what was recorded of these people on these days, what was corrected since too."""
    ids = sorted({person_id for person_id, _, _ in wanted})
    for start in range(0, len(ids), _AT_ONCE):
        found = select(VettingCheck).where(VettingCheck.person_id.in_(ids[start : start + _AT_ONCE]))
        for row in db.session.scalars(found.order_by(VettingCheck.recorded_at, VettingCheck.id)):
            day = (row.person_id, row.kind, row.checked_on)
            if day in wanted:
                one = KnownCheck(details_of(row), row.id, row.superseded_at is not None)
                known.checks[day].append(one)
