"""What an appeal can come to, where it is heard, and whether it holds a decision up."""

from datetime import date
from enum import StrEnum


class AppealOutcome(StrEnum):
    """How an appeal ended."""

    ALLOWED = "allowed"
    ALLOWED_TERM_EXPIRED = "allowed_term_expired"
    VARIED = "varied"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    ABATED = "abated"

    @property
    def label(self) -> str:
        if self is AppealOutcome.ALLOWED_TERM_EXPIRED:
            return "Allowed, with nothing left to restore: the term had ended"
        return "Closed: the holder died" if self is AppealOutcome.ABATED else self.capitalize()

    @property
    def is_allowed(self) -> bool:
        return self in (AppealOutcome.ALLOWED, AppealOutcome.ALLOWED_TERM_EXPIRED, AppealOutcome.VARIED)


# What the form offers: that the term had expired is worked out, never typed.
TYPED_OUTCOMES = tuple(one for one in AppealOutcome if one is not AppealOutcome.ALLOWED_TERM_EXPIRED)


def outcome_as_at(typed: AppealOutcome, day: date, expires_on: date | None) -> AppealOutcome:
    """What an allowed appeal came to: only the unexpired term revives."""
    if typed is AppealOutcome.ALLOWED and expires_on and expires_on < day:
        return AppealOutcome.ALLOWED_TERM_EXPIRED
    return typed


class Stay(StrEnum):
    """Whether an appeal holds the decision up."""

    STAYED = "stayed"
    NOT_STAYED = "not_stayed"

    @property
    def label(self) -> str:
        return "The decision waits for the appeal" if self is Stay.STAYED else "In effect while the appeal is heard"


def stay_of(*, immediate: bool, late: bool, lodged_on: date, takes_effect: date) -> Stay:
    """Derived: an immediate decision is not stayed (1976 Act s.77(3)), nor what has begun, nor by a late one."""
    return Stay.NOT_STAYED if immediate or late or lodged_on >= takes_effect else Stay.STAYED


class Court(StrEnum):
    """Where an appeal is heard."""

    MAGISTRATES = "magistrates"
    CROWN = "crown"
    HIGH = "high"
    TRIBUNAL = "tribunal"

    @property
    def label(self) -> str:
        return _COURTS[self]


_COURTS = {
    Court.MAGISTRATES: "Magistrates’ court",
    Court.CROWN: "Crown Court",
    Court.HIGH: "High Court",
    Court.TRIBUNAL: "First-tier Tribunal",
}
