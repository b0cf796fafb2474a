"""What may be done with an operation as it stands, and what a test purchase shows."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.operations import rules
from licensing.operations.rules import StopCounts
from licensing.operations.words import FindingKind, OperationState, TestKind, TestResult

THEN, TODAY = datetime(2026, 6, 5, 22, tzinfo=UTC), date(2026, 6, 5)
PLANNED, BRIEFED, UNDER_WAY = OperationState.PLANNED, OperationState.BRIEFED, OperationState.UNDER_WAY
CLOSED, CALLED_OFF = OperationState.CLOSED, OperationState.CALLED_OFF
FOLLOWING = {
    PLANNED: {BRIEFED, CALLED_OFF},
    BRIEFED: {BRIEFED, UNDER_WAY, CALLED_OFF},
    UNDER_WAY: {CLOSED},
    CLOSED: set(),
    CALLED_OFF: set(),
}


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ((None, None, None, None), PLANNED),
        ((THEN, None, None, None), BRIEFED),
        ((THEN, THEN, None, None), UNDER_WAY),
        ((THEN, THEN, THEN, None), CLOSED),
        ((THEN, None, None, THEN), CALLED_OFF),
    ],
)
def test_an_operation_stands_as_what_was_done_last(done: tuple[datetime | None, ...], state: OperationState) -> None:
    assert rules.state_of(*done) is state


@pytest.mark.parametrize("now", list(OperationState))
@pytest.mark.parametrize("to", [BRIEFED, UNDER_WAY, CLOSED, CALLED_OFF])
def test_each_step_follows_some_states_and_no_other(now: OperationState, to: OperationState) -> None:
    if to in FOLLOWING[now]:
        rules.check_step(now, to)
        return
    with pytest.raises(RuleBroken, match=f"this one is {now.label.lower()}"):
        rules.check_step(now, to)


@pytest.mark.parametrize(
    ("typed", "read"), [("22:30", time(22, 30)), ("2230", time(22, 30)), ("9", time(9)), ("7.05", time(7, 5))]
)
def test_times_are_read_as_people_type_them(typed: str, read: time) -> None:
    assert rules.time_of(typed, "starts_at") == read


@pytest.mark.parametrize("typed", ["24:00", "12:60", "late", "", "10pm"])
def test_what_is_no_time_of_day_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.time_of(typed, "ends_at")
    assert broken.value.field == "ends_at"


def test_an_operation_is_planned_for_today_or_later_and_may_end_after_midnight() -> None:
    rules.check_plan(TODAY, time(22), time(2), TODAY)
    with pytest.raises(RuleBroken, match="today or in the future"):
        rules.check_plan(date(2026, 6, 4), time(22), None, TODAY)
    with pytest.raises(RuleBroken, match="must differ"):
        rules.check_plan(TODAY, time(22), time(22), TODAY)


def test_an_operation_does_not_begin_before_its_day() -> None:
    rules.check_begin(TODAY, TODAY)
    with pytest.raises(RuleBroken, match="6 June 2026"):
        rules.check_begin(date(2026, 6, 6), TODAY)


def test_a_finding_is_of_somebody_or_something() -> None:
    rules.check_finding(FindingKind.PLACE, "", place_chosen=True)
    rules.check_finding(FindingKind.VEHICLE, "AB12 CDE", place_chosen=False)
    for kind in FindingKind:
        with pytest.raises(RuleBroken, match="Enter the name"):
            rules.check_finding(kind, "", place_chosen=kind is not FindingKind.PLACE)


def test_an_operation_is_not_closed_while_a_finding_waits() -> None:
    rules.check_close(UNDER_WAY, [])
    with pytest.raises(RuleBroken, match="finding 2, 5"):
        rules.check_close(UNDER_WAY, [5, 2])


counts = st.integers(0, 30)


@given(counts, counts, counts, counts, counts)
def test_no_more_vehicles_are_dealt_with_than_were_stopped(
    stopped: int, inspected: int, warned: int, suspended: int, reported: int
) -> None:
    taken = StopCounts(stopped, inspected, warned, suspended, reported)
    if max(inspected, warned, suspended, reported) <= stopped:
        rules.check_counts(taken)
    else:
        with pytest.raises(RuleBroken) as broken:
            rules.check_counts(taken)
        assert getattr(taken, str(broken.value.field)) > stopped


@pytest.mark.parametrize("kind", list(TestKind))
@pytest.mark.parametrize("police_called", [True, False])
@pytest.mark.parametrize("accepted", [True, False])
def test_what_a_test_shows(kind: TestKind, accepted: bool, police_called: bool) -> None:
    result = rules.result_of(kind, accepted=accepted, police_called=police_called)
    if accepted:
        assert result is TestResult.FAILED
    elif kind is TestKind.BOOKING and not police_called:
        assert result is TestResult.PARTIAL
    else:
        assert result is TestResult.PASSED
    assert rules.needs_more(result) is (result is not TestResult.PASSED)
