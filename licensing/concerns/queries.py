"""Concerns in the sight of whoever is acting: their council's, those that they raised, those referred to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, text
from sqlalchemy.orm import selectinload

from licensing import dates
from licensing.accounts.models import Authority, User
from licensing.accounts.rules import Function, Tier
from licensing.concerns.models import Concern, ConcernStep
from licensing.concerns.rules import About, ConcernState, Council, LedTo, StepKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.matching.identifiers import normalise
from licensing.register.models import Licence, Organisation, Person, Premises, Vehicle
from licensing.register.rules import filed_under
from licensing.sealing import opened

PER_PAGE = 25
LICENSING = frozenset({Function.DRIVER_LICENSING, Function.PREMISES_LICENSING})
# Two people in one: an officer who raised a concern elsewhere sees that row too, and works on their own council's.
_OURS = Concern.authority_id == select(func.acting_authority("casework.work")).scalar_subquery()
_REFERRED = Concern.lado_authority_id == select(func.acting_authority("allegations.work")).scalar_subquery()
_RAISED = Concern.raised_by == select(func.acting_user()).scalar_subquery()


@dataclass(frozen=True)
class ConcernsFilter:
    """What the list is narrowed to; without a state, what is not closed."""

    state: ConcernState | None = None
    about: About | None = None


@dataclass(frozen=True)
class ReferredConcern:
    """A concern that was referred to the acting designated officer, its words opened."""

    id: UUID
    reference: str
    council: str
    about: About
    in_danger: bool
    what: str
    words: str
    when: str
    contact: str
    case_reference: str
    raised_by: str
    raised_on: date
    referred_on: date
    why: str  # it was referred, in the words of the licensing authority
    receipt: str | None
    acknowledged_on: date | None
    advised_on: date | None


def _there_is(*conditions: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(exists().where(*conditions))))


def concern_exists(concern_id: UUID) -> bool:
    return _there_is(Concern.id == concern_id, _OURS)


def raised_exists(concern_id: UUID) -> bool:
    return _there_is(Concern.id == concern_id, _RAISED)


def referred_exists(concern_id: UUID) -> bool:
    return _there_is(Concern.id == concern_id, _REFERRED)


def concern(concern_id: UUID) -> Concern:
    return db.session.get_one(Concern, concern_id)


def concern_for_update(concern_id: UUID) -> Concern:
    """Locked and read anew: two people cannot settle it at once."""
    found = select(Concern).where(Concern.id == concern_id, _OURS).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def steps_of(concern_id: UUID) -> list[ConcernStep]:
    """What was done about it, the first first."""
    found = select(ConcernStep).where(ConcernStep.concern_id == concern_id)
    found = found.options(selectinload(ConcernStep.to_authority))
    return list(db.session.scalars(found.order_by(ConcernStep.at, ConcernStep.id)))


def concerns_page(wanted: ConcernsFilter, page: int) -> Pagination:
    """One's own council's: a child in danger first while it is open, then what to acknowledge, then the newest."""
    found = select(Concern).where(_OURS, *_narrowed(wanted))
    danger_now = and_(Concern.in_danger, Concern.closed_on.is_(None))
    order = (danger_now.desc(), Concern.acknowledged_on.is_not(None), Concern.raised_on.desc(), Concern.id)
    found = found.options(selectinload(Concern.from_authority))
    return db.paginate(found.order_by(*order), page=page, per_page=PER_PAGE)


def _narrowed(wanted: ConcernsFilter) -> list[ColumnElement[bool]]:
    states = {
        None: Concern.closed_on.is_(None),
        ConcernState.RECEIVED: Concern.acknowledged_on.is_(None) & Concern.closed_on.is_(None),
        ConcernState.ACKNOWLEDGED: Concern.acknowledged_on.is_not(None) & Concern.closed_on.is_(None),
        ConcernState.CLOSED: Concern.closed_on.is_not(None),
    }
    return [states[wanted.state], *([Concern.about == wanted.about] if wanted.about else [])]


def waiting() -> int:
    """How many of one's own council's are to be acknowledged."""
    return db.session.scalar(select(func.count(Concern.id)).where(_OURS, *_narrowed(_TO_ACKNOWLEDGE))) or 0


_TO_ACKNOWLEDGE = ConcernsFilter(ConcernState.RECEIVED)


def raised_by_me() -> list[Concern]:
    """The newest first."""
    found = select(Concern).where(_RAISED).options(selectinload(Concern.authority))
    return list(db.session.scalars(found.order_by(Concern.raised_at.desc(), Concern.id)))


def progress_of(concern_id: UUID) -> Sequence[Row[Any]]:
    """(id, kind, on_day, reference_sealed, council) of what whoever raised it may know was done, in order."""
    return db.session.execute(text("SELECT * FROM concern_progress(:id)"), {"id": concern_id}).all()


def referred_page(page: int) -> Pagination:
    """What was referred to the acting designated officer, what is not acknowledged first."""
    to_acknowledge = Concern.lado_acknowledged_on.is_(None)
    danger_now = and_(Concern.in_danger, to_acknowledge)
    order = (danger_now.desc(), to_acknowledge.desc(), Concern.lado_referred_on.desc(), Concern.id)
    found = select(Concern).where(_REFERRED).options(selectinload(Concern.authority))
    return db.paginate(found.order_by(*order), page=page, per_page=PER_PAGE)


def referrals_waiting() -> int:
    found = select(func.count(Concern.id)).where(_REFERRED, Concern.lado_acknowledged_on.is_(None))
    return db.session.scalar(found) or 0


def referred_concern(concern_id: UUID) -> ReferredConcern | None:
    """A concern as it was referred, or None where it was not referred to whoever is acting."""
    row = db.session.scalars(select(Concern).where(Concern.id == concern_id, _REFERRED)).one_or_none()
    if row is None or row.lado_referred_on is None:
        return None
    steps = {one.kind: one for one in steps_of(concern_id)}
    advice = steps.get(StepKind.LADO_ADVICE)
    return ReferredConcern(
        id=row.id,
        reference=row.reference,
        council=row.authority.name,
        about=row.about,
        in_danger=row.in_danger,
        what=opened(row, "what_sealed"),
        words=opened(row, "words_sealed"),
        when=opened(row, "when_sealed"),
        contact=opened(row, "contact_sealed"),
        case_reference=opened(row, "case_sealed"),
        raised_by=f"{row.raised_by_name}, {row.from_authority.name}",
        raised_on=row.raised_on,
        referred_on=row.lado_referred_on,
        why=opened(steps[StepKind.LADO], "words_sealed"),
        receipt=row.lado_receipt,
        acknowledged_on=row.lado_acknowledged_on,
        advised_on=advice.on_day if advice else None,
    )


def due_on(code: ClockCode, authority_id: UUID) -> date:
    """By when a council must act on what it receives today, by its own rule and its own closed days."""
    asked = text("SELECT rule, closed FROM concern_period(:code, :authority)")
    row = db.session.execute(asked, {"code": code, "authority": authority_id}).one()
    return deadlines.due_as_handed_out(row.rule, row.closed, dates.today())


def councils(day: date) -> list[Council]:
    """The authorities of this service as concerns are routed, by name; the acting user's own is among them."""
    own = select(func.acting_authority()).scalar_subquery()
    valid = or_(Authority.valid_to.is_(None), Authority.valid_to >= day)
    reachable = or_(Authority.id == own, Authority.agreement_signed_on <= day)
    found = select(Authority).where(valid, reachable).order_by(Authority.name, Authority.id)
    return [
        Council(one.id, one.name, bool(LICENSING.intersection(one.functions)), one.tier is Tier.COUNTY)
        for one in db.session.scalars(found)
    ]


