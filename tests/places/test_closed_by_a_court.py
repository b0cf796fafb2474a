"""A closure order on a pub: its licensing authority is asked to review the licence, and nothing is revoked by it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.signing_in import as_owner
from factories import accounts, disruption, register
from flask import Flask
from sqlalchemy import text

from licensing import dates
from licensing.db import db
from licensing.disruption import histories, queries
from licensing.disruption.changes import acting, bringing_in, correcting
from licensing.disruption.changes.rows import Said
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, EventKind, Rank, TargetKind
from licensing.permissions import Role
from licensing.setup import owner_session

COUNTY, OXFORD, CHERWELL = accounts.COUNTY, accounts.OXFORD, accounts.CHERWELL


@pytest.fixture
def pub(app: Flask) -> register.Things:
    disruption.agency(AgencyKind.LICENSING)
    return register.add_things(OXFORD, register.add(register.KHAN, OXFORD), accounts.user(Role.LICENSING_OFFICER))


@pytest.fixture
def inspector(app: Flask) -> UUID:
    return disruption.officer_of(disruption.agency(AgencyKind.POLICE, CHERWELL, is_partner=True), CHERWELL)


def close(inspector: UUID, place_id: UUID, on: date) -> UUID:
    """By an order of the court, which the police ask for; they have never seen the register."""
    police = disruption.agency(AgencyKind.POLICE, CHERWELL, is_partner=True)
    aim = Aim(TargetKind.PREMISES, "The Sample Arms", "2 Sample Street", "", place_id, accounts.authority_id(OXFORD))
    made = disruption.consider(inspector, "ASBCO", aim, police, considered_on=on)
    order = Event(EventKind.IN_FORCE, on, ends_on=on + timedelta(days=60), rank=Rank.COURT)
    disruption.tell(inspector, made, Event(EventKind.AUTHORISED, on, rank=Rank.COURT), order)
    return made


def tasks() -> list[tuple[UUID, UUID, date, str]]:
    with owner_session() as session:
        found = "SELECT authority_id, object_id, due_on, why FROM task WHERE kind = 'review' ORDER BY opened_at"
        return [tuple(row) for row in session.execute(text(found))]


def test_the_council_of_a_licensed_place_is_asked_for_a_review_within_the_time_of_section_167(
    app: Flask, pub: register.Things, inspector: UUID
) -> None:
    on = dates.today() - timedelta(days=2)
    made = close(inspector, pub.premises_id, on)
    ((council, licence, due, why),) = tasks()
    assert (council, licence) == (accounts.authority_id(OXFORD), pub.premises_licence_id)
    assert due == on + timedelta(days=28)
    assert "section 167" in why
    # The council that is asked has it on its trail: who opened the task, and no word of the action.
    with owner_session() as session:
        opened = "SELECT authority_id, actor_id, action, details::text FROM audit_entry WHERE object_kind = 'task'"
        [(trail, actor, did, told)] = session.execute(text(opened))
    assert (trail, actor, did) == (accounts.authority_id(OXFORD), inspector, "added")
    assert str(licence) in told
    assert str(made) not in told
    auditor = browsers.of_role(app, Role.AUDITOR)
    assert "Task" in auditor.get("/audit?action=added").text
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/licences/{licence}").text
    assert "In force" in page
    with disruption.as_user(inspector):
        db.session.execute(text("CALL ask_for_review(:action)"), {"action": made})
        db.session.commit()
    assert len(tasks()) == 1
    with disruption.as_user(accounts.user(Role.LICENSING_OFFICER, CHERWELL)):
        assert db.session.scalar(text("SELECT count(*) FROM task")) == 0


def put_right(inspector: UUID, made: UUID, event: Event | None) -> None:
    with disruption.as_user(inspector) as user:
        wrong = next(one for one in queries.events_of(made) if one.kind is EventKind.IN_FORCE)
        correcting.correct(user, made, wrong.id, correcting.Correction(event, Said(), "The court’s paper says so."))
        db.session.commit()


def test_the_review_moves_with_the_day_of_the_order_and_is_owed_no_more_where_there_was_none(
    app: Flask, pub: register.Things, inspector: UUID
) -> None:
    today = dates.today()
    made = close(inspector, pub.premises_id, today - timedelta(days=9))
    right = Event(EventKind.IN_FORCE, today - timedelta(days=4), ends_on=today + timedelta(days=40), rank=Rank.COURT)
    put_right(inspector, made, right)
    ((_, _, due, why),) = tasks()
    assert due == today + timedelta(days=24)
    assert f"A court closed the place on {dates.in_words(today - timedelta(days=4))}." in why
    [task_id] = as_owner("SELECT id FROM task WHERE kind = 'review'")[0]
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/work/{task_id}").text
    assert f"Now due on {dates.in_words(due)}" in page
    assert "The day of the court’s order was put right" in page
    put_right(inspector, made, None)
    assert as_owner("SELECT outcome, settled FROM task WHERE kind = 'review'") == [
        ("The order was recorded by mistake.", True)
    ]


def test_nobody_is_asked_where_nothing_is_licensed_or_by_whoever_does_not_work_on_the_action(
    pub: register.Things, inspector: UUID
) -> None:
    house = register.add_premises(OXFORD, "Elm Rooms", register.PremisesKind.GUESTHOUSE)
    close(inspector, house, dates.today())
    assert tasks() == []
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    made = disruption.closed(disruption.officer_of(fire, COUNTY), fire, dates.today())
    with disruption.as_user(inspector):
        db.session.execute(text("CALL ask_for_review(:action)"), {"action": made})
        db.session.commit()
    assert tasks() == []


def test_a_place_that_is_added_to_an_order_in_force_is_reviewed_too_and_one_of_no_register_is_told_of_by_hand(
    app: Flask, pub: register.Things, inspector: UUID
) -> None:
    house = register.add_premises(OXFORD, "Elm Rooms", register.PremisesKind.GUESTHOUSE)
    made = close(inspector, house, dates.today())
    client = browsers.of_user(app, inspector)
    assert "Tell the licensing council" not in client.get(f"/actions/{made}").text
    council = accounts.authority_id(OXFORD)
    with disruption.as_user(inspector) as user:
        acting.add_target(user, made, Aim(TargetKind.PREMISES, "The Sample Inn", "2 Sample Street"))
        acting.add_target(
            user, made, Aim(TargetKind.PREMISES, "Tugboat", "3 Sample Street", "", pub.premises_id, council)
        )
        db.session.commit()
    assert [(one[0], one[1]) for one in tasks()] == [(council, pub.premises_licence_id)]
    page = client.get(f"/actions/{made}").text
    assert "The Sample Inn: no premises licence is linked. Tell the licensing council" in page
    assert "Tugboat: no premises licence" not in page


@pytest.mark.parametrize(("days", "asked"), [(2, 1), (400, 0)])
def test_an_order_that_a_file_brings_asks_for_a_review_unless_it_is_long_over(
    pub: register.Things, inspector: UUID, days: int, asked: int
) -> None:
    police, council = disruption.agency(AgencyKind.POLICE, CHERWELL, is_partner=True), accounts.authority_id(OXFORD)
    on = dates.today() - timedelta(days=days)
    aim = Aim(TargetKind.PREMISES, "The Sample Arms", "2 Sample Street", "", pub.premises_id, council)
    with disruption.as_user(inspector) as user:
        power = queries.versions_of("ASBCO")[0]
        begun = bringing_in.Begun("C1", power.id, police, police)
        told = histories.Told(on, in_force_on=on, ends_on=on + timedelta(days=80))
        happened = histories.history_of(power.as_power(), told, dates.today())
        bringing_in.bring_in(user, [bringing_in.Brought(uuid4(), begun, [aim], 0, [], [], 0, happened, None)])
        db.session.commit()
    assert len(tasks()) == asked


def test_the_timeline_of_a_place_has_its_licences(app: Flask, pub: register.Things) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    page = browsers.of_user(app, officer).get(f"/places/{pub.premises_id}").text
    assert "Premises licence: its first day" in page[page.index("What has happened") :]
