"""A council's restricted edition tells its own leaders exactly, says that it does, and tells nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from accounts import browsers
from factories import accounts, allegations, briefings, register, signals, training
from factories.disruption import as_user
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import text

from licensing import dates
from licensing.briefings import changes, queries
from licensing.briefings.content import from_json
from licensing.db import db
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.setup import owner_session


def lately(days: int = 40) -> Period:
    return Period(dates.today() - timedelta(days=days), dates.today())


@pytest.mark.parametrize("audience", Audience)
def test_only_those_who_lead_a_council_are_told_its_own_numbers_as_they_are(app: Flask, audience: Audience) -> None:
    signals.revoked_driver(1, accounts.OXFORD, 20)
    office = briefings.office(accounts.OXFORD)
    made = briefings.drafted(office, audience, lately())
    page = browsers.of_user(app, office.author).get(f"/briefings/{made}").text
    with as_user(office.author):
        revoked = from_json(queries.briefing(made).content).figure("decisions.revoked")
    leads = audience in (Audience.CHIEF_EXECUTIVES, Audience.DIRECTOR, Audience.LEAD_MEMBER)
    assert ("Restricted briefing for" in page, "OFFICIAL-SENSITIVE" in page, "Nothing is withheld" in page) == (
        leads,
    ) * 3
    assert ("* Fewer than 5 people" in page) is not leads
    if revoked is None:
        assert audience is Audience.POLICE_AND_CRIME_COMMISSIONER
    else:
        assert revoked.value == (1 if leads else None)


def test_an_edition_for_others_is_held_against_those_that_others_had_and_not_against_the_restricted_one(
    app: Flask,
) -> None:
    """Nine revocations of sixty days and seven of thirty: two are of the days between."""
    office = briefings.office(accounts.OXFORD)
    for number in range(9):
        signals.revoked_driver(number, accounts.OXFORD, 20 if number < 7 else 50)
    told = {}
    for audience, days in ((Audience.LEAD_MEMBER, 30), (Audience.SCRUTINY, 60), (Audience.SCRUTINY, 30)):
        made = briefings.drafted(office, audience, lately(days))
        with as_user(office.approver) as approver:
            one = queries.briefing(made)
            told[audience, days] = from_json(one.content).figure("decisions.revoked")
            changes.approve(approver, one, [], as_computed=False)
            changes.publish(queries.briefing(made), [office.reader])
            db.session.commit()
    shown = {key: figure and figure.shown for key, figure in told.items()}
    assert shown == {(Audience.LEAD_MEMBER, 30): "7", (Audience.SCRUTINY, 60): "9", (Audience.SCRUTINY, 30): "about 5"}


def test_a_reader_of_a_published_briefing_cannot_tell_whether_there_is_a_case(app: Flask) -> None:
    """Twin worlds: the one paper before, the other after a case of the year and the quarter that it counts."""
    office, lado = briefings.office(), allegations.officer()
    reader = browsers.of_user(app, office.reader)
    without = briefings.published(office, Audience.DIRECTOR)
    case_id = allegations.open_case(lado)
    with owner_session() as session:
        moved = "UPDATE lado_case SET referred_on = :day, threshold_on = :day WHERE id = :case"
        session.execute(text(moved), {"day": briefings.SUMMER.from_on - timedelta(days=100), "case": case_id})
        session.commit()
    with_one = briefings.published(office, Audience.DIRECTOR)
    told = [parts_of(reader.get(f"/briefings/{one}").text) for one in (without, with_one)]
    assert "Allegations referred" in told[0]
    assert told[0] == told[1]


def parts_of(page: str) -> str:
    """What it says of figures: its reference and its fingerprint are of each paper alone."""
    return page[page.index('id="part-1"') : page.index("About this briefing")]


def test_everything_a_districts_paper_may_hold_stays_on_two_pages(app: Flask) -> None:
    """Charts of three periods, many targets missed, and every text as long as a form takes it, or nearly."""
    people = [signals.revoked_driver(number, accounts.OXFORD, 20) for number in range(5)]
    register.add_all([register.numbered(one) for one in range(100, 140)], accounts.OXFORD)
    training.record(accounts.OXFORD, people[0], training.EXPIRED)
    office = briefings.office(accounts.OXFORD)
    browser = browsers.of_user(app, office.author)
    made = briefings.drafted(office, Audience.CHIEF_EXECUTIVES, lately())
    assert "Now, before and a year ago" in browser.get(f"/briefings/{made}").text
    assert len(PdfReader(BytesIO(browser.get(f"/briefings/{made}/pdf").data)).pages) == 2
