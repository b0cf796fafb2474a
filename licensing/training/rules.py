"""The vocabulary of training, and what somebody's training comes to as at a day."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from licensing.dates import in_words
from licensing.errors import RuleBroken

LONGEST_REASON = 1_000
# Stands for the last day in date of training that needs no refresher.
NO_END = date.max


class Audience(StrEnum):
    """Whom a course is for."""

    DRIVER = "driver"
    OPERATOR_STAFF = "operator_staff"
    PASSENGER_ASSISTANT = "passenger_assistant"
    PREMISES_STAFF = "premises_staff"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return _AUDIENCES[self]


_AUDIENCES = {
    Audience.DRIVER: "Drivers",
    Audience.OPERATOR_STAFF: "Operators and booking staff",
    Audience.PASSENGER_ASSISTANT: "Passenger assistants",
    Audience.PREMISES_STAFF: "Hotel, guesthouse and other premises staff",
    Audience.COUNCIL: "Officers and councillors",
}


class Result(StrEnum):
    """What is recorded of one person and one course; whether it has lapsed follows from the day that is asked about."""

    BOOKED = "booked"
    ATTENDED_FAILED = "attended_failed"
    PASSED = "passed"
    EXEMPT = "exempt"
    CERTIFICATE_UNVERIFIED = "certificate_unverified"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        return _RESULTS[self]


class TrainingStatus(StrEnum):
    """What all that is recorded of somebody comes to."""

    NOT_STARTED = "not_started"
    BOOKED = "booked"
    ATTENDED_FAILED = "attended_failed"
    PASSED = "passed"
    EXPIRED = "expired"
    EXPIRED_BOOKED = "expired_booked"
    EXEMPT = "exempt"
    CERTIFICATE_UNVERIFIED = "certificate_unverified"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_in_date(self) -> bool:
        return self in (TrainingStatus.PASSED, TrainingStatus.EXEMPT)

    @property
    def has_lapsed(self) -> bool:
        return self in (TrainingStatus.EXPIRED, TrainingStatus.EXPIRED_BOOKED)


_LABELS = {
    TrainingStatus.NOT_STARTED: "Not recorded",
    TrainingStatus.PASSED: "In date",
    TrainingStatus.EXPIRED: "Expired",
    TrainingStatus.EXPIRED_BOOKED: "Expired, booked again",
    TrainingStatus.BOOKED: "Booked",
    TrainingStatus.ATTENDED_FAILED: "Attended, not passed",
    TrainingStatus.EXEMPT: "Exempt",
    TrainingStatus.CERTIFICATE_UNVERIFIED: "Certificate to verify",
}
_RESULTS = {
    Result.BOOKED: "Booked",
    Result.ATTENDED_FAILED: "Attended, not passed",
    Result.PASSED: "Passed",
    Result.EXEMPT: "Exempt",
    Result.CERTIFICATE_UNVERIFIED: "Certificate to verify",
    Result.REJECTED: "Certificate rejected",
}
# What an officer may record; a certificate is rejected, or verified, on its own page.
RECORDED_BY_HAND = tuple(one for one in Result if one is not Result.REJECTED)


class Delivery(StrEnum):
    """How a course was given."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class When(StrEnum):
    """By when an applicant must have been trained."""

    BEFORE_APPLYING = "before_applying"
    APPLICATION_STARTED = "application_started"

    @property
    def label(self) -> str:
        return {
            When.BEFORE_APPLYING: "Training must be completed before applying.",
            When.APPLICATION_STARTED: "The application must have been started before the training is booked.",
        }[self]


class Unit(StrEnum):
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Facts:
    """All that counts for one person, in short.

    `passed_until` is the last day in date of the best pass (NO_END without one), None where nothing was passed;
    `booked_for` the first booking from the day on.
    """

    passed_until: date | None = None
    booked_for: date | None = None
    exempt: bool = False
    unverified: bool = False
    failed: bool = False


NOTHING = Facts()


@dataclass(frozen=True)
class TrainingStanding:
    """What somebody's training comes to as at a day, in words that can stand alone.

    `expires_on` is the last day in date, None where nothing was passed or it does not expire.
    """

    status: TrainingStatus
    expires_on: date | None
    words: str
    booked_for: date | None = None

    def lapses_within(self, days: int, day: date) -> bool:
        """Whether it is in date on the day, and its last day in date is within so many days more."""
        ends = self.expires_on
        return self.status is TrainingStatus.PASSED and ends is not None and ends <= day + timedelta(days=days)


