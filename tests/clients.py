"""The test client: sends the form token as a browser would, and looks hard at every page it gets."""

from typing import Any

from flask.sessions import SessionMixin
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from pages import check_page
from werkzeug.test import TestResponse

from licensing.db import act_as, db


class CheckingClient(FlaskClient):
    """Checks every page, and rolls back after each request, so that a forgotten commit is seen."""

    def open(self, *args: Any, without_token: bool = False, **kwargs: Any) -> TestResponse:
        # A context of its own, as on a server: nothing that one request remembers is there in the next.
        with self.application.app_context():
            if kwargs.get("method") == "POST" and not without_token:
                kwargs["data"] = {**(kwargs.get("data") or {}), "csrf_token": self._token()}
            response = super().open(*args, **kwargs)
            act_as("")
            db.session.rollback()
            db.session.remove()
        if response.mimetype == "text/html" and response.text and response.status_code not in (301, 302, 303):
            check_page(response.text)
        return response

    def _token(self) -> str:
        """The token of this browser's own session cookie."""
        with self.session_transaction() as state, self.application.test_request_context():
            return self._signed(state)

    def _signed(self, state: SessionMixin) -> str:
        from flask import session

        session.update(state)
        token: str = generate_csrf()
        state.update(session)
        return token
