"""The vocabulary of complaints and self-reports, when a report is late, and how many complaints make a pattern."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from licensing.dates import years_after

# Statutory Standards: trends are looked for over the last year and over three, the term of a driver's licence.
SHORT_WINDOW_YEARS, LONG_WINDOW_YEARS = 1, 3


def _words(value: str) -> str:
    return value.replace("_", " ").capitalize()


class ComplaintCategory(StrEnum):
    """What is complained of."""

    SAFEGUARDING = "safeguarding"
    SEXUAL_BEHAVIOUR = "sexual_behaviour"
    VIOLENCE_OR_THREATS = "violence_or_threats"
    DISCRIMINATION = "discrimination"
    DRIVING = "driving"
    CONDUCT = "conduct"
    OVERCHARGING = "overcharging"
    VEHICLE = "vehicle"
    BOOKING_RECORDS = "booking_records"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _words(self)


class ComplaintSource(StrEnum):
    """Who complains, by their part and never by name."""

    PASSENGER = "passenger"
    PARENT_OR_CARER = "parent_or_carer"
    SCHOOL = "school"
    PUBLIC = "public"
    COUNCILLOR = "councillor"
    POLICE = "police"
    ANOTHER_COUNCIL = "another_council"
    TRADE = "trade"
    STAFF = "staff"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> str:
        return _words(self)


class ComplaintOutcome(StrEnum):
    """What came of a complaint."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    CONSIDERATION_OPENED = "consideration_opened"

    @property
    def label(self) -> str:
        return _words(self)


class Reported(StrEnum):
    """What a holder must report of themselves."""

    ARREST = "arrest"
    RELEASE = "release"
    CHARGE = "charge"
    CONVICTION = "conviction"
    CAUTION = "caution"
    OTHER_COUNCIL = "other_council"

    @property
    def label(self) -> str:
        return "Action by another council" if self is Reported.OTHER_COUNCIL else _words(self)

    @property
    def opens_consideration(self) -> bool:
        """Statutory Standards: an arrest is a reason to review at once whether the holder is fit and proper."""
        return self is Reported.ARREST


def is_late(due_at: datetime | None, reported_at: datetime) -> bool:
    """Whether a report came after it was due; one without a limit is never late."""
    return due_at is not None and reported_at > due_at


def rolling(days: Iterable[date], today: date) -> tuple[int, int]:
    """How many of these days lie in the last 12 and in the last 36 months, today included."""
    received = [day for day in days if day <= today]
    return (
        sum(day > years_after(today, -SHORT_WINDOW_YEARS) for day in received),
        sum(day > years_after(today, -LONG_WINDOW_YEARS) for day in received),
    )
