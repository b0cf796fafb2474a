"""Commands for the first administrator, further authorities, and acting on somebody's behalf."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import click
import pyotp
from flask import current_app, url_for
from flask.cli import with_appcontext
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from licensing.accounts.acting import ActingUser, new_token, token_hash, who_is_acting
from licensing.accounts.models import Authority, Credential, Invitation, RoleHeld, User, UserSession
from licensing.accounts.rules import INVITATION_LASTS, SessionKind, Tier, UserStatus
from licensing.accounts.second_factor import seal_secret
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import NEVER_BY_COMMAND, Role
from licensing.setup import new_authority, owner_session

CONSOLE_SESSION = timedelta(hours=12)
_SAMPLES = (
    "This database holds invented records, and everybody can sign in as its sample users: no real person belongs here. "
    "Set up another for your council, or add --sample to invite somebody to try this one."
)


@click.group("user")
def user() -> None:
    """The people who sign in."""


@user.command("invite")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--authority", "code", required=True, help="The council's GSS code, as E07000178.")
@click.option("--sample", "as_sample", is_flag=True, help="On a database of samples: the account is a sample too.")
@with_appcontext
def invite(email: str, role: str, code: str, as_sample: bool) -> None:
    """Invite somebody, and print the link with which they choose a password."""
    with owner_session() as session:
        if _holds_samples(session) != as_sample:
            raise click.ClickException(
                _SAMPLES if not as_sample else "This database holds no samples: leave --sample out."
            )
        council = authority_of_code(session, code)
        email = email.lower()
        if session.scalar(select(User.id).where(User.email == email)):
            raise click.ClickException(f"{email} already has an account.")
        token = add_invited(session, council, email, Role(role), is_sample=as_sample)
        session.commit()
    with current_app.test_request_context():
        path = url_for("accounts.accept_invitation", token=token)
    click.echo(f"Invited. Within seven days, open {path} on the product's address.")


def _holds_samples(session: Session) -> bool:
    return session.scalar(select(User.id).where(User.is_sample).limit(1)) is not None


def add_invited(session: Session, council: Authority, email: str, role: Role, *, is_sample: bool = False) -> str:
    """An account waiting for its holder; returns the invitation's token, which is kept nowhere."""
    account = User(
        id=uuid4(), authority_id=council.id, email=email, name="", status=UserStatus.INVITED, is_sample=is_sample
    )
    token = new_token()
    session.add(account)
    session.flush()
    session.add_all(
        [
            RoleHeld(user_id=account.id, role=role),
            Invitation(
                user_id=account.id,
                token_hash=token_hash(token),
                expires_at=datetime.now(UTC) + INVITATION_LASTS,
            ),
            new_credential(account, pyotp.random_base32()),
        ]
    )
    _record(session, council, Action.USER_INVITED, ObjectKind.USER, account.id, {"role": role.value})
    return token


def _record(
    session: Session,
    council: Authority,
    action: Action,
    kind: ObjectKind,
    object_id: UUID,
    details: dict[str, Any],
) -> None:
    """An entry in a council's trail, of what nobody who is signed in did."""
    entry = {
        "id": uuid4(),
        "authority_id": council.id,
        "action": action,
        "category": action.category,
        "object_kind": kind,
        "object_id": object_id,
        "details": details,
    }
    session.execute(insert(AuditEntry).inline(), [entry])


def new_credential(account: User, totp_secret: str, password_hash: str | None = None) -> Credential:
    """What will prove who a user is, the authenticator's secret sealed with the row."""
    sealed = seal_secret(totp_secret, account.id)
    return Credential(user_id=account.id, totp_sealed=sealed, password_hash=password_hash, totp_last_step=0)


@click.group("authority")
def authority() -> None:
    """The councils that take part."""


@authority.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--tier", required=True, type=click.Choice([tier.value for tier in Tier]))
@click.option("--contact", default="Licensing team", show_default=True)
@click.option("--email", required=True, help="Where other councils ask about a licence holder.")
@click.option("--phone", default="")
@with_appcontext
def add_authority(code: str, name: str, tier: str, contact: str, email: str, phone: str) -> None:
    """Add a council, inside the county or outside it."""
    code = code.upper()
    if not re.fullmatch(r"E\d{8}", code):
        raise click.ClickException(f"{code} is not the code of an English council. Codes look like E07000178.")
    with owner_session() as session:
        if session.scalar(select(Authority.id).where(Authority.code == code)):
            raise click.ClickException(f"{code} is already here.")
        council = new_authority(code, name, Tier(tier), date.today(), contact=contact, email=email, phone=phone)
        session.add(council)
        session.flush()
        _record(session, council, Action.ADDED, ObjectKind.AUTHORITY, council.id, {"name": name})
        session.commit()
    click.echo(f"Added {name}. Other councils can search its records once its agreement is recorded.")


@authority.command("agree")
@click.argument("code")
@click.argument("reference")
@click.option("--signed-on", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--review-on", required=True, type=click.DateTime(["%Y-%m-%d"]))
@with_appcontext
def record_agreement(code: str, reference: str, signed_on: datetime, review_on: datetime) -> None:
    """Record a council's information sharing agreement: from then on others can search its records."""
    if review_on <= signed_on:
        raise click.ClickException("The review must be after the day of signing.")
    with owner_session() as session:
        council = authority_of_code(session, code)
        before = _agreement(council)
        council.agreement_reference = reference
        council.agreement_signed_on = signed_on.date()
        council.agreement_review_on = review_on.date()
        told = {"before": before, "after": _agreement(council)}
        _record(session, council, Action.CHANGED, ObjectKind.AUTHORITY, council.id, told)
        session.commit()
    click.echo(f"Recorded for {code}.")


def _agreement(council: Authority) -> list[str | None]:
    """The sharing agreement as the trail keeps it: reference, signed on, review on."""
    days = (council.agreement_signed_on, council.agreement_review_on)
    return [council.agreement_reference, *(day.isoformat() if day else None for day in days)]


def authority_of_code(session: Session, code: str) -> Authority:
    council = session.scalar(select(Authority).where(Authority.code == code.upper()))
    if council is None:
        raise click.ClickException(f"No council here has the code {code}. Codes look like E07000178.")
    return council


@contextmanager
def on_behalf_of(email: str, *, as_sample: bool = False) -> Iterator[ActingUser]:
    """Act for an active user in a session of the console's own kind, which the audit trail shows.

    Some roles a command never acts for; `as_sample` lifts that for an account that is a sample, and for no other.
    """
    with owner_session() as session:
        account = session.scalar(select(User).where(User.email == email.lower(), User.status == UserStatus.ACTIVE))
        if account is None:
            raise click.ClickException(f"{email} has no active account.")
        held = {one.role for one in account.roles if one.ended_at is None}
        if NEVER_BY_COMMAND & held and not (as_sample and account.is_sample):
            raise click.ClickException("A command cannot act for a designated officer or an auditor.")
        token = new_token()
        console = UserSession(
            id=uuid4(),
            user_id=account.id,
            kind=SessionKind.CONSOLE,
            token_hash=token_hash(token),
            expires_at=datetime.now(UTC) + CONSOLE_SESSION,
        )
        session.add(console)
        session.commit()
        console_id = console.id
    try:
        with acting_as(token):
            acting = who_is_acting()
            if acting is None:
                raise click.ClickException(f"{email} cannot act: the council's record has ended.")
            yield acting
            db.session.remove()
    finally:
        with owner_session() as session:
            session.get_one(UserSession, console_id).ended_at = datetime.now(UTC)
            session.commit()