def standing(facts: Facts, day: date) -> TrainingStanding:
    """The best that can be said: in date, exempt, lapsed, then what is on its way."""
    status = _status(facts, day)
    until = facts.passed_until
    expires_on = until if until and until != NO_END else None
    words = _words(status, expires_on, facts.booked_for)
    if facts.unverified and status is not TrainingStatus.CERTIFICATE_UNVERIFIED and not status.is_in_date:
        words += " A certificate waits to be verified."
    return TrainingStanding(status, expires_on, words, facts.booked_for)


def _status(facts: Facts, day: date) -> TrainingStatus:
    if facts.passed_until and facts.passed_until >= day:
        return TrainingStatus.PASSED
    if facts.exempt:
        return TrainingStatus.EXEMPT
    if facts.passed_until:
        return TrainingStatus.EXPIRED_BOOKED if facts.booked_for else TrainingStatus.EXPIRED
    if facts.booked_for:
        return TrainingStatus.BOOKED
    if facts.unverified:
        return TrainingStatus.CERTIFICATE_UNVERIFIED
    return TrainingStatus.ATTENDED_FAILED if facts.failed else TrainingStatus.NOT_STARTED


def _words(status: TrainingStatus, expires_on: date | None, booked_for: date | None) -> str:
    expired = f"Training expired on {in_words(expires_on)}" if expires_on else ""
    return {
        TrainingStatus.NOT_STARTED: "No training is recorded.",
        TrainingStatus.BOOKED: f"Training is booked for {in_words(booked_for)}." if booked_for else "",
        TrainingStatus.ATTENDED_FAILED: "Attended, and has not passed.",
        TrainingStatus.PASSED: f"Training is in date until {in_words(expires_on)}."
        if expires_on
        else "Training is passed and does not expire.",
        TrainingStatus.EXPIRED: f"{expired}. Nothing is booked.",
        TrainingStatus.EXPIRED_BOOKED: f"{expired}; booked again for {in_words(booked_for)}." if booked_for else "",
        TrainingStatus.EXEMPT: "Exempt from training, for the reason recorded.",
        TrainingStatus.CERTIFICATE_UNVERIFIED: "A certificate waits to be verified.",
    }[status]


@dataclass(frozen=True)
class Policy:
    """What an authority asks of an audience from a day on. Without a length, training is done once."""

    audience: Audience
    length: int | None
    unit: Unit
    needed: When
    valid_from: date
    source: str
    verified: bool
    is_own: bool

    @property
    def refresh(self) -> str:
        if self.length is None:
            return "Once; it does not expire"
        unit = self.unit.removesuffix("s") if self.length == 1 else self.unit
        return f"Every {self.length} {unit}"

    def expiry(self, completed_on: date) -> date | None:
        """The last day in date of training completed on a day, None where it does not expire."""
        if self.length is None:
            return None
        months = self.length * 12 if self.unit is Unit.YEARS else self.length
        return months_after(completed_on, months)


def policy_in_force(policies: Sequence[Policy], audience: Audience, day: date) -> Policy | None:
    """The authority's own latest that has begun, else the default; of one day the one recorded last."""
    begun = [one for one in policies if one.audience is audience and one.valid_from <= day]
    own = [one for one in begun if one.is_own]
    return max(own or begun, key=lambda one: one.valid_from, default=None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; of a shorter month the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Given:
    """What is to be recorded of one person and one course."""

    result: Result
    course: str
    provider: str
    booked_for: date | None = None
    completed_on: date | None = None
    expires_on: date | None = None
    score: int | None = None
    attempts: int | None = None


def check_given(given: Given, pass_mark: int | None, today: date) -> None:
    """RuleBroken for what cannot be: no date where one is needed, an impossible order, a pass below the mark."""
    if given.result is Result.BOOKED:
        if given.booked_for is None:
            raise RuleBroken("Enter the day the training is booked for", "booked_for")
    elif given.result is not Result.EXEMPT:
        _check_attended(given, today)
    if given.result is Result.PASSED and _is_below(given.score, pass_mark):
        raise RuleBroken(f"The pass mark of this course is {pass_mark}%: {given.score}% is not a pass", "score")


def _check_attended(given: Given, today: date) -> None:
    if given.completed_on is None:
        raise RuleBroken("Enter the day the training was attended", "completed_on")
    if given.completed_on > today:
        raise RuleBroken("The day of the training must be today or in the past", "completed_on")
    if given.expires_on and given.expires_on < given.completed_on:
        raise RuleBroken(f"It cannot expire before it was completed, on {in_words(given.completed_on)}", "expires_on")


def _is_below(score: int | None, mark: int | None) -> bool:
    return score is not None and mark is not None and score < mark


def check_counts(trained: int, staff: int) -> None:
    """RuleBroken where more were trained, or checked, than there are."""
    if trained > staff:
        raise RuleBroken(f"This cannot be more than the {staff:,} there are", "trained")
