"""The tables of accounts. Credential, Invitation and Attempt are reached by procedures only."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.rules import SessionKind, Tier, UserStatus
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.mail.rules import LinkKind
from licensing.permissions import Role


class Authority(Base):
    """A council. It is never deleted: reorganisation ends it and names its successor."""

    __tablename__ = "authority"

    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(String(9), unique=True)  # GSS code, as E07000178
    name: Mapped[str] = mapped_column(Text)
    tier: Mapped[Tier] = enum_column(Tier, name="tier")
    functions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    licensing_contact: Mapped[str] = mapped_column(Text)
    licensing_email: Mapped[str] = mapped_column(Text)
    licensing_phone: Mapped[str] = mapped_column(Text)
    agreement_reference: Mapped[str | None] = mapped_column(Text)
    agreement_signed_on: Mapped[date | None]
    agreement_review_on: Mapped[date | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))

    @property
    def contact(self) -> str:
        """Whom another council asks about a licence, and how."""
        return ", ".join(part for part in (self.licensing_contact, self.licensing_email, self.licensing_phone) if part)

    def shares_with_others(self, day: date) -> bool:
        """Whether the others may search its records: its sharing agreement is recorded and has begun."""
        return self.agreement_signed_on is not None and self.agreement_signed_on <= day


class User(Base):
    """Somebody who signs in for one authority."""

    __tablename__ = "user_account"

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), index=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    status: Mapped[UserStatus] = enum_column(UserStatus, name="user_status")
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[RecordedAt]

    authority: Mapped[Authority] = relationship()
    roles: Mapped[list["RoleHeld"]] = relationship(order_by="RoleHeld.role", foreign_keys="RoleHeld.user_id")


class RoleHeld(Base):
    """A role a user holds from a moment until another."""

    __tablename__ = "role_held"
    __table_args__ = (
        Index("uq_role_held_current", "user_id", "role", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role] = enum_column(Role, name="role")
    granted_at: Mapped[RecordedAt]
    ended_at: Mapped[Moment | None]
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))  # none: on the console
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"), unique=True)  # where two were needed


class RolePermission(Base):
    """The table of licensing/permissions.py, where the policies can read it. Written by `flask setup`."""

    __tablename__ = "role_permission"

    role: Mapped[Role] = enum_column(Role, name="role", primary_key=True)
    permission: Mapped[str] = mapped_column(Text, primary_key=True)


class UserSession(Base):
    """A sign-in. The token is kept as its SHA-256 only."""

    __tablename__ = "user_session"

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[SessionKind] = enum_column(SessionKind, name="session_kind")
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    started_at: Mapped[RecordedAt]
    last_seen_at: Mapped[RecordedAt]
    second_factor_at: Mapped[RecordedAt]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class Credential(Base):
    """What proves who a user is: argon2id hash, sealed authenticator secret, the last code's time step."""

    __tablename__ = "credential"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    password_hash: Mapped[str | None] = mapped_column(Text)
    totp_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class Invitation(Base):
    """A single-use link: to begin, to choose a new password, or to set up a new authenticator."""

    __tablename__ = "invitation"

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    kind: Mapped[LinkKind] = enum_column(LinkKind, name="link_kind", server_default=LinkKind.INVITATION)
    failures: Mapped[int] = mapped_column(server_default="0")
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"), unique=True)


class RecoveryCode(Base):
    """One of ten codes that stand in for the authenticator, once; kept as a keyed hash."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash", name="uq_recovery_code_user_id_code_hash"),)

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[RecordedAt]
    used_at: Mapped[Moment | None]


class Attempt(Base):
    """A sign-in tried, by keyed hashes of account and address: enough to throttle, nothing to read."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=True)
    tried_at: Mapped[RecordedAt]
    account: Mapped[bytes] = mapped_column(LargeBinary)
    address: Mapped[bytes] = mapped_column(LargeBinary)
    succeeded: Mapped[bool]


class KeptForm(Base):
    """A form posted after its session had ended, kept for its sender to take up again after signing in."""

    __tablename__ = "kept_form"
    __table_args__ = (UniqueConstraint("user_id", name="uq_kept_form_user_id"),)

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    path: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[RecordedAt]
