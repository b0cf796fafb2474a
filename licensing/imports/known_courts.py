"""The court proceedings of the register, and whose licence a row names, as a file is compared with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from licensing.db import db
from licensing.imports.rows_courts import CourtRow, Passed
from licensing.matching.identifiers import normalise
from licensing.register.models import Licence, Person, PersonName
from licensing.suitability.queries import courts
from licensing.suitability.sentences import Verdict


@dataclass(slots=True, eq=False)
class KnownDefendant:
    """A defendant as the register has them and as the file fills in; without an id, new with this file."""

    verdict: Verdict | None = None
    licence_id: UUID | None = None
    sentences: list[Passed] = field(default_factory=list)
    id: UUID | None = None
    spoken_of: int = 0  # how many convictions the file has had so far


@dataclass(slots=True, eq=False)
class KnownCase:
    """Proceedings by the key in the council's own system; without an id, new with this file."""

    court: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    witnesses: int | None = None
    defendants: dict[bytes, KnownDefendant] = field(default_factory=dict)
    id: UUID | None = None


@dataclass
class KnownLicence:
    """A licence of the register, and the family names of whoever holds it."""

    id: UUID
    family_names: set[str]


@dataclass
class KnownCourts:
    """Proceedings by their key, and licences by number."""

    cases: dict[str, KnownCase]
    licences: dict[str, list[KnownLicence]]


def known_courts(rows: Sequence[CourtRow]) -> KnownCourts:
    """What the register has of these rows. Row-level security narrows it to the acting authority."""
    return KnownCourts(
        {case.source_id or "": _known(case) for case in courts.cases_of_source({row.source_id for row in rows})},
        _licences({normalise(row.licence_no) for row in rows if row.licence_no}),
    )


def _known(case: courts.CourtCase) -> KnownCase:
    defendants = {
        bytes(one.key_digest): KnownDefendant(
            one.verdict, one.licence_id, [(each.kind, each.months) for each in one.sentences], one.id
        )
        for one in case.defendants
        if one.key_digest
    }
    return KnownCase(case.court, case.started_on, case.ended_on, case.witnesses, defendants, case.id)


def _licences(wanted: Collection[str]) -> dict[str, list[KnownLicence]]:
    found = select(Licence.id, Licence.number_key, Licence.badge_key, Person.id.label("person_id"), Person.family_name)
    found = found.outerjoin(Person, Person.id == Licence.person_id)
    found = found.where(or_(Licence.number_key.in_(wanted), Licence.badge_key.in_(wanted)))
    by_number: defaultdict[str, list[KnownLicence]] = defaultdict(list)
    of_person: defaultdict[UUID, list[KnownLicence]] = defaultdict(list)
    for row in db.session.execute(found.order_by(Licence.id)).all() if wanted else ():
        known = KnownLicence(row.id, {row.family_name} if row.family_name else set())
        of_person[row.person_id].append(known)
        for number in {row.number_key, row.badge_key} & set(wanted):
            by_number[number].append(known)
    names = select(PersonName.person_id, PersonName.family_name).where(
        PersonName.person_id.in_([one for one in of_person if one]), PersonName.superseded_at.is_(None)
    )
    for person_id, family_name in db.session.execute(names.order_by(PersonName.id)):
        for known in of_person[person_id]:
            known.family_names.add(family_name)
    return by_number