def with_designated_officers(day: date) -> list[tuple[UUID, str]]:
    """The authorities with children's services, to whose designated officers a concern is referred, by name."""
    found = select(Authority.id, Authority.name).where(
        Authority.functions.contains([Function.CHILDRENS_SERVICES.value]),
        or_(Authority.valid_to.is_(None), Authority.valid_to >= day),
    )
    return [(row.id, row.name) for row in db.session.execute(found.order_by(Authority.name, Authority.id))]


_FEWEST_LETTERS = 3  # fewer would name half a register


def places_called(typed: str, council: UUID) -> list[tuple[UUID, str]]:
    """The places of a council's register that words name, as far as whoever is acting may look them up."""
    words = filed_under(typed)
    if len(words) < _FEWEST_LETTERS:
        return []
    found = db.session.execute(
        text("SELECT * FROM places_called(:words, :council)"), {"words": words, "council": council}
    )
    return [(row.id, ", ".join([row.name, *row.address_lines.splitlines(), row.postcode])) for row in found]


def record_of(typed: str) -> tuple[LedTo, UUID] | None:
    """The record of one's own register that a reference, a registration mark or a licence number names."""
    reference = typed.strip().upper()
    for kind, model in _RECORDS.items():
        if found := db.session.scalar(select(model.id).where(model.reference == reference)):
            return kind, found
    licences = db.session.scalars(select(Licence).where(Licence.number_key == normalise(typed)).limit(2)).all()
    return _holder(licences[0]) if len(licences) == 1 else None


