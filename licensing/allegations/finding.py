"""Finding a person on every register that shares, without anybody else learning of the search."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select, text

from licensing.accounts.models import Authority
from licensing.allegations.subject import Subject
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.matching.bands import Band
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.matching.keys import asking_keys
from licensing.matching.records import Enquiry, Record
from licensing.matching.scoring import MOST_ROWS, Candidate, Match, rank
from licensing.register import statistics
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.rules import filed_under

MOST_SHOWN = 25


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


@dataclass(frozen=True)
class Found:
    """Whom some details may mean, likeliest first; `more` where there are others that are not shown."""

    people: list[Holder]
    more: bool


def search(name: str, born: date | None, number: str = "") -> Found:
    """Whom these details may mean: by name and date, by one word of a name, by any number. Committed as searched."""
    given, _, family = name.strip().rpartition(" ")
    band_of = {UUID(match.ref): match.band for match, _ in _matches(name, born, number)}
    also = [*_numbered(number), *(_named(family, born) if family and not given else [])]
    ids = list(dict.fromkeys([*band_of, *also]))
    found = holders(ids[:MOST_SHOWN])
    shown = [replace(found[one], band=band_of.get(one)) for one in ids if one in found]
    return Found(shown, more=len(ids) > MOST_SHOWN or len(band_of) == MOST_ROWS)


def born_on(name: str, born: date) -> list[UUID]:
    """The records whom this name and date of birth mean, by their ids alone. The search is committed before."""
    return [UUID(match.ref) for match, record in _matches(name, born) if record.date_of_birth == born]


def _matches(name: str, born: date | None, number: str = "") -> list[tuple[Match, Record]]:
    """What the driver check would answer, with the records compared."""
    audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
    secret, known = current_app.config["KEYS"].matching_secret, statistics.current()
    given, _, family = name.strip().rpartition(" ")
    numbers = [(IdentifierKind.BADGE_NUMBER, number)] if number else []
    enquiry = Enquiry.of([(given, family)] if family else [], born, [], numbers, secret)
    records = {one.ref: one for one in _candidates(asking_keys(enquiry, known, secret))}
    ranked = rank(enquiry, [Candidate(one) for one in records.values()], known)
    return [(match, records[match.ref]) for match in ranked]


def _named(word: str, born: date | None) -> list[UUID]:
    """Everybody who has this one word for a name, in order."""
    found = text("SELECT * FROM lado_named(:word, :born, :most)")
    given = {"word": filed_under(word), "born": born, "most": MOST_SHOWN + 1}
    return list(db.session.scalars(found, given))


def _numbered(number: str) -> list[UUID]:
    """Whoever holds a licence of this number, or of the vehicle that has it as plate or registration."""
    key = normalise(number)
    found = text("SELECT * FROM lado_numbered(:key, :most)")
    return list(db.session.scalars(found, {"key": key, "most": MOST_SHOWN + 1})) if key else []


def likely(known: Sequence[Holder]) -> list[Holder]:
    """Records that no council linked with these, and that are certainly or very likely of the same person.

    Registers do not compete with each other: two councils may both hold somebody, as for the driver check.
    """
    secret, figures = current_app.config["KEYS"].matching_secret, statistics.current()
    ours = {str(one.person_id) for one in known}
    found: dict[UUID, Holder] = {}
    for one in known:
        enquiry = _enquiry_of(one)
        if enquiry is None:
            continue
        others = [Candidate(row) for row in _candidates(asking_keys(enquiry, figures, secret)) if row.ref not in ours]
        near = holders([UUID(match.ref) for match in rank(enquiry, others, figures)])
        rivals = [
            replace(other, register=str(near[UUID(other.record.ref)].authority_id))
            for other in others
            if UUID(other.record.ref) in near
        ]
        sure = [match for match in rank(enquiry, rivals, figures) if match.band is not Band.POSSIBLE]
        found |= {UUID(match.ref): replace(near[UUID(match.ref)], band=match.band) for match in sure}
    standing = [one for one in found.values() if one.merged_into_id is None]
    return sorted(standing, key=lambda one: (one.authority, one.name, str(one.person_id)))


def _enquiry_of(holder: Holder) -> Enquiry | None:
    """All by which a record is compared, its identifiers too; None where it cannot be compared."""
    secret, known = current_app.config["KEYS"].matching_secret, statistics.current()
    given, _, family = holder.name.rpartition(" ")
    keys = asking_keys(Enquiry.of([(given, family)], holder.date_of_birth, [], [], secret), known, secret)
    kept = next((one for one in _candidates(keys) if one.ref == str(holder.person_id)), None)
    return Enquiry(kept.names, kept.date_of_birth, kept.postcodes, kept.identifiers) if kept else None


def _candidates(keys: list[tuple[int, int]]) -> list[Record]:
    """The records that share one of these keys."""
    rows = db.session.execute(
        text("SELECT * FROM lado_candidates(CAST(:keys AS bigint[]), CAST(:caps AS int[]))"),
        {"keys": [key for key, _ in keys], "caps": [cap for _, cap in keys]},
    )
    return [
        Record(str(row.person_id), tuple(row.names), row.date_of_birth, tuple(row.postcodes), tuple(row.identifiers))
        for row in rows
    ]


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


def records_of(subject: Subject | None) -> list[Holder]:
    """Every record that stands of whom a case is about, the one by which they were identified first."""
    if subject is None or subject.person_id is None:
        return []
    everybody = holders([one for group in same_records(list(subject.records)).values() for one in group])
    standing = [one for one in everybody.values() if one.merged_into_id is None]
    first = subject.person_id
    return sorted(standing, key=lambda one: (one.person_id != first, one.authority, one.name, str(one.person_id)))


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
