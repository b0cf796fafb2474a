"""Counting who is covered: figures that agree with the lists behind them, and with the rules row by row."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from factories import accounts, register, vetting
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from licensing import dates
from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails
from licensing.vetting import coverage, holders, queries, rules
from licensing.vetting.asked import Bucket, Wanted
from licensing.vetting.coverage import Line
from licensing.vetting.details import CheckDetails
from licensing.vetting.rules import NOTHING, CheckKind, CheckState, Result

TODAY = dates.today()
OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL
DRIVER = LicenceKind.PRIVATE_HIRE_DRIVER
STATUS = CheckKind.DBS_STATUS


def drivers(count: int, code: str = OXFORD) -> list[UUID]:
    return register.add_all([register.numbered(number) for number in range(count)], code)


def line(check: CheckKind, kind: LicenceKind = DRIVER, code: str = OXFORD, day: date = TODAY) -> Line:
    with vetting.officer(code):
        found = coverage.lines(queries.policies(), day)
        return next(one for one in found if one.licence is kind and one.policy.check is check)


def listed(wanted: Wanted, code: str = OXFORD, day: date = TODAY) -> list[UUID]:
    with vetting.officer(code):
        return [row.person_id for row in holders.all_holders(queries.policies(), wanted, day)]


def status_on(person_id: UUID, on: date) -> None:
    vetting.record(OXFORD, person_id, vetting.satisfied(STATUS, on))


def test_each_holder_is_where_the_last_check_puts_them(app: Flask) -> None:
    fresh, soon, later, late, adverse, asked, _ = people = drivers(7)
    for person_id, days in ((fresh, 1), (soon, 170), (later, 140), (late, 200)):
        status_on(person_id, TODAY - timedelta(days=days))
    vetting.record(OXFORD, adverse, vetting.NEW_INFORMATION)
    vetting.record(OXFORD, asked, CheckDetails(STATUS, Result.REQUESTED, TODAY))
    found = line(STATUS)
    assert found.holders == 7
    assert found.counts == {
        Bucket.IN_DATE: 3,
        Bucket.DUE_30: 1,
        Bucket.DUE_60: 2,
        Bucket.OVERDUE: 1,
        Bucket.NEVER: 2,
        Bucket.ADVERSE: 1,
    }
    assert found.share == 3 / 7
    for bucket, count in found.counts.items():
        assert len(listed(Wanted(DRIVER, STATUS, bucket))) == count
    assert listed(Wanted(DRIVER, STATUS, Bucket.OVERDUE)) == [late]
    assert set(listed(Wanted(DRIVER, STATUS, Bucket.NEVER))) == {people[-1], asked}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_counts_are_what_the_rules_say_of_each_holder_one_by_one(app: Flask, data: st.DataObject) -> None:
    people = sorted(set(listed(Wanted(DRIVER, STATUS)))) or drivers(3)
    for person_id in people:
        status_on(person_id, TODAY - timedelta(days=data.draw(st.integers(0, 400))))
    day = TODAY + timedelta(days=data.draw(st.integers(0, 300)))
    with vetting.officer(OXFORD):
        policy = rules.policy_in_force(queries.policies(), DRIVER, STATUS, day)
        assert policy is not None
        said = Counter(rules.standing(policy, queries.held_by(one).get(STATUS, NOTHING), day).state for one in people)
    counted = line(STATUS, day=day).counts
    assert counted[Bucket.IN_DATE] == said[CheckState.SATISFIED]
    assert counted[Bucket.OVERDUE] == said[CheckState.OVERDUE]


def test_a_councils_own_rule_counts_from_its_day_and_for_nobody_else(app: Flask) -> None:
    for code in (OXFORD, CHERWELL):
        (person_id,) = drivers(1, code)
        vetting.record(code, person_id, vetting.satisfied(STATUS, TODAY - timedelta(days=400)))
    vetting.make_rule(OXFORD)
    assert line(STATUS).counts[Bucket.IN_DATE] == 1
    assert line(STATUS).policy.how_often == "Every 3 years"
    assert line(STATUS, code=CHERWELL).counts[Bucket.OVERDUE] == 1
    with vetting.officer(CHERWELL):
        assert all(one.authority_id is None for one in queries.policy_rows())


def test_drivers_are_left_out_of_what_is_not_asked_of_them(app: Flask) -> None:
    operator = LicenceDetails(LicenceKind.PRIVATE_HIRE_OPERATOR, "PHO1", events=(register.GRANTED,))
    both = replace(register.numbered(1), licences=(*register.numbered(1).licences, operator))
    alone = replace(register.numbered(2), licences=(replace(operator, number="PHO2"),))
    _, alone_id = register.add_all([both, alone], OXFORD)
    basic = line(CheckKind.BASIC_DBS, LicenceKind.PRIVATE_HIRE_OPERATOR)
    assert (basic.holders, basic.counts[Bucket.NEVER]) == (1, 1)
    assert listed(Wanted(LicenceKind.PRIVATE_HIRE_OPERATOR, CheckKind.BASIC_DBS)) == [alone_id]


def test_whoever_holds_nothing_in_force_is_not_counted(app: Flask) -> None:
    register.add(replace(register.KHAN), OXFORD)
    with vetting.officer(OXFORD):
        assert coverage.lines(queries.policies(), TODAY) == []


@pytest.mark.parametrize("people", [2, 12])
def test_counting_asks_the_database_as_often_for_few_as_for_many(app: Flask, people: int) -> None:
    drivers(people)
    asked: list[str] = []
    with vetting.officer(OXFORD):
        policies = queries.policies()
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        coverage.lines(policies, TODAY)
    assert len([one for one in asked if one.lstrip().startswith(("SELECT", "WITH"))]) == 1


def test_two_kinds_of_licence_and_their_checks_come_in_the_order_of_the_figures(app: Flask) -> None:
    other = LicenceDetails(LicenceKind.HACKNEY_CARRIAGE_DRIVER, "HCD1", events=(register.GRANTED,))
    register.add(replace(register.numbered(1), licences=(*register.numbered(1).licences, other)), OXFORD)
    with vetting.officer(OXFORD):
        lines = coverage.lines(queries.policies(), TODAY)
        rows = list(holders.all_holders(queries.policies(), Wanted(), TODAY))
    assert [(one.licence, one.standing.kind) for one in rows] == [(one.licence, one.policy.check) for one in lines]
    assert [one.licence for one in lines] == sorted((one.licence for one in lines), key=list(LicenceKind).index)


def test_pages_of_the_list_follow_on_one_another_and_leave_nobody_out(app: Flask) -> None:
    people = drivers(40)
    for days, person_id in enumerate(people[:20]):
        status_on(person_id, TODAY - timedelta(days=days))
    with vetting.officer(OXFORD):
        policies, wanted = queries.policies(), Wanted(DRIVER, STATUS)
        pages = [holders.holders_page(policies, wanted, TODAY, number) for number in (1, 2, 3)]
    shown = [row.person_id for page in pages for row in page.items]
    assert [len(page.items) for page in pages] == [25, 15, 0]
    assert pages[0].total == 40
    assert set(shown[:20]) == set(people[20:])  # never checked
    assert shown[20:] == people[:20][::-1]  # the longest ago first


@pytest.mark.parametrize("bucket", [None, Bucket.NEVER, Bucket.OVERDUE])
def test_a_page_that_runs_over_several_checks_is_a_part_of_the_whole_list(app: Flask, bucket: Bucket | None) -> None:
    for person_id in drivers(9)[:4]:
        status_on(person_id, TODAY - timedelta(days=400))
    with vetting.officer(OXFORD):
        policies, wanted = queries.policies(), Wanted(bucket=bucket)
        every = list(holders.all_holders(policies, wanted, TODAY))
        numbers = range(1, len(every) // holders.PER_PAGE + 2)
        pages = [holders.holders_page(policies, wanted, TODAY, number) for number in numbers]
    assert [one for page in pages for one in page.items] == every
    assert {page.total for page in pages} == {len(every)}
