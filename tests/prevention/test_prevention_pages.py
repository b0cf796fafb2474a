"""Indicators and awareness on the pages: recorded, put right by another row, read by every council's disruption."""

from uuid import UUID

from accounts import browsers
from factories import accounts, disruption, operations, prevention, register
from flask import Flask
from sqlalchemy import select, text

from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.permissions import Role
from licensing.prevention import changes, queries
from licensing.prevention.catalogue import indicator_named, indicators
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.prevention.rules import Activity
from licensing.register.places import PremisesKind
from licensing.setup import owner_session

CHERWELL = accounts.CHERWELL
PERIOD = {"period_start-day": "1", "period_start-month": "10", "period_start-year": "2014"} | {
    "period_end-day": "31",
    "period_end-month": "1",
    "period_end-year": "2015",
}


def counts() -> list[tuple[int, bool]]:
    with owner_session() as session:
        found = select(IndicatorCount.value, IndicatorCount.superseded_at).order_by(IndicatorCount.recorded_at)
        return [(value, at is None) for value, at in session.execute(found)]


def test_a_count_is_recorded_once_and_put_right_by_another_that_takes_its_place(app: Flask) -> None:
    agency = disruption.agency(AgencyKind.LICENSING)
    desk = browsers.of_role(app, Role.LICENSING_OFFICER)
    typed = {"code": "MASH_ENQUIRIES", "agency": str(agency), "value": "4592", **PERIOD}
    assert desk.post("/indicators/record", data=typed).status_code == 302
    again = desk.post("/indicators/record", data={**typed, "value": "4593"})
    assert (again.status_code, "recorded already for the same agency and period" in again.text) == (422, True)
    assert 'value="4593"' in again.text
    with owner_session() as session:
        count = session.scalars(select(IndicatorCount.id)).one()
    assert desk.post(f"/indicators/{count}/correct", data={**typed, "value": "4600"}).status_code == 302
    assert counts() == [(4592, False), (4600, True)]
    assert desk.get(f"/indicators/{count}/correct").status_code == 404
    turned = {**typed, "period_end-year": "2013", "value": "1"}
    assert "must end on or after the day it begins, 1 October 2014" in desk.post("/indicators/record", data=turned).text
    assert "MASH_ENQUIRIES" in desk.get("/indicators.csv?code=MASH_ENQUIRIES").text
    assert "MASH_ENQUIRIES" not in desk.get("/indicators.csv?code=CASELOAD").text


def test_another_council_reads_what_was_counted_and_done_and_corrects_none_of_it(app: Flask) -> None:
    made = prevention.prevented(accounts.OXFORD, accounts.user(Role.LICENSING_OFFICER))
    other = browsers.of_role(app, Role.DISRUPTION_OFFICER, accounts.CHERWELL)
    assert "Screening tools for exploitation completed" in other.get("/indicators").text
    assert "Sample Town" in other.get("/awareness?audience=hotels").text
    assert "Sample Town" not in other.get("/awareness.csv?audience=drivers").text
    assert other.get(f"/indicators/{made['indicator_id']}/correct").status_code == 404
    assert other.get(f"/awareness/{made['activity_id']}/correct").status_code == 404
    assert browsers.of_role(app, Role.BRIEFING_READER).get("/indicators").status_code == 403