_RECORDS: dict[LedTo, Any] = {
    LedTo.PERSON: Person,
    LedTo.ORGANISATION: Organisation,
    LedTo.VEHICLE: Vehicle,
    LedTo.PREMISES: Premises,
}


def _holder(licence: Licence) -> tuple[LedTo, UUID] | None:
    ids = (
        (LedTo.PREMISES, licence.premises_id),
        (LedTo.VEHICLE, licence.vehicle_id),
        (LedTo.PERSON, licence.person_id),
        (LedTo.ORGANISATION, licence.organisation_id),
    )
    return next(((kind, record_id) for kind, record_id in ids if record_id), None)


def linked_with(concern_id: UUID) -> list[tuple[LedTo, UUID]]:
    """The records of the register that a concern is about, in the order in which they were linked."""
    found = [(one.object_kind, one.object_id) for one in steps_of(concern_id) if one.kind is StepKind.LINKED]
    return [(kind, record_id) for kind, record_id in dict.fromkeys(found) if kind and record_id]


def licences_of(records: Sequence[tuple[LedTo, UUID]]) -> list[Licence]:
    """The licences held by people and organisations or issued for vehicles and premises."""
    columns = {
        LedTo.PERSON: Licence.person_id,
        LedTo.ORGANISATION: Licence.organisation_id,
        LedTo.VEHICLE: Licence.vehicle_id,
        LedTo.PREMISES: Licence.premises_id,
    }
    wanted = [columns[kind] == record_id for kind, record_id in records if kind in columns]
    return list(db.session.scalars(select(Licence).where(or_(*wanted)).order_by(Licence.id))) if wanted else []


def concerns_about(kind: LedTo, record_id: UUID) -> list[Concern]:
    """Those that are linked with a record, the newest first."""
    linked = select(ConcernStep.concern_id).where(ConcernStep.object_kind == kind, ConcernStep.object_id == record_id)
    found = select(Concern).where(_OURS, Concern.id.in_(linked))
    return list(db.session.scalars(found.order_by(Concern.raised_on.desc(), Concern.id)))


def names_of(user_ids: set[UUID]) -> dict[UUID, str]:
    """The names of colleagues; of other councils' none."""
    found = select(User.id, User.name).where(User.id.in_(sorted(user_ids))).order_by(User.id)
    return {row.id: row.name for row in db.session.execute(found)}
