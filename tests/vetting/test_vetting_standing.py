"""What the database keeps of each check, and what follows from recording one."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from factories import accounts, register, vetting
from flask import Flask
from sqlalchemy import select, text

from licensing import dates
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register import queries as registers
from licensing.register.details import LicenceDetails
from licensing.register.events import EventKind
from licensing.register.models import Licence, LicenceEvent
from licensing.setup import owner_session
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind
from licensing.vetting import changes, queries
from licensing.vetting.details import CheckDetails
from licensing.vetting.rules import CheckKind, CheckState, Held, Result

TODAY = dates.today()
OXFORD = accounts.OXFORD


@pytest.fixture
def person_id(app: Flask) -> UUID:
    return register.add(register.PLAIN, OXFORD)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def held(person_id: UUID, check: CheckKind) -> Held:
    with vetting.officer(OXFORD):
        return queries.held_by(person_id).get(check, Held())


def state(person_id: UUID, check: CheckKind) -> CheckState:
    with vetting.officer(OXFORD):
        (licence,) = registers.person(person_id).licences
        return next(one.state for one in queries.standing(licence, TODAY) if one.kind is check)


def tasks(kind: TaskKind) -> list[Task]:
    with owner_session() as session:
        return list(session.scalars(select(Task).where(Task.kind == kind)))


def record(person_id: UUID, check: CheckKind, result: Result, on: date, **more: object) -> UUID:
    given = replace(CheckDetails(check, result, on), **more)  # type: ignore[arg-type]
    return vetting.record(OXFORD, person_id, given)


def test_what_was_found_last_stands_and_what_was_asked_for_since_is_pending(person_id: UUID) -> None:
    medical = CheckKind.MEDICAL
    assert state(person_id, medical) is CheckState.NOT_STARTED
    record(person_id, medical, Result.REQUESTED, ago(50))
    assert state(person_id, medical) is CheckState.REQUESTED
    record(person_id, medical, Result.SATISFIED, ago(40))
    assert held(person_id, medical) == Held(Result.SATISFIED, ago(40), ago(40))
    record(person_id, medical, Result.REQUESTED, ago(5))
    assert held(person_id, medical) == Held(Result.SATISFIED, ago(40), ago(40), None, Result.REQUESTED, ago(5))
    assert state(person_id, medical) is CheckState.SATISFIED


def test_an_older_check_that_is_recorded_later_changes_nothing(person_id: UUID) -> None:
    record(person_id, CheckKind.MEDICAL, Result.SATISFIED, ago(5))
    record(person_id, CheckKind.MEDICAL, Result.UNSATISFACTORY, ago(90), reason="Eyesight")
    assert state(person_id, CheckKind.MEDICAL) is CheckState.SATISFIED
    assert tasks(TaskKind.CONSIDER_FITNESS) == []


def test_an_enhanced_certificate_answers_for_the_status_too_from_its_issue(person_id: UUID) -> None:
    vetting.record(OXFORD, person_id, vetting.CERTIFICATE)
    issued = vetting.CERTIFICATE.issued_on
    assert held(person_id, CheckKind.ENHANCED_DBS).counted_from == issued
    assert held(person_id, CheckKind.DBS_STATUS).counted_from == issued


def test_new_information_stands_until_a_new_certificate_was_seen(person_id: UUID) -> None:
    vetting.record(OXFORD, person_id, vetting.satisfied(CheckKind.DBS_STATUS, ago(100)))
    record(person_id, CheckKind.DBS_STATUS, Result.NEW_INFORMATION, ago(20))
    assert state(person_id, CheckKind.DBS_STATUS) is CheckState.UNSATISFACTORY
    (task,) = tasks(TaskKind.CONSIDER_FITNESS)
    assert (task.object_id, task.for_team) == (person_id, Role.LICENSING_OFFICER)
    vetting.record(OXFORD, person_id, vetting.satisfied(CheckKind.ENHANCED_DBS, ago(3)))
    assert state(person_id, CheckKind.DBS_STATUS) is CheckState.SATISFIED


def test_a_correction_stands_in_place_and_what_it_corrects_is_kept(person_id: UUID) -> None:
    wrong = record(person_id, CheckKind.MEDICAL, Result.UNSATISFACTORY, ago(9), reason="Eyesight")
    right = vetting.correct(OXFORD, wrong, CheckDetails(CheckKind.MEDICAL, Result.SATISFIED, ago(9)))
    assert held(person_id, CheckKind.MEDICAL).settled is Result.SATISFIED
    with vetting.officer(OXFORD):
        before, after = queries.check(wrong), queries.check(right)
        assert (before.result, before.superseded_at is not None) == (Result.UNSATISFACTORY, True)
        assert (after.supersedes_id, after.superseded_at) == (wrong, None)
        assert queries.corrected_by(before) == right
    with pytest.raises(RuleBroken, match="in between"):
        vetting.correct(OXFORD, wrong, CheckDetails(CheckKind.MEDICAL, Result.SATISFIED, ago(8)))


def test_a_check_that_was_recorded_by_mistake_counts_for_nothing(person_id: UUID) -> None:
    wrong = record(person_id, CheckKind.ENGLISH, Result.SATISFIED, ago(9))
    vetting.correct(OXFORD, wrong, CheckDetails(CheckKind.ENGLISH, Result.MISTAKE, ago(9)))
    assert state(person_id, CheckKind.ENGLISH) is CheckState.NOT_STARTED


def test_checks_go_with_a_merge_and_come_back_when_it_is_undone(person_id: UUID) -> None:
    other = register.add(replace(register.PLAIN, licences=(), family_name="Sampleova"), OXFORD)
    vetting.record(OXFORD, other, vetting.CERTIFICATE)
    officer = accounts.user(Role.LICENSING_OFFICER)
    merge_id = register.merge(OXFORD, person_id, other, officer)
    assert held(person_id, CheckKind.ENHANCED_DBS).settled is Result.SATISFIED
    assert held(other, CheckKind.ENHANCED_DBS).settled is None
    register.unmerge(OXFORD, merge_id)
    assert held(person_id, CheckKind.ENHANCED_DBS).settled is None
    assert held(other, CheckKind.ENHANCED_DBS).settled is Result.SATISFIED


def leave_ends(person_id: UUID) -> list[tuple[date | None, bool]]:
    """(last day of leave, whether it is irregular) of each time it was recorded on the person's licence."""
    found = select(LicenceEvent.ends_on, LicenceEvent.irregular).join(Licence, Licence.id == LicenceEvent.licence_id)
    found = found.where(Licence.person_id == person_id, LicenceEvent.kind == EventKind.LEAVE_RECORDED)
    with owner_session() as session:
        return [(row.ends_on, row.irregular) for row in session.execute(found.order_by(LicenceEvent.recorded_at))]


