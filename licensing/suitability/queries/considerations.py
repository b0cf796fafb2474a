"""Considerations, the information weighed, and recommendations."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from licensing.db import db
from licensing.register.events import EventKind
from licensing.register.models import Licence
from licensing.suitability.models import Application, Consideration, ConsiderationInformation, Recommendation
from licensing.suitability.rules import ConsiderationState, Source

PER_PAGE = 25
_HOLDER = (
    joinedload(Consideration.licence).joinedload(Licence.person),
    joinedload(Consideration.licence).joinedload(Licence.organisation),
)
_IS_RECOMMENDED = exists().where(
    Recommendation.consideration_id == Consideration.id, Recommendation.superseded_at.is_(None)
)
_STATES: dict[ConsiderationState, tuple[Any, ...]] = {
    ConsiderationState.OPEN: (Consideration.closed_on.is_(None), ~_IS_RECOMMENDED),
    ConsiderationState.RECOMMENDED: (Consideration.closed_on.is_(None), _IS_RECOMMENDED),
    ConsiderationState.DECIDED: (Consideration.closed_on.is_not(None), Consideration.decided),
    ConsiderationState.CLOSED: (Consideration.closed_on.is_not(None), ~Consideration.decided),
}


@dataclass(frozen=True)
class ConsiderationsFilter:
    """What the list is narrowed to; without a state it shows what is not closed."""

    state: ConsiderationState | None = None
    source: Source | None = None


def consideration_exists(consideration_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Consideration.id == consideration_id))))


def holder_in_consideration(consideration_id: UUID) -> UUID | None:
    """The person whose licence it is about; None where an organisation holds it."""
    found = select(Licence.person_id).join(Consideration, Consideration.licence_id == Licence.id)
    return db.session.scalar(found.where(Consideration.id == consideration_id))


def consideration(consideration_id: UUID) -> Consideration:
    """A consideration with its licence, what happened to it, and whose it is."""
    events = joinedload(Consideration.licence).selectinload(Licence.events)
    found = select(Consideration).where(Consideration.id == consideration_id)
    return db.session.scalars(found.options(*_HOLDER, events, selectinload(Consideration.recommendations))).one()


def consideration_for_update(consideration_id: UUID) -> Consideration:
    """The same, locked and read anew: two people cannot close it at once."""
    found = select(Consideration).where(Consideration.id == consideration_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def open_consideration(licence_id: UUID) -> Consideration | None:
    """The consideration of a licence that is not closed; the first opened where there are several."""
    found = select(Consideration).where(Consideration.licence_id == licence_id, Consideration.closed_on.is_(None))
    return db.session.scalars(found.order_by(Consideration.opened_on, Consideration.id).limit(1)).first()


def considerations_of(licence_ids: list[UUID]) -> list[Consideration]:
    """All considerations about these licences, the last opened first."""
    found = select(Consideration).where(Consideration.licence_id.in_(licence_ids))
    found = found.options(*_HOLDER, selectinload(Consideration.recommendations))
    return list(db.session.scalars(found.order_by(Consideration.opened_on.desc(), Consideration.id)))


def considerations_page(wanted: ConsiderationsFilter, page: int) -> Pagination:
    """Considerations, the longest open first."""
    found = select(Consideration).options(*_HOLDER, selectinload(Consideration.recommendations))
    found = found.where(*(_STATES[wanted.state] if wanted.state else (Consideration.closed_on.is_(None),)))
    if wanted.source:
        found = found.where(Consideration.source == wanted.source)
    found = found.order_by(Consideration.opened_on, Consideration.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def count_open() -> int:
    """How many considerations are not closed."""
    found = select(func.count()).select_from(Consideration).where(Consideration.closed_on.is_(None))
    return db.session.scalar(found) or 0


def state_of(one: Consideration) -> ConsiderationState:
    """Where it stands, from its recommendations and its end."""
    if one.closed_on:
        return ConsiderationState.DECIDED if one.decided else ConsiderationState.CLOSED
    recommended = any(each.superseded_at is None for each in one.recommendations)
    return ConsiderationState.RECOMMENDED if recommended else ConsiderationState.OPEN


def information_exists(information_id: UUID) -> bool:
    found = exists().where(
        ConsiderationInformation.id == information_id, ConsiderationInformation.superseded_at.is_(None)
    )
    return bool(db.session.scalar(select(found)))


def consideration_of_information(information_id: UUID) -> UUID:
    """The consideration in which a piece of information is weighed."""
    column = ConsiderationInformation.consideration_id
    return db.session.scalars(select(column).where(ConsiderationInformation.id == information_id)).one()


def information(information_id: UUID) -> ConsiderationInformation:
    """What is weighed, read anew: whoever holds its consideration sees what was said of it until then."""
    return db.session.get_one(ConsiderationInformation, information_id, populate_existing=True)


def information_of(consideration_id: UUID) -> list[ConsiderationInformation]:
    """What is weighed, as it was received; what was put right is left out."""
    found = select(ConsiderationInformation).where(
        ConsiderationInformation.consideration_id == consideration_id,
        ConsiderationInformation.superseded_at.is_(None),
    )
    return list(db.session.scalars(found.order_by(ConsiderationInformation.received_on, ConsiderationInformation.id)))


def standing_recommendation(about: Consideration | Application) -> Recommendation | None:
    """What is recommended now; `by_id` is who may not decide it."""
    column = Recommendation.consideration_id if isinstance(about, Consideration) else Recommendation.application_id
    found = select(Recommendation).where(column == about.id, Recommendation.superseded_at.is_(None))
    return db.session.scalars(found).one_or_none()


def badge_posted_back_on(one: Consideration) -> date | None:
    """The day on which the badge came back while this was open. The law knows no surrender of a driver's licence."""
    until = one.closed_on or date.max
    days = [
        event.decided_on
        for event in one.licence.standing_events
        if event.kind is EventKind.BADGE_RETURNED and event.decided_on and one.opened_on <= event.decided_on <= until
    ]
    return min(days, default=None)