def test_an_activity_keeps_the_key_of_its_file_when_it_is_put_right(app: Flask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    made = prevention.prevented(accounts.OXFORD, officer)
    typed = {"kind": "visit", "audience": "hotels", "place": "Sample Town", "reach": "11"}
    typed |= {"held_on-day": "3", "held_on-month": "2", "held_on-year": "2026"}
    typed["agency"] = str(disruption.agency(AgencyKind.LICENSING))
    desk = browsers.of_user(app, officer)
    assert desk.post(f"/awareness/{made['activity_id']}/correct", data=typed).status_code == 302
    with owner_session() as session:
        stands = select(AwarenessActivity.reach, AwarenessActivity.source_id)
        assert session.execute(stands.where(AwarenessActivity.superseded_at.is_(None))).all() == [(11, "W1")]


def test_an_activity_names_the_places_that_it_reached_and_they_tell_of_it(app: Flask) -> None:
    agency, officer = disruption.agency(AgencyKind.LICENSING), accounts.user(Role.LICENSING_OFFICER)
    names = ("Harbour Hotel", "Wharf Rooms", "Mill Inn")
    hotel, rooms, inn = (register.add_premises(accounts.OXFORD, name, PremisesKind.HOTEL) for name in names)
    theirs = register.add_premises(accounts.CHERWELL, "Far Away Lodge", PremisesKind.HOTEL)
    desk = browsers.of_user(app, officer)
    typed = {"kind": "campaign", "audience": "hotels", "place": "Sample Town", "reach": "80", "drivers": "12"}
    typed |= {"held_on-day": "3", "held_on-month": "2", "held_on-year": "2026", "agency": str(agency)}
    for places, said in (
        ("Harbour Hotel OX99 1AA", "Line 1 must be a name, a comma and a postcode"),
        ("Harbour Hotel, OX99 1AA\nNo Such Inn, OX99 1AA", "“No Such Inn, OX99 1AA” is on no register that you know"),
        ("Far Away Lodge, OX99 1AA", "“Far Away Lodge, OX99 1AA” is on no register that you know"),
    ):
        refused = desk.post("/awareness/record", data={**typed, "places": places})
        assert (refused.status_code, said in refused.text, places in refused.text) == (422, True, True)
    written = "harbour hotel, ox991aa\n\nWharf Rooms, OX99 1AA\nWharf Rooms, OX99 1AA"
    assert desk.post("/awareness/record", data={**typed, "places": written}).status_code == 302
    assert "Sample Town (2 places named, 12 drivers)" in desk.get("/awareness").text
    assert [reached(desk, one) for one in (hotel, rooms, inn)] == [True, True, False]
    # Another council reads that it was done; which places it reached is for those who know them.
    disruption.agency(AgencyKind.LICENSING, accounts.CHERWELL)
    other = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert "Sample Town (12 drivers)" in other.get("/awareness").text
    assert not reached(other, theirs)
    with owner_session() as session:
        made = session.scalars(select(AwarenessActivity.id)).one()
    form = desk.get(f"/awareness/{made}/correct").text
    assert "Harbour Hotel, OX99 1AA\nWharf Rooms, OX99 1AA" in form
    assert desk.post(f"/awareness/{made}/correct", data={**typed, "places": "Mill Inn, OX99 1AA"}).status_code == 302
    assert [reached(desk, one) for one in (hotel, rooms, inn)] == [False, False, True]


def reached(browser: browsers.Browser, place_id: UUID) -> bool:
    """Whether a place's timeline tells of the campaign."""
    return "Awareness: campaign" in browser.get(f"/places/{place_id}").text


def test_places_that_whoever_puts_it_right_does_not_know_stay_with_it(app: Flask) -> None:
    """One that a colleague knows from what the police did there, in another council's area."""
    police = disruption.agency(AgencyKind.POLICE, is_partner=True)
    colleague, officer = disruption.officer_of(police), accounts.user(Role.LICENSING_OFFICER)
    hotel = register.add_premises(accounts.OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    theirs = register.add_premises(accounts.CHERWELL, "Far Away Lodge", PremisesKind.HOTEL)
    seen = Aim(TargetKind.PREMISES, "Far Away Lodge", "1 Sample Street", "", theirs, accounts.authority_id(CHERWELL))
    operations.try_place(colleague, place=seen)
    made = prevention.prevented(accounts.OXFORD, colleague, hotel, theirs)["activity_id"]
    form = browsers.of_user(app, officer).get(f"/awareness/{made}/correct").text
    assert "Harbour Hotel, OX99 1AA" in form
    assert "Far Away Lodge" not in form
    with disruption.as_user(officer) as user:
        before = queries.activity_of(made)
        facts = Activity(before.kind, before.audience, before.held_on, "Elsewhere", 9, before.agency_id, "W1")
        changes.record_activity(user, facts, made)
        db.session.commit()
    with disruption.as_user(colleague):
        assert queries.activities_at(hotel) == []  # left out by somebody who knows it
        [one] = queries.activities_at(theirs)
        assert (one.place, [each.premises_id for each in one.places]) == ("Elsewhere", [theirs])
    with disruption.as_user(officer):
        db.session.execute(text("CALL carry_places(ARRAY[CAST(:id AS uuid)])"), {"id": one.id})
        assert queries.activities_at(theirs) == []


def test_a_file_that_puts_an_activity_right_keeps_the_places_and_drivers_that_it_reached(app: Flask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    hotel = register.add_premises(accounts.OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    made = prevention.prevented(accounts.OXFORD, officer, hotel)["activity_id"]
    with disruption.as_user(officer) as user:
        before = queries.activity_of(made)
        facts = Activity(before.kind, before.audience, before.held_on, "Elsewhere", 9, before.agency_id, "W1")
        changes.record_activities(user, [(facts, made)])
        db.session.commit()
        [one] = queries.activities_at(hotel)
        assert (one.place, one.drivers, [each.premises_id for each in one.places]) == ("Elsewhere", 5, [hotel])


def test_no_two_indicators_are_written_alike() -> None:
    for one in indicators().values():
        assert [indicator_named(name) for name in (one.code, one.label, *one.also)] == [one] * (2 + len(one.also))
    assert indicator_named("Luck") is None
