"""Requests and reports that went to other authorities, and those that came from them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import Authority
from licensing.accounts.rules import Function
from licensing.db import db
from licensing.register.events import EventKind
from licensing.sharing.models import Disclosure, RequestIn, RequestOut
from licensing.sharing.rules import ExchangeKind, ExchangeState, Outcome

PER_PAGE = 25


class Way(StrEnum):
    """Which way a request or report went."""

    RECEIVED = "received"
    SENT = "sent"

    @property
    def label(self) -> str:
        return self.capitalize()


def sent_exists(request_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(RequestOut.id == request_id))))


def received_exists(request_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(RequestIn.id == request_id))))


def sent(request_id: UUID) -> RequestOut:
    found = select(RequestOut).where(RequestOut.id == request_id)
    return db.session.scalars(found.options(selectinload(RequestOut.chases))).one()


def received(request_id: UUID) -> RequestIn:
    return db.session.get_one(RequestIn, request_id)


def sent_for_update(request_id: UUID) -> RequestOut:
    """Locked and read anew: two people cannot settle it at once."""
    found = select(RequestOut).where(RequestOut.id == request_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def received_for_update(request_id: UUID) -> RequestIn:
    found = select(RequestIn).where(RequestIn.id == request_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def sent_page(kind: ExchangeKind | None, state: ExchangeState | None, page: int) -> Pagination:
    """What was written to others, the last recorded first."""
    found = _narrowed(select(RequestOut).options(selectinload(RequestOut.person)), RequestOut, kind)
    if state is ExchangeState.NOT_SENT:
        found = found.where(RequestOut.sent_on.is_(None))
    elif state:
        found = found.where(RequestOut.sent_on.is_not(None), _answered(RequestOut, state))
    ordered = found.order_by(RequestOut.recorded_at.desc(), RequestOut.id)
    return db.paginate(ordered, page=page, per_page=PER_PAGE, error_out=False)


def received_page(kind: ExchangeKind | None, state: ExchangeState | None, page: int) -> Pagination:
    """What others wrote: what waits by the day it is due, what was answered the last first."""
    found = _narrowed(select(RequestIn).options(selectinload(RequestIn.person)), RequestIn, kind)
    if state:
        found = found.where(_answered(RequestIn, state))
    ordered = found.order_by(RequestIn.answered_on.desc().nulls_first(), RequestIn.received_on, RequestIn.id)
    return db.paginate(ordered, page=page, per_page=PER_PAGE, error_out=False)


def _narrowed(found: Select[Any], model: type[RequestIn | RequestOut], kind: ExchangeKind | None) -> Select[Any]:
    return found.where(model.kind == kind) if kind else found


def _answered(model: type[RequestIn | RequestOut], state: ExchangeState) -> Any:
    if state is ExchangeState.ANSWERED:
        return model.answered_on.is_not(None)
    return model.answered_on.is_(None)


def requests_for(licence_id: UUID, person_id: UUID, since: date) -> list[RequestOut]:
    """What was asked in writing for a licence's application, or of its holder, since a day; the first asked first."""
    found = select(RequestOut).where(
        RequestOut.person_id == person_id,
        RequestOut.licence_id.is_(None) | (RequestOut.licence_id == licence_id),
        RequestOut.kind == ExchangeKind.INFORMATION,
        func.coalesce(RequestOut.sent_on, func.date(func.timezone("Europe/London", RequestOut.recorded_at))) >= since,
    )
    return list(db.session.scalars(found.order_by(RequestOut.sent_on, RequestOut.recorded_at, RequestOut.id)))


def sent_about(person_id: UUID) -> list[RequestOut]:
    found = select(RequestOut).where(RequestOut.person_id == person_id)
    return list(db.session.scalars(found.order_by(RequestOut.recorded_at.desc(), RequestOut.id)))


def received_about(person_id: UUID) -> list[RequestIn]:
    found = select(RequestIn).where(RequestIn.person_id == person_id)
    return list(db.session.scalars(found.order_by(RequestIn.received_on.desc(), RequestIn.id)))


def told_of_person(person_id: UUID) -> list[RequestIn]:
    """The requests about a person that were answered with relevant information: who must be told of a change."""
    found = select(RequestIn).where(
        RequestIn.person_id == person_id,
        RequestIn.kind == ExchangeKind.INFORMATION,
        RequestIn.outcome == Outcome.DISCLOSED,
    )
    return list(db.session.scalars(found.order_by(RequestIn.answered_on, RequestIn.id)))


def waiting(first_running: dict[ExchangeKind, date]) -> tuple[int, int]:
    """(how many requests and reports wait for one's own answer, how many of them too long)."""
    is_late = [
        (RequestIn.kind == kind) & (RequestIn.received_on < earliest) for kind, earliest in first_running.items()
    ]
    counted = select(func.count(), func.count().filter(is_late[0] | is_late[1])).where(RequestIn.answered_on.is_(None))
    number, late = db.session.execute(counted).one()
    return number, late


def partners(own_id: UUID, today: date) -> list[Authority]:
    """The other authorities that license drivers and share in this service, by name."""
    found = select(Authority).where(
        Authority.id != own_id,
        Authority.agreement_signed_on <= today,
        Authority.functions.contains([Function.DRIVER_LICENSING.value]),
        Authority.valid_to.is_(None) | (Authority.valid_to >= today),
    )
    return list(db.session.scalars(found.order_by(Authority.name, Authority.id)))


@dataclass(frozen=True)
class Acted:
    """That another council took action against a driver's licence of somebody; never why."""

    authority: str
    contact: str
    kind: EventKind
    decided_on: date | None


def acted_elsewhere(person_id: UUID) -> list[Acted]:
    """What other councils did about a person whom both agreed to be one, the last first."""
    rows = db.session.execute(text("SELECT * FROM acted_elsewhere(:person)"), {"person": person_id}).all()
    found = select(Authority).where(Authority.id.in_({row.authority_id for row in rows})).order_by(Authority.id)
    councils = {one.id: one for one in db.session.scalars(found)} if rows else {}
    return [
        Acted(councils[row.authority_id].name, councils[row.authority_id].contact, EventKind(row.kind), row.decided_on)
        for row in rows
    ]


def disclosure_exists(disclosure_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Disclosure.id == disclosure_id))))


def disclosure(disclosure_id: UUID) -> Disclosure:
    return db.session.get_one(Disclosure, disclosure_id)


def disclosures_page(page: int) -> Pagination:
    """Everything that was disclosed, the last first."""
    found = select(Disclosure).options(selectinload(Disclosure.person))
    ordered = found.order_by(Disclosure.disclosed_on.desc(), Disclosure.recorded_at.desc(), Disclosure.id)
    return db.paginate(ordered, page=page, per_page=PER_PAGE, error_out=False)
