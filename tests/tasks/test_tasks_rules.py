"""When a task is overdue, and whom one can be for."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.tasks.rules import TEAMS, For, check_due_on, is_overdue

TODAY = date(2026, 11, 22)


@given(st.integers(-400, 400), st.booleans())
def test_a_task_is_overdue_from_the_day_after_it_was_due_until_it_is_done(days: int, done: bool) -> None:
    assert is_overdue(TODAY + timedelta(days), done, TODAY) == (days < 0 and not done)


def test_a_day_that_has_passed_is_refused_beside_the_date() -> None:
    check_due_on(TODAY, TODAY)
    with pytest.raises(RuleBroken) as broken:
        check_due_on(TODAY - timedelta(1), TODAY)
    assert broken.value.field == "due_on"


@pytest.mark.parametrize("whom", [For(user_id=uuid4()), *(For(team=role) for role in TEAMS)])
def test_whom_a_task_is_for_is_read_as_it_was_written(whom: For) -> None:
    assert For.parse(str(whom)) == whom


@pytest.mark.parametrize("written", ["", "user:", "user:me", "team:", "team:auditor", "team:nobody", "all", "user:1:2"])
def test_what_names_nobody_is_refused(written: str) -> None:
    with pytest.raises(RuleBroken):
        For.parse(written)


def test_the_teams_are_those_whose_work_has_tasks() -> None:
    assert Role.DESIGNATED_OFFICER in TEAMS
    assert Role.AUDITOR not in TEAMS
