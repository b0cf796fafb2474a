"""Sending one mail. It acts for nobody: to whom it may write, the database takes from the job itself."""

import secrets
from hashlib import sha256
from urllib.parse import urljoin
from uuid import UUID

from flask import current_app
from sqlalchemy import text

from licensing import jobs
from licensing.db import db
from licensing.mail import delivery
from licensing.mail.rules import WORDS, MailKind, body
from licensing.web import SERVICE_NAME


@jobs.task("send_mail", "Send a mail", for_asker=False)
def send_mail(to_user_id: UUID, kind: str, **given: UUID | int) -> None:
    """Write to the user; nothing where the account no longer stands as this kind of mail needs it."""
    address = db.session.execute(text("CALL mail_recipient(NULL)")).scalar_one()
    if address is None:
        return
    about = MailKind(kind)
    counts = {name: int(str(given.pop(name))) for name in WORDS[about].counts}
    values: dict[str, str | UUID] = {name: str(value) for name, value in given.items()}
    if about.link:
        if (token := _new_token()) is None:  # the link was withdrawn, or used, before its mail was sent
            return
        values = {"token": token}
    message = body(SERVICE_NAME, about, public_address(WORDS[about].endpoint, **values), **counts)
    delivery.deliver(address, WORDS[about].subject, message, announced=about.link is not None)


def public_address(endpoint: str, **values: str | UUID) -> str:
    """The address of a page as its reader opens it from outside."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return urljoin(current_app.config["PUBLIC_URL"], path)


def _new_token() -> str | None:
    """A fresh token for the link that was issued. Committed first: a link that has been sent must work."""
    token = secrets.token_urlsafe(32)
    given = db.session.execute(
        text("CALL give_link_token(:token_hash, NULL)"), {"token_hash": sha256(token.encode()).digest()}
    ).scalar_one()
    db.session.commit()
    return token if given else None
