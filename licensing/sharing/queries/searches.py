"""Searches of NR3S that were recorded, and who may make them."""

from datetime import date
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import selectinload

from licensing.accounts.models import RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.db import db
from licensing.permissions import ROLE_PERMISSIONS, Permission, Role
from licensing.sharing.models import Nr3sSearch, Nr3sUser
from licensing.sharing.rules import SearchResult

PER_PAGE = 25


def search_exists(search_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Nr3sSearch.id == search_id))))


def search(search_id: UUID) -> Nr3sSearch:
    return db.session.get_one(Nr3sSearch, search_id)


def last_search(licence_id: UUID, since: date) -> Nr3sSearch | None:
    """The last search recorded for this licence's application on or after a day; corrected ones do not count."""
    found = select(Nr3sSearch).where(
        Nr3sSearch.licence_id == licence_id, Nr3sSearch.searched_on >= since, Nr3sSearch.superseded_at.is_(None)
    )
    return db.session.scalars(found.order_by(Nr3sSearch.searched_on.desc(), Nr3sSearch.id).limit(1)).first()


def searches_of(person_id: UUID, licence_id: UUID | None = None) -> list[Nr3sSearch]:
    """The searches for a person, or for one of their licences alone; the last first."""
    found = select(Nr3sSearch).where(Nr3sSearch.person_id == person_id, Nr3sSearch.superseded_at.is_(None))
    if licence_id:
        found = found.where(Nr3sSearch.licence_id == licence_id)
    return list(db.session.scalars(found.order_by(Nr3sSearch.searched_on.desc(), Nr3sSearch.id).limit(20)))


def searches_page(result: SearchResult | None, page: int) -> Pagination:
    """The searches that stand, the last first."""
    found = select(Nr3sSearch).where(Nr3sSearch.superseded_at.is_(None))
    if result:
        found = found.where(Nr3sSearch.result == result)
    found = found.options(selectinload(Nr3sSearch.person), selectinload(Nr3sSearch.licence))
    ordered = found.order_by(Nr3sSearch.searched_on.desc(), Nr3sSearch.id)
    return db.paginate(ordered, page=page, per_page=PER_PAGE, error_out=False)


def user_exists(named_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Nr3sUser.id == named_id))))


def named_user(named_id: UUID) -> Nr3sUser:
    return db.session.get_one(Nr3sUser, named_id)


def named_users() -> list[tuple[Nr3sUser, str]]:
    """Everybody who is or was named as trained to search NR3S, with their names; those who are now first."""
    found = select(Nr3sUser, User.name).join(User, User.id == Nr3sUser.user_id)
    ordered = found.order_by(Nr3sUser.until_on.desc().nulls_first(), User.name, Nr3sUser.id)
    return [(named, name) for named, name in db.session.execute(ordered)]


def is_named(user_id: UUID, day: date) -> bool:
    """Whether somebody was named as trained to search NR3S on a day."""
    return bool(db.session.scalar(select(exists().where(Nr3sUser.user_id == user_id, _on(day)))))


def is_named_still(user_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Nr3sUser.user_id == user_id, Nr3sUser.until_on.is_(None)))))


def _on(day: date) -> ColumnElement[bool]:
    return and_(Nr3sUser.from_on <= day, or_(Nr3sUser.until_on.is_(None), Nr3sUser.until_on >= day))


def colleagues(authority_id: UUID, permission: Permission) -> list[tuple[UUID, str]]:
    """Colleagues whose role holds a permission, by name."""
    roles = [role for role in Role if permission in ROLE_PERMISSIONS.get(role, frozenset())]
    holds_one = exists().where(RoleHeld.user_id == User.id, RoleHeld.ended_at.is_(None), RoleHeld.role.in_(roles))
    found = select(User.id, User.name).where(
        User.authority_id == authority_id, User.status == UserStatus.ACTIVE, holds_one
    )
    return [(row.id, row.name) for row in db.session.execute(found.order_by(User.name, User.id))]


def names_of(*user_ids: UUID | None) -> dict[UUID | None, str]:
    """The names of colleagues."""
    found = select(User.id, User.name).where(User.id.in_([one for one in user_ids if one])).order_by(User.id)
    return {row.id: row.name for row in db.session.execute(found)}
