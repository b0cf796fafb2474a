"""What everybody changes about their own account: name, password, authenticator, recovery codes, sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from licensing.accounts import own_credential
from licensing.accounts.acting import ActingUser, new_token, token_hash
from licensing.accounts.rules import SessionKind, check_password
from licensing.accounts.second_factor import Setup, new_recovery_codes, recovery_hash, step_of_new
from licensing.accounts.sign_in import hasher
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import act_as, db
from licensing.errors import RuleBroken


@dataclass(frozen=True)
class OwnSession:
    """A sign-in of the acting user that is open now."""

    id: UUID
    kind: SessionKind
    started_at: datetime
    last_seen_at: datetime
    is_this: bool


def sessions() -> list[OwnSession]:
    """The acting user's open sessions, this one first."""
    found = text("SELECT * FROM own_sessions() ORDER BY is_this DESC, last_seen_at DESC, id")
    return [
        OwnSession(row.id, SessionKind(row.kind), row.started_at, row.last_seen_at, row.is_this)
        for row in db.session.execute(found)
    ]


def end_session(user: ActingUser, session_id: UUID) -> bool:
    """End one of one's own sessions; False where there is no such."""
    ended = db.session.execute(text("CALL end_own_session(:id, NULL)"), {"id": session_id}).scalar_one()
    if ended:
        audit.record(Action.SESSION_ENDED, ObjectKind.USER, user.id)
    return bool(ended)


def change_name(user: ActingUser, name: str) -> None:
    """What colleagues and receipts call one from now on; what was stamped before keeps the name it had.

    The trail has both, so that the entries under either are known for one person's. RuleBroken for a colleague's name.
    """
    changed = db.session.execute(text("CALL change_own_name(:name, NULL)"), {"name": name}).scalar_one()
    if not changed:
        raise RuleBroken("A colleague has this name. Add a middle name or an initial to yours.", "name")
    told = {"before": {"name": user.name}, "after": {"name": name}}
    audit.record(Action.CHANGED, ObjectKind.USER, user.id, details=told)


def change_password(user: ActingUser, current: str, new: str) -> str:
    """End every other session and open link, and return this session's new token. Raises RuleBroken at the field."""
    own_credential.check_password_of(user, current, "current")
    check_password(new, (user.name, user.email))
    token = new_token()
    values = {"hash": hasher.hash(new), "token_hash": token_hash(token)}
    db.session.execute(text("CALL change_own_password(:hash, :token_hash)"), values)
    act_as(token)
    audit.record(Action.PASSWORD_CHANGED, ObjectKind.USER, user.id)
    return token


def change_authenticator(user: ActingUser, setup: Setup, password: str, code: str, new_code: str) -> str:
    """Take a new authenticator in place of the one that gave `code`, which may be a recovery code.

    Ends every other session, open link and recovery code, and returns this session's new token. Raises RuleBroken at
    the field.
    """
    own_credential.check_password_of(user, password, "password")
    new_step = step_of_new(setup, new_code, "new_code")
    proof = own_credential.proof(user, code)
    token = new_token()
    changed = db.session.execute(
        text("CALL change_own_authenticator(:step, :code_hash, :totp, :new_step, :token_hash, NULL)"),
        {
            "step": proof.step,
            "code_hash": proof.code_hash,
            "totp": setup.sealed,
            "new_step": new_step,
            "token_hash": token_hash(token),
        },
    ).scalar_one()
    if not changed:
        own_credential.refuse(user, own_credential.WRONG_CODE, "code")
    act_as(token)
    audit.record(Action.SECOND_FACTOR_RESET, ObjectKind.USER, user.id)
    return token


def make_recovery_codes(user: ActingUser) -> list[str]:
    """Ten new codes in place of any there were; they are shown once and kept as hashes."""
    codes = new_recovery_codes()
    hashes = [recovery_hash(user.id, code) for code in codes]
    db.session.execute(text("CALL make_recovery_codes(CAST(:hashes AS bytea[]))"), {"hashes": hashes})
    audit.record(Action.RECOVERY_CODES_MADE, ObjectKind.USER, user.id)
    return codes
