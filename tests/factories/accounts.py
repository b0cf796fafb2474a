"""Users, and sessions without the form: signing in itself is tested where it belongs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import select

from licensing.accounts.acting import new_token, token_hash
from licensing.accounts.commands import new_credential
from licensing.accounts.models import Authority, Invitation, RoleHeld, User, UserSession
from licensing.accounts.rules import SessionKind, UserStatus
from licensing.accounts.sign_in import hasher
from licensing.mail.rules import LinkKind
from licensing.permissions import Role
from licensing.setup import owner_session

COUNTY, CHERWELL, OXFORD, SOUTH, VALE, WEST = (
    "E10000025",
    "E07000177",
    "E07000178",
    "E07000179",
    "E07000180",
    "E07000181",
)
PASSWORD = "violet kettle under seven maps"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def authority_id(code: str) -> UUID:
    with owner_session() as session:
        return session.scalars(select(Authority.id).where(Authority.code == code)).one()


def user(role: Role, code: str = OXFORD, email: str = "", *, with_password: bool = False) -> UUID:
    """An active user with one role; returns the id."""
    with owner_session() as session:
        account = User(
            id=uuid4(),
            authority_id=authority_id(code),
            email=email or f"{role}.{uuid4().hex[:8]}@example.org",
            name=f"Test {role.label}",
            status=UserStatus.ACTIVE,
        )
        session.add(account)
        session.flush()
        session.add(RoleHeld(user_id=account.id, role=role))
        password = hasher.hash(PASSWORD) if with_password else None
        session.add(new_credential(account, TOTP_SECRET, password))
        session.commit()
        return account.id


def give_role(user_id: UUID, role: Role) -> None:
    """Another role beside what somebody holds."""
    with owner_session() as session:
        session.add(RoleHeld(user_id=user_id, role=role))
        session.commit()


def open_session(user_id: UUID, kind: SessionKind = SessionKind.WEB) -> str:
    """A live session of this user; returns its token."""
    token = new_token()
    with owner_session() as session:
        session.add(
            UserSession(
                id=uuid4(),
                user_id=user_id,
                kind=kind,
                token_hash=token_hash(token),
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
        )
        session.commit()
    return token


def code_now(secret: str = TOTP_SECRET) -> str:
    return pyotp.TOTP(secret).now()


def agree(*codes: str) -> None:
    """Record sharing agreements of these authorities."""
    with owner_session() as session:
        for council in session.scalars(select(Authority).where(Authority.code.in_(codes))):
            council.agreement_reference, council.agreement_signed_on = "ISA-1", datetime.now(UTC).date()
        session.commit()


def issue_link(user_id: UUID, kind: str) -> None:
    """A link that stands for a user and has no mail yet, as whoever may issue it makes one."""
    with owner_session() as session:
        session.add(
            Invitation(
                user_id=user_id,
                kind=LinkKind(kind),
                token_hash=token_hash(new_token()),
                expires_at=datetime.now(UTC) + LinkKind(kind).lasts,
            )
        )
        session.commit()
