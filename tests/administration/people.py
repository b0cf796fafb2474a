"""Administrators and those whom they look after, with what the database says to raw SQL as each of them."""

from typing import Any
from uuid import UUID

from accounts.signing_in import as_owner
from approvals.proposals import acting, sqlstate_of
from factories import accounts

from licensing.permissions import Role

REFUSED = "42501"


def roles_of(user_id: UUID) -> set[str]:
    found = "SELECT role FROM role_held WHERE user_id = :id AND ended_at IS NULL"
    return {role for (role,) in as_owner(found, id=user_id)}


def status_of(user_id: UUID) -> str:
    return str(as_owner("SELECT status FROM user_account WHERE id = :id", id=user_id)[0][0])


def refused_by_database(user_id: UUID, statement: str, **values: Any) -> bool:
    """Whether PostgreSQL refuses this statement to this user for want of rights."""
    with acting(user_id):
        return sqlstate_of(statement, **values) == REFUSED


def colleague(code: str = accounts.OXFORD) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER, code)
