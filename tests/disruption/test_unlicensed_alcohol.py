"""A closure notice for unlicensed alcohol: when a court may be asked, and by when (2001 Act s.20)."""

from datetime import timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, disruption
from flask import Flask

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.queries import clocks_about
from licensing.deadlines.rules import ClockState, months_after
from licensing.disruption import queries
from licensing.disruption.changes import correcting
from licensing.disruption.changes.rows import Said
from licensing.disruption.rules import Event
from licensing.disruption.words import AgencyKind, EventKind, Rank
from licensing.errors import RuleBroken

DAY, COUNTY = timedelta(days=1), accounts.COUNTY


@pytest.fixture
def constable(app: Flask) -> UUID:
    return disruption.officer_of(disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True), COUNTY)


def served(constable: UUID, days_ago: int) -> UUID:
    on = dates.today() - days_ago * DAY
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    made = disruption.consider(constable, "CJPA19", disruption.GUESTHOUSE, police, considered_on=on)
    authorised = Event(EventKind.AUTHORISED, on, rank=Rank.CONSTABLE)
    disruption.tell(constable, made, authorised, Event(EventKind.SERVED, on))
    return made


def stands(constable: UUID, action_id: UUID) -> list[ClockState]:
    with disruption.as_user(constable):
        found = clocks_about(ObjectKind.DISRUPTION_ACTION, action_id)
        return [one.state_on(dates.today()) for one in found if one.code is ClockCode.CLOSE_CJPA_APPLY]


def test_a_court_is_asked_on_the_seventh_day_and_not_before(app: Flask, constable: UUID) -> None:
    made, today = served(constable, 7), dates.today()
    with pytest.raises(RuleBroken, match=f"may be asked on {dates.in_words(today)} at the earliest .*2001 s.20"):
        disruption.tell(constable, made, Event(EventKind.AT_COURT, today - DAY))
    assert stands(constable, made) == [ClockState.RUNNING]
    page = browsers.of_user(app, constable).get(f"/actions/{made}").text
    assert "The court may be asked about unlicensed alcohol once this has passed" in page
    assert dates.in_words(months_after(today - 7 * DAY, 6)) in page
    disruption.tell(constable, made, Event(EventKind.AT_COURT, today))
    assert stands(constable, made) == [ClockState.MET]


def test_a_court_that_is_asked_after_six_months_is_asked_late(constable: UUID) -> None:
    made = served(constable, 190)
    assert stands(constable, made) == [ClockState.OVERDUE]
    disruption.tell(constable, made, Event(EventKind.AT_COURT, dates.today()))
    assert stands(constable, made) == [ClockState.MET_LATE]


def test_a_service_is_not_put_right_to_a_day_on_which_the_court_was_asked_too_early(constable: UUID) -> None:
    made, today = served(constable, 20), dates.today()
    disruption.tell(constable, made, Event(EventKind.AT_COURT, today - 10 * DAY))
    for days, allowed in ((16, False), (17, True)):
        with disruption.as_user(constable) as user:
            wrong = next(one for one in queries.events_of(made) if one.kind is EventKind.SERVED)
            right = correcting.Correction(Event(EventKind.SERVED, today - days * DAY), Said(), "Typed wrong.")
            if allowed:
                correcting.correct(user, made, wrong.id, right)
                db.session.commit()
                continue
            with pytest.raises(RuleBroken, match="at the earliest"):
                correcting.correct(user, made, wrong.id, right)
    assert ClockState.MET in stands(constable, made)


def test_the_court_is_owed_no_more_once_the_action_ended(constable: UUID) -> None:
    made = served(constable, 3)
    disruption.tell(constable, made, Event(EventKind.ENDED, dates.today()))
    assert stands(constable, made) == [ClockState.CEASED]
