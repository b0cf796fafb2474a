"""Which authenticator code to type now, when each can be used once."""

from licensing.accounts.second_factor import STEP_SECONDS

# A code that lapses sooner than this is no use to somebody who still has to type it.
_TIME_TO_TYPE = 10


def step_to_type(last_used: int, now: int) -> int | None:
    """The earliest time step whose code signing in will take; None when all within reach were used.

    `now` is in seconds since 1970. Signing in takes the code of the present step, the one before and the one after.
    """
    present = now // STEP_SECONDS
    before_is_near_its_end = (present + 1) * STEP_SECONDS - now < _TIME_TO_TYPE
    first = present if before_is_near_its_end else present - 1
    step = max(first, last_used + 1)
    return step if step <= present + 1 else None


def seconds_to_wait(last_used: int, now: int) -> int:
    """Until the step after the last used comes within reach; 0 when it is already."""
    return max(last_used * STEP_SECONDS - now, 0)
