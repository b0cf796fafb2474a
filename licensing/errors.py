"""A rule broken, and the pages for everything that goes wrong."""

import logging
import secrets

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from licensing.db import db

log = logging.getLogger("licensing.errors")

# Connection lost or refused, server starting or stopping, too many connections, statement cancelled.
_UNAVAILABLE = (OperationalError, InterfaceError)


class RuleBroken(Exception):
    """What was asked is against a rule; the message is for the person, beside the field where there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def register_error_pages(app: Flask) -> None:
    """Every error answers with a page in plain words and a reference, never a trace."""

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException) -> ResponseReturnValue:
        return _page(error)

    @app.errorhandler(Exception)
    def show_unexpected_error(error: Exception) -> ResponseReturnValue:
        if isinstance(error, _UNAVAILABLE):
            return _page(ServiceUnavailable(), type(error).__name__)
        return _page(InternalServerError(), where(error))


def _page(error: HTTPException, cause: str = "") -> ResponseReturnValue:
    code = error.code or 500
    reference = secrets.token_hex(4).upper()
    if code >= 500:
        # The text of a database error can hold personal data, so only its kind and place are logged.
        log.error("error %s: %s at %s: %s", reference, code, request.endpoint, cause)
    try:
        db.session.rollback()
        page = render_template("errors/error.html", code=code, reference=reference)
    except Exception:  # the page's own chrome needs the database: say it without, to nobody in particular
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
        db.session.remove()
        page = render_template("errors/error.html", code=code, reference=reference, bare=True)
    response = error.get_response()
    response.data, response.content_type = page, "text/html; charset=utf-8"
    return response


def where(error: Exception) -> str:
    """The kind of error and the lines it passed through, without its message."""
    places, trace = [], error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} through {' > '.join(places[-6:])}"
