"""A look is kept before anything is read: nothing is served without it, and it stays when the reader backs out."""

import inspect
from uuid import UUID

import pytest
from accounts import browsers
from assurance.conftest import Tell
from assurance.test_matrix import doors_of_a_case
from factories import accounts, allegations
from flask import Flask
from sqlalchemy import text

from licensing.db import acting_as, db
from licensing.setup import owner_session

CANARY = "zyzzyvacanary"


def looks(case_id: UUID) -> int:
    with owner_session() as session:
        found = "SELECT count(*) FROM restricted_entry WHERE object_id = :id AND action = 'looked'"
        return session.scalar(text(found), {"id": case_id}) or 0


def broken_trail(*statements: str) -> None:
    with owner_session() as session:
        for statement in statements:
            session.execute(text(statement))
        session.commit()


BREAK = (
    "CREATE FUNCTION no_trail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$",
    "CREATE TRIGGER a_no_trail BEFORE INSERT ON restricted_entry FOR EACH ROW EXECUTE FUNCTION no_trail()",
)


def test_nothing_of_a_case_is_served_when_the_look_cannot_be_kept(fast: Flask, tell: Tell) -> None:
    owner = allegations.officer()
    case_id = allegations.open_case(owner, words=CANARY)
    browser = browsers.of_user(fast, owner)
    served = [one for one in doors_of_a_case(fast, case_id) if one[1] == "GET"]
    whole = sum(CANARY in browser.get(address).text for _, _, address in served)
    broken_trail(*BREAK)
    leaked = [endpoint for endpoint, _, address in served if CANARY in browser.get(address).text]
    leaked += ["the list"] if CANARY in browser.get("/allegations").text else []
    with acting_as(accounts.open_session(owner)):
        rows = db.session.scalar(text("SELECT count(*) FROM case_entry")) or 0
        leaked += [f"{rows} rows by SQL"] if rows else []
        db.session.rollback()
    tell(
        "Pages of a case while the trail cannot be written: served", count=len(served), unexpected=leaked, control=whole
    )


def test_no_look_goes_unkept_when_the_reader_backs_out(
    fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = allegations.officer()
    case_id = allegations.open_case(owner)
    browser = browsers.of_user(fast, owner)

    def break_off(*_args: object, **_more: object) -> str:
        db.session.rollback()
        raise ConnectionAbortedError("the reader is gone")

    def unkept(doors: list[tuple[str, str, str]]) -> list[str]:
        """The pages that were broken off as soon as they read the case, and of which no look is kept."""
        found = []
        for endpoint, _, address in doors:
            before = looks(case_id)
            with monkeypatch.context() as patch:
                patch.setattr("licensing.allegations.queries.cases.case", break_off)
                browser.get(address)
            if looks(case_id) == before and endpoint != "allegations.say_purpose":
                found.append(endpoint)
        return found

    served = [one for one in doors_of_a_case(fast, case_id) if one[1] == "GET"]
    unexpected = unkept(served)
    # The broken build: the page of a case without its decorators.
    bare = inspect.unwrap(fast.view_functions["allegations.show_case"])
    monkeypatch.setitem(fast.view_functions, "allegations.show_case", bare)
    control = unkept([one for one in served if one[0] == "allegations.show_case"])
    tell(
        "Looks at a case that were broken off: not kept", count=len(served), unexpected=unexpected, control=len(control)
    )
