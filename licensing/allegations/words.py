"""The vocabulary of allegations, in the words of Working Together and of the National LADO Network."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands."""

    RECORDING = "recording"
    CONSIDERING = "considering"
    OPEN = "open"
    CLOSED = "closed"
    ADVICE_ONLY = "advice_only"
    PASSED_ON = "passed_on"

    @property
    def label(self) -> str:
        return _STAGES[self]

    @property
    def is_over(self) -> bool:
        return self in (Stage.CLOSED, Stage.ADVICE_ONLY, Stage.PASSED_ON)


_STAGES = {
    Stage.RECORDING: "Being recorded",
    Stage.CONSIDERING: "Threshold being considered",
    Stage.OPEN: "Open",
    Stage.CLOSED: "Closed",
    Stage.ADVICE_ONLY: "Below the threshold",
    Stage.PASSED_ON: "Passed to another area",
}


class Step(StrEnum):
    """One page of a referral, in the order in which a call goes."""

    CALLER = "caller"
    SAFETY = "safety"
    PERSON = "person"
    ALLEGED = "alleged"
    SETTING = "setting"
    OTHERS = "others"

    @property
    def label(self) -> str:
        return _STEPS[self]


_STEPS = {
    Step.CALLER: "Who is calling, and from where",
    Step.PERSON: "The person it is about",
    Step.ALLEGED: "What is alleged",
    Step.SETTING: "When and in what setting",
    Step.SAFETY: "Immediate safety, police and MASH",
    Step.OTHERS: "Other places with children, and case references",
}


class Limb(StrEnum):
    """The harm threshold (Working Together 2023 ch.4; KCSIE Part 4)."""

    A = "harmed"
    B = "offence"
    C = "risk"
    D = "suitability"

    @property
    def label(self) -> str:
        return _LIMBS[self][0]

    @property
    def guidance(self) -> str:
        return _LIMBS[self][1]


_LIMBS = {
    Limb.A: (
        "Behaved in a way that has harmed, or may have harmed, a child",
        "By what was done or by what was not. It need not have happened at work, nor lately.",
    ),
    Limb.B: (
        "Possibly committed a criminal offence against, or related to, a child",
        "Also online, and also where nobody was charged. The police decide whether it is an offence.",
    ),
    Limb.C: (
        "Behaved towards a child or children in a way that indicates they may pose a risk of harm",
        "A pattern of small things counts: lifts off the meter, gifts, messages, a child alone in the vehicle.",
    ),
    Limb.D: (
        "Behaved, or may have behaved, in a way that indicates they may not be suitable to work with children",
        "Includes life outside work (transferable risk): violence at home, conduct towards an adult.",
    ),
}


class Category(StrEnum):
    """What kind of harm is alleged, as the annual report counts it."""

    PHYSICAL = "physical"
    EMOTIONAL = "emotional"
    SEXUAL = "sexual"
    NEGLECT = "neglect"
    CONDUCT = "conduct"
    SUITABILITY = "suitability"
    ONLINE = "online"

    @property
    def label(self) -> str:
        return _CATEGORIES.get(self, self.capitalize())


_CATEGORIES = {
    Category.PHYSICAL: "Physical",
    Category.SUITABILITY: "Suitability (transferable risk)",
    Category.ONLINE: "Online",
}


class Sector(StrEnum):
    """Where the person works with children; the licensed ones are what this service is for."""

    LICENSED_DRIVER = "licensed_driver"
    OPERATOR_STAFF = "operator_staff"
    PASSENGER_ASSISTANT = "passenger_assistant"
    ACCOMMODATION_PROVIDER = "accommodation_provider"
    LICENSED_PREMISES = "licensed_premises"
    OTHER_TRANSPORT = "other_transport"
    EDUCATION = "education"
    EARLY_YEARS = "early_years"
    FOSTER_CARE = "foster_care"
    RESIDENTIAL = "residential"
    HEALTH = "health"
    FAITH = "faith"
    SPORT = "sport"
    POLICE = "police"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()

    @property
    def is_licensed(self) -> bool:
        """Whether it is of the work that councils license, which the report is about."""
        return self in _LICENSED


_LICENSED = frozenset(
    {
        Sector.LICENSED_DRIVER,
        Sector.OPERATOR_STAFF,
        Sector.PASSENGER_ASSISTANT,
        Sector.ACCOMMODATION_PROVIDER,
        Sector.LICENSED_PREMISES,
    }
)


class ReferrerKind(StrEnum):
    """Who rings."""

    LICENSING = "licensing"
    SCHOOL_TRANSPORT = "school_transport"
    OPERATOR = "operator"
    SCHOOL = "school"
    POLICE = "police"
    SOCIAL_CARE = "social_care"
    HEALTH = "health"
    PUBLIC = "public"
    OTHER_OFFICER = "other_officer"
    REGULATOR = "regulator"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _REFERRERS.get(self, self.replace("_", " ").capitalize())


