"""What the service watches by day: partners who do not answer, and actions that end soon."""

from datetime import timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, disruption, jobs
from flask import Flask
from sqlalchemy import select, text

from licensing import dates
from licensing.db import db
from licensing.disruption.changes import asking
from licensing.disruption.jobs import watch_disruption
from licensing.disruption.rules import Event
from licensing.disruption.words import AgencyKind, EventKind, Rank, TaskAnswer
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind

COUNTY, OXFORD = accounts.COUNTY, accounts.OXFORD
TODAY = dates.today()


def opened(kind: TaskKind) -> list[tuple[Role | None, bool]]:
    """For whom, and whether it is done, of each task of a kind."""
    with owner_session() as session:
        found = session.scalars(select(Task).where(Task.kind == kind).order_by(Task.opened_at, Task.id))
        return [(one.for_team, one.done_at is not None) for one in found]


def put_back(task_id: UUID, days: int) -> None:
    """As if it had been asked for so much earlier."""
    earlier = "UPDATE partner_task SET answer_by = answer_by - :days, due_on = due_on - :days WHERE id = :id"
    with owner_session() as session:
        session.execute(text(earlier), {"days": days, "id": task_id})
        session.commit()


def test_a_partner_who_is_silent_is_chased_by_the_managers_of_who_asked_until_it_answers(app: Flask) -> None:
    licensing = disruption.agency(AgencyKind.LICENSING)
    asked = disruption.officer_of(disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY), COUNTY)
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    officer = accounts.user(Role.LICENSING_OFFICER)
    assert licensing
    task = disruption.ask(officer, fire, None)
    jobs.do(app, watch_disruption)
    assert opened(TaskKind.PARTNER_SILENT) == []
    put_back(task, 30)
    for _ in range(2):
        jobs.do(app, watch_disruption)
        assert opened(TaskKind.PARTNER_SILENT) == [(Role.LICENSING_MANAGER, False)]
    with disruption.as_user(asked) as user:
        asking.answer(user, task, TaskAnswer.COMPLETED, "The exits are open.")
        db.session.commit()
    assert opened(TaskKind.PARTNER_SILENT) == [(Role.LICENSING_MANAGER, True)]
    jobs.do(app, watch_disruption)
    assert len(opened(TaskKind.PARTNER_SILENT)) == 1


@pytest.mark.parametrize("above", [Rank.SUPERINTENDENT, Rank.SERGEANT])
def test_silence_goes_to_who_stands_next_above_the_asker_or_to_the_team(app: Flask, above: Rank) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    inspector = disruption.officer_of(police, COUNTY, Rank.INSPECTOR)
    if above is Rank.SUPERINTENDENT:
        disruption.officer_of(police, COUNTY, Rank.CHIEF_OFFICER)
    if above is Rank.SUPERINTENDENT:
        disruption.officer_of(police, COUNTY, Rank.CHIEF_OFFICER)
    other = disruption.officer_of(police, COUNTY, above)
    put_back(disruption.ask(inspector, fire, None), 30)
    jobs.do(app, watch_disruption)
    with owner_session() as session:
        [task] = session.scalars(select(Task).where(Task.kind == TaskKind.PARTNER_SILENT))
    told = (other, None) if above is Rank.SUPERINTENDENT else (None, Role.DISRUPTION_OFFICER)
    assert (task.for_user_id, task.for_team) == told


@pytest.mark.parametrize("there", [True, False])
def test_whoever_asked_hears_that_a_partner_declines_and_nothing_of_what_was_asked(app: Flask, there: bool) -> None:
    licensing = disruption.agency(AgencyKind.LICENSING)
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    firefighter, officer = disruption.officer_of(fire, COUNTY), accounts.user(Role.LICENSING_OFFICER)
    assert licensing
    made = disruption.ask(officer, fire, None, "Please look at the exits of Lantern Guesthouse.")
    if not there:
        with owner_session() as session:
            session.execute(text("UPDATE user_account SET status = 'suspended' WHERE id = :id"), {"id": officer})
            session.commit()
    with disruption.as_user(firefighter) as user:
        asking.answer(user, made, TaskAnswer.DECLINED, "Lantern Guesthouse is no place of ours.")
        db.session.commit()
    with owner_session() as session:
        [task] = session.scalars(select(Task).where(Task.kind == TaskKind.PARTNER_DECLINED))
        told = (officer, None) if there else (None, Role.LICENSING_MANAGER)
        assert (task.for_user_id, task.for_team) == told
        assert (task.authority_id, task.object_id) == (accounts.authority_id(OXFORD), made)
        assert "Lantern" not in task.why
        assert session.scalar(text("SELECT count(*) FROM audit_entry WHERE object_id = :id"), {"id": task.id}) == 1
    if there:
        assert "A partner declined" in browsers.of_user(app, officer).get("/work").text


@pytest.mark.parametrize(("days", "told"), [(10, True), (60, False)])
def test_an_action_that_ends_soon_is_told_once_and_settled_when_it_is_ended(app: Flask, days: int, told: bool) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector = disruption.officer_of(police, COUNTY)
    made = disruption.consider(inspector, "ASBCO", disruption.GUESTHOUSE, police)
    ends = TODAY + timedelta(days=days)
    disruption.tell(
        inspector,
        made,
        Event(EventKind.AUTHORISED, TODAY, rank=Rank.COURT),
        Event(EventKind.IN_FORCE, TODAY, ends_on=ends),
    )
    for _ in range(2):
        jobs.do(app, watch_disruption)
    assert opened(TaskKind.ACTION_ENDS) == ([(Role.DISRUPTION_OFFICER, False)] if told else [])
    disruption.tell(inspector, made, Event(EventKind.ENDED, TODAY))
    assert all(done for _, done in opened(TaskKind.ACTION_ENDS))