def test_the_end_of_leave_is_recorded_on_the_licences_that_end_with_it(person_id: UUID) -> None:
    until = TODAY + timedelta(days=60)
    given = vetting.satisfied(CheckKind.RIGHT_TO_WORK, TODAY, expires_on=until)
    with vetting.officer(OXFORD) as user:
        changes.record(user, person_id, given, tell_licences=True)
    assert leave_ends(person_id) == [(until, False)]
    with vetting.officer(OXFORD), pytest.raises(RuleBroken, match=r"s\.53A"):
        queries.check_term(person_id, TODAY, until + timedelta(days=1))


def test_the_end_of_leave_stays_off_the_licences_where_nobody_asked_for_it(person_id: UUID) -> None:
    until = TODAY + timedelta(days=60)
    vetting.record(OXFORD, person_id, vetting.satisfied(CheckKind.RIGHT_TO_WORK, TODAY, expires_on=until))
    assert leave_ends(person_id) == []


def test_leave_without_an_end_takes_the_place_of_an_end_that_was_recorded(person_id: UUID) -> None:
    until = TODAY + timedelta(days=60)
    for given in (
        vetting.satisfied(CheckKind.RIGHT_TO_WORK, ago(1), expires_on=until),
        vetting.satisfied(CheckKind.RIGHT_TO_WORK, TODAY),
    ):
        with vetting.officer(OXFORD) as user:
            changes.record(user, person_id, given, tell_licences=True)
    assert leave_ends(person_id) == [(until, False), (register.GRANTED.expires_on, False)]
    with vetting.officer(OXFORD):
        queries.check_term(person_id, TODAY, TODAY + timedelta(days=900))


def test_numbers_and_reasons_are_sealed(person_id: UUID) -> None:
    vetting.record(OXFORD, person_id, vetting.CERTIFICATE)
    record(person_id, CheckKind.MEDICAL, Result.NOT_NEEDED, ago(1), reason="Exempt by age")
    with owner_session() as session:
        kept = str(session.execute(text("SELECT row_to_json(c) FROM vetting_check c")).all())
    assert "Exempt" not in kept
    assert vetting.CERTIFICATE.certificate_no not in kept


def test_a_driver_who_is_an_operator_too_is_not_asked_for_a_basic_certificate(app: Flask) -> None:
    operator = LicenceDetails(register.LicenceKind.PRIVATE_HIRE_OPERATOR, "PHO77", events=(register.GRANTED,))
    both = register.add(replace(register.PLAIN, licences=(*register.PLAIN.licences, operator)), OXFORD)
    alone = register.add(replace(register.KHAN, licences=(replace(operator, number="PHO78"),)), OXFORD)
    with vetting.officer(OXFORD):
        kinds = [register.LicenceKind.PRIVATE_HIRE_OPERATOR]
        asked = {
            one: {standing.kind for found in queries.standings_for(one, kinds, TODAY).values() for standing in found}
            for one in (both, alone)
        }
        assert queries.vetted_kinds(both, TODAY) == [register.LicenceKind.PRIVATE_HIRE_DRIVER, *kinds]
    assert CheckKind.BASIC_DBS not in asked[both]
    assert CheckKind.BASIC_DBS in asked[alone]


def test_the_database_lets_nobody_write_what_stands_or_sign_for_another(person_id: UUID) -> None:
    vetting.record(OXFORD, person_id, vetting.CERTIFICATE)
    other = accounts.user(Role.LICENSING_OFFICER)
    for statement in (
        "UPDATE vetting_standing SET settled = 'satisfied'",
        "INSERT INTO vetting_standing SELECT * FROM vetting_standing",
        "UPDATE vetting_check SET result = 'satisfied'",
        "INSERT INTO vetting_check (id, authority_id, person_id, kind, result, checked_on, recorded_by)"
        f" SELECT gen_random_uuid(), authority_id, person_id, kind, result, checked_on, '{other}' FROM vetting_check",
    ):
        with vetting.officer(OXFORD):
            with pytest.raises(Exception, match=r"permission denied|row-level security"):
                db.session.execute(text(statement))
            db.session.rollback()
