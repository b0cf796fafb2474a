"""Links that work once: an invitation, a new password, a new authenticator."""

import os
from datetime import UTC, datetime
from uuid import uuid4

from flask import current_app, flash, url_for

from licensing.accounts.rules import LinkKind

_ENDPOINTS = {
    LinkKind.INVITATION: "accounts.accept_invitation",
    LinkKind.PASSWORD_RESET: "accounts.reset_password",
    LinkKind.SECOND_FACTOR_RESET: "accounts.reset_authenticator",
}


def address(kind: LinkKind, token: str) -> str:
    """Where a link of this kind leads."""
    return url_for(_ENDPOINTS[kind], token=token, _external=True)


def show_once(kind: LinkKind, token: str) -> None:
    """To whoever may hand it over, on the next page and never again."""
    flash(f"Give this link to them and to nobody else. It works once: {address(kind, token)}", "important")


def put_in_mail_folder(kind: LinkKind, token: str) -> None:
    """On a trial installation, which has no post, a link that somebody asked for themselves lies in a file."""
    if "SUPERUSER_URL" not in current_app.config:
        return
    folder = current_app.config["INSTANCE"] / "mail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}.txt"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(f"{address(kind, token)}\n")
