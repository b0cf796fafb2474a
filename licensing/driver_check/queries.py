"""What a check reads: candidates and disclosures from the database's own functions, and checks already made."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, or_, select, text

from licensing.accounts.models import Authority, User
from licensing.accounts.rules import Function
from licensing.db import db
from licensing.driver_check.models import CheckResult, DriverCheck
from licensing.matching.bands import Band
from licensing.matching.records import Record
from licensing.matching.scoring import Candidate
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import Freshness, Person

PER_PAGE = 25

Key = tuple[int, int, int]  # number of the enquiry, key, cap


@dataclass(frozen=True)
class Disclosed:
    """What the database tells of a certain or strong match."""

    person_id: UUID
    authority_id: UUID
    name: str
    date_of_birth: date | None
    licences: list[dict[str, Any]]
    adverse: list[dict[str, Any]]
    trained: bool | None  # whether training is in date; None where none is recorded
    ask_first: bool = False  # its council asks to be spoken to before anything is decided


def check_exists(check_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(DriverCheck.id == check_id))))


def check(check_id: UUID) -> DriverCheck:
    return db.session.get_one(DriverCheck, check_id)


def check_of_reference(reference: str) -> DriverCheck | None:
    """The acting authority's check of this reference, in capital letters."""
    return db.session.scalar(select(DriverCheck).where(DriverCheck.reference == reference))


def checks_page(page: int) -> Pagination:
    """The acting authority's checks, newest first, with who made each."""
    found = select(DriverCheck).order_by(DriverCheck.made_at.desc(), DriverCheck.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def maker_of(check: DriverCheck) -> str:
    """The name of the colleague who made a check."""
    return db.session.scalar(select(User.name).where(User.id == check.made_by)) or "A former user"


def checks_that_found(person_id: UUID) -> list[DriverCheck]:
    """The acting authority's checks in which this person came up, newest first."""
    found = select(DriverCheck).where(
        DriverCheck.id.in_(select(CheckResult.check_id).where(CheckResult.person_id == person_id))
    )
    return list(db.session.scalars(found.order_by(DriverCheck.made_at.desc(), DriverCheck.id).limit(20)))


def candidates(check_id: UUID, keys: Sequence[Key]) -> Iterable[tuple[int, UUID, Candidate]]:
    """(enquiry's number, authority, candidate) for everybody who shares a key, on every register searched."""
    rows = db.session.execute(
        text(
            "SELECT * FROM check_candidates(:check_id, CAST(:numbers AS int[]), CAST(:keys AS bigint[]),"
            " CAST(:caps AS int[]))"
        ),
        {
            "check_id": check_id,
            "numbers": [number for number, _, _ in keys],
            "keys": [key for _, key, _ in keys],
            "caps": [cap for _, _, cap in keys],
        },
    )
    for number, person_id, authority_id, names, born, postcodes, identifiers in rows:
        record = Record(str(person_id), tuple(names), born, tuple(postcodes), tuple(identifiers))
        yield number, authority_id, Candidate(record, register=str(authority_id))


def disclosed(check_id: UUID) -> dict[UUID, Disclosed]:
    """What may be told of the people this check found with certainty or strongly, by person."""
    asked = {"check_id": check_id}
    trained = db.session.execute(text("SELECT * FROM disclosed_training(:check_id)"), asked)
    in_date = {row.person_id: row.in_date for row in trained}
    rows = db.session.execute(text("SELECT * FROM disclosed_people(:check_id)"), asked).all()
    marked = set(db.session.scalars(text("SELECT * FROM marked_in_check(:check_id)"), asked))
    return {
        row.person_id: Disclosed(
            row.person_id,
            row.authority_id,
            f"{row.given_names} {row.family_name}".strip(),
            row.date_of_birth,
            row.licences,
            row.adverse,
            in_date.get(row.person_id),
            row.person_id in marked,
        )
        for row in rows
    }


def meet_markers(check_id: UUID) -> None:
    """Ask the own managers to speak to each council that marked whom this check found beside a record of their own."""
    db.session.execute(text("CALL meet_markers(:check_id)"), {"check_id": check_id})


@dataclass(frozen=True)
class LicensedRow:
    """A licence that the database tells of: which and whose are for the trail, `told` is for the answer."""

    licence_id: UUID
    authority_id: UUID
    told: tuple[LicenceKind, str | None, LicenceStatus, bool]


def licensed_by(check_id: UUID, mark: str, number: str) -> list[LicensedRow]:
    """The licences of a vehicle, or of a number, on every register searched; both normalised, either may be empty."""
    found = text("SELECT * FROM licensed_by(:check_id, :mark, :number)")
    rows = db.session.execute(found, {"check_id": check_id, "mark": mark, "number": number})
    return [
        LicensedRow(
            row.licence_id,
            row.authority_id,
            (LicenceKind(row.kind), row.number, LicenceStatus(row.status), row.former),
        )
        for row in rows
    ]


def linked_groups(check_id: UUID, refs: Collection[str]) -> dict[str, str]:
    """Of these people those whom councils have linked, each with what is the same for all records of one person."""
    found = text("SELECT * FROM linked_candidates(:check_id, CAST(:people AS uuid[]))")
    pairs = db.session.execute(found, {"check_id": check_id, "people": list(refs)}).all() if refs else []
    group_of: dict[str, str] = {}
    for first, second in ((str(one), str(other)) for one, other in pairs):
        here, there = group_of.setdefault(first, first), group_of.setdefault(second, second)
        group_of |= {ref: here for ref, group in group_of.items() if group == there}
    return group_of


def results(check_id: UUID) -> dict[int, UUID]:
    """Whom a check of one person found, by the place of the result."""
    found = select(CheckResult.rank, CheckResult.person_id).where(
        CheckResult.check_id == check_id, CheckResult.number == 0
    )
    return dict(db.session.execute(found.order_by(CheckResult.rank)).all())


def authority_of_code(code: str) -> UUID:
    return db.session.scalars(select(Authority.id).where(Authority.code == code)).one()


def best_bands(check_id: UUID) -> dict[Band, int]:
    """Of a list: how many of its people have a best match in each band."""
    best = select(CheckResult.band, func.count()).where(CheckResult.check_id == check_id, CheckResult.rank == 1)
    return dict(db.session.execute(best.group_by(CheckResult.band)).all())


def licensing_authorities(day: date) -> list[tuple[Authority, Freshness | None]]:
    """Every authority that licenses drivers now, with when its register was last brought up to date."""
    found = (
        select(Authority, Freshness)
        .outerjoin(Freshness, (Freshness.authority_id == Authority.id) & (Freshness.kind == "drivers"))
        .where(
            Authority.functions.contains([Function.DRIVER_LICENSING.value]),
            Authority.valid_from <= day,
            or_(Authority.valid_to.is_(None), Authority.valid_to >= day),
        )
        .order_by(Authority.name, Authority.id)
    )
    return [(authority, freshness) for authority, freshness in db.session.execute(found)]


def own_references(person_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """(reference, key in the council's own system) of the acting authority's people among these."""
    found = select(Person.id, Person.reference, Person.source_id).where(Person.id.in_(person_ids))
    return {person_id: (reference, source_id or "") for person_id, reference, source_id in db.session.execute(found)}
