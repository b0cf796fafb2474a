"""Several people at once, each with a browser of their own."""

from uuid import UUID

from clients import CheckingClient as Browser
from factories import accounts
from flask import Flask

from licensing.permissions import Role


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
