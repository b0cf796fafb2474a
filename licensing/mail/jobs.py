"""Sending one mail. It acts for nobody: to whom it may write, the database takes from the job itself."""

import secrets
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urljoin
from uuid import UUID

from flask import current_app
from sqlalchemy import text

from licensing import jobs
from licensing.db import db
from licensing.mail import delivery
from licensing.mail.rules import WORDS, LinkKind, MailKind, body
from licensing.web import SERVICE_NAME


@jobs.task("send_mail", "Send a mail", for_asker=False)
def send_mail(to_user_id: UUID, kind: str, **ids: UUID) -> None:
    """Write to the user; nothing where the account no longer stands as this kind of mail needs it."""
    address = db.session.execute(text("CALL mail_recipient(NULL)")).scalar_one()
    if address is None:
        return
    about = MailKind(kind)
    values = {"token": _new_link(to_user_id, about.link)} if about.link else ids
    message = body(SERVICE_NAME, about, public_address(WORDS[about].endpoint, **values))
    delivery.deliver(address, WORDS[about].subject, message)


def public_address(endpoint: str, **values: str | UUID) -> str:
    """The address of a page as its reader opens it from outside."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return urljoin(current_app.config["PUBLIC_URL"], path)


def _new_link(user_id: UUID, kind: LinkKind) -> str:
    """A fresh token, kept as its hash. Committed first: a link that has been sent must work."""
    token = secrets.token_urlsafe(32)
    db.session.execute(
        text("CALL issue_link(:user_id, :kind, :token_hash, :expires)"),
        {
            "user_id": user_id,
            "kind": kind,
            "token_hash": sha256(token.encode()).digest(),
            "expires": datetime.now(UTC) + kind.lasts,
        },
    )
    db.session.commit()
    return token
