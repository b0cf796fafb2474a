"""What was counted of holders is kept, and counted again where somebody has changed: never older than its rows."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from factories import accounts, jobs, register, vetting
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from licensing import dates
from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.setup import owner_session
from licensing.vetting import coverage, holders, queries
from licensing.vetting.coverage import Bucket, Wanted
from licensing.vetting.jobs import count_vetting
from licensing.vetting.rules import CheckKind

TODAY = dates.today()
OXFORD = accounts.OXFORD
DRIVER, STATUS = LicenceKind.PRIVATE_HIRE_DRIVER, CheckKind.DBS_STATUS


def counts(day_after: int = 0) -> dict[Bucket, int]:
    day = TODAY + timedelta(days=day_after)
    with vetting.officer(OXFORD):
        lines = coverage.lines(queries.policies(), day)
        found = [one for one in lines if (one.licence, one.policy.check) == (DRIVER, STATUS)]
        return {bucket: number for bucket, number in found[0].counts.items() if number} if found else {}


def listed(bucket: Bucket) -> list[UUID]:
    with vetting.officer(OXFORD):
        found = holders.all_holders(queries.policies(), Wanted(DRIVER, STATUS, bucket), TODAY)
        return [row.person_id for row in found]


def as_owner(statement: str) -> int:
    with owner_session() as session:
        found = session.execute(text(statement))
        number = found.scalar() if found.returns_rows else found.rowcount
        session.commit()
        return int(number or 0)


@pytest.fixture
def person(app: Flask) -> UUID:
    person_id = register.add(register.numbered(1), OXFORD)
    jobs.do(app, count_vetting)
    return person_id


def test_what_is_kept_is_shown_while_nobody_changes(person: UUID) -> None:
    assert counts() == {Bucket.NEVER: 1}
    as_owner("UPDATE vetting_tally SET figures = '[]'")
    assert counts() == {}
    assert counts(day_after=1) == {Bucket.NEVER: 1}  # of another day nothing is kept


CHANGES: dict[str, tuple[Callable[[UUID], object], dict[Bucket, int]]] = {
    "a check": (
        lambda person_id: vetting.record(OXFORD, person_id, vetting.satisfied(STATUS, TODAY)),
        {Bucket.IN_DATE: 1},
    ),
    "a rule of the council's own": (lambda _: vetting.make_rule(OXFORD), {Bucket.NEVER: 1}),
    "a further holder": (lambda _: register.add(register.numbered(2), OXFORD), {Bucket.NEVER: 2}),
    "a licence that ends": (lambda _: as_owner("UPDATE licence_period SET status = 'revoked'"), {}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_in_the_figures_and_in_the_list_at_once(person: UUID, change: str) -> None:
    make, expected = CHANGES[change]
    make(person)
    assert as_owner("SELECT count(*) FROM vetting_mark") > 0
    assert counts() == expected
    assert all(len(listed(bucket)) == expected.get(bucket, 0) for bucket in Bucket)


def test_the_job_counts_again_what_changed_and_nothing_else(app: Flask, person: UUID) -> None:
    as_owner("UPDATE vetting_tally SET figures = '[]'")
    vetting.record(OXFORD, person, vetting.satisfied(STATUS, TODAY))
    jobs.do(app, count_vetting)
    assert as_owner("SELECT count(*) FROM vetting_mark") == 0
    assert as_owner("SELECT count(*) FROM vetting_tally WHERE figures <> '[]'") == 1
    assert counts() == {Bucket.IN_DATE: 1}


def test_the_next_day_everybody_is_counted_again(app: Flask, person: UUID) -> None:
    as_owner("UPDATE vetting_tally SET figures = '[]', day = day - 1")
    assert counts() == {Bucket.NEVER: 1}
    jobs.do(app, count_vetting)
    assert as_owner("SELECT count(*) FROM vetting_tally WHERE figures <> '[]'") == 1


def test_nobody_but_the_job_keeps_what_is_counted(app: Flask) -> None:
    with vetting.officer(OXFORD), pytest.raises(ProgrammingError, match="only the job"):
        db.session.execute(text("CALL count_vetting(:day, NULL)"), {"day": TODAY})
    with vetting.officer(OXFORD), pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(text("CALL keep_vetting_tally(:day, NULL)"), {"day": TODAY})


def test_pages_of_the_list_follow_on_one_another_and_leave_nobody_out(app: Flask) -> None:
    people = register.add_all([register.numbered(number) for number in range(40)], OXFORD)
    for days, person_id in enumerate(people[:20]):
        vetting.record(OXFORD, person_id, vetting.satisfied(STATUS, TODAY - timedelta(days=days)))
    with vetting.officer(OXFORD):
        policies, wanted = queries.policies(), Wanted(DRIVER, STATUS)
        pages = [holders.holders_page(policies, wanted, TODAY, number) for number in (1, 2, 3)]
    shown = [row.person_id for page in pages for row in page.items]
    assert [len(page.items) for page in pages] == [25, 15, 0]
    assert pages[0].total == 40
    assert set(shown[:20]) == set(people[20:])  # never checked
    assert shown[20:] == people[:20][::-1]  # the longest ago first
