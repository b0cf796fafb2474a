"""One person on two councils' registers: each is told the facts of what the other recorded, and nothing else."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, register, training
from flask import Flask
from sqlalchemy import text
from training.conftest import officer_of

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import ROLE_PERMISSIONS, Permission, Role
from licensing.training import changes, keeping, queries
from licensing.training.rules import Result, TrainingStatus

SECRET = "Sealed reason that stays at home"
TODAY = dates.today()


@pytest.fixture
def pair(petra: UUID) -> tuple[UUID, UUID]:
    """Petra at Oxford, and at Cherwell, where she was trained."""
    theirs = register.add(register.PLAIN, accounts.CHERWELL)
    training.record(accounts.CHERWELL, theirs, replace(training.PASSED), certificate_no="C/417", reason=SECRET)
    return petra, theirs


def status_at_oxford(person_id: UUID) -> TrainingStatus:
    with officer_of() as user:
        return queries.standings([person_id], user.authority.id, TODAY)[person_id].status


def test_a_record_is_seen_through_a_link_and_gone_with_it(app: Flask, pair: tuple[UUID, UUID]) -> None:
    ours, theirs = pair
    assert status_at_oxford(ours) is TrainingStatus.NOT_STARTED
    link_id = register.link(ours, theirs)

    assert status_at_oxford(ours) is TrainingStatus.PASSED
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/people/{ours}").text
    assert "Cherwell District Council" in page.partition("Records of training")[2]
    assert "3 June 2028" in page
    assert SECRET not in page
    assert "C/417" not in page

    register.unlink(link_id)
    assert status_at_oxford(ours) is TrainingStatus.NOT_STARTED


def test_the_other_councils_row_itself_is_never_in_reach(pair: tuple[UUID, UUID]) -> None:
    ours, theirs = pair
    register.link(ours, theirs)
    with officer_of():
        assert db.session.scalar(text("SELECT count(*) FROM training_record")) == 0
        (row,) = db.session.execute(text("SELECT * FROM linked_training(NULL, :day)"), {"day": TODAY}).mappings()
    assert set(row) == {
        "person_id",
        "authority_id",
        "audience",
        "result",
        "course",
        "provider",
        "booked_for",
        "completed_on",
        "expires_on",
    }
    assert row["person_id"] == ours


@pytest.mark.parametrize("role", Role)
def test_what_a_link_tells_is_told_to_casework_of_the_two_councils_alone(pair: tuple[UUID, UUID], role: Role) -> None:
    register.link(*pair)
    may = Permission.CASEWORK in ROLE_PERMISSIONS.get(role, frozenset())
    told = text("SELECT count(*) FROM linked_training(NULL, :day)")
    for code, number in ((accounts.OXFORD, 1), (accounts.CHERWELL, 0), (accounts.WEST, 0)):
        with acting_as(accounts.open_session(accounts.user(role, code))):
            db.session.rollback()
            assert db.session.scalar(told, {"day": TODAY}) == (number if may else 0), code


def test_another_councils_exemption_and_its_refusals_are_its_own(pair: tuple[UUID, UUID]) -> None:
    ours, theirs = pair
    register.link(ours, theirs)
    exempt = replace(training.PASSED, result=Result.EXEMPT, completed_on=None, expires_on=None)
    training.record(accounts.CHERWELL, theirs, exempt, reason=SECRET)
    with officer_of():
        assert [one.result for one in queries.recorded_elsewhere(ours, TODAY)] == [Result.PASSED]


def test_a_course_that_the_council_does_not_accept_waits_to_be_verified(pair: tuple[UUID, UUID]) -> None:
    ours, theirs = pair
    register.link(ours, theirs)
    said = {"accepted": False, "valid_from": TODAY, "reason": "Changed", "source": "Minute 7", "verified": True}
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        keeping.say_accepted(user, training.county_course(), said)
        db.session.commit()
    assert status_at_oxford(ours) is TrainingStatus.CERTIFICATE_UNVERIFIED
    with officer_of() as user:
        yesterday = date.fromordinal(TODAY.toordinal() - 1)
        assert queries.standings([ours], user.authority.id, yesterday)[ours].status is TrainingStatus.PASSED


def test_records_go_with_a_person_who_is_merged_and_come_back(petra: UUID) -> None:
    other = register.add(replace(register.PLAIN, licences=(), source_id="OTHER"), accounts.OXFORD)
    training.record(accounts.OXFORD, other)
    training.offer(accounts.OXFORD, other)
    merge_id = register.merge(accounts.OXFORD, petra, other, accounts.user(Role.LICENSING_OFFICER))
    assert status_at_oxford(petra) is TrainingStatus.PASSED
    with officer_of():
        assert queries.offers_page(1).items[0].person_id == petra
    register.unmerge(accounts.OXFORD, merge_id)
    assert status_at_oxford(petra) is TrainingStatus.NOT_STARTED
    assert status_at_oxford(other) is TrainingStatus.PASSED


def test_an_offer_of_what_is_recorded_already_adds_nothing(petra: UUID) -> None:
    there = training.record(accounts.OXFORD, petra)
    offer_id = training.offer(accounts.OXFORD, petra)
    with officer_of() as user:
        assert changes.take_offer(user, offer_id, TODAY) == there
        assert len(queries.records_of(petra)) == 1


def test_an_offer_is_settled_once(petra: UUID) -> None:
    offer_id = training.offer(accounts.OXFORD, petra)
    with officer_of() as user:
        changes.take_offer(user, offer_id, TODAY)
        db.session.commit()
        with pytest.raises(RuleBroken, match="a moment ago"):
            changes.decline_offer(user, offer_id)
    assert status_at_oxford(petra) is TrainingStatus.PASSED
