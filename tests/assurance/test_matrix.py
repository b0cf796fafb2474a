"""Everybody, in every way that they can stand to a case, at every route, method and stage of it."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.browsers import Browser
from assurance import cast
from assurance.cast import Player
from doors import WORDS
from factories import accounts, allegations, register
from flask import Flask
from sqlalchemy import text
from telling import FULL, Tell
from werkzeug.test import TestResponse

from licensing.allegations.access import Standing
from licensing.allegations.queries import work
from licensing.db import db
from licensing.permissions import Permission, Role, permissions_of
from licensing.setup import owner_session

STAGES = ("recording", "considering", "open", "closed", "advice_only", "passed_on") if FULL else ("open", "closed")
OPENING = {"recording": allegations.begin, "considering": allegations.refer}


def case_in(stage: str, owner: UUID) -> UUID:
    """A case that stands so; how one gets there is for tests/allegations."""
    case_id = OPENING.get(stage, allegations.open_case)(owner)
    if stage in ("closed", "advice_only", "passed_on"):
        cast.end(case_id, stage)
    return case_id


def doors_of_a_case(
    app: Flask, case_id: UUID, parts: Mapping[str, UUID] | None = None
) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of every route of a case; other ids in an address are those given, or of nothing."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "case_id" in rule.arguments and rule.endpoint.startswith("allegations."):
            written = re.sub(r"<uuid:case_id>", str(case_id), rule.rule)
            written = re.sub(r"<uuid:(\w+)>", lambda found: str((parts or {}).get(found[1], uuid4())), written)
            written = re.sub(r"<(\w+)>", lambda found: WORDS[found[1]], written)
            for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
                yield rule.endpoint, method, written


def expected(app: Flask, one: Player, endpoint: str) -> set[str]:
    """What may become of a visit. Whoever may know of the case may still ask for a part of it that is not there."""
    asked = app.view_functions[endpoint].declared_permissions  # type: ignore[attr-defined]
    if one.role is None:
        return {"sign in"}
    reads_alone = one.standing is Standing.NAMED and Permission.SIGNED_IN not in asked
    if reads_alone or not asked & permissions_of({one.role}):
        return {"refused"}
    return {"allowed", "nothing there"} if one.standing else {"nothing there"}


def met(response: TestResponse) -> str:
    if response.status_code in (200, 204, 302, 422):
        to_sign_in = response.status_code == 302 and response.location.startswith("/sign-in")
        return "sign in" if to_sign_in else "allowed"
    return {403: "refused", 404: "nothing there"}.get(response.status_code, f"status {response.status_code}")


def walk(app: Flask, case_id: UUID, players: list[Player]) -> tuple[int, list[str]]:
    """How many visits, and those that came out otherwise."""
    visits, wrong = 0, []
    for one in players:
        browser = browsers.of_user(app, one.user_id) if one.user_id else browsers.of_nobody(app)
        for endpoint, method, address in doors_of_a_case(app, case_id):
            response = browser.open(address, method=method, data={} if method == "POST" else None)
            visits += 1
            found = met(response)
            if found not in expected(app, one, endpoint):
                wrong.append(f"{one.part}: {method} {endpoint}: {found}")
        if one.standing and met(browser.get(f"/allegations/{case_id}")) != "allowed":
            wrong.append(f"{one.part} may know of the case and does not reach it")
    return visits, wrong


def test_everybody_at_every_route_of_a_case_in_every_stage(
    fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = allegations.officer()
    visits, wrong = 0, []
    for stage in STAGES:
        case_id = case_in(stage, owner)
        players = [*cast.players(case_id, owner), Player("nobody", None, None, None)]
        seen, otherwise = walk(fast, case_id, players)
        visits, wrong = visits + seen, wrong + [f"{stage}: {one}" for one in otherwise]
    # The broken build: whoever asks is told that they may know of the case.
    with owner_session() as session:
        session.execute(
            text(
                "CREATE OR REPLACE FUNCTION case_standing(given_case uuid) RETURNS text LANGUAGE sql STABLE"
                " AS $$ SELECT 'owner' $$"
            )
        )
        session.commit()
    strangers = [one for one in cast.players(case_in("open", owner), owner) if one.standing is None]
    _, control = walk(fast, case_in("open", owner), strangers[:3])
    tell("Role, standing, route, method and stage over HTTP", count=visits, unexpected=wrong, control=len(control))


PARTS = ("allegation_id", "strand_id", "meeting_id", "action_id", "entry_id", "access_id", "duty_id", "sent_id")


def reached(app: Flask, browser: Browser, case_id: UUID, parts: Mapping[str, UUID]) -> tuple[int, list[str]]:
    """How many addresses name a part, and those where the part of another case is found under this one."""
    visits, found = 0, []
    for rule in app.url_map.iter_rules():
        if "case_id" not in rule.arguments or not rule.arguments.intersection(parts):
            continue
        for endpoint, method, address in doors_of_a_case(app, case_id, parts):
            if endpoint == rule.endpoint:
                visits += 1
                response = browser.open(address, method=method, data=SAID if method == "POST" else None)
                if met(response) != "nothing there":
                    found.append(f"{method} {endpoint}: {met(response)}")
    return visits, found


# What any of the forms may ask, so that a part that is found is also changed.
SAID = {"words": "Other words", "state": "done", "version": "1", "save": "1"}


def test_no_part_of_another_case_is_reached_through_ones_own(
    fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    filled = allegations.fill(accounts.COUNTY, person, accounts.user(Role.BRIEFING_READER, accounts.COUNTY))
    own = case_in("open", filled.lado_officer)
    parts = {name: getattr(filled, name) for name in PARTS}
    browser = browsers.of_user(fast, filled.lado_officer)
    assert met(browser.get(f"/allegations/{filled.lado_case_id}")) == "allowed"  # its rows are open to this session
    visits, unexpected = reached(fast, browser, own, parts)
    # The broken build: a part is found by its own id alone.
    monkeypatch.setattr(work, "row_of", lambda model, _case, row_id, **_: db.session.get(model, row_id))
    _, control = reached(fast, browser, own, parts)
    tell("Parts of another case through one's own", count=visits, unexpected=unexpected, control=len(control))
