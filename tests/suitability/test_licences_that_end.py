"""Licences that will end by themselves are listed ahead, each with what is to be done."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from accounts import browsers
from factories import register
from factories.accounts import OXFORD
from flask import Flask
from suitability.conftest import TODAY, acting, driver

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.permissions import Role
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind
from licensing.suitability.applying import ApplicationKind
from licensing.suitability.changes import applications
from licensing.suitability.endings import EndsWith
from licensing.suitability.queries.endings import EndingsFilter, count_endings, endings_page

SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=200)
AHEAD = EndingsFilter({way: TODAY + timedelta(days=60) for way in EndsWith})


def renewed(user: ActingUser, licence_id: UUID, expires_on: date) -> None:
    event = Event(EventKind.RENEWED, decided_on=TODAY, starts_on=TODAY, expires_on=expires_on, recorded_on=TODAY)
    append_event(user, licence_id, event)


def listed(user: ActingUser, wanted: EndingsFilter = AHEAD) -> dict[UUID, tuple[date, EndsWith]]:
    page = endings_page(user.authority.id, wanted, TODAY, 1)
    return {one.licence.id: (one.from_on, one.ends_with) for one in page.items}


def test_a_licence_is_listed_when_its_term_ends_within_the_days_looked_ahead(app: Flask) -> None:
    soon, later = driver(number=1), driver(number=2)
    with acting() as user:
        renewed(user, soon, SOON)
        renewed(user, later, LATER)
        assert listed(user) == {soon: (SOON + timedelta(days=1), EndsWith.TERM)}


def test_leave_that_ends_before_the_term_is_what_the_licence_ends_with(app: Flask) -> None:
    licence_id = driver()
    with acting() as user:
        renewed(user, licence_id, LATER)
        leave = Event(EventKind.LEAVE_RECORDED, decided_on=TODAY, ends_on=SOON, recorded_on=TODAY)
        append_event(user, licence_id, leave)
        assert listed(user) == {licence_id: (SOON + timedelta(days=1), EndsWith.LEAVE)}
        assert count_endings(user.authority.id, AHEAD, TODAY) == {EndsWith.LEAVE: 1}


def test_a_revoked_licence_does_not_end_by_itself(app: Flask) -> None:
    licence_id = driver()
    with acting() as user:
        renewed(user, licence_id, SOON)
        append_event(
            user,
            licence_id,
            Event(EventKind.REVOKED, decided_on=TODAY, notified_on=TODAY, immediate=True, recorded_on=TODAY),
        )
        assert listed(user) == {}


def test_an_application_takes_a_licence_off_the_list_of_those_without_one(app: Flask) -> None:
    licence_id = driver()
    with acting() as user:
        renewed(user, licence_id, SOON)
        unasked = EndingsFilter(AHEAD.last_days, unasked=True)
        assert set(listed(user, unasked)) == {licence_id}
        applications.receive(user, licence_id, ApplicationKind.RENEWAL, TODAY)
        db.session.flush()
        assert listed(user, unasked) == {}
        (one,) = endings_page(user.authority.id, AHEAD, TODAY, 1).items
        assert one.application_id


def test_a_licence_whose_holder_has_the_next_one_already_is_not_listed(app: Flask) -> None:
    details = register.numbered(1)
    (this,) = details.licences
    ends = replace(register.GRANTED, expires_on=SOON)
    following = replace(this, number="PHD00099", events=(replace(ends, starts_on=SOON, expires_on=LATER),))
    one_of_two = replace(details, licences=(replace(this, events=(ends,)), following))
    register.add(one_of_two, OXFORD)
    register.add(replace(register.numbered(2), licences=(replace(this, number="PHD00098", events=(ends,)),)), OXFORD)
    with acting() as user:
        listed_now = endings_page(user.authority.id, AHEAD, TODAY, 1).items
        assert [one.licence.number for one in listed_now] == ["PHD00098"]


def test_an_officer_sees_what_ends_and_another_council_does_not(app: Flask) -> None:
    licence_id = driver()
    with acting() as user:
        renewed(user, licence_id, SOON)
        db.session.commit()
    ours = browsers.of_role(app, Role.LICENSING_OFFICER).get("/ending-licences").text
    theirs = browsers.of_role(app, Role.LICENSING_OFFICER, "E07000177").get("/ending-licences").text
    assert "Record an application" in ours
    assert "No licence fits this." in theirs
    home = browsers.of_role(app, Role.LICENSING_OFFICER).get("/").text
    assert "licence ends soon, with no application" in home
