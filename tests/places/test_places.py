"""A place and its obligations: known in its area, and to whoever knows what was done there; one page for all."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, concerns, disruption, operations, register, signals, suitability
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.queries import clocks_about
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.places import changes, queries
from licensing.places.queries import GuesthousesFilter
from licensing.register.events import RecordKind
from licensing.register.places import Obligation, ObligationResult, PremisesKind
from licensing.training import keeping

COUNTY, OXFORD, CHERWELL = accounts.COUNTY, accounts.OXFORD, accounts.CHERWELL
FIRE = f"{COUNTY} {AgencyKind.FIRE_AND_RESCUE.label}"
CHECK = {"obligation": "fire_safety", "result": "action_needed", "reference": "FA/7"}


@pytest.fixture
def harbour(app: Flask) -> UUID:
    return register.add_premises(OXFORD, "Harbour Hotel", PremisesKind.HOTEL, 7)


@pytest.fixture
def fire(app: Flask) -> UUID:
    return disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)


@pytest.fixture
def inspector(fire: UUID) -> UUID:
    """Somebody of the county's fire service, who is on no register."""
    return disruption.officer_of(fire, COUNTY)


@pytest.fixture
def officer(app: Flask) -> UUID:
    disruption.agency(AgencyKind.LICENSING)
    return accounts.user(Role.LICENSING_OFFICER)


def masked(page: str) -> str:
    return re.sub(r'nonce="[^"]+"|name="csrf_token"[^>]*value="[^"]+"', "", page)


def aimed(place_id: UUID, name: str = "Harbour Hotel") -> Aim:
    return Aim(TargetKind.PREMISES, name, "1 Sample Street", "", place_id, accounts.authority_id(OXFORD))


def knows(user_id: UUID, place_id: UUID) -> bool:
    """By every way alike."""
    with disruption.as_user(user_id):
        by_exists = queries.place_exists(place_id)
        listed = [one.id for one in queries.all_guesthouses(GuesthousesFilter())]
        licences = queries.licences_at(place_id, dates.today())
        assert by_exists == (place_id in listed)
        assert by_exists or not (licences or queries.checks_of(place_id))
        return by_exists


def test_a_place_is_known_to_those_who_work_in_its_area_and_to_nobody_without_an_agency(
    harbour: UUID, inspector: UUID, officer: UUID
) -> None:
    disruption.agency(AgencyKind.LICENSING, CHERWELL)
    there = accounts.user(Role.LICENSING_OFFICER, CHERWELL)
    alone = [accounts.user(Role.DISRUPTION_OFFICER), accounts.user(Role.DESIGNATED_OFFICER, COUNTY)]
    assert [knows(one, harbour) for one in (inspector, officer, there)] == [True, True, False]
    for one in alone:
        with disruption.as_user(one):
            assert not queries.place_exists(harbour)
            assert queries.all_guesthouses(GuesthousesFilter()) == []


def test_whoever_knows_of_something_done_at_a_place_knows_the_place(harbour: UUID, officer: UUID) -> None:
    police = disruption.agency(AgencyKind.POLICE, CHERWELL, is_partner=True)
    constable = disruption.officer_of(police, CHERWELL)
    assert not knows(constable, harbour)
    disruption.consider(officer, "PREMVISIT", aimed(harbour), disruption.agency(AgencyKind.LICENSING))
    assert not knows(constable, harbour)
    operations.try_place(constable, place=aimed(harbour))
    assert knows(constable, harbour)


def test_a_check_by_a_partner_is_an_event_that_the_council_of_the_place_reads_and_nobody_rewrites(
    app: Flask, harbour: UUID, inspector: UUID, officer: UUID, fire: UUID
) -> None:
    today, browser = dates.today(), browsers.of_user(app, inspector)
    days = {"checked_on-day": today.day, "checked_on-month": today.month, "checked_on-year": today.year}
    sent = {**CHECK, **days, "agency": str(fire)}
    refused = browser.post(f"/places/{harbour}/check", data={**sent, "result": ""})
    assert refused.status_code == 422
    assert "FA/7" in refused.text
    assert browser.post(f"/places/{harbour}/check", data=sent).status_code == 302
    assert (
        browser.post(f"/places/{harbour}/check", data={**sent, "result": "met", "reference": "FA/8"}).status_code == 302
    )
    for address in (f"/places/{harbour}", f"/premises/{harbour}"):
        assert "COUNTY" not in (page := browsers.of_user(app, officer).get(address).text)
        assert "FA/7" in page or "FA/8" in page
    with disruption.as_user(officer):
        found = queries.checks_of(harbour)
        assert {one.reference for one in found} == {"FA/7", "FA/8"}
        assert {one.authority_id for one in found} == {accounts.authority_id(OXFORD)}
        assert {one.recorded_by for one in found} == {inspector}
    for statement in ("UPDATE obligation_check SET result = 'met'", "DELETE FROM obligation_check"):
        with disruption.as_user(inspector), pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(text(statement))


