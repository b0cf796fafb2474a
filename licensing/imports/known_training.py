"""Whom an attendance list can be about, and what is recorded of them, as a plan compares the list with it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select, text

from licensing.accounts.acting import ActingUser
from licensing.accounts.rules import Function
from licensing.db import db
from licensing.imports.rows_training import TrainingRow
from licensing.matching.identifiers import normalise
from licensing.register import queries as register
from licensing.register.catalogue import Family, LicenceKind, kinds_of
from licensing.register.models import Licence, Person, PersonName
from licensing.register.rules import filed_under
from licensing.training import queries as training
from licensing.training.facts import COUNTED
from licensing.training.models import TrainingRecord
from licensing.training.queries import Catalogue
from licensing.training.rules import Audience, Policy, Result, policy_in_force

HOLDERS = kinds_of(Family.DRIVER, Family.BADGE, Family.OPERATOR)
_AT_ONCE = 5_000


@dataclass(slots=True, eq=False)
class KnownRecord:
    """One record that stands; without an id it is new with this file."""

    person_id: UUID
    result: Result
    course: str
    provider: str
    on: date | None
    expires_on: date | None
    certificate_no: str
    source_id: str
    verified: bool = False
    id: UUID | None = None


@dataclass(slots=True, eq=False)
class KnownHolder:
    """Somebody whose licence has the number of a row."""

    id: UUID
    kind: LicenceKind
    family_names: set[str]
    date_of_birth: date | None
    records: list[KnownRecord] = field(default_factory=list)


@dataclass
class KnownTraining:
    """`elsewhere` says of a row that another council licenses whom it names, and whether it was offered already.

    `guesses` are rows about others' drivers whose number and name the file gives with several dates of birth.
    """

    by_number: dict[str, list[KnownHolder]]
    by_source: dict[str, KnownRecord]
    catalogue: Catalogue
    policies: list[Policy]
    gives_to_others: bool
    elsewhere: dict[int, bool]
    guesses: frozenset[int]

    def expiry(self, kind: LicenceKind, completed_on: date) -> date | None:
        """The last day in date by the policy of this authority."""
        policy = policy_in_force(self.policies, audience_of(kind), completed_on)
        return policy.expiry(completed_on) if policy else None


def audience_of(kind: LicenceKind) -> Audience:
    return COUNTED[kind][0]


def known_training(user: ActingUser, rows: Sequence[TrainingRow]) -> KnownTraining:
    """Holders with the numbers of these rows. Row-level security narrows them to the acting authority."""
    by_number = _holders({normalise(row.licence_no) for row in rows})
    holders = {one.id: one for some in by_number.values() for one in some}
    by_source = _add_records(holders)
    functions = register.functions_of(user.authority.id)
    gives = Function.SCHOOL_TRANSPORT in functions
    others = [row for row in rows if normalise(row.licence_no) not in by_number] if gives else []
    return KnownTraining(
        by_number,
        by_source,
        Catalogue(user.authority.id),
        [one.as_policy() for one in training.policies(user.authority.id)],
        gives,
        _elsewhere(others),
        _guesses(others),
    )


def _holders(wanted: set[str]) -> dict[str, list[KnownHolder]]:
    found = select(
        Licence.number_key, Licence.badge_key, Licence.kind, Person.id, Person.family_name, Person.date_of_birth
    ).join(Person, Person.id == Licence.person_id)
    found = found.where(Licence.kind.in_(HOLDERS)).order_by(Licence.kind, Licence.id)
    by_number: defaultdict[str, dict[UUID, KnownHolder]] = defaultdict(dict)
    for row in db.session.execute(found.execution_options(yield_per=_AT_ONCE)):
        for number in {row.number_key, row.badge_key or ""} & wanted:
            holder = KnownHolder(row.id, row.kind, {filed_under(row.family_name)}, row.date_of_birth)
            by_number[number].setdefault(row.id, holder)
    holders: defaultdict[UUID, list[KnownHolder]] = defaultdict(list)
    for some in by_number.values():
        for one in some.values():
            holders[one.id].append(one)
    names = select(PersonName.person_id, PersonName.family_name).where(PersonName.superseded_at.is_(None))
    for person_id, family_name in db.session.execute(names.order_by(PersonName.id)):
        for one in holders.get(person_id, ()):
            one.family_names.add(filed_under(family_name))
    return {number: list(some.values()) for number, some in by_number.items()}


def _add_records(holders: dict[UUID, KnownHolder]) -> dict[str, KnownRecord]:
    by_source = {}
    found = select(TrainingRecord).where(TrainingRecord.superseded_at.is_(None))
    found = found.order_by(TrainingRecord.recorded_at, TrainingRecord.id)
    for row in db.session.scalars(found.execution_options(yield_per=_AT_ONCE)):
        known = KnownRecord(
            row.person_id,
            row.result,
            row.course,
            row.provider,
            row.completed_on or row.booked_for,
            row.expires_on,
            row.certificate_no or "",
            row.source_id or "",
            verified=row.verified_by is not None,
            id=row.id,
        )
        if row.person_id in holders:
            holders[row.person_id].records.append(known)
        if row.source_id:
            by_source[row.source_id] = known
    return by_source


def _elsewhere(rows: Sequence[TrainingRow]) -> dict[int, bool]:
    if not rows:
        return {}
    asked = json.dumps([offer_of(row) for row in rows])
    answered = text("SELECT place, offered FROM attendance_answered(CAST(:rows AS jsonb))")
    return {row.place: row.offered for row in db.session.execute(answered, {"rows": asked})}


def _guesses(rows: Sequence[TrainingRow]) -> frozenset[int]:
    days: defaultdict[tuple[str, str], dict[int, date | None]] = defaultdict(dict)
    for row in rows:
        days[normalise(row.licence_no), row.family_name.lower()][row.row] = row.date_of_birth
    return frozenset(place for said in days.values() if len({*said.values()} - {None}) > 1 for place in said)


def offer_of(row: TrainingRow) -> dict[str, Any]:
    """A row as another council is offered it, with what it is matched by. The hash knows it again."""
    told = {
        "course": row.course,
        "provider": row.provider,
        "result": row.result.value,
        "completed_on": row.on.isoformat(),
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "certificate_no": row.certificate_no or None,
    }
    matched = {
        "licence_key": normalise(row.licence_no),
        "family_name": row.family_name,
        "date_of_birth": row.date_of_birth.isoformat() if row.date_of_birth else None,
    }
    known_again = json.dumps({**told, **matched}, sort_keys=True)
    digest: bytes = current_app.config["KEYS"].digest("training_offer", known_again)
    return {**told, **matched, "place": row.row, "row_hash": digest.hex()}
