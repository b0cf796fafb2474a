"""Applications, considerations and recommendations: their vocabulary, and what stands in the way of a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family

TWO_PEOPLE = "You recommended this, so somebody else must close it."
CASE_REFERENCE_HINT = (
    "A case reference only. Never a child’s name, date of birth, address or story, here or anywhere below."
)


def _words(value: str) -> str:
    return value.replace("_", " ").capitalize()


class ApplicationKind(StrEnum):
    """What is applied for."""

    NEW = "new"
    RENEWAL = "renewal"
    VARIATION = "variation"

    @property
    def label(self) -> str:
        return {"new": "New licence", "renewal": "Renewal", "variation": "Variation"}[self]


class ApplicationState(StrEnum):
    """Where an application stands; derived from its dates."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _words(self)


class ItemKind(StrEnum):
    """What an officer says has been seen of an application, where no other room knows it."""

    FORM_AND_FEE = "form_and_fee"
    IDENTITY = "identity"
    DRIVER_CHECK = "driver_check"
    REFERENCES = "references"
    CONVICTIONS = "convictions"

    @property
    def label(self) -> str:
        return _ITEM_LABELS[self]


_ITEM_LABELS = {
    ItemKind.FORM_AND_FEE: "Form complete and fee paid",
    ItemKind.IDENTITY: "Identity confirmed",
    ItemKind.DRIVER_CHECK: "Driver check made across the councils",
    ItemKind.REFERENCES: "References",
    ItemKind.CONVICTIONS: "Convictions and conduct considered",
}
_OF_EVERY_FAMILY = (ItemKind.FORM_AND_FEE, ItemKind.IDENTITY, ItemKind.CONVICTIONS)


class ItemState(StrEnum):
    """How far something on the list has come; a look that found it incomplete is not nothing, and not done."""

    NOT_STARTED = "not_started"
    LOOKED_AT_INCOMPLETE = "looked_at_incomplete"
    DONE = "done"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return _ITEM_STATES[self]

    @property
    def settles(self) -> bool:
        return self in (ItemState.DONE, ItemState.NOT_NEEDED)


_ITEM_STATES = {
    ItemState.NOT_STARTED: "Not started",
    ItemState.LOOKED_AT_INCOMPLETE: "Looked at, incomplete",
    ItemState.DONE: "Done",
    ItemState.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True)
class Item:
    """One line of an application's task list: how far it has come, in the words of whoever knows.

    The stops are in words with their law, and empty where it stops nothing; `kind` says that it is for an officer to
    say, and `where` is the page on which it is settled, as endpoint and values.
    """

    label: str
    status: str
    settled: bool
    words: str = ""
    stops_decision: str = ""
    stops_grant: str = ""
    kind: ItemKind | None = None
    where: tuple[str, dict[str, UUID]] | None = None


@dataclass(frozen=True)
class Readiness:
    """What was seen of an application, and what stands in the way: of any decision, and of a grant alone."""

    items: list[Item]
    stops_decision: list[str]
    stops_grant: list[str]

    @property
    def done(self) -> int:
        return sum(item.settled for item in self.items)


def readiness_of(items: Iterable[Item]) -> Readiness:
    """What the items together stop."""
    kept = list(items)
    return Readiness(
        kept,
        [item.stops_decision for item in kept if item.stops_decision],
        [item.stops_grant for item in kept if item.stops_grant],
    )


def items_asked(family: Family) -> tuple[ItemKind, ...]:
    """What is to be seen for a licence of this family; of drivers most, by the 2022 Act and the Standards."""
    return tuple(ItemKind) if family is Family.DRIVER else _OF_EVERY_FAMILY


def item_of(kind: ItemKind, state: ItemState, words: str) -> Item:
    """An officer's word as a line of the list, with what it stops until it is settled."""
    stops = "" if state.settles else stops_a_grant(kind.label, state.label, "your council’s own requirements")
    return Item(kind.label, state.label, state.settles, words, stops_grant=stops, kind=kind)


def stops_a_grant(label: str, status: str, law: str) -> str:
    """Why a grant waits for something."""
    return f"{label}: {status[0].lower()}{status[1:]}. A grant waits for it ({law})."


def check_item(state: ItemState, words: str) -> None:
    """RuleBroken where a state needs a reason."""
    if state is ItemState.NOT_NEEDED and not words:
        raise RuleBroken("Enter why it is not needed", "words")
    if state is ItemState.LOOKED_AT_INCOMPLETE and not words:
        raise RuleBroken("Enter what is missing", "words")


