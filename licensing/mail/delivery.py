"""Handing a mail over: to the SMTP server of SMTP_URL, or into the instance's folder where there is none.

SMTP_URL is smtp://USER:PASSWORD@HOST:587, which must offer STARTTLS, or smtps://USER:PASSWORD@HOST:465. Only a server
on this machine's own address may be spoken to in the open.
"""

import os
import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

import click
from flask import current_app

from licensing.web import LOOPBACK

_PATIENCE_SECONDS = 30


def deliver(to: str, subject: str, text: str, *, announced: bool = True) -> None:
    """Send one mail. Raises smtplib.SMTPException or OSError when the server does not take it."""
    message = EmailMessage()
    message["From"], message["To"] = current_app.config["MAIL_FROM"], to
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=message["From"].rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers from holidays
    message.set_content(text)
    if url := current_app.config["SMTP_URL"]:
        _by_smtp(url, message)
    else:
        _into_folder(message, announced=announced)


def _by_smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=_PATIENCE_SECONDS, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, parts.port or 587, timeout=_PATIENCE_SECONDS)
    ) as server:
        if parts.scheme != "smtps" and host not in LOOPBACK:
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _into_folder(message: EmailMessage, *, announced: bool) -> None:
    """Beside the rest of the instance; the console is told of what somebody waits for."""
    folder = current_app.config["INSTANCE"] / "mail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(bytes(message))
    if announced:
        click.echo(f"A mail is in {folder / name}")
