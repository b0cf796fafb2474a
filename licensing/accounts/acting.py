"""The person who is acting, as the database knows them by their session token."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast
from uuid import UUID

from flask_login import UserMixin, current_user
from sqlalchemy import text

from licensing.db import db
from licensing.permissions import Permission, Role, permissions_of


@dataclass(frozen=True)
class ActingAuthority:
    """The authority somebody acts for."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True)
class ActingUser(UserMixin):
    """Who is signed in, for which authority, in which roles, and until when."""

    id: UUID
    name: str
    email: str
    authority: ActingAuthority
    roles: tuple[Role, ...]
    session_id: UUID
    last_seen_at: datetime
    expires_at: datetime
    is_sample: bool

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(set(self.roles))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def who_is_acting() -> ActingUser | None:
    """The holder of the token that is set (licensing.db.act_as), or None when it opens no session."""
    row = db.session.execute(text("SELECT * FROM acting_account()")).one_or_none()
    if row is None:
        return None
    return ActingUser(
        id=row.id,
        name=row.name,
        email=row.email,
        authority=ActingAuthority(row.authority_id, row.authority_code, row.authority_name),
        roles=tuple(Role(role) for role in row.roles),
        session_id=row.session_id,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        is_sample=row.is_sample,
    )


def signed_in_user() -> ActingUser:
    """Who sent this request; for views whose declared permission lets nobody else in."""
    return cast(ActingUser, current_user._get_current_object())  # type: ignore[attr-defined]  (a proxy)


def new_token() -> str:
    """A fresh 256-bit session or invitation token."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).digest()