def test_a_check_is_recorded_for_an_agency_of_ones_own(
    app: Flask, harbour: UUID, inspector: UUID, officer: UUID
) -> None:
    today, housing = dates.today(), disruption.agency(AgencyKind.HOUSING)
    days = {"checked_on-day": today.day, "checked_on-month": today.month, "checked_on-year": today.year}
    for who in (inspector, officer):
        browser = browsers.of_user(app, who)
        assert str(housing) not in browser.get(f"/places/{harbour}/check").text
        refused = browser.post(f"/places/{harbour}/check", data={**CHECK, **days, "agency": str(housing)})
        assert refused.status_code == 422
        assert "FA/7" in refused.text
    with disruption.as_user(inspector):
        given = (queries.place(harbour), Obligation.HMO, ObligationResult.MET, today)
        changes.record_check(*given, checked_by=FIRE)
    with pytest.raises(DBAPIError) as broken, disruption.as_user(inspector):
        changes.record_check(*given, checked_by=f"{OXFORD} {AgencyKind.HOUSING.label}")
    assert getattr(broken.value.orig, "sqlstate", "") == "42501"


def test_a_check_is_not_of_a_day_to_come(harbour: UUID, inspector: UUID) -> None:
    with disruption.as_user(inspector), pytest.raises(RuleBroken, match="today or in the past"):
        changes.record_check(
            queries.place(harbour),
            Obligation.HMO,
            ObligationResult.MET,
            dates.today() + timedelta(days=1),
            checked_by="Housing",
        )


def test_the_list_says_what_was_checked_and_takes_the_food_register_for_a_layer(
    app: Flask, harbour: UUID, inspector: UUID
) -> None:
    register.add_premises(CHERWELL, "Elm Rooms", PremisesKind.GUESTHOUSE)
    register.add_premises(OXFORD, "The Sample Oak", PremisesKind.PUB)
    with disruption.as_user(inspector):
        everything = queries.all_guesthouses(GuesthousesFilter())
        assert [one.name for one in everything] == ["Elm Rooms", "Harbour Hotel"]
        wanted = GuesthousesFilter(not_checked=Obligation.FOOD_REGISTRATION)
        assert [one.name for one in queries.all_guesthouses(wanted)] == ["Elm Rooms"]
        assert [one.name for one in queries.all_guesthouses(GuesthousesFilter(accounts.authority_id(OXFORD)))] == [
            "Harbour Hotel"
        ]
    page = browsers.of_user(app, inspector).get("/guesthouses?not_checked=food_registration").text
    assert "Elm Rooms" in page
    assert "Harbour Hotel" not in page
    browser = browsers.of_user(app, inspector)
    found = browser.post("/guesthouses/search", data={"words": "sample OAK"}, follow_redirects=True).text
    assert "The Sample Oak" in found
    assert "Harbour Hotel" not in found
    file = browsers.of_user(app, inspector).post("/guesthouses.csv", data={"kind": "hotel"})
    lines = file.text.splitlines()
    assert len(lines) == 2
    assert "Harbour Hotel" in lines[1]
    assert "nlicensed" not in page + file.text


def test_the_page_of_a_partner_has_what_they_know_and_nothing_of_the_register(
    app: Flask, harbour: UUID, inspector: UUID, officer: UUID
) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    constable = disruption.officer_of(police, COUNTY)
    before = masked(browsers.of_user(app, constable).get(f"/places/{harbour}").text)
    hidden = disruption.consider(officer, "PREMVISIT", aimed(harbour), disruption.agency(AgencyKind.LICENSING))
    operations.plan(officer)
    # What licensing does there changes not one byte of what the police get, who neither lead nor join.
    assert masked(browsers.of_user(app, constable).get(f"/places/{harbour}").text) == before
    known = browsers.of_user(app, inspector).get(f"/places/{harbour}").text
    assert str(hidden) in known
    own = browsers.of_user(app, officer).get(f"/places/{harbour}").text
    assert "Training of staff" in own
    assert "Training of staff" not in known
    assert "Owner, operator, manager" not in known


