"""Who knows of an action: those who lead or join, and those in whose area the premises are. Nobody else, by any way."""

from uuid import UUID

import pytest
from factories import accounts, disruption
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.db import db
from licensing.disruption import queries
from licensing.disruption.changes import acting, asking
from licensing.disruption.queries import ActionsFilter
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, EventKind, TargetKind, TaskAnswer
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

COUNTY, OXFORD, CHERWELL = accounts.COUNTY, accounts.OXFORD, accounts.CHERWELL
TABLES = ("disruption_action", "disruption_action_agency", "disruption_target", "disruption_event", "effect_review")


@pytest.fixture
def police(app: Flask) -> UUID:
    return disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)


@pytest.fixture
def inspector(police: UUID) -> UUID:
    return disruption.officer_of(police, COUNTY)


def knows(user_id: UUID, action_id: UUID) -> bool:
    with disruption.as_user(user_id):
        listed = queries.actions_page(ActionsFilter(every=True), dates.today(), 1)
        rows = {table: db.session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES}
        assert bool(listed.total) == queries.action_exists(action_id) == bool(rows["disruption_action"])
        assert bool(rows["disruption_action"]) == bool(rows["disruption_target"]) == bool(rows["disruption_event"])
        return bool(listed.total)


def in_oxford(inspector: UUID, police: UUID) -> UUID:
    """An action on a place of Oxford's register, so far as the action says."""
    aim = Aim(TargetKind.PREMISES, "The Tugboat", "2 Sample Wharf", "", UUID(int=7), accounts.authority_id(OXFORD))
    return disruption.consider(inspector, "ASBCN", aim, police)


def test_an_action_on_a_person_is_known_to_those_who_lead_or_join_alone(police: UUID, inspector: UUID) -> None:
    fire, licensing = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY), disruption.agency(AgencyKind.LICENSING)
    others = [
        disruption.officer_of(fire, COUNTY),
        accounts.user(Role.LICENSING_OFFICER),
        accounts.user(Role.DISRUPTION_OFFICER, COUNTY),
        *(accounts.user(role) for role in Role if role is not Role.LICENSING_OFFICER),
    ]
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    assert knows(inspector, made)
    assert not [one for one in others if knows(one, made)]
    with disruption.as_user(inspector) as user:
        acting.join(user, made, licensing)
        db.session.commit()
    assert [one for one in others if knows(one, made)] == [others[1], *_managers(others)]


def _managers(others: list[UUID]) -> list[UUID]:
    return [one for one in others[3:] if _is_manager(one)]


def _is_manager(user_id: UUID) -> bool:
    with disruption.as_user(user_id) as user:
        return Role.LICENSING_MANAGER in user.roles


def test_an_action_on_premises_is_known_in_whose_area_they_are_and_changed_by_those_who_join(
    police: UUID, inspector: UUID
) -> None:
    for council in (OXFORD, CHERWELL):
        disruption.agency(AgencyKind.LICENSING, council)
    fire = disruption.officer_of(disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY), COUNTY)
    made = in_oxford(inspector, police)
    here, there = accounts.user(Role.LICENSING_OFFICER), accounts.user(Role.LICENSING_OFFICER, CHERWELL)
    assert [knows(one, made) for one in (here, fire, there)] == [True, True, False]
    with disruption.as_user(here) as user, pytest.raises(RuleBroken, match="Only the agencies that lead or join"):
        acting.record_event(user, made, Event(EventKind.NOT_USED, dates.today()), officer="", words="")


def test_a_partner_knows_nothing_because_of_where_it_is(police: UUID, inspector: UUID) -> None:
    disruption.agency(AgencyKind.LICENSING)
    licensing = accounts.user(Role.LICENSING_OFFICER)
    aim = Aim(TargetKind.PREMISES, "The Tugboat", "2 Sample Wharf", "", UUID(int=7), accounts.authority_id(OXFORD))
    with disruption.as_user(licensing):
        mine = queries.acting_agencies()[0].id
    made = disruption.consider(licensing, "PREMVISIT", aim, mine)
    assert not knows(inspector, made)


def test_whoever_leaves_an_agency_knows_its_actions_no_longer(police: UUID, inspector: UUID) -> None:
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    disruption.leave(inspector, COUNTY)
    assert not knows(inspector, made)