class Source(StrEnum):
    """What opened a consideration."""

    COMPLAINT = "complaint"
    SELF_REPORT = "self_report"
    POLICE_DISCLOSURE = "police_disclosure"
    ANOTHER_AUTHORITY = "another_authority"
    COURT = "court"
    CONVICTION = "conviction"
    VETTING = "vetting"
    TRAINING = "training"
    OWN_ENQUIRY = "own_enquiry"
    DESIGNATED_OFFICER = "designated_officer"
    REVIEW = "review"
    SUMMARY_REVIEW = "summary_review"
    CLOSURE_ORDER = "closure_order"

    @property
    def label(self) -> str:
        return _SOURCES.get(self, _words(self))

    @property
    def is_review(self) -> bool:
        """Whether it is a review of a premises licence or club certificate, with periods of its own."""
        return self in REVIEWS


_SOURCES = {
    Source.SELF_REPORT: "Self-report",
    Source.DESIGNATED_OFFICER: "Designated officer (LADO)",
    Source.REVIEW: "Application for a review (Licensing Act 2003 s.51, s.87)",
    Source.SUMMARY_REVIEW: "Police application for a summary review (Licensing Act 2003 s.53A)",
    Source.CLOSURE_ORDER: "Review after a closure order (Licensing Act 2003 s.167)",
}
REVIEWS = frozenset({Source.REVIEW, Source.SUMMARY_REVIEW, Source.CLOSURE_ORDER})


class Arising(StrEnum):
    """The record from which a consideration came; the words are those of the audit trail."""

    COMPLAINT = "complaint"
    SELF_REPORT = "self_report"
    COURT_CASE = "court_case"
    REPORT_RECEIVED = "nr3s_request"


class Ground(StrEnum):
    """On which legal ground somebody's fitness is considered."""

    FIT_TO_BE_GRANTED = "fit_to_be_granted"
    CONVICTED_SINCE_GRANT = "convicted_since_grant"
    BREACH_OF_THE_ACTS = "breach_of_the_acts"
    IMMIGRATION = "immigration"
    OTHER_REASONABLE_CAUSE = "other_reasonable_cause"
    OPERATOR_CONDUCT = "operator_conduct"
    VEHICLE_UNFIT = "vehicle_unfit"
    LICENSING_OBJECTIVES = "licensing_objectives"

    @property
    def label(self) -> str:
        return _GROUNDS[self][0]

    @property
    def families(self) -> tuple[Family, ...]:
        return _GROUNDS[self][1]


_TAXI = (Family.DRIVER, Family.VEHICLE, Family.OPERATOR)
_GROUNDS = {
    Ground.FIT_TO_BE_GRANTED: (
        "Fit and proper to be granted or renewed (1976 Act ss.51, 55, 59)",
        (Family.DRIVER, Family.OPERATOR, Family.BADGE, Family.PERSONAL, Family.OTHER),
    ),
    Ground.CONVICTED_SINCE_GRANT: (
        "Convicted since the grant of dishonesty, indecency or violence (1976 Act s.61(1)(a)(i))",
        (Family.DRIVER,),
    ),
    Ground.BREACH_OF_THE_ACTS: (
        "Offence under, or failure to comply with, the 1847 or 1976 Act (1976 Act ss.60, 61, 62)",
        _TAXI,
    ),
    Ground.IMMIGRATION: (
        "Immigration offence or penalty (1976 Act ss.61(1)(aa), 62(1)(ca))",
        (Family.DRIVER, Family.OPERATOR, Family.PERSONAL),
    ),
    Ground.OTHER_REASONABLE_CAUSE: ("Any other reasonable cause (1976 Act ss.60, 61, 62)", _TAXI),
    Ground.OPERATOR_CONDUCT: (
        "Conduct that makes the operator unfit, or a material change (1976 Act s.62)",
        (Family.OPERATOR,),
    ),
    Ground.VEHICLE_UNFIT: ("The vehicle is unfit (1976 Act ss.60, 68)", (Family.VEHICLE,)),
    Ground.LICENSING_OBJECTIVES: (
        "A licensing objective, or the holder’s convictions (Licensing Act 2003 ss.51, 132A)",
        (Family.PREMISES, Family.PERSONAL),
    ),
}


def grounds_for(family: Family) -> tuple[Ground, ...]:
    """The grounds that the law knows for a licence of this family; for the others the fitness of the holder."""
    return tuple(one for one in Ground if family in one.families) or (Ground.FIT_TO_BE_GRANTED,)


class ConsiderationState(StrEnum):
    """Where a consideration stands; derived."""

    OPEN = "open"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {ConsiderationState.RECOMMENDED: "Awaiting decision", ConsiderationState.CLOSED: "Closed"}.get(
            self, _words(self)
        )


