"""What may be done with an operation as it stands, and what a test purchase shows: values in, values out."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.operations.words import FindingKind, OperationState, TestKind, TestResult

LONGEST_WORDS = 4000
# Within how many days a place that did not wholly pass is gone to again, and its staff offered training.
REVISIT_DAYS, TRAINING_DAYS = 28, 14
_STEPS = {
    OperationState.PLANNED: (OperationState.BRIEFED, OperationState.CALLED_OFF),
    OperationState.BRIEFED: (OperationState.BRIEFED, OperationState.UNDER_WAY, OperationState.CALLED_OFF),
    OperationState.UNDER_WAY: (OperationState.CLOSED,),
}
_REFUSED = {
    OperationState.BRIEFED: "An operation is briefed before it begins",
    OperationState.UNDER_WAY: "An operation begins once it is briefed, and once",
    OperationState.CLOSED: "Only an operation that is under way is closed",
    OperationState.CALLED_OFF: "An operation that began cannot be called off. Close it instead",
}


def state_of(
    briefed_at: datetime | None, begun_at: datetime | None, closed_at: datetime | None, called_off_at: datetime | None
) -> OperationState:
    """How an operation stands, by what was done last."""
    if called_off_at:
        return OperationState.CALLED_OFF
    if closed_at:
        return OperationState.CLOSED
    if begun_at:
        return OperationState.UNDER_WAY
    return OperationState.BRIEFED if briefed_at else OperationState.PLANNED


def check_step(now: OperationState, to: OperationState) -> None:
    """RuleBroken where an operation that stands so does not come to stand otherwise."""
    if to not in _STEPS.get(now, ()):
        raise RuleBroken(f"{_REFUSED[to]}: this one is {now.label.lower()}.")


def time_of(typed: str, field: str) -> time:
    """A time of day as people type it: 22:30, 2230 or 9. RuleBroken where it is none."""
    if found := re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?", typed.strip()):
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise RuleBroken("Enter a time of the 24-hour clock, like 22:30", field)


def check_plan(on_day: date, starts_at: time, ends_at: time | None, today: date) -> None:
    """RuleBroken for a day that has passed and for no length of time; past midnight is another day."""
    if on_day < today:
        raise RuleBroken("The date must be today or in the future", "on_day")
    if ends_at == starts_at:
        raise RuleBroken("The end must differ from the beginning", "ends_at")


def check_begin(on_day: date, today: date) -> None:
    """RuleBroken before the day for which it was planned."""
    if today < on_day:
        raise RuleBroken(f"This operation is planned for {in_words(on_day)}. It begins then, not before.")


def check_recording(now: OperationState) -> None:
    """RuleBroken where nothing is found yet, or any more."""
    if now is not OperationState.UNDER_WAY:
        raise RuleBroken(f"Findings are recorded while an operation is under way: this one is {now.label.lower()}.")


def check_finding(kind: FindingKind, name: str, place_chosen: bool) -> None:
    """RuleBroken where it is not said of whom or what."""
    if not name and not (kind is FindingKind.PLACE and place_chosen):
        raise RuleBroken("Enter the name, or choose the place", "name")


def check_close(now: OperationState, not_followed_up: list[int]) -> None:
    """RuleBroken while something that was found still waits for somebody to follow it up, by the finding's number."""
    check_step(now, OperationState.CLOSED)
    if not_followed_up:
        which = ", ".join(str(number) for number in sorted(not_followed_up))
        raise RuleBroken(f"Say first who follows up what was found: finding {which}.")


@dataclass(frozen=True, slots=True)
class StopCounts:
    """What a taxi stop came to, in vehicles. A warning, a suspension and a report may be of one vehicle."""

    stopped: int
    inspected: int
    warned: int
    suspended: int
    reported: int


def check_counts(counts: StopCounts) -> None:
    """RuleBroken where more were inspected than stopped, or more warned, suspended or reported than stopped."""
    if counts.inspected > counts.stopped:
        raise RuleBroken("No more vehicles can be inspected than were stopped", "inspected")
    for name in ("warned", "suspended", "reported"):
        if getattr(counts, name) > counts.stopped:
            raise RuleBroken("This cannot be more than the vehicles that were stopped", name)


def result_of(kind: TestKind, *, accepted: bool, police_called: bool) -> TestResult:
    """What a test shows. Taking the booking, or selling, fails.

    A hotel that turns an adult with a child away and rings nobody passes in part alone: the two go somewhere else.
    A shop that sells nothing has nothing to report.
    """
    if accepted:
        return TestResult.FAILED
    if kind is TestKind.BOOKING and not police_called:
        return TestResult.PARTIAL
    return TestResult.PASSED


def needs_more(result: TestResult) -> bool:
    """Whether the place is gone to again and its staff offered training."""
    return result is not TestResult.PASSED
