"""Indicators and awareness on the pages: recorded, put right by another row, read by every council's disruption."""

from accounts import browsers
from factories import accounts, disruption, prevention
from flask import Flask
from sqlalchemy import select

from licensing.disruption.words import AgencyKind
from licensing.permissions import Role
from licensing.prevention.catalogue import indicator_named, indicators
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.setup import owner_session

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


def test_no_two_indicators_are_written_alike() -> None:
    for one in indicators().values():
        assert [indicator_named(name) for name in (one.code, one.label, *one.also)] == [one] * (2 + len(one.also))
    assert indicator_named("Luck") is None
