"""How often a job is tried."""

from licensing.jobs.rules import HEARTBEAT, MOST_ATTEMPTS, SILENT_FOR, JobState, seconds_until_retry


def test_a_job_is_tried_after_growing_waits_and_not_for_ever() -> None:
    waits = [seconds_until_retry(made) for made in range(MOST_ATTEMPTS + 1)]
    assert waits == [10, 100, 1000, None, None]


def test_a_worker_may_miss_a_heartbeat_before_it_is_taken_for_dead() -> None:
    assert SILENT_FOR >= 2 * HEARTBEAT


def test_every_state_has_words() -> None:
    assert len({state.label for state in JobState}) == len(JobState)
