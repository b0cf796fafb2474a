"""Whose a concern is, how it stands, and what must have happened before it is closed."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.concerns.rules import (
    ANSWERING,
    ConcernState,
    Council,
    StepKind,
    check_answered,
    check_day,
    check_open,
    state_of,
    where_to,
)
from licensing.errors import RuleBroken

DAY = date(2026, 6, 1)
DISTRICT = Council(uuid4(), "Sampleton", licenses=True, is_county=False)
OTHER = Council(uuid4(), "Otherton", licenses=True, is_county=False)
COUNTY = Council(uuid4(), "Sampleshire", licenses=False, is_county=True)
PARTNER = Council(uuid4(), "Fire authority", licenses=False, is_county=False)


def test_a_concern_goes_to_the_council_that_was_said() -> None:
    assert where_to(OTHER.id, DISTRICT, [OTHER, COUNTY]) == OTHER.id


def test_a_council_that_cannot_be_told_is_refused() -> None:
    with pytest.raises(RuleBroken):
        where_to(uuid4(), DISTRICT, [OTHER])


@pytest.mark.parametrize(
    ("own", "others", "whose"),
    [
        (DISTRICT, [OTHER, COUNTY], DISTRICT),
        (COUNTY, [DISTRICT], COUNTY),
        (PARTNER, [DISTRICT, COUNTY], COUNTY),
        (PARTNER, [DISTRICT], PARTNER),
    ],
)
def test_where_nobody_knows_it_is_ones_own_if_it_licenses_else_the_countys(
    own: Council, others: list[Council], whose: Council
) -> None:
    assert where_to(None, own, others) == whose.id


@given(st.booleans(), st.booleans(), st.lists(st.booleans(), max_size=3))
def test_a_concern_always_has_somewhere_to_go(licenses: bool, is_county: bool, counties: list[bool]) -> None:
    own = Council(UUID(int=0), "Own", licenses, is_county)
    others = [Council(UUID(int=number), "Other", True, one) for number, one in enumerate(counties, start=1)]
    assert where_to(None, own, others) in {own.id, *(one.id for one in others)}


def test_how_it_stands_follows_from_its_days() -> None:
    assert state_of(None, None) is ConcernState.RECEIVED
    assert state_of(DAY, None) is ConcernState.ACKNOWLEDGED
    assert state_of(DAY, DAY) is ConcernState.CLOSED
    assert state_of(None, DAY) is ConcernState.CLOSED


@pytest.mark.parametrize("kind", sorted(ANSWERING))
def test_it_is_closed_once_something_came_of_it(kind: StepKind) -> None:
    check_answered({StepKind.ACKNOWLEDGED, kind})


@pytest.mark.parametrize("done", [set(), {StepKind.ACKNOWLEDGED, StepKind.LINKED, StepKind.NOTED}])
def test_it_is_not_closed_before(done: set[StepKind]) -> None:
    with pytest.raises(RuleBroken, match="Nothing came of this concern"):
        check_answered(done)


def test_nothing_is_done_about_a_closed_one_and_nothing_before_it_was_raised() -> None:
    check_open(None)
    check_day(DAY, DAY)
    with pytest.raises(RuleBroken, match="closed on 1 June 2026"):
        check_open(DAY)
    with pytest.raises(RuleBroken, match="raised on 1 June 2026"):
        check_day(date(2026, 5, 31), DAY)


def test_every_step_is_called_something_and_licensings_own_work_is_not_told_apart() -> None:
    assert all(kind.label for kind in StepKind)
    assert StepKind.COMPLAINT.raiser_label == StepKind.CONSIDERATION.raiser_label
