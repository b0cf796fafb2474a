"""The vocabulary of operations: what they are, how they stand, what is found, what a test tries and shows."""

from enum import StrEnum


class OperationKind(StrEnum):
    """What agencies go out to do."""

    PATROL = "patrol"
    RAID = "raid"
    TAXI_STOP = "taxi_stop"
    VISITS = "visits"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"taxi_stop": "Taxi stop", "visits": "Visits to premises"}.get(self, self.capitalize())


class OperationState(StrEnum):
    """How an operation stands, by what was done last."""

    PLANNED = "planned"
    BRIEFED = "briefed"
    UNDER_WAY = "under_way"
    CLOSED = "closed"
    CALLED_OFF = "called_off"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()

    @property
    def is_over(self) -> bool:
        return self in (OperationState.CLOSED, OperationState.CALLED_OFF)


class FindingKind(StrEnum):
    """Of what something was seen."""

    PLACE = "place"
    PERSON = "person"
    VEHICLE = "vehicle"

    @property
    def label(self) -> str:
        return self.capitalize()


class TestKind(StrEnum):
    """What a test tries to get."""

    __test__ = False  # no test of pytest's

    BOOKING = "booking"
    ALCOHOL = "alcohol"
    TOBACCO = "tobacco"

    @property
    def label(self) -> str:
        return _TESTS[self]


_TESTS = {
    TestKind.BOOKING: "A room for an adult with a child",
    TestKind.ALCOHOL: "Alcohol",
    TestKind.TOBACCO: "Tobacco or vapes",
}


class TestResult(StrEnum):
    """What a test shows."""

    __test__ = False

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return "Partly passed" if self is TestResult.PARTIAL else self.capitalize()