def test_whoever_is_asked_sees_the_task_and_nothing_of_the_action(police: UUID, inspector: UUID) -> None:
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    asked = disruption.officer_of(fire, COUNTY)
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    task = disruption.ask(inspector, fire, made)
    assert not knows(asked, made)
    with disruption.as_user(asked) as user:
        assert queries.waiting_for_us() == 1
        with pytest.raises(RuleBroken, match="Say why"):
            asking.answer(user, task, TaskAnswer.DECLINED, "")
        db.session.rollback()
        asking.answer(user, task, TaskAnswer.ACCEPTED, "")
        asking.answer(user, task, TaskAnswer.COMPLETED, "The exits are open.")
        db.session.commit()
        with pytest.raises(RuleBroken, match="was completed a moment ago"):
            asking.answer(user, task, TaskAnswer.DECLINED, "Too late.")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disruption_event SET on_day = on_day",
        "DELETE FROM disruption_event",
        "DELETE FROM disruption_action",
        "UPDATE disruption_action SET threshold_sealed = NULL",
        "INSERT INTO disruption_event (id, authority_id, action_id, number, kind, on_day, by_id)"
        " SELECT gen_random_uuid(), authority_id, action_id, 2, 'authorised', on_day - 1, by_id FROM disruption_event",
        "UPDATE agency_member SET agency_id = agency_id",
        "UPDATE power SET threshold = ''",
    ],
)
def test_by_sql_nobody_rewrites_what_happened_or_joins_by_themselves(
    police: UUID, inspector: UUID, statement: str
) -> None:
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    with disruption.as_user(inspector):
        assert queries.action_exists(made)
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(text(statement))


def test_by_sql_an_officer_joins_no_agency_to_what_they_do_not_know(police: UUID, inspector: UUID) -> None:
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    join = (
        "INSERT INTO disruption_action_agency (id, authority_id, action_id, agency_id, part)"
        " VALUES (gen_random_uuid(), :council, :action, :agency, 'partner')"
    )
    given = {"council": accounts.authority_id(COUNTY), "action": made, "agency": fire}
    with (
        disruption.as_user(disruption.officer_of(fire, COUNTY)),
        pytest.raises(DBAPIError),
        db.session.begin_nested(),
    ):
        db.session.execute(text(join), given)


def test_people_are_named_to_those_who_lead_or_join_alone(police: UUID, inspector: UUID) -> None:
    disruption.agency(AgencyKind.LICENSING)
    made, area = in_oxford(inspector, police), accounts.user(Role.LICENSING_OFFICER)
    with owner_session() as session:  # as an action on a place that a person was added to
        session.execute(
            text(
                "INSERT INTO disruption_target (id, authority_id, action_id, number, kind, name_sealed, name_key)"
                " SELECT gen_random_uuid(), authority_id, id, 2, 'person', 'x', 'y' FROM disruption_action"
            )
        )
        session.commit()
    for reader, kinds in ((inspector, ["person", "premises"]), (area, ["premises"])):
        with disruption.as_user(reader):
            assert queries.action_exists(made)
            assert sorted(db.session.scalars(text("SELECT kind FROM disruption_target"))) == kinds


def test_a_manager_reads_nothing_of_an_action_that_is_not_theirs_to_know(police: UUID, inspector: UUID) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER, COUNTY)
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    of_it = text("SELECT count(*) FROM audit_entry WHERE object_id = :id")
    read = {}
    for reader in (manager, accounts.user(Role.AUDITOR, COUNTY)):
        with disruption.as_user(reader):
            read[reader] = bool(db.session.scalar(of_it, {"id": made}))
    assert list(read.values()) == [False, True]


def test_what_a_partner_is_asked_begins_without_an_answer(police: UUID, inspector: UUID) -> None:
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    asked = disruption.ask(inspector, fire, None)
    again = (
        "INSERT INTO partner_task (id, authority_id, reference, asked_by_agency_id, agency_id, what_sealed, due_on,"
        " answer_by, answer, asked_on, asked_by) SELECT gen_random_uuid(), authority_id, reference || 'X',"
        " asked_by_agency_id, agency_id, what_sealed, due_on, answer_by, :answer, asked_on, asked_by FROM partner_task"
        " WHERE id = :id"
    )
    with disruption.as_user(inspector):
        db.session.execute(text(again), {"id": asked, "answer": "asked"})
        with pytest.raises(DBAPIError, match="row-level security"), db.session.begin_nested():
            db.session.execute(text(again), {"id": asked, "answer": "completed"})
