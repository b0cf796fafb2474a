"""The vocabulary of disruption: agencies, ranks, targets, concerns, what a threshold asks, events and results."""

from enum import StrEnum


class _Word(StrEnum):
    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class AgencyKind(_Word):
    """What an agency does, and so which powers it may use."""

    POLICE = "police"
    TRADING_STANDARDS = "trading_standards"
    FIRE_AND_RESCUE = "fire_and_rescue"
    LICENSING = "licensing"
    ENVIRONMENTAL_HEALTH = "environmental_health"
    HOUSING = "housing"
    PLANNING = "planning"
    COMMUNITY_SAFETY = "community_safety"
    CHILDRENS_SERVICES = "childrens_services"
    IMMIGRATION = "immigration"
    HEALTH_AND_SAFETY_EXECUTIVE = "health_and_safety_executive"
    NATIONAL_CRIME_AGENCY = "national_crime_agency"
    PROSECUTION = "prosecution"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _AGENCIES.get(self, super().label)


_AGENCIES = {
    AgencyKind.CHILDRENS_SERVICES: "Children’s services",
    AgencyKind.IMMIGRATION: "Home Office immigration enforcement",
    AgencyKind.HEALTH_AND_SAFETY_EXECUTIVE: "Health and Safety Executive",
    AgencyKind.NATIONAL_CRIME_AGENCY: "National Crime Agency",
    AgencyKind.PROSECUTION: "Crown Prosecution Service",
}


class Rank(_Word):
    """As what somebody authorises; within one service the later outranks the earlier."""

    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    SUPERINTENDENT = "superintendent"
    CHIEF_OFFICER = "chief_officer"
    AUTHORISED_OFFICER = "authorised_officer"
    HEAD_OF_SERVICE = "head_of_service"
    CHIEF_EXECUTIVE = "chief_executive"
    IMMIGRATION_OFFICER = "immigration_officer"
    CHIEF_IMMIGRATION_OFFICER = "chief_immigration_officer"
    COMMITTEE = "committee"
    COURT = "court"

    @property
    def label(self) -> str:
        return _RANKS.get(self, super().label)


_RANKS = {
    Rank.CHIEF_OFFICER: "Chief officer of police",
    Rank.AUTHORISED_OFFICER: "Officer authorised in writing",
    Rank.CHIEF_EXECUTIVE: "Chief executive, or whom they designated",
    Rank.COMMITTEE: "Licensing committee",
}
_LADDERS = (
    (Rank.CONSTABLE, Rank.SERGEANT, Rank.INSPECTOR, Rank.SUPERINTENDENT, Rank.CHIEF_OFFICER),
    (Rank.AUTHORISED_OFFICER, Rank.HEAD_OF_SERVICE, Rank.CHIEF_EXECUTIVE),
    (Rank.IMMIGRATION_OFFICER, Rank.CHIEF_IMMIGRATION_OFFICER),
    (Rank.COMMITTEE,),
    (Rank.COURT,),
)


def is_at_least(rank: Rank, wanted: Rank) -> bool:
    """Whether somebody of this rank may do what asks for that one, in the same service."""
    return any(
        rank in ladder and wanted in ladder and ladder.index(rank) >= ladder.index(wanted) for ladder in _LADDERS
    )


class TargetKind(_Word):
    """At what an action is directed."""

    PERSON = "person"
    PREMISES = "premises"
    VEHICLE = "vehicle"
    ORGANISATION = "organisation"
    LICENCE = "licence"
    PLACE = "place"

    @property
    def label(self) -> str:
        return "A public place or an area" if self is TargetKind.PLACE else super().label


class Harm(_Word):
    """What the concern is about, when powers are looked for."""

    SEXUAL_EXPLOITATION = "sexual_exploitation"
    ABDUCTION = "abduction"
    CRIMINAL_EXPLOITATION = "criminal_exploitation"
    TRAFFICKING = "trafficking"
    ALCOHOL_SALES = "alcohol_sales"
    TOBACCO = "tobacco"
    DRUGS = "drugs"
    ANTISOCIAL_BEHAVIOUR = "antisocial_behaviour"
    SERIOUS_CRIME = "serious_crime"
    FIRE_SAFETY = "fire_safety"
    HEALTH_AND_SAFETY = "health_and_safety"
    FOOD_HYGIENE = "food_hygiene"
    HOUSING = "housing"
    PLANNING = "planning"
    GUEST_RECORDS = "guest_records"
    ILLEGAL_WORKING = "illegal_working"
    COUNTERFEIT = "counterfeit"
    DRIVER_CONDUCT = "driver_conduct"
    VEHICLE_SAFETY = "vehicle_safety"
    OPERATOR_CONDUCT = "operator_conduct"

    @property
    def label(self) -> str:
        return _HARMS.get(self, super().label)


_HARMS = {
    Harm.SEXUAL_EXPLOITATION: "Sexual exploitation of children",
    Harm.ABDUCTION: "A child kept from whoever has care of them",
    Harm.CRIMINAL_EXPLOITATION: "Criminal exploitation of children",
    Harm.TRAFFICKING: "Slavery and trafficking",
    Harm.ALCOHOL_SALES: "Sale of alcohol",
    Harm.TOBACCO: "Sale of tobacco or vapes",
    Harm.ANTISOCIAL_BEHAVIOUR: "Anti-social behaviour or disorder",
    Harm.GUEST_RECORDS: "Who stays in a hotel",
    Harm.COUNTERFEIT: "Illicit or counterfeit goods",
    Harm.DRIVER_CONDUCT: "How a driver behaves",
    Harm.VEHICLE_SAFETY: "Whether a vehicle is safe",
    Harm.OPERATOR_CONDUCT: "How an operator works",
}


