"""Mail kept in a folder of the test's own, and a page for new passwords where the application has none yet."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from factories import jobs as doing
from flask import Flask
from werkzeug.routing import Rule

SentMail = Callable[[], list[EmailMessage]]


@pytest.fixture
def mailing(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "INSTANCE", tmp_path)
    if not any(rule.endpoint == "accounts.reset_password" for rule in app.url_map.iter_rules()):
        app.url_map.add(Rule("/new-password/<token>", endpoint="accounts.reset_password", build_only=True))
    return app


@pytest.fixture
def sent(mailing: Flask) -> SentMail:
    """`sent()`: does the jobs that wait, and returns all mail so far, oldest first."""

    def read() -> list[EmailMessage]:
        doing.do_all(mailing)
        files = sorted((mailing.config["INSTANCE"] / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=default) for file in files]

    return read
