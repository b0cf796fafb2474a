"""Where a decision stands, and what a second look at one is about and comes to."""

from enum import StrEnum


class DecisionState(StrEnum):
    """Where a decision stands."""

    TO_NOTIFY = "to_notify"
    APPEAL_OPEN = "appeal_open"
    UNDER_APPEAL = "under_appeal"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return _STATES[self]


_STATES = {
    DecisionState.TO_NOTIFY: "Notice to be served",
    DecisionState.APPEAL_OPEN: "May be appealed",
    DecisionState.UNDER_APPEAL: "Under appeal",
    DecisionState.SETTLED: "Settled",
}


class ReviewKind(StrEnum):
    """What a second look is about."""

    IMMEDIATE = "immediate"
    SUSPENSION = "suspension"
    NEW_INFORMATION = "new_information"
    CONFIRMATION = "confirmation"
    INTERIM_STEPS = "interim_steps"

    @property
    def label(self) -> str:
        return _REVIEWS[self]


_REVIEWS = {
    ReviewKind.IMMEDIATE: "Immediate decision",
    ReviewKind.SUSPENSION: "Suspension",
    ReviewKind.NEW_INFORMATION: "What became known since",
    ReviewKind.CONFIRMATION: "Comparison with the minute",
    ReviewKind.INTERIM_STEPS: "Interim steps",
}


# Whoever decided does not look at these a second time.
BY_ANOTHER = (ReviewKind.IMMEDIATE, ReviewKind.CONFIRMATION)


class Verdict(StrEnum):
    """What a second look came to."""

    STANDS = "stands"
    TO_CHANGE = "to_change"

    @property
    def label(self) -> str:
        return "It stands" if self is Verdict.STANDS else "It should be changed"
