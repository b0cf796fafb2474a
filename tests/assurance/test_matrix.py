"""Everybody, in every way that they can stand to a case, at every route, method and stage of it."""

import inspect
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from assurance import cast, ways, worlds
from assurance.cast import Player
from assurance.ways import Parts, Way
from factories import accounts, allegations, register
from flask import Flask
from sqlalchemy import text
from telling import FULL, Tell
from werkzeug.test import TestResponse

from licensing.allegations.access import Standing
from licensing.allegations.queries import work
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import db
from licensing.permissions import Permission, Role, View, declared_by, permissions_of
from licensing.setup import owner_session

STAGES = ("recording", "considering", "open", "closed", "advice_only", "passed_on") if FULL else ("open", "closed")
_NUMBERS = count(1)
BEGUN = {"recording": allegations.begin, "considering": allegations.refer}


def case_in(stage: str) -> Parts:
    """A case that stands so, with its parts and its officer; how one gets there is for tests/allegations."""
    if begin := BEGUN.get(stage):
        owner = allegations.officer()
        return {"lado_case_id": begin(owner), "lado_officer": owner}
    recipient = accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    person = register.add(register.numbered(next(_NUMBERS)), accounts.OXFORD)
    filled = allegations.fill(accounts.COUNTY, person, recipient)
    if stage != "open":
        cast.end(filled.lado_case_id, stage)
    return ways.parts_of(filled)


def expected(app: Flask, one: Player, endpoint: str) -> set[str]:
    """What may become of a visit. Whoever may know of the case may still ask for what is not there at its stage."""
    asked = declared_by(app.view_functions[endpoint])
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


def browser_of(app: Flask, one: Player) -> Browser:
    return browsers.of_user(app, one.user_id) if one.user_id else browsers.of_nobody(app)


def visit(browser: Browser, way: Way) -> str:
    return met(browser.open(way[2], method=way[1], data={} if way[1] == "POST" else None))


def walk(app: Flask, parts: Parts, others: Parts, players: list[Player]) -> tuple[int, list[str]]:
    """How many visits, and those that came out otherwise. No part of another case is there under this one."""
    case_id = parts["lado_case_id"]
    of_others = [one for one in ways.of_a_case(app, case_id, others) if ways.names_a_part(one, case_id)]
    visits, wrong = 0, []
    for number, one in enumerate(players):
        browser = browser_of(app, one)
        if one.standing is Standing.OFFICER:  # who is asked for the purpose first, whatever the address names besides
            browser.post(f"/allegations/{case_id}/purpose", data={"purpose": LookPurpose.COVERING.value})
        # Who has nothing to do with the case is asked by `make test` for every fourth, each for others.
        every = 1 if one.standing or FULL else 4
        for way in list(ways.of_a_case(app, case_id, parts))[number % every :: every]:
            visits, found = visits + 1, visit(browser, way)
            if found not in expected(app, one, way[0]):
                wrong.append(f"{one.part}: {way[1]} {way[0]}: {found}")
        for way in of_others if one.standing or FULL else []:
            visits, found = visits + 1, visit(browser, way)
            if found == "allowed" or found not in expected(app, one, way[0]):
                wrong.append(f"{one.part}: {way[1]} {way[0]} of another case: {found}")
        if one.standing and met(browser.get(f"/allegations/{case_id}")) != "allowed":
            wrong.append(f"{one.part} may know of the case and does not reach it")
    return visits, wrong


def others_in(parts: Parts) -> Parts:
    """What may not be found under another case; what somebody has begun to write is theirs, wherever they are."""
    return {name: one for name, one in parts.items() if not name.endswith("draft_id")}


def test_everybody_at_every_route_of_a_case_in_every_stage(fast: Flask, tell: Tell) -> None:
    another = case_in("open")
    visits, wrong = 0, []
    for stage in STAGES:
        parts = case_in(stage)
        players = [*cast.players(parts["lado_case_id"], parts["lado_officer"]), NOBODY]
        if stage == "open":
            owner = browser_of(fast, players[0])
            ways_in = [one for one in ways.of_a_case(fast, parts["lado_case_id"], parts) if one[1] == "GET"]
            assert {one[0].split(".")[1] for one in ways_in if visit(owner, one) != "allowed"} == NOT_WHILE_OPEN
        seen, otherwise = walk(fast, parts, others_in(another), players)
        visits, wrong = visits + seen, wrong + [f"{stage}: {one}" for one in otherwise]
    # The broken build: whoever asks is told that they may know of the case.
    worlds.execute(
        "CREATE OR REPLACE FUNCTION case_standing(given_case uuid) RETURNS text LANGUAGE sql STABLE"
        " AS $$ SELECT 'owner' $$"
    )
    parts = case_in("open")
    strangers = [one for one in cast.players(parts["lado_case_id"], parts["lado_officer"]) if one.standing is None]
    _, control = walk(fast, parts, others_in(another), strangers[:3])
    tell("Role, standing, route, method and stage over HTTP", count=visits, unexpected=wrong, control=len(control))


NOBODY = Player("nobody", None, None, None)
# Pages of a case that is open which are not there: of a referral, of one that is over, of access that has not ended.
NOT_WHILE_OPEN = {"end_access", "keep_longer", "open_again", "review_access", "save_step"}
# How many of the cast stand to the case in some way, and are not there for their role alone, whom test_routes.py asks.
STANDING = None if FULL else 13


