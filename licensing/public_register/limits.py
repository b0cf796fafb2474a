"""How much one address may ask for: counted in the database, so that all workers count together."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, make_response, request
from sqlalchemy import text
from werkzeug.exceptions import TooManyRequests

from licensing.db import db
from licensing.permissions import View
from licensing.public_register.rules import KEPT_FOR, SEARCH_UNITS, UNITS_ALLOWED, WINDOW_SECONDS


def for_anybody(units: int) -> Callable[[View], View]:
    """The line under a public view: counts the request, and answers everybody alike, so that the answer may be kept.

    A search counts for more than a page. Whoever is signed in is nobody here: their cookie is not read and none is set.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            g.for_anybody = True
            g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  (Flask-Login adds it)
            if not _is_allowed(SEARCH_UNITS if request.args.get("q") else units):
                raise TooManyRequests(retry_after=WINDOW_SECONDS)
            response = make_response(view(*args, **kwargs))
            response.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
            return response

        return counted

    return declare


def _is_allowed(units: int) -> bool:
    address = current_app.config["KEYS"].digest("public address", request.remote_addr or "")
    allowed = db.session.execute(
        text("CALL count_public_request(:address, :units, :most, NULL)"),
        {"address": address, "units": units, "most": UNITS_ALLOWED},
    ).scalar_one()
    db.session.commit()
    return bool(allowed)
