"""The session cookie: from the token a browser sends to the person who is acting."""

from datetime import UTC, datetime, timedelta

from flask import Flask, Response, redirect, request, url_for
from flask_login import LoginManager, current_user
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from licensing import web
from licensing.accounts import kept_forms
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.accounts.rules import ABSOLUTE_LIMIT, IDLE_LIMIT
from licensing.db import act_as, db, forget_who_acts

# Writing down every request would cost each of them a transaction; half a minute's error is nothing in fifteen.
TOUCH_EVERY = timedelta(seconds=30)

login = LoginManager()


def init_app(app: Flask) -> None:
    """Attach the sign-in to the application."""
    login.init_app(app)
    login.request_loader(_load_user)
    login.unauthorized_handler(_send_to_sign_in)
    app.before_request(_take_token)
    app.teardown_request(lambda _error: forget_who_acts())
    app.context_processor(_page_context)


def give_cookie(response: AnyResponse, token: str) -> None:
    """Hand the browser its session token."""
    response.set_cookie(
        web.cookie_name("session"),
        token,
        secure=web.is_secure(),
        httponly=True,
        samesite="Lax",
        max_age=int(ABSOLUTE_LIMIT.total_seconds()),
    )


def end_former(new_token: str) -> None:
    """Signing in again ends the session that this browser had; from here on the new one acts."""
    act_as(token_of_request())
    db.session.execute(text("CALL end_session()"))
    act_as(new_token)


def take_cookie_away(response: AnyResponse) -> None:
    response.delete_cookie(web.cookie_name("session"), secure=web.is_secure(), httponly=True, samesite="Lax")


def token_of_request() -> str:
    """The session token that the browser sent, or '' for what cannot be one: PostgreSQL takes no NUL."""
    token = request.cookies.get(web.cookie_name("session"), "")
    return token if token.isascii() and token.isprintable() else ""


def _take_token() -> None:
    act_as(token_of_request())


def _load_user(_request: object) -> ActingUser | None:
    if not token_of_request() or request.endpoint == "static":
        return None
    user = who_is_acting()
    if user and datetime.now(UTC) - user.last_seen_at > TOUCH_EVERY:
        db.session.execute(text("CALL touch_session()"))
        db.session.commit()
    return user


def _send_to_sign_in() -> Response | AnyResponse:
    """Sign in first, then come back; what was being posted is kept."""
    if request.method == "POST" and kept_forms.keep(token_of_request()):
        return redirect(url_for("accounts.sign_in", ended=1))
    # Addresses hold random identifiers only, so this one may be passed on.
    return redirect(url_for("accounts.sign_in", next=request.path if request.method == "GET" else None))


def _page_context() -> dict[str, object]:
    """What the base template needs to know of the session; licensing.js warns two minutes before the limit."""
    return {
        "session_idle_seconds": int(IDLE_LIMIT.total_seconds()),
        "sign_in_url": url_for("accounts.sign_in"),
        "account_url": url_for("accounts.show_account"),
        "sign_out_url": url_for("accounts.sign_out"),
        "stay_signed_in_url": url_for("accounts.stay_signed_in"),
        "sample_data": bool(getattr(current_user, "is_sample", False)),
    }
