"""Which authenticator code to type now."""

from hypothesis import given
from hypothesis import strategies as st

from licensing.sample.codes import seconds_to_wait, step_to_type

NOW = st.integers(min_value=1_800_000_000, max_value=1_900_000_000)
USED_AGO = st.integers(min_value=0, max_value=5)


@given(NOW, USED_AGO)
def test_signing_in_takes_the_code_now_and_while_it_is_typed(now: int, ago: int) -> None:
    last_used = now // 30 - ago
    step = step_to_type(last_used, now)

    assert step is not None
    for moment in (now, now + 9):
        assert abs(step - moment // 30) <= 1
    assert step > last_used


@given(NOW, st.integers(min_value=1, max_value=5))
def test_when_no_code_is_left_the_wait_said_is_the_shortest_that_helps(now: int, ahead: int) -> None:
    last_used = now // 30 + ahead
    wait = seconds_to_wait(last_used, now)

    assert step_to_type(last_used, now + wait - 1) is None
    assert step_to_type(last_used, now + wait) == last_used + 1


def test_the_earliest_unused_code_comes_first() -> None:
    now = 60_000_000 * 30 + 5

    steps = [step_to_type(last_used, now) for last_used in (0, 59_999_999, 60_000_000, 60_000_001)]

    assert steps == [59_999_999, 60_000_000, 60_000_001, None]


def test_a_code_that_is_about_to_lapse_is_passed_over() -> None:
    assert step_to_type(0, 60_000_000 * 30 + 25) == 60_000_000


def test_nobody_waits_while_a_code_is_left() -> None:
    assert seconds_to_wait(0, 60_000_000 * 30) == 0
