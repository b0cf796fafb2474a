"""The database gathers what the rules judge: coverage, lists and standings agree with each other and with the rules."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from factories import accounts, register, training, vetting
from flask import Flask
from sqlalchemy import event, text
from training.conftest import officer_of

from licensing import dates
from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.setup import owner_session
from licensing.training import queries
from licensing.training.queries.coverage import PER_PAGE, HoldersFilter
from licensing.training.rules import Audience, Facts, Given, Result, TrainingStatus, standing
from licensing.vetting import coverage
from licensing.vetting import queries as vetting_queries
from licensing.vetting.asked import Bucket, Wanted
from licensing.vetting.rules import CheckKind

TODAY = dates.today()
COURSE = {"course": training.COURSE, "provider": training.PROVIDER}
LONG_AGO = {"completed_on": TODAY - timedelta(days=1500)}
# What may be recorded of somebody, and the fact that it is.
MAY_BE = {
    "passed": Given(Result.PASSED, **COURSE, **LONG_AGO, expires_on=TODAY),
    "lapsed": Given(Result.PASSED, **COURSE, **LONG_AGO, expires_on=TODAY - timedelta(days=1)),
    "booked": Given(Result.BOOKED, **COURSE, booked_for=TODAY),
    "exempt": Given(Result.EXEMPT, **COURSE),
    "unverified": Given(Result.CERTIFICATE_UNVERIFIED, **COURSE, **LONG_AGO),
    "failed": Given(Result.ATTENDED_FAILED, **COURSE, **LONG_AGO),
}


def facts_of(recorded: tuple[str, ...]) -> Facts:
    until = [MAY_BE[one].expires_on for one in recorded if one in ("passed", "lapsed")]
    return Facts(
        passed_until=max((one for one in until if one), default=None),
        booked_for=TODAY if "booked" in recorded else None,
        exempt="exempt" in recorded,
        unverified="unverified" in recorded,
        failed="failed" in recorded,
    )


def combinations() -> list[tuple[str, ...]]:
    chosen = product((False, True), repeat=len(MAY_BE))
    return [tuple(name for name, there in zip(MAY_BE, one, strict=True) if there) for one in chosen]


def test_a_list_its_figures_and_a_page_say_what_the_rules_say_of_everything_that_may_be_recorded(app: Flask) -> None:
    wanted = combinations()
    people = register.add_all([register.numbered(n) for n in range(len(wanted))], accounts.OXFORD)
    expected = {}
    for person_id, recorded in zip(people, wanted, strict=True):
        insert(person_id, [MAY_BE[one] for one in recorded])
        expected[person_id] = standing(facts_of(recorded), TODAY)

    with officer_of() as user:
        own = user.authority.id
        assert queries.standings(people, own, TODAY) == expected
        listed = queries.all_holders(HoldersFilter(), TODAY)
        assert {one.person_id: one.standing.status for one in listed} == {
            person_id: one.status for person_id, one in expected.items()
        }
        (covered,) = queries.coverage(TODAY)
        for status in TrainingStatus:
            same = [one for one in expected.values() if one.status is status]
            assert covered.by_status[status] == len(same)
            page = queries.holders_page(HoldersFilter(status=status), TODAY, 1)
            assert [one.standing.status for one in page.items] == [status] * min(len(same), PER_PAGE)
            assert page.total == len(same)
        for days in (30, 60):
            lapsing = [one for one in expected.values() if one.lapses_within(days, TODAY)]
            assert covered.lapsing[days] == len(lapsing)
            page = queries.holders_page(HoldersFilter(lapsing=days), TODAY, 1)
            assert len(page.items) == min(len(lapsing), PER_PAGE)
            assert page.total == len(lapsing)
    assert covered.holders == len(wanted)
    assert covered.in_date == sum(one.status.is_in_date for one in expected.values())


def insert(person_id: UUID, records: list[Given]) -> None:
    """Straight into the table, as many as there are: how they come there is tested elsewhere."""
    with officer_of() as user:
        for one in records:
            db.session.execute(
                text(
                    "INSERT INTO training_record (id, authority_id, person_id, result, audience, course, provider,"
                    " booked_for, completed_on, expires_on, recorded_by) VALUES (gen_random_uuid(), :own, :person,"
                    " :result, 'driver', :course, :provider, :booked_for, :completed_on, :expires_on, :me)"
                ),
                {
                    "own": user.authority.id,
                    "person": person_id,
                    "me": user.id,
                    "result": one.result,
                    "course": one.course,
                    "provider": one.provider,
                    "booked_for": one.booked_for,
                    "completed_on": one.completed_on,
                    "expires_on": one.expires_on,
                },
            )
        db.session.commit()


def test_only_courses_for_what_somebody_holds_count(petra: UUID) -> None:
    training.record(accounts.OXFORD, petra, MAY_BE["passed"], audience=Audience.PREMISES_STAFF)
    with officer_of() as user:
        assert queries.standings([petra], user.authority.id, TODAY)[petra].status is TrainingStatus.NOT_STARTED
        (covered,) = queries.coverage(TODAY)
    assert covered.by_status[TrainingStatus.NOT_STARTED] == 1


def test_who_holds_nothing_in_force_is_not_counted_and_who_holds_two_is_in_each(app: Flask) -> None:
    revoked = replace(register.KHAN, given_names="Revoked")
    other = replace(register.PLAIN.licences[0], kind=LicenceKind.HACKNEY_CARRIAGE_DRIVER, number="HCD1")
    register.add_all([revoked, replace(register.PLAIN, licences=(*register.PLAIN.licences, other))], accounts.OXFORD)
    with officer_of():
        covered = {one.kind: one.holders for one in queries.coverage(TODAY)}
    assert covered == {LicenceKind.HACKNEY_CARRIAGE_DRIVER: 1, LicenceKind.PRIVATE_HIRE_DRIVER: 1}


def test_coverage_and_standings_are_one_statement_each(petra: UUID) -> None:
    asked: list[str] = []
    with officer_of() as user:
        own = user.authority.id
        db.session.execute(text("SELECT 1"))
        event.listen(db.engine, "before_cursor_execute", lambda *one: asked.append(one[2]))
        queries.coverage(TODAY)
        queries.standings([petra], own, TODAY)
    assert len(asked) == 2


def test_a_page_beyond_the_end_of_the_list_is_empty(petra: UUID) -> None:
    with officer_of():
        page = queries.holders_page(HoldersFilter(), TODAY, 9)
    assert (page.items, page.total) == ([], 1)


def counts() -> dict[TrainingStatus, int]:
    with officer_of():
        covered = queries.coverage(TODAY)
    return {status: number for one in covered for status, number in one.by_status.items() if number}


def test_what_another_council_recorded_counts_while_the_link_stands_and_the_course_is_accepted(petra: UUID) -> None:
    theirs = register.add(register.PLAIN, accounts.CHERWELL)
    training.record(accounts.CHERWELL, theirs)
    assert counts() == {TrainingStatus.NOT_STARTED: 1}
    link_id = register.link(petra, theirs)
    assert counts() == {TrainingStatus.PASSED: 1}
    with owner_session() as session:
        session.execute(text(NO_LONGER_ACCEPTED))
        session.commit()
    assert counts() == {TrainingStatus.CERTIFICATE_UNVERIFIED: 1}
    register.unlink(link_id)
    assert counts() == {TrainingStatus.NOT_STARTED: 1}


NO_LONGER_ACCEPTED = """
    INSERT INTO course_acceptance (id, authority_id, course_id, accepted, valid_from, reason, source, verified)
    SELECT gen_random_uuid(), authority_id, course_id, false, valid_from + 1, reason, source, verified
    FROM course_acceptance
"""


@pytest.mark.parametrize(("days", "counted"), [(0, (1, 1)), (30, (1, 1)), (31, (0, 1)), (60, (0, 1)), (61, (0, 0))])
def test_what_lapses_within_so_many_days_is_what_is_due_within_them_in_vetting(
    petra: UUID, days: int, counted: tuple[int, int]
) -> None:
    last = TODAY + timedelta(days=days)
    training.record(accounts.OXFORD, petra, replace(training.PASSED, expires_on=last))
    vetting.record(accounts.OXFORD, petra, vetting.satisfied(CheckKind.MEDICAL, TODAY, expires_on=last))
    with officer_of():
        (trained,) = queries.coverage(TODAY)
        (checked,) = coverage.lines(vetting_queries.policies(), TODAY, Wanted(check=CheckKind.MEDICAL))
    assert tuple(trained.lapsing.values()) == counted
    assert (checked.counts[Bucket.DUE_30], checked.counts[Bucket.DUE_60]) == counted
