"""What every request and response passes through: cookies, origin and CSRF checks, headers, templates."""

import hashlib
import secrets
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request, send_from_directory, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from licensing import dates
from licensing.permissions import public

SERVICE_NAME = "Licensing compliance and disruption tracker"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parents[1] / "templates"

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Attach the checks, the headers and what templates need."""
    if proxies := app.config.get("TRUSTED_PROXIES"):
        # Who asks, and whether over TLS, as the proxies in front say; sign-in attempts are counted by it.
        # Flask is wrapped by replacing its method, as its documentation has it, which no type allows.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.session_interface = HostCookie()
    app.config["WTF_CSRF_SSL_STRICT"] = False  # it wants a Referer, which our own header withholds: see _check_origin
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # the token lives as long as the sign-in
    csrf.init_app(app)
    app.before_request(_check_origin)
    app.after_request(_add_headers)
    app.view_functions["static"] = public("Style sheets, scripts and images hold no records")(_serve_static)
    _prepare_templates(app)


class HostCookie(SecureCookieSessionInterface):
    """The cookie for flashed messages and the CSRF token, under the same safe name rule as the session's."""

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name("state")

    def get_cookie_secure(self, app: Flask) -> bool:
        return is_secure()

    def get_cookie_samesite(self, app: Flask) -> str:
        return "Lax"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        # An answer that is the same for everybody sets no cookie and does not vary by one: it may be kept.
        if not g.get("for_anybody"):
            super().save_session(app, session, response)


def is_secure() -> bool:
    """Cookies are Secure everywhere but on this machine's own address over plain HTTP, where none would be kept."""
    return request.is_secure or urlsplit(request.host_url).hostname not in LOOPBACK


def cookie_name(name: str) -> str:
    return f"__Host-{name}" if is_secure() else name


def _check_origin() -> None:
    """Unsafe requests must come from our own pages. With no-referrer a browser sends `Origin: null`, so
    Sec-Fetch-Site is asked first; the CSRF token is needed in any case."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    if site is not None and site not in ("same-origin", "none"):
        abort(403)
    if site is None and origin != "null" and origin != request.host_url.rstrip("/"):
        abort(403)


def csp_nonce() -> str:
    """This response's nonce for its own scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def _add_headers(response: Response) -> Response:
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"manifest-src 'self'; script-src 'strict-dynamic'{nonce}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    for name, value in {
        "Content-Security-Policy": policy,
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }.items():
        response.headers.setdefault(name, value)
    return response


@cache
def fingerprint(filename: str) -> str:
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


def asset(filename: str) -> str:
    """The address of a static file, which changes with its content so that it may be kept for ever."""
    return url_for("static", filename=filename, v=fingerprint(filename))


def _serve_static(filename: str) -> Response:
    response = send_from_directory(STATIC, filename)
    if request.args.get("v"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["day"] = dates.in_words
    app.jinja_env.filters["moment"] = dates.moment_in_words
    app.jinja_env.globals.update(service_name=SERVICE_NAME, csp_nonce=csp_nonce, asset=asset)
    WTFormsHelpers(app)
