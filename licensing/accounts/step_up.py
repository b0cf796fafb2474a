"""Step-up: the second factor again before roles change or records leave, if it was not shown in the last minutes."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeAlias

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from licensing.accounts import kept_forms, own_credential
from licensing.accounts.acting import ActingUser, new_token, token_hash
from licensing.accounts.rules import STEP_UP_LASTS
from licensing.accounts.sessions import token_of_request
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import act_as, db

View: TypeAlias = Callable[..., Any]


def fresh_second_factor(view: View) -> View:
    """The line under a view's permission: asks for the code where it was shown too long ago, and comes back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if is_fresh() else ask_again()

    return guarded


def is_fresh(since: datetime | None = None) -> bool:
    """Whether the acting session showed the second factor in the last minutes, and after `since`."""
    shown_at: datetime | None = db.session.scalar(text("SELECT acting_second_factor_at()"))
    if shown_at is None or (since and shown_at <= since):
        return False
    return datetime.now(UTC) - shown_at < STEP_UP_LASTS


def ask_again() -> ResponseReturnValue:
    """To the page that asks for the code; what was being posted is kept and offered back after it."""
    if request.method == "POST" and kept_forms.keep(token_of_request()):
        return redirect(url_for("accounts.confirm"))
    return redirect(url_for("accounts.confirm", next=request.path if request.method == "GET" else None))


def confirm(user: ActingUser, code: str) -> str:
    """Take the code and renew the session's token, which is returned. Raises RuleBroken at the code."""
    proof = own_credential.proof(user, code)
    token = new_token()
    stepped = db.session.execute(
        text("CALL step_up(:step, :code_hash, :token_hash, NULL)"),
        {"step": proof.step, "code_hash": proof.code_hash, "token_hash": token_hash(token)},
    ).scalar_one()
    if not stepped:
        own_credential.refuse(user, own_credential.WRONG_CODE, "code")
    act_as(token)
    audit.record(Action.STEPPED_UP, ObjectKind.USER, user.id)
    return token
