"""The record that an action is directed at: found by what was typed, passed on by a page, and followed in a merge."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.signing_in import masked
from factories import accounts, disruption, register, signals
from factories.disruption import agency, as_user
from flask import Flask
from journeys.reading import boxes, error_links, links, words
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.disruption import queries
from licensing.disruption.models import Target
from licensing.disruption.targets import Aim, name_of
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.permissions import Role
from licensing.register.events import RecordKind
from licensing.register.places import PremisesKind
from licensing.setup import owner_session

OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL
CONSIDER = "/powers/PREMVISIT/consider"


@pytest.fixture
def licensing(app: Flask) -> UUID:
    return agency(AgencyKind.LICENSING)


@pytest.fixture
def officer(licensing: UUID) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def khan(officer: UUID) -> UUID:
    return register.add(register.KHAN, OXFORD)


def typed(licensing: UUID, kind: str, name: str, **more: Any) -> dict[str, Any]:
    today = dates.today()
    return {
        "target_kind": kind,
        "target_name": name,
        **boxes("considered_on", today.day, today.month, today.year),
        "lead_agency": str(licensing),
        "recording_agency": str(licensing),
        "objective": "To end it.",
        **more,
    }


def offered(page: str) -> list[tuple[str, str]]:
    """The records to choose from: what a form sends for each, and its words."""
    found = re.findall(r'name="record" type="radio" value="([^"]+)".*?<label[^>]*>\s*(.*?)\s*</label>', page, re.DOTALL)
    return [(value, words(label).strip()) for value, label in found]


def targets(user_id: UUID) -> list[tuple[str, UUID | None, UUID | None]]:
    with as_user(user_id):
        found = db.session.scalars(select(Target).order_by(Target.added_at, Target.number))
        return [(name_of(one), one.record_id, one.of_authority_id) for one in found]


def test_people_vehicles_firms_and_licences_are_found_on_the_register_and_kept(
    app: Flask, licensing: UUID, officer: UUID, khan: UUID
) -> None:
    things, council = register.add_things(OXFORD, khan, officer), accounts.authority_id(OXFORD)
    browser, made = browsers.of_user(app, officer), "/powers/PREMREV/consider"
    for kind, name, record, told in (
        ("licence", "24/01234/prem", things.premises_licence_id, "Premises licence 24/01234/PREM"),
        ("person", "aslam khan", khan, "Mohammed Aslam Khan, born 4 March 1980"),
        ("vehicle", "ab12", things.vehicle_id, "AB12 CDE"),
        ("organisation", "sample cars", things.organisation_id, "Sample Cars Ltd"),
    ):
        asked = browser.post(made, data=typed(licensing, kind, name))
        assert asked.status_code == 422
        assert "Select which record it is" in error_links(asked.text)[0][1]
        (key, label), (none, _) = offered(asked.text)
        assert label.startswith(told), label
        assert (key, none) == (f"{record}:{council}", "none")
        kept = browser.post(made, data=typed(licensing, kind, name, record=key))
        assert kept.status_code == 302, error_links(kept.text)
        assert "khan" not in f"{made}{kept.location}".lower()
        if made == CONSIDER:
            page = browser.get("/actions?target=person").text
            made = f"{next(one for one in links(page) if re.fullmatch(r'/actions/[0-9a-f-]{36}', one))}/targets"
        elif kind == "licence":
            made = CONSIDER
    found = [things.premises_licence_id, khan, things.vehicle_id, things.organisation_id]
    assert [(record, of) for _, record, of in targets(officer)] == [(one, council) for one in found]
    shown = links(browser.get(made.removesuffix("/targets")).text)
    assert {f"/people/{khan}", f"/vehicles/{things.vehicle_id}", f"/organisations/{things.organisation_id}"} <= {*shown}
    # That somebody was looked for is kept, and no word of what was typed.
    with owner_session() as session:
        searched = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.SEARCHED))
        assert {(one.object_kind, one.object_id, one.details) for one in searched} == {
            (ObjectKind(kind), None, None) for kind in ("person", "vehicle", "organisation", "licence")
        }
    for page in (f"/people/{khan}", f"/licences/{things.premises_licence_id}", f"/vehicles/{things.vehicle_id}"):
        assert "No action that you know of" not in browser.get(page).text


def test_what_is_none_of_the_records_found_stays_as_it_was_typed(
    app: Flask, licensing: UUID, officer: UUID, khan: UUID
) -> None:
    browser = browsers.of_user(app, officer)
    stranger = typed(licensing, "person", "Aslam Khan", record="none")
    assert browser.post(CONSIDER, data=stranger).status_code == 302
    forged = browser.post(CONSIDER, data={**stranger, "record": f"{uuid4()}:{accounts.authority_id(OXFORD)}"})
    assert forged.status_code == 422
    assert targets(officer) == [("Aslam Khan", None, None)]


def test_whoever_does_not_read_the_register_is_offered_nobody_of_it(app: Flask, officer: UUID, khan: UUID) -> None:
    housing = agency(AgencyKind.HOUSING)
    browser = browsers.of_user(app, disruption.officer_of(housing))
    made = browser.post(CONSIDER, data=typed(housing, "person", "Aslam Khan"))
    assert made.status_code == 302
    neighbour = agency(AgencyKind.LICENSING, CHERWELL)
    theirs = browsers.of_user(app, accounts.user(Role.LICENSING_OFFICER, CHERWELL))
    assert theirs.post(CONSIDER, data=typed(neighbour, "person", "Aslam Khan")).status_code == 302


def test_a_record_s_page_passes_on_the_very_record(app: Flask, licensing: UUID, officer: UUID, khan: UUID) -> None:
    browser = browsers.of_user(app, officer)
    place = register.add_premises(OXFORD, "Lantern Rooms", PremisesKind.GUESTHOUSE)
    signals.complain(officer, RecordKind.PERSON, khan, 1, 2)
    [signal] = signals.seen_by(officer)
    for page, about, kind, name, record in (
        (f"/people/{khan}", f"person:{khan}", "person", "Mohammed Aslam Khan", khan),
        (f"/signals/{signal.id}", f"signal:{signal.id}", "person", "Mohammed Aslam Khan", khan),
        (f"/places/{place}", f"premises:{place}", "premises", "Lantern Rooms", place),
    ):
        way = next(one for one in links(browser.get(page).text) if one.startswith("/powers/find?about="))
        powers = browser.get(f"{way}&target={kind}&harm=antisocial_behaviour").text
        assert name in words(powers)
        power = next(one for one in links(powers) if one.startswith("/powers/PREMVISIT?about="))
        consider = next(one for one in links(browser.get(power).text) if one.startswith(CONSIDER))
        assert consider.replace("%3A", ":") == f"{CONSIDER}?about={about}"
        form = browser.get(consider).text
        assert f'value="{name}"' in form
        key = offered(form)[0][0]
        assert f'value="{key}" checked' in form
        sent = browser.post(consider, data=typed(licensing, kind, name, record=key))
        assert sent.status_code == 302, error_links(sent.text)
        assert targets(officer)[-1][1] == record
    hotel = browser.get(f"/powers/S116/consider?about=premises:{place}")
    assert 'value="Lantern Rooms"' in browser.get(hotel.location).text


def test_what_somebody_may_not_know_of_is_passed_on_as_what_there_is_not(app: Flask, khan: UUID) -> None:
    neighbour = agency(AgencyKind.LICENSING, CHERWELL)
    assert neighbour
    browser = browsers.of_user(app, accounts.user(Role.LICENSING_OFFICER, CHERWELL))
    answers = {
        (answer.status_code, masked(answer.text))
        for about in (f"person:{khan}", f"person:{uuid4()}")
        for answer in [browser.get(f"{CONSIDER}?about={about}")]
    }
    assert len(answers) == 1, [*answers]
    assert next(iter(answers))[0] == 404
    for nonsense in ("person", "person:x", f"allegation:{khan}", f":{khan}"):
        assert browser.get(f"/powers/find?about={nonsense}").status_code == 404


def test_an_action_follows_whoever_it_is_directed_at_through_a_merge_and_back(
    app: Flask, licensing: UUID, officer: UUID, khan: UUID
) -> None:
    council = accounts.authority_id(OXFORD)
    aim = Aim(TargetKind.PERSON, "Mohammed Aslam Khan", "", "", khan, council)
    police = agency(AgencyKind.POLICE, is_partner=True)
    inspector = disruption.officer_of(police)
    for who, lead in ((officer, licensing), (inspector, police)):
        disruption.consider(who, "PREMVISIT", aim, lead)
    signals.complain(officer, RecordKind.PERSON, khan, 1)
    kept = register.add(register.PLAIN, OXFORD)
    merge = register.merge(OXFORD, kept, khan, officer)
    for who in (officer, inspector):
        assert [record for _, record, _ in targets(who)] == [kept]
    with as_user(officer):
        [action] = queries.actions_about([kept])
        assert queries.actions_about([khan]) == []
    browser = browsers.of_user(app, officer)
    assert "which was merged into this one" in words(browser.get(f"/actions/{action.id}").text)
    # From the page of the record that was merged the action is about the one that stands, and says so.
    form = browser.get(f"{CONSIDER}?about=person:{khan}").text
    assert "was merged into P-" in words(form)
    assert offered(form)[0][0] == f"{kept}:{council}"
    # A form that was open all the while names the record as it was.
    disruption.consider(officer, "PREMVISIT", aim, licensing)
    assert [record for _, record, _ in targets(officer)] == [kept, kept]
    register.unmerge(OXFORD, merge)
    for who in (officer, inspector):
        assert {record for _, record, _ in targets(who)} == {khan}


def test_by_sql_nobody_changes_whom_an_action_is_directed_at(officer: UUID, licensing: UUID, khan: UUID) -> None:
    aim = Aim(TargetKind.PERSON, "Khan", "", "", khan, accounts.authority_id(OXFORD))
    disruption.consider(officer, "PREMVISIT", aim, licensing)
    with pytest.raises(DBAPIError, match="permission denied"), as_user(officer):
        db.session.execute(text("UPDATE disruption_target SET record_id = NULL, given_record_id = NULL"))
