"""What was counted of holders' training is kept until one of them changes, at home or where they are known too."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from factories import accounts, jobs, register, training
from flask import Flask
from sqlalchemy import text
from training.conftest import officer_of

from licensing import dates
from licensing.db import db
from licensing.setup import owner_session
from licensing.training import facts, queries
from licensing.training.jobs import count_training
from licensing.training.queries import HoldersFilter
from licensing.training.rules import TrainingStatus

TODAY = dates.today()


def counts() -> dict[TrainingStatus, int]:
    with officer_of():
        covered = queries.coverage(TODAY)
    return {status: number for one in covered for status, number in one.by_status.items() if number}


def as_owner(statement: str) -> None:
    with owner_session() as session:
        session.execute(text(statement))
        session.commit()


@pytest.fixture
def counted(app: Flask, petra: UUID) -> tuple[UUID, UUID]:
    """Petra at Oxford, untrained, and at Cherwell, where she was trained; counted."""
    theirs = register.add(register.PLAIN, accounts.CHERWELL)
    training.record(accounts.CHERWELL, theirs)
    jobs.do(app, count_training)
    return petra, theirs


def test_what_is_kept_is_shown_while_nobody_changes(counted: tuple[UUID, UUID]) -> None:
    assert counts() == {TrainingStatus.NOT_STARTED: 1}
    as_owner("UPDATE training_tally SET figures = '[]'")
    assert counts() == {}


CHANGES: dict[str, tuple[Callable[[UUID, UUID], object], dict[TrainingStatus, int]]] = {
    "a record": (lambda ours, _: training.record(accounts.OXFORD, ours), {TrainingStatus.PASSED: 1}),
    "a licence that ends": (lambda *_: as_owner("UPDATE licence_period SET status = 'revoked'"), {}),
    "a link to another council": (register.link, {TrainingStatus.PASSED: 1}),
    "what is accepted": (
        lambda ours, theirs: (register.link(ours, theirs), as_owner(NO_LONGER_ACCEPTED)),
        {TrainingStatus.CERTIFICATE_UNVERIFIED: 1},
    ),
}
NO_LONGER_ACCEPTED = """
    INSERT INTO course_acceptance (id, authority_id, course_id, accepted, valid_from, reason, source, verified)
    SELECT gen_random_uuid(), authority_id, course_id, false, valid_from + 1, reason, source, verified
    FROM course_acceptance
"""


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_in_the_figures_at_once(counted: tuple[UUID, UUID], change: str) -> None:
    make, expected = CHANGES[change]
    make(*counted)
    assert counts() == expected


def test_what_the_other_council_corrects_counts_at_once_and_after_unlinking_no_more(
    app: Flask, counted: tuple[UUID, UUID]
) -> None:
    link_id = register.link(*counted)
    jobs.do(app, count_training)
    as_owner("UPDATE training_record SET superseded_at = now()")
    assert counts() == {TrainingStatus.NOT_STARTED: 1}
    as_owner("UPDATE training_record SET superseded_at = NULL")
    jobs.do(app, count_training)
    assert counts() == {TrainingStatus.PASSED: 1}
    register.unlink(link_id)
    assert counts() == {TrainingStatus.NOT_STARTED: 1}


@pytest.mark.parametrize("status", TrainingStatus)
@pytest.mark.parametrize("one_by_one", [True, False])
def test_both_ways_of_finding_a_page_find_the_same(app: Flask, *, status: TrainingStatus, one_by_one: bool) -> None:
    people = register.add_all([register.numbered(n) for n in range(3)], accounts.OXFORD)
    theirs = register.add(register.numbered(0), accounts.CHERWELL)
    training.record(accounts.CHERWELL, theirs)
    register.link(people[0], theirs)
    training.record(accounts.OXFORD, people[1], replace(training.PASSED, expires_on=TODAY))
    with officer_of() as user:
        asked = facts.asked_of_holders(user.authority.id, TODAY) | {"most": 9, "skipped": 0, "status": status}
        listed = facts.holders_listed(status, lapsing=False, one_by_one=one_by_one)
        found = [row.person_id for row in db.session.execute(listed, asked)]
        everybody = queries.all_holders(HoldersFilter(), user.authority.id, TODAY)
    assert set(found) == {one.person_id for one in everybody if one.standing.status is status}
    assert len(everybody) == 3
