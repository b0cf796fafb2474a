"""The vocabulary of jobs, how often one is tried, and when a worker counts as gone."""

from datetime import timedelta
from enum import StrEnum

# Tried so often in all; after the first failure in ten seconds, then in minutes, then in a quarter of an hour.
MOST_ATTEMPTS = 4
WAIT_BASE_SECONDS = 10

# A worker says that it is alive every ten seconds; one that was silent for longer than this is taken for dead.
HEARTBEAT = timedelta(seconds=10)
SILENT_FOR = timedelta(seconds=30)

# A job that was stopped takes this long at most to come to its end before its process is ended.
GRACE = timedelta(seconds=10)


class JobState(StrEnum):
    """Where a job stands; the words are the queue's own."""

    TODO = "todo"
    DOING = "doing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABORTING = "aborting"
    ABORTED = "aborted"

    @property
    def label(self) -> str:
        return _LABELS.get(self, self.capitalize())


_LABELS = {
    JobState.TODO: "Waiting",
    JobState.DOING: "In progress",
    JobState.SUCCEEDED: "Completed",
    JobState.ABORTING: "Stopping",
    JobState.ABORTED: "Stopped",
}


def seconds_until_retry(attempts: int) -> int | None:
    """How long to wait after a failure, with `attempts` made before it; None when it was the last."""
    if attempts + 1 >= MOST_ATTEMPTS:
        return None
    return int(WAIT_BASE_SECONDS ** (attempts + 1))