class InformationKind(StrEnum):
    """What sort of information is weighed."""

    POLICE = "police"
    COURT_RECORD = "court_record"
    ANOTHER_COUNCIL = "another_council"
    DESIGNATED_OFFICER = "designated_officer"
    COMPLAINANT = "complainant"
    WITNESS = "witness"
    HOLDER = "holder"
    VETTING_RESULT = "vetting_result"
    OWN_OBSERVATION = "own_observation"
    LATE_REPORT = "late_report"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            InformationKind.HOLDER: "The holder’s own account",
            InformationKind.LATE_REPORT: "Breach: reported late",
            InformationKind.DESIGNATED_OFFICER: "Item released by the designated officer (LADO)",
        }.get(self, _words(self))


class Limb(StrEnum):
    """The limbs of relevant information (2022 Act s.1)."""

    SEXUAL_OFFENCE = "sexual_offence"
    HARASSMENT = "harassment"
    HARM = "harm"
    RISK_OF_HARM = "risk_of_harm"
    DISCRIMINATION = "discrimination"
    THREATENING_BEHAVIOUR = "threatening_behaviour"
    ROAD_SAFETY = "road_safety"

    @property
    def label(self) -> str:
        return _LIMBS[self]


_LIMBS = {
    Limb.SEXUAL_OFFENCE: "A sexual offence, whether or not charged or convicted",
    Limb.HARASSMENT: "Harassment",
    Limb.HARM: "Physical or psychological harm to another person",
    Limb.RISK_OF_HARM: "A risk of such harm",
    Limb.DISCRIMINATION: "Unlawful discrimination or victimisation",
    Limb.THREATENING_BEHAVIOUR: "Threatening, abusive or insulting behaviour",
    Limb.ROAD_SAFETY: "A risk to road safety while driving",
}


class DecisionType(StrEnum):
    """What may be recommended and decided."""

    NO_ACTION = "no_action"
    WARNING = "warning"
    PENALTY_POINTS = "penalty_points"
    TRAINING_REQUIRED = "training_required"
    SUSPEND_FIXED = "suspend_fixed"
    SUSPEND_UNTIL_CONDITION = "suspend_until_condition"
    SUSPEND_INTERIM = "suspend_interim"
    REVOKE = "revoke"
    REVOKE_IMMEDIATE = "revoke_immediate"
    REFUSE = "refuse"
    REFUSE_RENEW = "refuse_renew"
    GRANT = "grant"
    GRANT_SHORT_TERM = "grant_short_term"

    @property
    def label(self) -> str:
        return _DECISIONS.get(self, _words(self))

    @property
    def is_grant(self) -> bool:
        return self in (DecisionType.GRANT, DecisionType.GRANT_SHORT_TERM)

    @property
    def on_application(self) -> bool:
        return self.is_grant or self in (DecisionType.REFUSE, DecisionType.REFUSE_RENEW)


_DECISIONS = {
    DecisionType.NO_ACTION: "No further action",
    DecisionType.TRAINING_REQUIRED: "Training required",
    DecisionType.SUSPEND_FIXED: "Suspend for a fixed time",
    DecisionType.SUSPEND_UNTIL_CONDITION: "Suspend until something is done",
    DecisionType.SUSPEND_INTERIM: "Suspend meanwhile (contested in law: take advice)",
    DecisionType.REVOKE_IMMEDIATE: "Revoke with immediate effect",
    DecisionType.REFUSE: "Refuse the application",
    DecisionType.REFUSE_RENEW: "Refuse to renew",
    DecisionType.GRANT: "Grant or renew",
    DecisionType.GRANT_SHORT_TERM: "Grant or renew for a shorter term",
}


def decisions_on_application(kind: ApplicationKind) -> tuple[DecisionType, ...]:
    """What can be recommended of an application."""
    refusal = DecisionType.REFUSE_RENEW if kind is ApplicationKind.RENEWAL else DecisionType.REFUSE
    return (DecisionType.GRANT, DecisionType.GRANT_SHORT_TERM, refusal)


def decisions_on_consideration() -> tuple[DecisionType, ...]:
    """What can be recommended of a holder whose fitness is considered."""
    return tuple(one for one in DecisionType if not one.on_application)


def check_departure(
    decision: DecisionType, refuse_until: date | None, never: bool, departing: str, today: date
) -> None:
    """RuleBroken where a grant is recommended against the policy's starting point, and no reason is given.

    The policy is a starting point: who gives exceptional reasons may depart from it.
    """
    stands = never or (refuse_until is not None and refuse_until > today)
    if decision.is_grant and stands and not departing:
        raise RuleBroken("Enter the exceptional reasons for departing from the policy’s starting point", "departing")


def check_days(first: date, later: date, message: str, field: str) -> None:
    """RuleBroken where what comes later is dated before what came first."""
    if later < first:
        raise RuleBroken(message, field)