class EventKind(_Word):
    """What happened to an action on a day."""

    CONSIDERED = "considered"
    AUTHORISED = "authorised"
    SERVED = "served"
    AT_COURT = "at_court"
    IN_FORCE = "in_force"
    COMPLIED = "complied"
    BREACHED = "breached"
    VARIED = "varied"
    EXTENDED = "extended"
    APPEALED = "appealed"
    STAYED = "stayed"
    STAY_ENDED = "stay_ended"
    APPEAL_DECIDED = "appeal_decided"
    ENDED = "ended"
    NOT_USED = "not_used"
    NOT_AVAILABLE = "not_available"

    @property
    def label(self) -> str:
        return _EVENTS.get(self, super().label)


_EVENTS = {
    EventKind.AT_COURT: "Put before the court",
    EventKind.IN_FORCE: "Came into force",
    EventKind.COMPLIED: "Complied with",
    EventKind.STAYED: "Stayed by the court",
    EventKind.STAY_ENDED: "Stay lifted by the court",
    EventKind.NOT_USED: "Considered and not used",
    EventKind.NOT_AVAILABLE: "Threshold not met",
}


class ActionState(_Word):
    """How an action stands on a day, derived from its events and its last day."""

    CONSIDERED = "considered"
    AUTHORISED = "authorised"
    SERVED = "served"
    IN_FORCE = "in_force"
    COMPLIED = "complied"
    BREACHED = "breached"
    RAN_OUT = "ran_out"
    ENDED = "ended"
    NOT_USED = "not_used"
    NOT_AVAILABLE = "not_available"

    @property
    def label(self) -> str:
        return _STATES.get(self, super().label)

    @property
    def is_over(self) -> bool:
        return self in _OVER


_STATES = {
    ActionState.COMPLIED: "Complied with",
    ActionState.NOT_USED: "Considered and not used",
    ActionState.NOT_AVAILABLE: "Threshold not met",
}
_OVER = frozenset({ActionState.RAN_OUT, ActionState.ENDED, ActionState.NOT_USED, ActionState.NOT_AVAILABLE})


class AgencyPart(_Word):
    """What an agency has to do with an action or an operation."""

    LEAD = "lead"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        return "Leads" if self is AgencyPart.LEAD else "Joins"


class AppealCourt(_Word):
    """Who decides an appeal."""

    MAGISTRATES_COURT = "magistrates_court"
    CROWN_COURT = "crown_court"
    COUNTY_COURT = "county_court"
    HIGH_COURT = "high_court"
    COURT_OF_APPEAL = "court_of_appeal"
    EMPLOYMENT_TRIBUNAL = "employment_tribunal"
    FIRST_TIER_TRIBUNAL = "first_tier_tribunal"
    UPPER_TRIBUNAL = "upper_tribunal"
    SECRETARY_OF_STATE = "secretary_of_state"

    @property
    def label(self) -> str:
        return _COURTS.get(self, super().label)


_COURTS = {
    AppealCourt.MAGISTRATES_COURT: "Magistrates’ court",
    AppealCourt.CROWN_COURT: "Crown Court",
    AppealCourt.COUNTY_COURT: "County Court",
    AppealCourt.HIGH_COURT: "High Court",
    AppealCourt.COURT_OF_APPEAL: "Court of Appeal",
    AppealCourt.FIRST_TIER_TRIBUNAL: "First-tier Tribunal",
    AppealCourt.UPPER_TRIBUNAL: "Upper Tribunal",
    AppealCourt.SECRETARY_OF_STATE: "Secretary of State",
}


class AppealResult(_Word):
    """What an appeal against an action came to."""

    ALLOWED = "allowed"
    DISMISSED = "dismissed"
    VARIED = "varied"
    WITHDRAWN = "withdrawn"


class Effect(_Word):
    """Whether an action worked."""

    NONE = "none"
    PARTIAL = "partial"
    EFFECTIVE = "effective"
    DISPLACED = "displaced"

    @property
    def label(self) -> str:
        return {
            Effect.NONE: "No effect",
            Effect.PARTIAL: "Some effect",
            Effect.EFFECTIVE: "Effective",
            Effect.DISPLACED: "It moved elsewhere",
        }[self]


class TaskAnswer(_Word):
    """How a partner answered what it was asked."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    COMPLETED = "completed"


class Outcome(_Word):
    """What an agency's file says became of an action. `CLOSED` is said of a place, and of an action that is over."""

    CONSIDERED = "considered"
    AUTHORISED = "authorised"
    SERVED = "served"
    IN_FORCE = "in_force"
    COMPLIED = "complied"
    BREACHED = "breached"
    CLOSED = "closed"
    ENDED = "ended"
    RAN_OUT = "ran_out"
    NOT_USED = "not_used"
    NOT_AVAILABLE = "not_available"
