"""An operation from its plan to its debrief, and what is kept of what was found."""

import re
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from factories import desks, operations
from factories.accounts import user
from factories.disruption import agency, as_user, officer_of
from flask import Flask
from journeys.reading import words
from sealed_columns import columns_with, places_of, sealed_columns
from sqlalchemy import func, select

from licensing import dates
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.changes import asking
from licensing.disruption.models import PartnerTask
from licensing.disruption.words import AgencyKind, TaskAnswer
from licensing.errors import RuleBroken
from licensing.operations import presenting, queries
from licensing.operations.changes import finishing, planning, recording
from licensing.operations.changes.recording import Seen
from licensing.operations.models import Finding
from licensing.operations.rules import StopCounts
from licensing.operations.words import FindingKind, OperationState
from licensing.permissions import Role
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind


def officer() -> UUID:
    agency(AgencyKind.LICENSING)
    return user(Role.LICENSING_OFFICER)


def test_an_operation_is_planned_briefed_begun_recorded_followed_up_and_closed(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    found = operations.find(who, stop)
    with as_user(who) as acting:
        recording.count(acting, stop, StopCounts(18, 15, 2, 1, 0))
        with pytest.raises(RuleBroken, match="finding 1"):
            finishing.debrief(acting, stop, "It worked.", "Again in May.")
        db.session.rollback()
    operations.give(who, stop, found)
    with as_user(who) as acting:
        finishing.debrief(acting, stop, "It worked.", "Again in May.")
        db.session.commit()
        operation = queries.operation(stop)
        assert operation.state is OperationState.CLOSED
        assert presenting.findings(operation)[0]["waits"] is False
        [task] = db.session.scalars(select(Task).where(Task.kind == TaskKind.FOLLOW_UP))
        assert (task.for_user_id, "Rowan" in task.why) == (who, False)


def test_two_findings_of_one_operation_have_a_task_each(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    for _ in range(2):
        operations.give(who, stop, operations.find(who, stop))
    with as_user(who):
        assert db.session.scalar(select(func.count()).select_from(Task)) == 2


def test_what_a_phone_sends_twice_is_kept_once(app: Flask) -> None:
    who, same = officer(), uuid4()
    stop = operations.plan(who)
    operations.begin(who, stop)
    for _ in range(2):
        operations.find(who, stop, finding_id=same)
    with as_user(who):
        assert db.session.scalar(select(func.count()).select_from(Finding)) == 1


def test_what_was_changed_before_it_was_sent_again_is_kept_as_another(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    client = desks.client_of(app, who)
    sent = {"finding": str(uuid4()), "kind": "vehicle", "name": "AB12CDE", "follow_up": "no"}
    client.post(f"/operations/{stop}/night", data={**sent, "what": "Two adults."})
    page = client.post(f"/operations/{stop}/night", data={**sent, "what": "Two adults and a van."})
    assert page.status_code == 422
    assert "Save again to keep these as another" in page.text
    fresh = re.search(r'name="finding"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="finding"', page.text)
    assert fresh
    again = {**sent, "finding": fresh[1] or fresh[2], "what": "Two adults and a van."}
    assert client.post(f"/operations/{stop}/night", data=again).status_code == 302
    with as_user(who):
        assert db.session.scalar(select(func.count()).select_from(Finding)) == 2


def test_nothing_is_recorded_before_it_begins_or_after_it_is_closed(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    with pytest.raises(RuleBroken, match="under way: this one is planned"):
        operations.find(who, stop)


def test_a_place_that_somebody_came_upon_joins_the_places_of_the_plan(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    operations.find(who, stop, Seen(FindingKind.PLACE, "Night Kitchen", "Lights at the back.", needs_follow_up=False))
    with as_user(who):
        operation = queries.operation(stop)
        assert [one.name for one in operation.places] == ["Harbour Hotel", "Night Kitchen"]
        assert operation.findings[0].place_id == operation.places[1].id


def test_whoever_was_seen_at_a_place_is_found_at_that_place(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    with as_user(who):
        hotel = queries.operation(stop).places[0].id
    browser = browsers.of_user(app, who)
    seen = {"kind": "person", "place": str(hotel), "name": "Rowan Sampleton", "what": "Waited.", "follow_up": "no"}
    assert browser.post(f"/operations/{stop}/night", data={"finding": str(uuid4()), **seen}).status_code == 302
    with as_user(who):
        assert [one.place_id for one in queries.operation(stop).findings] == [hotel]
    assert "At Harbour Hotel" in words(browser.get(f"/operations/{stop}").text)


def test_the_powers_of_the_agencies_that_are_there_stand_first_and_no_other_is_refused(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    browser = browsers.of_user(app, who)
    page = browser.get(f"/operations/{stop}/night").text
    offered = re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)</option>', page.partition('id="power"')[2])
    with as_user(who):
        ours = {str(one.id) for one in disruption.powers_on(dates.today()) if AgencyKind.LICENSING in one.used_by}
    assert ours
    assert {key for key, _ in offered[: len(ours)]} == ours
    assert all(name.strip().endswith("(another agency)") for _, name in offered[len(ours) :])
    last, _ = offered[-1]
    sent = {"kind": "person", "name": "Rowan Sampleton", "what": "Waited.", "follow_up": "no", "power": last}
    assert browser.post(f"/operations/{stop}/night", data={"finding": str(uuid4()), **sent}).status_code == 302
    with as_user(who):
        assert [str(one.power_id) for one in queries.operation(stop).findings] == [last]


def test_people_and_words_stand_sealed_and_nowhere_in_the_open(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    operations.begin(who, stop)
    operations.give(who, stop, operations.find(who, stop))
    for typed in ("Rowan Sampleton", "Waited outside", "Two cars at the bridge", operations.OBJECTIVE, "Speak to the"):
        assert places_of(typed) == [], typed
        assert len(columns_with(typed, sealed_columns("operations"))) == 1, typed


def test_an_agency_that_is_asked_sees_the_words_and_not_the_operation(app: Flask) -> None:
    who = officer()
    fire = officer_of(agency(AgencyKind.FIRE_AND_RESCUE))
    stop = operations.plan(who)
    operations.begin(who, stop)
    found = operations.find(who, stop)
    with as_user(who) as acting:
        mine = disruption.acting_agencies()[0].id
        asked = agency(AgencyKind.FIRE_AND_RESCUE)
        finishing.ask_agency(acting, stop, found, mine, asked, "Please check the exits.", dates.today())
        db.session.commit()
        assert queries.not_followed_up(stop) == []
    with as_user(fire):
        assert db.session.scalar(select(func.count()).select_from(PartnerTask)) == 1
        assert not queries.operation_exists(stop)


def test_what_an_agency_declines_to_follow_up_waits_again_and_whoever_asked_is_told(app: Flask) -> None:
    who, joined = officer(), officer_of(agency(AgencyKind.TRADING_STANDARDS))
    fire, asked = officer_of(agency(AgencyKind.FIRE_AND_RESCUE)), agency(AgencyKind.FIRE_AND_RESCUE)
    stop = operations.plan(who, partners=[agency(AgencyKind.TRADING_STANDARDS)])
    operations.begin(who, stop)
    found = operations.find(who, stop)
    with as_user(who) as acting:
        mine = disruption.acting_agencies()[0].id
        finishing.ask_agency(acting, stop, found, mine, asked, "Please check the exits.", dates.today())
        db.session.commit()
    with as_user(fire) as acting:
        [task] = disruption.asked_of_us(1).items
        asking.answer(acting, task.id, TaskAnswer.DECLINED, "Nobody is free.")
        db.session.commit()
    # Whoever joins and asked nobody reads it too, though not the task itself.
    for one in (who, joined):
        with as_user(one) as acting:
            [shown] = presenting.findings(queries.operation(stop))
            assert (shown["waits"], queries.not_followed_up(stop)) == (True, [1])
            with pytest.raises(RuleBroken, match="finding 1"):
                finishing.debrief(acting, stop, "It worked.", "Again in May.")
            db.session.rollback()
    operations.give(who, stop, found)
    with as_user(who):
        assert queries.not_followed_up(stop) == []
    with as_user(fire):
        assert queries.declined(stop) == []


def test_an_operation_that_is_called_off_says_why_and_takes_nothing_more(app: Flask) -> None:
    who = officer()
    stop = operations.plan(who)
    with as_user(who) as acting:
        planning.call_off(acting, stop, "Too few cars.")
        db.session.commit()
        for change in (
            lambda: planning.brief(acting, stop, "x"),
            lambda: planning.add_place(acting, stop, operations.HOTEL),
            lambda: planning.call_off(acting, stop, "Again"),
        ):
            with pytest.raises(RuleBroken, match="called off"):
                change()
            db.session.rollback()
