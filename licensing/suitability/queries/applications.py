"""Applications, and what was said to have been seen of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.orm import joinedload

from licensing.db import db
from licensing.register.models import Licence
from licensing.suitability.applying import ApplicationKind, ApplicationState, ItemKind
from licensing.suitability.models import Application, ApplicationItem

PER_PAGE = 25
_HOLDER = (
    joinedload(Application.licence).joinedload(Licence.person),
    joinedload(Application.licence).joinedload(Licence.organisation),
)
# The driver check asks every room's records and is asked by none: its tables say when it met somebody.
_CHECKED = text("""
    SELECT max((c.made_at AT TIME ZONE 'Europe/London')::date)
    FROM check_result r JOIN driver_check c ON c.id = r.check_id
    WHERE r.person_id = :person AND c.kind = 'one_person' AND c.answered_at IS NOT NULL
      AND (c.made_at AT TIME ZONE 'Europe/London')::date >= :since
""")
IS_OPEN = (Application.decided_on.is_(None), Application.withdrawn_on.is_(None))


@dataclass(frozen=True)
class ApplicationsFilter:
    """What the list is narrowed to; without a state it shows what is open."""

    kind: ApplicationKind | None = None
    state: ApplicationState | None = None
    officer_id: UUID | None = None


def application_exists(application_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Application.id == application_id))))


def holder_in_application(application_id: UUID) -> UUID | None:
    """The person whose licence it is about; None where an organisation holds it."""
    found = select(Licence.person_id).join(Application, Application.licence_id == Licence.id)
    return db.session.scalar(found.where(Application.id == application_id))


def application(application_id: UUID) -> Application:
    """An application with its licence and whose it is."""
    return db.session.scalars(select(Application).where(Application.id == application_id).options(*_HOLDER)).one()


def application_for_update(application_id: UUID) -> Application:
    """The same, locked and read anew: two people cannot end it at once."""
    found = select(Application).where(Application.id == application_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def open_application(licence_id: UUID) -> Application | None:
    return db.session.scalars(select(Application).where(Application.licence_id == licence_id, *IS_OPEN)).one_or_none()


def items_said(application_id: UUID) -> dict[ItemKind, ApplicationItem]:
    """What officers said last of each item."""
    found = select(ApplicationItem).where(
        ApplicationItem.application_id == application_id, ApplicationItem.superseded_at.is_(None)
    )
    return {one.kind: one for one in db.session.scalars(found.order_by(ApplicationItem.kind))}


def checked_on(person_id: UUID, since: date) -> date | None:
    """The last day, since one, of a driver check of one person that met this record; None without one."""
    return db.session.scalar(_CHECKED, {"person": person_id, "since": since})


def applications_page(wanted: ApplicationsFilter, page: int) -> Pagination:
    """Applications, the longest waiting first; those that ended, the last received first."""
    found = _with_state(select(Application).options(*_HOLDER), wanted.state)
    if wanted.kind:
        found = found.where(Application.kind == wanted.kind)
    if wanted.officer_id:
        found = found.where(Application.officer_id == wanted.officer_id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def _with_state(found: Select[Any], state: ApplicationState | None) -> Select[Any]:
    if state in (None, ApplicationState.OPEN):
        return found.where(*IS_OPEN).order_by(Application.received_on, Application.id)
    ended = Application.decided_on if state is ApplicationState.DECIDED else Application.withdrawn_on
    return found.where(ended.is_not(None)).order_by(Application.received_on.desc(), Application.id)


def count_open(officer_id: UUID | None = None) -> int:
    """How many applications are open, of one officer or of all."""
    found = select(func.count()).select_from(Application).where(*IS_OPEN)
    return db.session.scalar(found.where(Application.officer_id == officer_id) if officer_id else found) or 0


def applications_of(licence_ids: list[UUID]) -> list[Application]:
    """All applications for these licences, the last received first."""
    found = select(Application).where(Application.licence_id.in_(licence_ids)).options(*_HOLDER)
    return list(db.session.scalars(found.order_by(Application.received_on.desc(), Application.id)))
