"""The vocabulary of concerns, whose each is, and what must have happened before one is closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from licensing.dates import in_words
from licensing.errors import RuleBroken

LONGEST = 4000
RING = "Ring 999 now. Then ring the MASH. This form is not watched day and night."


class About(StrEnum):
    """What a concern is about."""

    DRIVER = "driver"
    VEHICLE = "vehicle"
    PREMISES = "premises"
    OPERATOR = "operator"
    SOMEBODY_ELSE = "somebody_else"
    STAFF = "staff"

    @property
    def label(self) -> str:
        return {
            About.DRIVER: "A driver",
            About.VEHICLE: "A vehicle",
            About.PREMISES: "A hotel, a guesthouse, a pub or other premises",
            About.OPERATOR: "A private hire operator or its staff",
            About.SOMEBODY_ELSE: "Somebody or something else",
            About.STAFF: "How licensing staff or councillors do their work",
        }[self]


class ConcernState(StrEnum):
    """How a concern stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return "To be acknowledged" if self is ConcernState.RECEIVED else self.capitalize()


def state_of(acknowledged_on: date | None, closed_on: date | None) -> ConcernState:
    if closed_on:
        return ConcernState.CLOSED
    return ConcernState.ACKNOWLEDGED if acknowledged_on else ConcernState.RECEIVED


class StepKind(StrEnum):
    """One thing that was done about a concern."""

    TOLD_TO_RING = "told_to_ring"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    LINKED = "linked"
    COMPLAINT = "complaint"
    CONSIDERATION = "consideration"
    MASH = "mash"
    LADO = "lado"
    LADO_ACKNOWLEDGED = "lado_acknowledged"
    LADO_ADVICE = "lado_advice"
    PASSED_ON = "passed_on"
    NO_ACTION = "no_action"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _STEPS[self]

    @property
    def raiser_label(self) -> str:
        """The same to whoever raised it: a complaint or a consideration is the licensing team's own."""
        return "Licensing are looking into it" if self in (StepKind.COMPLAINT, StepKind.CONSIDERATION) else self.label


_STEPS = {
    StepKind.TOLD_TO_RING: "A child was in danger: told to ring 999 and the MASH",
    StepKind.ACKNOWLEDGED: "Acknowledged",
    StepKind.NOTED: "Noted",
    StepKind.LINKED: "Linked with the register",
    StepKind.COMPLAINT: "Complaint recorded",
    StepKind.CONSIDERATION: "Consideration opened",
    StepKind.MASH: "Referred to the MASH",
    StepKind.LADO: "Referred to the designated officer (LADO)",
    StepKind.LADO_ACKNOWLEDGED: "Acknowledged by the designated officer (LADO)",
    StepKind.LADO_ADVICE: "Below the threshold: advice of the designated officer (LADO)",
    StepKind.PASSED_ON: "Passed on to another council",
    StepKind.NO_ACTION: "No further action",
    StepKind.CLOSED: "Closed",
}
# One of these must have happened before a concern is closed: it is never lost.
ANSWERING = frozenset(
    {
        StepKind.COMPLAINT,
        StepKind.CONSIDERATION,
        StepKind.MASH,
        StepKind.LADO,
        StepKind.PASSED_ON,
        StepKind.NO_ACTION,
    }
)


class LedTo(StrEnum):
    """What a concern is linked with or led to, in the words of the audit trail."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VEHICLE = "vehicle"
    PREMISES = "premises"
    COMPLAINT = "complaint"
    CONSIDERATION = "consideration"


class StaffStepKind(StrEnum):
    """What a council's contact did with a concern about staff: looking counts."""

    LOOKED = "looked"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.capitalize()


@dataclass(frozen=True)
class Council:
    """An authority that may be told: `licenses` holders or premises, or looks after the badges of school transport."""

    id: UUID
    name: str
    licenses: bool
    is_county: bool


def where_to(said: UUID | None, own: Council, others: Iterable[Council]) -> UUID:
    """Whose a concern is: the council that was said; else one's own if it licenses, the county, or one's own.

    Never nobody's. RuleBroken where the one that was said is none of those that may be told.
    """
    reachable = {own.id: own, **{one.id: one for one in others}}
    if said is not None:
        if said not in reachable:
            raise RuleBroken("Select one of the councils listed", "council")
        return said
    if own.licenses or own.is_county:
        return own.id
    return next((one.id for one in reachable.values() if one.is_county), own.id)


def check_open(closed_on: date | None) -> None:
    """RuleBroken where nothing more is done about a concern."""
    if closed_on:
        raise RuleBroken(f"This concern was closed on {in_words(closed_on)}. Nothing was changed.")


def check_answered(done: Collection[StepKind]) -> None:
    """RuleBroken for closing a concern of which nothing came."""
    if not ANSWERING.intersection(done):
        raise RuleBroken(
            "Nothing came of this concern yet. Open a complaint or a consideration, refer it, pass it on, "
            "or record that it needs no further action and why."
        )


def check_day(on: date, raised_on: date) -> None:
    """RuleBroken for a day before the concern was raised."""
    if on < raised_on:
        raise RuleBroken(f"The concern was raised on {in_words(raised_on)}: enter that day or a later one", "on_day")