def expected_around(app: Flask, one: Player, endpoint: str, own_release: UUID | None) -> str:
    """What becomes of a visit to what names no case."""
    asked = declared_by(app.view_functions[endpoint])
    if one.role is None:
        return "sign in"
    if not asked & permissions_of({one.role}):
        return "refused"
    if endpoint in OF_RELEASE:
        return "allowed" if own_release and one.part == cast.RECIPIENT else "nothing there"
    if endpoint == "allegations.begin_from_concern":  # of which there is none
        return "nothing there"
    if endpoint == "allegations.acknowledge_noticed":  # what is noticed of the office's own reading is no officer's
        return "allowed" if one.role is Role.INDEPENDENT_REVIEWER and of_county(one) else "nothing there"
    of_office = "allowed" if of_county(one) else "nothing there"
    return of_office if endpoint in OF_OFFICE else "allowed"


OF_RELEASE = {
    f"allegations.{one}" for one in ("show_released", "acknowledge", "answer_released", "name_decision", "rely")
}
OF_OFFICE = {
    f"allegations.{one}"
    for one in ("show_consultation", "correct_consultation", "show_setting", "change_setting", "record_visit")
}


def of_county(one: Player) -> bool:
    with owner_session() as session:
        found = text("SELECT authority_id FROM user_account WHERE id = :id")
        return session.scalar(found, {"id": one.user_id}) == accounts.authority_id(accounts.COUNTY)


def released_to(one: Player) -> UUID | None:
    with owner_session() as session:
        found: UUID | None = session.scalar(
            text("SELECT id FROM case_release WHERE to_user_id = :id"), {"id": one.user_id}
        )
        return found


def walk_around(app: Flask, parts: Parts, players: list[Player]) -> tuple[int, list[str]]:
    """The same of advice, settings, the office, its lists and its trail, emergencies, and what was released."""
    visits, wrong = 0, []
    for one in players:
        browser, own = browser_of(app, one), released_to(one)
        for way in ways.around(app, {**parts, "release_id": own or parts["release_id"]}):
            visits, found = visits + 1, visit(browser, way)
            if found != expected_around(app, one, way[0], own):
                wrong.append(f"{one.part}: {way[1]} {way[0]}: {found}")
    return visits, wrong


def without_its_lines(view: View) -> View:
    """A page that asks nobody who they are, and says of itself what it should ask."""
    bare = inspect.unwrap(view)

    def opened_to_all(*args: Any, **kwargs: Any) -> Any:
        return bare(*args, **kwargs)

    opened_to_all.declared_permissions = declared_by(view)  # type: ignore[attr-defined]  (as requires() marks a view)
    return opened_to_all


def test_everybody_at_every_route_around_the_cases(fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = case_in("open")
    players = cast.players(parts["lado_case_id"], parts["lado_officer"])
    visits, wrong = walk_around(fast, parts, [*players[:STANDING], NOBODY])
    by_part = {one.part: one for one in players}
    with cast.opened_policy("lado_consultation"):
        _, by_policy = walk_around(fast, parts, [by_part["another area's officer"]])
    asking = "allegations.list_settings"
    monkeypatch.setitem(fast.view_functions, asking, without_its_lines(fast.view_functions[asking]))
    _, by_page = walk_around(fast, parts, [by_part["somebody named"]])
    tell(
        "Role, standing, route and method around the cases",
        count=visits,
        unexpected=wrong,
        control={"the policy of advice": len(by_policy), "the lines under a route": len(by_page)},
    )


PARTS = ("allegation_id", "strand_id", "meeting_id", "action_id", "entry_id", "access_id", "duty_id", "sent_id")


def reached(app: Flask, browser: Browser, case_id: UUID, parts: Parts) -> tuple[int, list[str]]:
    """How many addresses name a part, and those where the part of another case is found under this one."""
    visits, found = 0, []
    for way in ways.of_a_case(app, case_id, parts):
        if ways.ids_in(way[2]).intersection(parts.values()):
            visits += 1
            response = browser.open(way[2], method=way[1], data=SAID if way[1] == "POST" else None)
            if met(response) != "nothing there":
                found.append(f"{way[1]} {way[0]}: {met(response)}")
    return visits, found


# What any of the forms may ask, so that a part that is found is also changed.
SAID = {"words": "Other words", "state": "done", "version": "1", "save": "1"}


def test_no_part_of_another_case_is_reached_through_ones_own(
    fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = case_in("open")
    own = allegations.open_case(filled["lado_officer"])
    parts = {name: filled[name] for name in PARTS}
    browser = browsers.of_user(fast, filled["lado_officer"])
    # Its rows are open to this session.
    assert met(browser.get(f"/allegations/{filled['lado_case_id']}")) == "allowed"
    visits, unexpected = reached(fast, browser, own, parts)
    # The broken build: a part is found by its own id alone.
    monkeypatch.setattr(work, "row_of", lambda model, _case, row_id, **_: db.session.get(model, row_id))
    _, control = reached(fast, browser, own, parts)
    tell("Parts of another case through one's own", count=visits, unexpected=unexpected, control=len(control))