_REFERRERS = {
    ReferrerKind.LICENSING: "Licensing authority",
    ReferrerKind.OPERATOR: "Operator or employer",
    ReferrerKind.SOCIAL_CARE: "Children’s social care or MASH",
    ReferrerKind.PUBLIC: "A parent or somebody from the public",
    ReferrerKind.OTHER_OFFICER: "Another area’s designated officer",
}


class Outcome(StrEnum):
    """How one allegation ended, on the balance of probabilities; it says nothing of the next one."""

    OPEN = "open"
    SUBSTANTIATED = "substantiated"
    MALICIOUS = "malicious"
    FALSE = "false"
    UNSUBSTANTIATED = "unsubstantiated"
    UNFOUNDED = "unfounded"
    THRESHOLD_NOT_MET = "threshold_not_met"
    TRANSFERRED = "transferred"
    POLICE_ONGOING = "police_ongoing"

    @property
    def label(self) -> str:
        return _OUTCOMES[self][0]

    @property
    def definition(self) -> str:
        return _OUTCOMES[self][1]

    @property
    def supports_a_flag(self) -> bool:
        """Whether a flag can rest on the allegation: it goes on, or was not disproved, and is this area's."""
        return self in (Outcome.OPEN, Outcome.POLICE_ONGOING, Outcome.SUBSTANTIATED, Outcome.UNSUBSTANTIATED)


_OUTCOMES = {
    Outcome.OPEN: ("Open", "No outcome yet."),
    Outcome.SUBSTANTIATED: ("Substantiated", "There is enough evidence to prove the allegation."),
    Outcome.MALICIOUS: (
        "Malicious",
        "There is enough evidence to disprove it, and it was a deliberate act to deceive or to cause harm.",
    ),
    Outcome.FALSE: ("False", "There is enough evidence to disprove it."),
    Outcome.UNSUBSTANTIATED: (
        "Unsubstantiated",
        "There is not enough to prove or to disprove it. The word says nothing of guilt or innocence.",
    ),
    Outcome.UNFOUNDED: (
        "Unfounded",
        "There is no evidence or proper basis: what was seen was misread, or somebody was mistaken.",
    ),
    Outcome.THRESHOLD_NOT_MET: ("Threshold not met", "It does not reach any limb of the harm threshold."),
    Outcome.TRANSFERRED: ("Transferred to another area", "Another area’s designated officer has taken it over."),
    Outcome.POLICE_ONGOING: ("No outcome: police enquiry goes on", "To be settled when the police have finished."),
}


class StrandKind(StrEnum):
    """The three enquiries that run beside each other."""

    CHILD_PROTECTION = "child_protection"
    POLICE = "police"
    EMPLOYER = "employer"

    @property
    def label(self) -> str:
        return _STRANDS[self]


_STRANDS = {
    StrandKind.CHILD_PROTECTION: "Child protection (section 47)",
    StrandKind.POLICE: "Police",
    StrandKind.EMPLOYER: "Employer or licensing authority",
}


class StrandState(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    WAITING = "waiting"
    FINISHED = "finished"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()

    @property
    def is_over(self) -> bool:
        return self in (StrandState.FINISHED, StrandState.NOT_NEEDED)


class MeetingKind(StrEnum):
    """What a meeting is for; the first kind has a local name, which each office writes down."""

    STRATEGY = "strategy"
    REVIEW = "review"
    OUTCOME = "outcome"
    DISCUSSION = "discussion"

    @property
    def label(self) -> str:
        return _MEETINGS[self]


_MEETINGS = {
    MeetingKind.STRATEGY: "Allegations strategy meeting",
    MeetingKind.REVIEW: "Review meeting",
    MeetingKind.OUTCOME: "Final meeting",
    MeetingKind.DISCUSSION: "Discussion by telephone",
}


class EntryKind(StrEnum):
    """One line of the chronology."""

    CALL = "call"
    MESSAGE = "message"
    VISIT = "visit"
    INFORMATION = "information"
    DECISION = "decision"
    MEETING = "meeting"
    CHANGE = "change"

    @property
    def label(self) -> str:
        return _ENTRIES.get(self, self.capitalize())


_ENTRIES = {
    EntryKind.CALL: "Telephone call",
    EntryKind.MESSAGE: "Message or letter",
    EntryKind.INFORMATION: "Information received",
    EntryKind.CHANGE: "Change of the record",
}
# What somebody enters by hand; the others are written by what is done.
BY_HAND = (EntryKind.CALL, EntryKind.MESSAGE, EntryKind.VISIT, EntryKind.INFORMATION, EntryKind.DECISION)
