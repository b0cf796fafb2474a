"""The vocabulary of signals: about what they are, and what they count."""

from enum import StrEnum


class SignalSubject(StrEnum):
    """About what a signal is."""

    PREMISES = "premises"
    ORGANISATION = "organisation"
    VEHICLE = "vehicle"
    ADDRESS = "address"
    PERSON = "person"

    @property
    def label(self) -> str:
        return "Operator or other organisation" if self is SignalSubject.ORGANISATION else self.capitalize()


class SignalState(StrEnum):
    """Whether somebody still has to look."""

    OPEN = "open"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return "To look at" if self is SignalState.OPEN else "Dismissed"


class Counted(StrEnum):
    """What a rule counts; reports are complaints, and concerns that were linked with a record."""

    REPORTS = "reports"
    COMPLAINTS = "complaints"
    ADVERSE_DECISIONS = "adverse_decisions"
    ACTIONS = "actions"
    FAILED_TESTS = "failed_tests"
    REVOKED_DRIVERS = "revoked_drivers"

    @property
    def label(self) -> str:
        return _COUNTED[self]


_COUNTED = {
    Counted.REPORTS: "Complaints and concerns",
    Counted.COMPLAINTS: "Complaints",
    Counted.ADVERSE_DECISIONS: "Refusals, suspensions and revocations",
    Counted.ACTIONS: "Disruption actions",
    Counted.FAILED_TESTS: "Failed test purchases",
    Counted.REVOKED_DRIVERS: "Drivers of theirs whose licence was revoked",
}


class RowKind(StrEnum):
    """What one counted row is."""

    COMPLAINT = "complaint"
    CONCERN = "concern"
    ADVERSE_DECISION = "adverse_decision"
    REVOKED_DRIVER = "revoked_driver"
    ACTION = "action"
    FAILED_TEST = "failed_test"

    def words(self, number: int) -> str:
        """ "2 complaints"."""
        one, more = _ROWS[self]
        return f"{number} {one if number == 1 else more}"

    @property
    def label(self) -> str:
        return _ROWS[self][0].capitalize()


_ROWS = {
    RowKind.COMPLAINT: ("complaint", "complaints"),
    RowKind.CONCERN: ("concern", "concerns"),
    RowKind.ADVERSE_DECISION: ("adverse decision", "adverse decisions"),
    RowKind.REVOKED_DRIVER: ("driver’s licence revoked", "drivers’ licences revoked"),
    RowKind.ACTION: ("disruption action", "disruption actions"),
    RowKind.FAILED_TEST: ("failed test purchase", "failed test purchases"),
}