def test_the_timeline_is_of_everything_known_newest_first(
    app: Flask, harbour: UUID, inspector: UUID, fire: UUID
) -> None:
    today = dates.today()
    with disruption.as_user(inspector):
        place = queries.place(harbour)
        for days in (9, 3):
            on = today - timedelta(days=days)
            changes.record_check(place, Obligation.FIRE_SAFETY, ObligationResult.MET, on, checked_by=FIRE)
        db.session.commit()
    disruption.closed(inspector, fire, today - timedelta(days=5), aimed(harbour))
    operations.try_place(inspector, place=aimed(harbour), on_day=today - timedelta(days=4))
    page = browsers.of_user(app, inspector).get(f"/places/{harbour}").text
    page = page[page.index("What has happened") :]
    told = ["Fire safety checked: met", "Test purchase", ": in force", "Fire safety checked: met"]
    places = [page.index(told[0]), page.index(told[1]), page.index(told[2]), page.rindex(told[3])]
    assert places == sorted(places)


def timeline(app: Flask, user_id: UUID, place_id: UUID) -> str:
    page = browsers.of_user(app, user_id).get(f"/places/{place_id}").text
    return page[page.index("What has happened") :]


def test_reports_and_trainings_are_told_to_those_on_the_file_and_nothing_of_them_to_others(
    app: Flask, harbour: UUID, inspector: UUID, officer: UUID
) -> None:
    """Nor a count: one date would tell that somebody reported the place; numbers are told by signals alone."""
    disruptor = disruption.officer_of(disruption.agency(AgencyKind.ENVIRONMENTAL_HEALTH))
    others = (inspector, disruptor)
    before = [masked(browsers.of_user(app, one).get(f"/places/{harbour}").text) for one in others]
    concerns.linked(officer, harbour, dates.today() - timedelta(days=3), table="premises")
    signals.complain(officer, RecordKind.PREMISES, harbour, 4)
    with disruption.as_user(officer) as user:
        given = {"held_on": dates.today(), "staff": 9, "trained": 7, "trainer": "Sample Trainers", "course": "Signs"}
        keeping.record_premises_training(user, harbour, given)
        db.session.commit()
    told = timeline(app, officer, harbour)
    assert told.index("Training of staff") < told.index("Concern reported") < told.index("Complaint received")
    assert "Signs: 7 of 9 staff" in told
    assert [masked(browsers.of_user(app, one).get(f"/places/{harbour}").text) for one in others] == before


def test_what_was_required_under_a_notice_is_told_with_its_days(app: Flask, harbour: UUID) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    notice = operations.prepare(inspector, police, today - timedelta(days=20), hotel=aimed(harbour))
    operations.serve(inspector, notice, today - timedelta(days=20))
    operations.require(inspector, notice, today - timedelta(days=15), due_in=10)
    told = timeline(app, inspector, harbour)
    assert told.index("Guest information due") < told.index("Guest information required")


def test_a_review_says_what_is_due_next_in_it(app: Flask, officer: UUID) -> None:
    things = register.add_things(OXFORD, register.add(register.PLAIN, OXFORD), officer)
    review = suitability.open_review(OXFORD, things.premises_licence_id)
    with disruption.as_user(officer):
        [one] = queries.reviews_of([things.premises_licence_id])
        due = queries.next_due([one])
        assert due == {review: min(clock.due_on for clock in clocks_about(ObjectKind.CONSIDERATION, review))}
    assert dates.in_words(due[review]) in browsers.of_user(app, officer).get(f"/places/{things.premises_id}").text


def test_a_place_on_no_register_is_told_to_its_council(app: Flask, inspector: UUID) -> None:
    browser = browsers.of_user(app, inspector)
    assert 'href="/concerns/new">tell a council of a place' in browser.get("/guesthouses").text
    assert "A hotel, a guesthouse, a pub or other premises" in browser.get("/concerns/new").text
