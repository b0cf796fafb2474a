"""What every request and response passes through: headers, nonces, form tokens, origins, and files for ever."""

import re
from types import SimpleNamespace
from typing import Any

import clients
import pytest
from accounts import browsers, two_councils
from accounts.browsers import Browser
from conftest import MadeOnce
from flask import Flask, request
from gunicorn.http import wsgi
from werkzeug.test import TestResponse

from licensing import serving, web
from licensing.permissions import Role

HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
WORDS = {"words": "Sample"}


def faults(response: TestResponse) -> list[str]:
    """What is wrong with a response's headers."""
    policy = response.headers.get("Content-Security-Policy", "")
    wrong = [name for name, value in HEADERS.items() if response.headers.get(name) != value]
    if not (policy == "sandbox" or policy.startswith("default-src 'none'; ")) or "unsafe" in policy:
        wrong.append(f"Content-Security-Policy: {policy}")
    return wrong + [name for name in ("Server", "X-Powered-By", "Via") if response.headers.get(name)]


def test_every_response_carries_every_header(app: Flask, made_once: MadeOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "check_page", lambda _html: None)  # HEAD and OPTIONS have no page
    oxford = made_once(two_councils.oxford)
    officer, nobody = browsers.of_user(app, oxford.officer), browsers.of_nobody(app)
    responses = {
        200: nobody.get("/sign-in"),
        302: nobody.get("/people"),
        400: officer.post("/people/search", data=WORDS, without_token=True),
        403: officer.get("/audit"),
        404: nobody.get("/nowhere"),
        405: nobody.post("/people"),
        422: nobody.post("/sign-in"),
    }
    assert {status: one.status_code for status, one in responses.items()} == {status: status for status in responses}
    more = [
        officer.get("/"),
        officer.get(f"/people/{oxford.person_id}"),
        officer.get(f"/checks/{oxford.check_id}/receipt.pdf"),
        officer.get(f"/imports/{oxford.import_id}/rejected.csv"),
        officer.get(f"/imports/{oxford.import_id}/receipt.json"),
        officer.get("/static/nothing.css"),
        officer.open("/people", method="OPTIONS"),
        officer.open("/people", method="HEAD"),
    ]
    assert {one.request.path: wrong for one in [*responses.values(), *more] if (wrong := faults(one))} == {}


def test_the_check_of_headers_sees_one_that_is_missing(app: Flask) -> None:
    response = browsers.of_nobody(app).get("/sign-in")
    for name in HEADERS:
        kept = response.headers.pop(name)
        assert faults(response) == [name]
        response.headers[name] = kept
    response.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'unsafe-inline'"
    response.headers["Server"] = "something/1.0"
    assert len(faults(response)) == 2


def test_scripts_carry_the_nonce_of_their_own_response_and_the_next_has_another(app: Flask) -> None:
    browser, seen = browsers.of_nobody(app), set()
    for _ in range(3):
        response = browser.get("/sign-in")
        allowed = set(re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]))
        carried = re.findall(r'<script[^>]* nonce="([^"]+)"', response.text)
        assert response.text.count("<script") == len(carried) > 1
        assert set(carried) == allowed
        seen |= allowed
    assert len(seen) == 3
    assert all(len(nonce) >= 22 for nonce in seen)


def test_what_gunicorn_sends_names_no_server(only_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi, "SERVER", "gunicorn")
    monkeypatch.setenv("LICENSING_EMBEDDED_ADDRESS", "")
    monkeypatch.setattr(serving.Server, "run", lambda _self: None)
    request: Any = SimpleNamespace(version=(1, 1), method="GET", should_close=lambda: True)

    def first_lines() -> str:
        response = wsgi.Response(request, None, SimpleNamespace(protocol="http"))
        response.status = "200 OK"
        return "".join(response.default_headers())

    assert "Server: gunicorn" in first_lines()
    with only_app.app_context():
        serving.serve(5000, 1)
    assert "Server: \r\n" in first_lines()


def test_a_form_without_its_token_is_answered_in_plain_words(app: Flask) -> None:
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    for data in (WORDS, {**WORDS, "csrf_token": "guess"}, {**WORDS, "csrf_token": ""}):
        response = browser.post("/people/search", data=data, without_token=True)
        assert response.status_code == 400
        assert "Go back, check what you entered and send it again" in response.text
        assert "CSRF" not in response.text
    assert browser.post("/people/search", data=WORDS).status_code == 302


def test_a_token_of_another_browser_is_refused(app: Flask) -> None:
    other = browsers.of_role(app, Role.LICENSING_OFFICER)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', other.get("/people/find").text)
    assert token is not None
    mine = browsers.of_role(app, Role.LICENSING_OFFICER)
    mine.get("/people/find")
    assert mine.post("/people/search", data={"csrf_token": token[1]}, without_token=True).status_code == 400
    assert other.post("/people/search", data={"csrf_token": token[1]}, without_token=True).status_code == 302


def sent_from(browser: Browser, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.post("/people/search", data=WORDS, headers=named).status_code


def test_a_form_sent_from_another_site_is_refused_even_with_its_token(app: Flask) -> None:
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    assert sent_from(browser) == 302
    assert sent_from(browser, Sec_Fetch_Site="same-origin", Origin="null") == 302
    assert sent_from(browser, Sec_Fetch_Site="none") == 302
    assert sent_from(browser, Origin="http://localhost") == 302
    for headers in (
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "https://localhost"},
    ):
        assert sent_from(browser, **headers) == 403, headers
    assert browser.get("/people", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_files_are_kept_for_ever_under_their_fingerprint_and_an_hour_without(app: Flask) -> None:
    browser = browsers.of_nobody(app)
    page = browser.get("/sign-in").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        with browser.get(address) as response:
            assert response.status_code == 200
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "Set-Cookie" not in response.headers
    with browser.get(addresses[0].partition("?")[0]) as response:
        assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_a_fingerprint_follows_the_content(only_app: Flask) -> None:
    names = ("licensing.css", "licensing.js", "favicon.svg")
    assert len({web.fingerprint(name) for name in names}) == len(names)
    assert all(re.fullmatch(r"[0-9a-f]{12}", web.fingerprint(name)) for name in names)


@pytest.mark.parametrize("path", ["../web.py", "%2e%2e/keys.py", "..\\web.py", "vendor.py/../../keys.py"])
def test_nothing_outside_the_folder_of_files_is_served(app: Flask, path: str) -> None:
    assert browsers.of_nobody(app).get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(("trusted", "address"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_an_address_is_taken_from_trusted_proxies_only(trusted: int, address: str) -> None:
    app = Flask(web.__name__)
    app.config.update(SECRET_KEY="tests", TRUSTED_PROXIES=trusted)
    web.init_app(app)
    app.add_url_rule("/", view_func=lambda: request.remote_addr or "")
    assert app.test_client().get("/", headers={"X-Forwarded-For": "192.0.2.7"}).text == address
