"""Everything that goes wrong answers with a page in plain words and a reference, and with nothing else."""

import logging
import re
from collections.abc import Callable
from typing import NoReturn

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import officer, sign_in
from factories import accounts, register
from flask import Flask
from pages import check_page
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnprocessableEntity

from licensing import embedded
from licensing.accounts import home_page
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register import queries
from licensing.setup import owner_session

SECRET = "Mohammed Canary of 1 Sample Street"
Break = Callable[[BaseException], None]


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


@pytest.fixture
def broken_home(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Makes the home page fail in a given way."""

    def break_with(error: BaseException) -> None:
        def fail(_user: object) -> NoReturn:
            raise error

        monkeypatch.setattr(home_page, "tasks_for", fail)

    return break_with


def check_error_page(text: str, heading: str) -> str:
    """The reference on an error's page, which says what happened and shows nothing of how."""
    check_page(text)
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in text
    said = re.sub(r'(value|nonce)="[^"]*"', "", text)  # tokens are random letters, which may spell anything
    for inside in ("Traceback", "psycopg", "sqlalchemy", "SELECT", ".py"):
        assert inside not in said
    reference = re.search(r'<strong class="reference">([0-9A-F]{8})</strong>', text)
    assert reference is not None
    return reference[1]


@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (BadRequest(SECRET), 400, "This request could not be read"),
        (RequestEntityTooLarge(), 413, "The file or text is too large"),
        (UnprocessableEntity(), 422, "What was sent cannot be accepted"),
        (ValueError(SECRET), 500, "Sorry, there is a problem with the service"),
        (RuleBroken(SECRET), 500, "Sorry, there is a problem with the service"),
    ],
)
def test_an_error_has_its_page(
    browser: Browser, broken_home: Break, error: Exception, status: int, heading: str
) -> None:
    broken_home(error)
    response = browser.get("/")
    assert response.status_code == status
    check_error_page(response.text, heading)
    assert "Canary" not in response.text
    assert "Test Licensing officer" in response.text


def test_refused_missing_and_misused_pages_say_so(browser: Browser) -> None:
    for response, heading in (
        (browser.get("/audit"), "You do not have permission to do this"),
        (browser.get("/nowhere"), "Page not found"),
        (browser.post("/people"), "This page cannot be used in that way"),
    ):
        check_error_page(response.text, heading)
    assert "GET" in browser.post("/people").headers["Allow"]


def test_what_is_too_large_is_refused_before_it_is_read(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10_000)
    response = browser.post("/people/search", data={"words": "x" * 20_000})
    assert response.status_code == 413
    check_error_page(response.text, "The file or text is too large")


def test_each_error_has_its_own_reference_and_the_log_has_the_same(
    browser: Browser, broken_home: Break, caplog: pytest.LogCaptureFixture
) -> None:
    broken_home(KeyError(SECRET))
    pages = [browser.get("/").text for _ in range(2)]
    references = [check_error_page(page, "Sorry, there is a problem with the service") for page in pages]
    assert len(set(references)) == 2
    for reference, logged in zip(references, caplog.messages, strict=True):
        assert logged.startswith(f"error {reference}: 500 at accounts.home: KeyError through ")
        assert "test_errors.py" in logged


@pytest.mark.parametrize("path", ["/", "/people", "/sign-in?next=/people", "/invitation/some-token"])
@pytest.mark.parametrize("address", ["localhost:1", "/nowhere"])
def test_without_its_database_the_product_says_that_it_is_not_available(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, path: str, address: str
) -> None:
    url = f"postgresql+psycopg://{embedded.APP_ROLE}@/licensing?host={address.partition(':')[0]}&port=1"
    monkeypatch.setitem(db.engines, None, create_engine(url, poolclass=NullPool))
    response = browser.get(path)
    assert response.status_code == 503
    check_error_page(response.text, "Sorry, the service is not available for the moment")
    assert "Test Licensing officer" not in response.text


def test_a_connection_lost_in_the_middle_of_a_request_is_the_same_page_and_the_next_request_works(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = register.add(register.KHAN, accounts.OXFORD)
    found = queries.person

    def lose(one: object) -> object:
        end_connection(app, db.session.scalar(text("SELECT pg_backend_pid()")))
        return found(one)  # type: ignore[arg-type]

    with monkeypatch.context() as during:
        during.setattr(queries, "person", lose)
        response = browser.get(f"/people/{person_id}")
    assert response.status_code == 503
    check_error_page(response.text, "Sorry, the service is not available for the moment")
    assert "Khan" not in response.text
    assert browser.get(f"/people/{person_id}").status_code == 200


def end_connection(app: Flask, process: int | None) -> None:
    engine = create_engine(embedded.as_role(app.config["SUPERUSER_URL"], "postgres", "postgres"), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})


def test_a_statement_that_is_stopped_for_taking_too_long_is_the_same_page(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(*_: object) -> NoReturn:
        db.session.execute(text("SET LOCAL statement_timeout = 1"))
        db.session.execute(text("SELECT pg_sleep(60)"))
        raise AssertionError

    monkeypatch.setattr(queries, "people_page", sleep)
    assert browser.get("/people").status_code == 503


def test_logs_hold_no_name_no_address_and_no_search(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    officer("canary@example.org")
    browser = browsers.of_nobody(app)
    sign_in(browser, "canary@example.org", password="a canary pass phrase", with_code="123456")
    sign_in(browser, "canary@example.org")
    browser.get(browser.post("/people/search", data={"words": "Canaryson"}).location)
    asked = {"name": "Petra Canaryson", "purpose": "renewal", "case_reference": "CANARY/1", "postcode": "OX99 1AA"}
    browser.get(browser.post("/checks/new", data=asked).location)

    def fail(*_: object) -> NoReturn:
        db.session.execute(text("SELECT CAST(:name AS integer)"), {"name": "Petra Canaryson"})
        raise AssertionError

    monkeypatch.setattr(queries, "people_page", fail)
    assert browser.get("/people").status_code == 500
    with owner_session() as session:
        session.execute(text("REVOKE INSERT ON draft FROM licensing_app"))
        session.commit()
    assert browser.post("/people/search", data={"words": "Canaryson"}).status_code == 500

    said = caplog.text + "".join(capfd.readouterr())
    assert said.count("licensing.errors") == 2
    assert "DataError through" in said
    assert "canary" not in said.casefold()
    assert "123456" not in said
    assert "OX99" not in said
