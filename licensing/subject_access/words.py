"""The vocabulary of subject access."""

from enum import StrEnum


class Proof(StrEnum):
    """How a person proved who they are, where that was asked."""

    DOCUMENT = "document"
    IN_PERSON = "in_person"
    KNOWN_ADDRESS = "known_address"
    REPRESENTATIVE = "representative"

    @property
    def label(self) -> str:
        return {
            Proof.DOCUMENT: "A passport, driving licence or other document with a photograph",
            Proof.IN_PERSON: "In person, with their badge or licence",
            Proof.KNOWN_ADDRESS: "An answer from the address or number that we hold",
            Proof.REPRESENTATIVE: "Somebody acts for them, with a signed authority",
        }[self]


class Ruling(StrEnum):
    """What becomes of one record."""

    GIVE = "give"
    PART = "part"
    HOLD = "hold"

    @property
    def label(self) -> str:
        return {Ruling.GIVE: "Give", Ruling.PART: "Give in part", Ruling.HOLD: "Hold"}[self]


class PoliceAnswer(StrEnum):
    """What the police said when they were asked."""

    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    NONE_YET = "none_yet"

    @property
    def label(self) -> str:
        return {
            PoliceAnswer.NO_OBJECTION: "They do not object",
            PoliceAnswer.OBJECTION: "They object",
            PoliceAnswer.NONE_YET: "No answer yet",
        }[self]


class RequestState(StrEnum):
    """How a request stands on a day."""

    WAITS_FOR_PROOF = "waits_for_proof"
    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return "Waits for proof of identity" if self is RequestState.WAITS_FOR_PROOF else _words(self)


class HeldKind(StrEnum):
    """What kind of record it is, in the order of the list; the database's own words for them."""

    DETAILS = "details"
    POSITION = "position"
    LINK = "link"
    LICENCE = "licence"
    APPLICATION = "application"
    VETTING = "vetting"
    TRAINING = "training"
    TRAINING_OFFER = "training_offer"
    SELF_REPORT = "self_report"
    CONVICTION = "conviction"
    COURT = "court"
    COMPLAINT = "complaint"
    CONCERN = "concern"
    CONSIDERATION = "consideration"
    INFORMATION = "information"
    MARKER = "marker"
    DECISION = "decision"
    NOTICE = "notice"
    APPEAL = "appeal"
    NR3S_SEARCH = "nr3s_search"
    NR3S_ENTRY = "nr3s_entry"
    REQUEST_SENT = "request_sent"
    REQUEST_RECEIVED = "request_received"
    DISCLOSURE = "disclosure"
    DRIVER_CHECK = "driver_check"
    DISRUPTION = "disruption"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        return _KINDS.get(self, _words(self))

    @property
    def room(self) -> str:
        """Where it is kept, and so who fetches it."""
        return next(room for room, kinds in _ROOMS.items() if self in kinds)

    def reference_words(self, reference: str) -> str:
        """A reference as it is shown: of a check or a position it is what kind of it, in the words of the database."""
        if self not in (HeldKind.VETTING, HeldKind.POSITION):
            return reference
        return _words(reference).replace("dbs", "DBS").replace("Dbs", "DBS")

    @property
    def is_plain(self) -> bool:
        """Whether the person gave or was given it: such records may be decided on together.

        A decision is not: they were given its notice, and the council's own record holds more.
        """
        return self in _PLAIN


def _words(one: str) -> str:
    return one.replace("_", " ").capitalize()


_KINDS = {
    HeldKind.DETAILS: "Details of the person",
    HeldKind.POSITION: "Position held",
    HeldKind.LINK: "Link with another council’s record",
    HeldKind.VETTING: "Vetting check",
    HeldKind.TRAINING_OFFER: "Training that another council reported",
    HeldKind.SELF_REPORT: "Self-report",
    HeldKind.COURT: "Court proceedings",
    HeldKind.INFORMATION: "Information considered",
    HeldKind.MARKER: "Earlier revocation considered",
    HeldKind.NR3S_SEARCH: "NR3S search",
    HeldKind.NR3S_ENTRY: "NR3S entry",
    HeldKind.REQUEST_SENT: "Request or report to another authority",
    HeldKind.REQUEST_RECEIVED: "Request or report from another authority",
    HeldKind.DISRUPTION: "Disruption action",
    HeldKind.MEETING: "Meeting of agencies",
}
_ROOMS = {
    "Register: licensing": (HeldKind.DETAILS, HeldKind.POSITION, HeldKind.LINK, HeldKind.LICENCE),
    "Vetting and training: licensing": (HeldKind.VETTING, HeldKind.TRAINING, HeldKind.TRAINING_OFFER),
    "Cases: licensing": (
        HeldKind.APPLICATION,
        HeldKind.SELF_REPORT,
        HeldKind.CONVICTION,
        HeldKind.COURT,
        HeldKind.COMPLAINT,
        HeldKind.CONCERN,
        HeldKind.CONSIDERATION,
        HeldKind.INFORMATION,
        HeldKind.MARKER,
    ),
    "Decisions: licensing manager": (HeldKind.DECISION, HeldKind.NOTICE, HeldKind.APPEAL),
    "NR3S and other authorities: licensing": (
        HeldKind.NR3S_SEARCH,
        HeldKind.NR3S_ENTRY,
        HeldKind.REQUEST_SENT,
        HeldKind.REQUEST_RECEIVED,
        HeldKind.DISCLOSURE,
        HeldKind.DRIVER_CHECK,
    ),
    "Disruption: the agency that leads": (HeldKind.DISRUPTION, HeldKind.MEETING),
}
_PLAIN = frozenset(
    {
        HeldKind.DETAILS,
        HeldKind.LICENCE,
        HeldKind.APPLICATION,
        HeldKind.VETTING,
        HeldKind.TRAINING,
        HeldKind.SELF_REPORT,
        HeldKind.NOTICE,
        HeldKind.APPEAL,
    }
)
