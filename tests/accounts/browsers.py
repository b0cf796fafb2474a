"""Several people at once: each request of each browser in an application context of its own, as in serving.

A shared context would hand what one request remembers (who is signed in, the form token, the nonce) to the next.
"""

from typing import Any
from uuid import UUID

from clients import CheckingClient
from factories import accounts
from flask import Flask
from werkzeug.test import TestResponse

from licensing.permissions import Role


class Browser(CheckingClient):
    """One person's browser."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def of_nobody(app: Flask) -> Browser:
    return Browser(app, app.response_class, use_cookies=True)


def of_user(app: Flask, user_id: UUID) -> Browser:
    """The browser of somebody who has just signed in."""
    browser = of_nobody(app)
    browser.set_cookie("session", accounts.open_session(user_id))
    return browser


def of_role(app: Flask, role: Role, code: str = accounts.OXFORD) -> Browser:
    """The browser of a new user with that role there."""
    return of_user(app, accounts.user(role, code))
