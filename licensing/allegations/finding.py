"""Finding a person on every register that shares, without anybody else learning of the search."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select, text

from licensing.accounts.models import Authority
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.matching.bands import Band
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.keys import asking_keys
from licensing.matching.records import Enquiry, Record
from licensing.matching.scoring import Candidate, Match, rank
from licensing.register import statistics
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus


@dataclass(frozen=True)
class HeldLicence:
    kind: LicenceKind
    number: str
    status: LicenceStatus
    expires_on: date | None

    @property
    def words(self) -> str:
        return f"{self.kind.label} {self.number}, {self.status.label.lower()}"


@dataclass(frozen=True)
class Holder:
    """A record of an authority's register as a designated officer sees it: name, date of birth, licences and parts."""

    person_id: UUID
    authority_id: UUID
    authority: str
    name: str
    date_of_birth: date | None
    deceased_on: date | None
    merged_into_id: UUID | None
    licences: tuple[HeldLicence, ...]
    positions: tuple[str, ...]
    band: Band | None = None
    others: tuple["Holder", ...] = field(default=())  # further records of the same person


def search(name: str, born: date | None, number: str = "") -> list[Holder]:
    """Whom these details may mean, likeliest first. That it was searched is committed before."""
    band_of = {UUID(match.ref): match.band for match, _ in _matches(name, born, number)}
    found = holders(list(band_of))
    return [_with_band(found[one], band) for one, band in band_of.items() if one in found]


def born_on(name: str, born: date) -> list[UUID]:
    """The records whom this name and date of birth mean, by their ids alone. The search is committed before."""
    return [UUID(match.ref) for match, record in _matches(name, born) if record.date_of_birth == born]


def _matches(name: str, born: date | None, number: str = "") -> list[tuple[Match, Record]]:
    audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
    secret, known = current_app.config["KEYS"].matching_secret, statistics.current()
    given, _, family = name.strip().rpartition(" ")
    numbers = [(IdentifierKind.BADGE_NUMBER, number)] if number else []
    enquiry = Enquiry.of([(given, family)] if family else [], born, [], numbers, secret)
    keys = asking_keys(enquiry, known, secret)
    rows = db.session.execute(
        text("SELECT * FROM lado_candidates(CAST(:keys AS bigint[]), CAST(:caps AS int[]))"),
        {"keys": [key for key, _ in keys], "caps": [cap for _, cap in keys]},
    )
    records = {
        str(row.person_id): Record(
            str(row.person_id), tuple(row.names), row.date_of_birth, tuple(row.postcodes), tuple(row.identifiers)
        )
        for row in rows
    }
    ranked = rank(enquiry, [Candidate(one) for one in records.values()], known)
    return [(match, records[match.ref]) for match in ranked]


def holders(people: list[UUID]) -> dict[UUID, Holder]:
    """The records of these ids, on registers that share. Asks for a look or a search that is committed."""
    if not people:
        return {}
    found = text("SELECT * FROM lado_people(CAST(:people AS uuid[]))")
    names = {one.id: one.name for one in db.session.scalars(select(Authority))}
    return {row.person_id: _holder(row, names) for row in db.session.execute(found, {"people": people})}


def same_records(people: list[UUID]) -> dict[UUID, list[UUID]]:
    """For each of these records all that stand for the same person: merged, or linked by councils; itself included."""
    found = text("SELECT asked, person_id FROM same_records(CAST(:people AS uuid[]))")
    groups: dict[UUID, list[UUID]] = {one: [] for one in people}
    for asked, person_id in db.session.execute(found, {"people": people}):
        groups[asked].append(person_id)
    return groups


def records_of(person_id: UUID) -> list[Holder]:
    """Every record of one person that stands, the asked one's authority first."""
    everybody = holders(same_records([person_id])[person_id])
    standing = [one for one in everybody.values() if one.merged_into_id is None]
    return sorted(standing, key=lambda one: (one.person_id != person_id, one.authority, one.name, str(one.person_id)))


def _with_band(holder: Holder, band: Band) -> Holder:
    return Holder(**{**holder.__dict__, "band": band})


def _holder(row: Any, names: dict[UUID, str]) -> Holder:
    return Holder(
        person_id=row.person_id,
        authority_id=row.authority_id,
        authority=names[row.authority_id],
        name=f"{row.given_names} {row.family_name}".strip(),
        date_of_birth=row.date_of_birth,
        deceased_on=row.deceased_on,
        merged_into_id=row.merged_into_id,
        licences=tuple(_licence(one) for one in row.licences),
        positions=tuple(_position(one) for one in row.positions),
    )


def _position(kept: dict[str, Any]) -> str:
    part = kept["kind"].replace("_", " ").capitalize()
    return f"{part}, {kept['of']}" if kept["of"] else part


def _licence(kept: dict[str, Any]) -> HeldLicence:
    ends = date.fromisoformat(kept["expires_on"]) if kept["expires_on"] else None
    return HeldLicence(LicenceKind(kept["kind"]), kept["number"], LicenceStatus(kept["status"]), ends)
