"""A signed-in browser for timing: one kept-alive connection, cookies, and the form token."""

import http.client
import re
import time
from urllib.parse import urlencode, urlsplit

from benchmarks.world import World
from licensing.sample.users import PASSWORD


class Browser:
    """Signs in with password and code, as anybody would."""

    def __init__(self, world: World, address: str, email: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self.cookies: dict[str, str] = {}
        page = self._request("GET", "/sign-in")
        self.token = _token(page)
        with world.app.app_context():
            code = _code(email)
        self._request("POST", "/sign-in", {"email": email, "password": PASSWORD, "code": code})
        self.token = _token(self._request("GET", "/checks/new"))

    def get(self, path: str) -> float:
        """Seconds for one page."""
        started = time.perf_counter()
        self._request("GET", path, expected=200)
        return time.perf_counter() - started

    def post(self, path: str, fields: dict[str, str]) -> float:
        """Seconds for one form, up to the redirect that says it was done."""
        started = time.perf_counter()
        self._request("POST", path, fields, expected=302)
        return time.perf_counter() - started

    def links(self, path: str, pattern: str) -> list[str]:
        """Addresses on a page that fit a pattern."""
        return re.findall(f'href="({pattern})"', self._request("GET", path))

    def lines(self, path: str) -> int:
        """How many lines a file has."""
        return self._request("GET", path, expected=200).count("\n")

    def _request(self, method: str, path: str, fields: dict[str, str] | None = None, expected: int = 0) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**fields, "csrf_token": self.token})
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if expected and answer.status != expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        return text


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("The page has no form token.")
    return found[1]


def _code(email: str) -> str:
    from licensing.sample.accounts import code_to_type
    from licensing.setup import owner_session

    with owner_session() as session:
        return code_to_type(session, email)
