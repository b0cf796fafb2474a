"""What happened proposes a note: each trigger by itself, of records made by the rooms' own ways."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from factories import accounts, disruption, jobs, operations, register, signals
from factories.disruption import as_user
from flask import Flask
from sqlalchemy import select, text

from licensing import dates
from licensing.db import db
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, EventKind, Rank, TargetKind
from licensing.need_to_know import jobs as room_jobs
from licensing.need_to_know.models import Fact
from licensing.need_to_know.words import About, Trigger
from licensing.permissions import Role
from licensing.register.models import Licence
from licensing.register.places import PremisesKind
from licensing.setup import owner_session
from licensing.suitability.changes import considerations, courts
from licensing.suitability.rules import Ground, Source
from licensing.suitability.sentences import Verdict


@pytest.fixture(autouse=True)
def author(app: Flask) -> UUID:
    return accounts.user(Role.BRIEFING_AUTHOR)


def proposed(app: Flask) -> list[tuple[Trigger, About, UUID]]:
    """What the job finds, looking twice."""
    for _ in range(2):
        jobs.do(app, room_jobs.watch_need_to_know)
    with owner_session() as session:
        found = session.scalars(select(Fact).order_by(Fact.trigger, Fact.object_id))
        return [(one.trigger, one.object_kind, one.object_id) for one in found]


def licence_of(person_id: UUID) -> UUID:
    with owner_session() as session:
        return session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()


def fire_officer() -> tuple[UUID, UUID]:
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE)
    return disruption.officer_of(fire), fire


def test_a_revocation_at_once_that_was_brought_in_without_a_decision(app: Flask) -> None:
    lately = signals.revoked_driver(1, accounts.OXFORD, 20)
    signals.revoked_driver(2, accounts.OXFORD, 40)
    later = replace(register.REVOKED, decided_on=dates.today() - timedelta(days=3), immediate=False)
    person = register.numbered(3)
    licence = replace(person.licences[0], events=(register.GRANTED, later))
    register.add(replace(person, licences=(licence,)), accounts.OXFORD)
    assert proposed(app) == [(Trigger.IMMEDIATE_REVOCATION, About.LICENCE, licence_of(lately))]


def test_a_place_that_was_closed(app: Flask) -> None:
    made = disruption.closed(*fire_officer(), dates.today() - timedelta(days=2))
    assert proposed(app) == [(Trigger.CLOSURE, About.DISRUPTION_ACTION, made)]


def test_a_notice_to_a_hotel(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, is_partner=True)
    officer = disruption.officer_of(police, rank=Rank.INSPECTOR)
    notice = operations.prepare(officer, police, dates.today())
    assert proposed(app) == []
    operations.serve(officer, notice, dates.today())
    assert proposed(app) == [(Trigger.HOTEL_NOTICE, About.HOTEL_NOTICE, notice)]


def test_a_licence_holder_before_a_court(app: Flask) -> None:
    licence_id = licence_of(register.add(register.KHAN, accounts.OXFORD))
    with as_user(accounts.user(Role.LICENSING_OFFICER)) as user:
        made = courts.record_case(user, "Sample Crown Court", dates.today() - timedelta(days=9))
        courts.add_defendant(user, made, Verdict.AWAITED, licence_id)
        without = courts.record_case(user, "Sample Crown Court", dates.today() - timedelta(days=9))
        courts.add_defendant(user, without, Verdict.AWAITED)
        db.session.commit()
    assert proposed(app) == [(Trigger.CHARGE, About.COURT_CASE, made)]


def summary_review() -> UUID:
    """Of a premises licence, asked for by the police yesterday."""
    officer = accounts.user(Role.LICENSING_OFFICER)
    licence_id = register.add_things(
        accounts.OXFORD, register.add(register.KHAN, accounts.OXFORD), officer
    ).premises_licence_id
    received = dates.today() - timedelta(days=1)
    asked = (Source.SUMMARY_REVIEW, Ground.LICENSING_OBJECTIVES, received, "Children were served.")
    moment = datetime.combine(received, time(10), UTC)
    with as_user(officer) as user:
        made = considerations.open_consideration(user, licence_id, *asked, received_on=received, received_at=moment)
        db.session.commit()
        return made


def test_a_summary_review(app: Flask) -> None:
    made = summary_review()
    found = proposed(app)
    assert (Trigger.SUMMARY_REVIEW, About.CONSIDERATION, made) in found
    assert {one[0] for one in found} <= {Trigger.SUMMARY_REVIEW, Trigger.OVERDUE_CLOCK}


def test_a_period_set_by_law_that_has_passed(app: Flask) -> None:
    summary_review()
    with owner_session() as session:
        due = {"day": dates.today() - timedelta(days=1)}
        clock = session.scalars(text("SELECT id FROM clock WHERE code = 'LA_53A_FINAL'")).one()
        session.execute(text("ALTER TABLE clock DISABLE TRIGGER USER"))
        session.execute(text("UPDATE clock SET due_on = :day, started_on = :day WHERE id = :id"), due | {"id": clock})
        session.commit()
    found = proposed(app)
    assert (Trigger.OVERDUE_CLOCK, About.CLOCK, clock) in found


def test_several_drivers_of_an_operator_who_lost_their_licence(app: Flask) -> None:
    """The job that watches operators opens the task; nobody's own task is a cluster."""
    operator, own = uuid4(), accounts.user(Role.LICENSING_MANAGER)
    insert = text(
        "INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on,"
        " opened_by) VALUES (gen_random_uuid(), :council, :reference, 'consider_fitness', '', 'A sample',"
        " 'organisation', :of,"
        " 'licensing_manager', current_date, :by)"
    )
    council = accounts.authority_id(accounts.OXFORD)
    with owner_session() as session:
        session.execute(insert, {"council": council, "reference": "TK-0000-0001", "of": operator, "by": None})
        session.execute(insert, {"council": council, "reference": "TK-0000-0002", "of": uuid4(), "by": own})
        session.commit()
    assert proposed(app) == [(Trigger.CLUSTER, About.ORGANISATION, operator)]


def test_three_actions_at_one_place_within_a_year(app: Flask) -> None:
    officer, fire = fire_officer()
    place = register.add_premises(accounts.OXFORD, "Sample Guest House", PremisesKind.GUESTHOUSE)
    known = Aim(
        TargetKind.PREMISES, "Sample Guest House", "1 Sample Street", "", place, accounts.authority_id(accounts.OXFORD)
    )
    for days in (200, 100):
        on = dates.today() - timedelta(days=days)
        made = disruption.closed(officer, fire, on, known)
        disruption.tell(officer, made, Event(EventKind.ENDED, on + timedelta(days=9)))
    assert [one for one in proposed(app) if one[0] is Trigger.CLUSTER] == []
    disruption.closed(officer, fire, dates.today() - timedelta(days=1), known)
    assert (Trigger.CLUSTER, About.PREMISES, place) in proposed(app)
