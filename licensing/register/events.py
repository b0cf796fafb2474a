"""The vocabulary of the registers: what can happen to an authorisation, when, and what state that leaves it in."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

BEGINNING, END_OF_TIME = date(1, 1, 1), date(9999, 12, 31)
ONE_DAY = timedelta(days=1)


class EventKind(StrEnum):
    """What can happen to an authorisation or to the application for one."""

    RECEIVED = "received"
    REJECTED_INCOMPLETE = "rejected_incomplete"
    GRANTED = "granted"
    RENEWED = "renewed"
    REFUSED = "refused"
    RENEWAL_REFUSED = "renewal_refused"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    SUSPENSION_ENDED = "suspension_ended"
    REVOKED = "revoked"
    REINSTATED_BY_COURT = "reinstated_by_court"
    APPEALED = "appealed"
    APPEAL_DISMISSED = "appeal_dismissed"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    FOUND_UNFIT = "found_unfit"
    BADGE_RETURNED = "badge_returned"
    EXPIRED = "expired"
    VARIED = "varied"
    TRANSFERRED = "transferred"
    SURRENDERED = "surrendered"
    LAPSED = "lapsed"
    INTERIM_AUTHORITY_GIVEN = "interim_authority_given"
    FEE_SUSPENDED = "fee_suspended"
    FEE_PAID = "fee_paid"
    LEAVE_RECORDED = "leave_recorded"
    DIED = "died"
    VOIDED = "voided"

    @property
    def label(self) -> str:
        return _EVENT_LABELS.get(self, self.replace("_", " ").capitalize())


_EVENT_LABELS = {
    EventKind.RECEIVED: "Application received",
    EventKind.REFUSED: "Application refused",
    EventKind.WITHDRAWN: "Application withdrawn",
    EventKind.REJECTED_INCOMPLETE: "Application rejected as incomplete",
    EventKind.BADGE_RETURNED: "Badge or plate returned (the licence does not end by this)",
    EventKind.INTERIM_AUTHORITY_GIVEN: "Interim authority notice given",
    EventKind.FEE_SUSPENDED: "Suspended for an unpaid annual fee",
    EventKind.FEE_PAID: "Annual fee paid, suspension ended",
    EventKind.LEAVE_RECORDED: "Permission to work recorded",
    EventKind.DIED: "Holder died",
    EventKind.APPEALED: "Appeal lodged",
    EventKind.FOUND_UNFIT: "Vehicle suspended until found fit",
    EventKind.VOIDED: "Declared void: issued by mistake",
}

ADVERSE = frozenset({EventKind.REFUSED, EventKind.RENEWAL_REFUSED, EventKind.SUSPENDED, EventKind.REVOKED})


class RelevantInformation(StrEnum):
    """Whether a decision relied on relevant information (2022 Act s.1)."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NO = "no"
    NOT_RECORDED = "not_recorded"


class LapseCause(StrEnum):
    """Why a premises licence lapsed (Licensing Act 2003 s.27) or what else ended an authorisation by itself."""

    DEATH = "death"
    INCAPACITY = "incapacity"
    INSOLVENCY = "insolvency"
    DISSOLUTION = "dissolution"
    IMMIGRATION = "immigration"

    @property
    def label(self) -> str:
        return self.capitalize()


class LicenceStatus(StrEnum):
    APPLIED = "applied"
    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    SUSPENSION_PENDING = "suspension_pending"
    SUSPENDED = "suspended"
    REVOCATION_PENDING = "revocation_pending"
    REVOKED = "revoked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REJECTED = "rejected"
    FEE_SUSPENDED = "fee_suspended"
    INTERIM_AUTHORITY = "interim_authority"
    SURRENDERED = "surrendered"
    LAPSED = "lapsed"
    CEASED_IMMIGRATION = "ceased_immigration"
    CEASED_DEATH = "ceased_death"
    VOID = "void"

    @property
    def label(self) -> str:
        return _STATUS_LABELS.get(self, self.replace("_", " ").capitalize())

    @property
    def is_in_force(self) -> bool:
        """Whether the holder may do what it allows: a suspension or revocation that is pending does not stop it."""
        return self in IN_FORCE

    @property
    def has_ended(self) -> bool:
        """Whether nothing but a court, a transfer or a new application brings it back."""
        return self in ENDED


_STATUS_LABELS = {
    LicenceStatus.APPLIED: "Application received",
    LicenceStatus.NOT_STARTED: "Granted, not yet started",
    LicenceStatus.SUSPENSION_PENDING: "In force, suspension not yet in effect",
    LicenceStatus.REVOCATION_PENDING: "In force, revocation not yet in effect",
    LicenceStatus.REJECTED: "Application rejected as incomplete",
    LicenceStatus.FEE_SUSPENDED: "Suspended for an unpaid fee",
    LicenceStatus.INTERIM_AUTHORITY: "In force under an interim authority notice",
    LicenceStatus.CEASED_IMMIGRATION: "Ceased: permission to work ended",
    LicenceStatus.CEASED_DEATH: "Ceased: holder died",
    LicenceStatus.VOID: "Void: issued by mistake",
}
IN_FORCE = frozenset(
    {
        LicenceStatus.IN_FORCE,
        LicenceStatus.SUSPENSION_PENDING,
        LicenceStatus.REVOCATION_PENDING,
        LicenceStatus.INTERIM_AUTHORITY,
    }
)
ENDED = frozenset(
    {
        LicenceStatus.REVOKED,
        LicenceStatus.EXPIRED,
        LicenceStatus.SURRENDERED,
        LicenceStatus.LAPSED,
        LicenceStatus.CEASED_IMMIGRATION,
        LicenceStatus.CEASED_DEATH,
        LicenceStatus.VOID,
        LicenceStatus.REFUSED,
        LicenceStatus.WITHDRAWN,
        LicenceStatus.REJECTED,
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. A date that is not known is None: the event then counts as having happened already.

    `entitlement` is the one licence of several in a document that the event is about; empty: all of them.
    """

    kind: EventKind
    decided_on: date | None = None
    notified_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    starts_on: date | None = None
    expires_on: date | None = None
    immediate: bool = False
    relevant_information: RelevantInformation = RelevantInformation.NOT_RECORDED
    recorded_on: date | None = None
    cause: LapseCause | None = None
    entitlement: str = ""

    @property
    def filed_on(self) -> date:
        """Its place in the sequence: an event without a date comes where it was recorded."""
        dated = self.decided_on or self.notified_on or self.effective_on or self.starts_on
        return dated or self.recorded_on or END_OF_TIME

    @property
    def is_dated(self) -> bool:
        return self.known_from > BEGINNING

    @property
    def known_from(self) -> date:
        """The first day on which the event has happened, whatever it brings later."""
        return self.decided_on or self.notified_on or self.effective_on or self.starts_on or BEGINNING


class NameKind(StrEnum):
    """How a name belongs to a person."""

    CURRENT = "current"
    FORMER = "former"
    ALIAS = "alias"


class RecordKind(StrEnum):
    """The things that have a page of their own."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VEHICLE = "vehicle"
    PREMISES = "premises"
    LICENCE = "licence"
