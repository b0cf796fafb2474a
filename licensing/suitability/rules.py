"""Considerations: their vocabulary, what opens them, and what is weighed in them."""

from datetime import date
from enum import StrEnum

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family

TWO_PEOPLE = "You recommended this, so somebody else must close it."
CASE_REFERENCE_HINT = (
    "A case reference only. Never a child’s name, date of birth, address or story, here or anywhere below."
)


def _words(value: str) -> str:
    return value.replace("_", " ").capitalize()


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


def check_days(first: date, later: date, message: str, field: str) -> None:
    """RuleBroken where what comes later is dated before what came first."""
    if later < first:
        raise RuleBroken(message, field)
