"""Requests in the sight of whoever is acting, what is held of a person, and whom a request may be about."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, exists, func, select, text

from licensing.db import db
from licensing.matching.identifiers import normalise
from licensing.references import as_written
from licensing.register import likeness
from licensing.register.rules import filed_under
from licensing.subject_access import rules
from licensing.subject_access.models import SubjectRequest, SubjectRuling
from licensing.subject_access.words import HeldKind, Ruling

PER_PAGE = 25
PEOPLE_SHOWN = 25


@dataclass(frozen=True)
class Held:
    """One record that the council holds of the person, and what was decided about it last."""

    kind: HeldKind
    record_id: UUID
    on_day: date
    reference: str
    live: bool
    recorded_at: datetime
    ruling: SubjectRuling | None

    @property
    def is_given(self) -> bool:
        return self.ruling is not None and self.ruling.ruling is not Ruling.HOLD

    @property
    def waits(self) -> bool:
        """Whether it is to be decided about, for the first time or again."""
        return self.ruling is None or self.waits_again

    @property
    def waits_again(self) -> bool:
        """Whether it came under way after it was given: nobody tested the harm then, or asked the police."""
        one = self.ruling
        return one is not None and not rules.stands(one.ruling, one.harm_test_by, one.police_answer, live=self.live)


@dataclass(frozen=True)
class Found:
    """Somebody of the own register whom a request may be about."""

    person_id: UUID
    reference: str
    name: str
    date_of_birth: date | None
    licences: str


@dataclass(frozen=True)
class Unknown:
    """Somebody who asks and is not on the register, by the name in the request."""

    name: str


@dataclass(frozen=True)
class People:
    """Whom details may mean, and whether there are more of them than are shown."""

    shown: list[Found]
    is_cut: bool


_OPEN = SubjectRequest.answered_on.is_(None) & SubjectRequest.withdrawn_on.is_(None)


def _overdue(today: date) -> ColumnElement[bool]:
    return _OPEN & (SubjectRequest.due_on < today)


def requests_page(today: date, page: int, *, overdue: bool) -> Pagination:
    """Those that wait first, by the day they are due; then the latest."""
    found = select(SubjectRequest).where(_overdue(today)) if overdue else select(SubjectRequest)
    order = (_OPEN.desc(), SubjectRequest.due_on, SubjectRequest.received_on.desc(), SubjectRequest.id)
    return db.paginate(found.order_by(*order), page=page, per_page=PER_PAGE)


def open_requests() -> int:
    return int(db.session.scalar(select(func.count()).select_from(SubjectRequest).where(_OPEN)) or 0)


def overdue_requests(today: date) -> int:
    return int(db.session.scalar(select(func.count()).select_from(SubjectRequest).where(_overdue(today))) or 0)


def request(request_id: UUID) -> SubjectRequest:
    """One of the acting authority's, or 404."""
    return db.session.get(SubjectRequest, request_id) or abort(404)


def request_exists(request_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(SubjectRequest.id == request_id))))


def request_for_change(request_id: UUID) -> SubjectRequest:
    """The same, while nobody else decides or answers."""
    found = select(SubjectRequest).where(SubjectRequest.id == request_id)
    return db.session.scalars(found.with_for_update().execution_options(populate_existing=True)).one()


def held(request_id: UUID) -> list[Held]:
    """What the council holds of the person now, in the order of the kinds."""
    rulings = select(SubjectRuling).where(SubjectRuling.request_id == request_id).order_by(SubjectRuling.number)
    last = {(one.kind, one.record_id): one for one in db.session.scalars(rulings)}
    rows = db.session.execute(text("SELECT * FROM subject_access_records(:id)"), {"id": request_id})
    found = [_held(HeldKind(row.kind), row, last) for row in rows]
    kinds = list(HeldKind)
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.on_day, one.reference, str(one.record_id)))


def _held(kind: HeldKind, row: Any, last: dict[tuple[HeldKind, UUID], SubjectRuling]) -> Held:
    kept = {name: getattr(row, name) for name in ("record_id", "on_day", "live", "recorded_at")}
    kept["reference"] = kind.reference_words(row.reference)
    return Held(kind=kind, ruling=last.get((kind, kept["record_id"])), **kept)


def one_held(request_id: UUID, record_id: UUID) -> Held:
    """One record of those, or 404."""
    return next((one for one in held(request_id) if one.record_id == record_id), None) or abort(404)


def rulings_on(request_id: UUID, record_id: UUID) -> list[SubjectRuling]:
    """What was decided about a record, the last first."""
    found = select(SubjectRuling).where(SubjectRuling.request_id == request_id, SubjectRuling.record_id == record_id)
    return list(db.session.scalars(found.order_by(SubjectRuling.number.desc())))


def next_number(request_id: UUID) -> int:
    counted = select(func.coalesce(func.max(SubjectRuling.number), 0)).where(SubjectRuling.request_id == request_id)
    return int(db.session.scalar(counted) or 0) + 1


def people_found(name: str, born: date | None, number: str) -> People:
    """Whom these details may mean on the own register: by number or name, the likeliest first."""
    given, _, family = name.strip().rpartition(" ")
    ids = [UUID(match.ref) for match in likeness.matches_like((given, family), born)] if given else []
    asked = text(
        "SELECT * FROM subject_access_people("
        "CAST(:ids AS uuid[]), CAST(:words AS text[]), CAST(:born AS date), :reference, :number)"
    )
    words = [] if number else filed_under(name).split()
    values = {"ids": ids, "words": words, "born": born, "reference": as_written(number), "number": normalise(number)}
    found = [_found(row) for row in db.session.execute(asked, values)]
    order = {person_id: place for place, person_id in enumerate(ids)}
    shown = found[:PEOPLE_SHOWN]
    shown.sort(key=lambda one: (order.get(one.person_id, len(ids)), one.name, str(one.person_id)))
    return People(shown, is_cut=len(found) > PEOPLE_SHOWN)


def _found(row: Any) -> Found:
    return Found(
        person_id=row.person_id,
        reference=row.reference,
        name=f"{row.given_names} {row.family_name}".strip(),
        date_of_birth=row.date_of_birth,
        licences=row.licences or "",
    )
