"""The vocabulary of what passes to others, of what is owed, and of who may see a case."""

from enum import StrEnum


class Level(StrEnum):
    """What a licensing authority may know (L0 to L3)."""

    NOTHING = "nothing"
    CONTACT = "contact"
    SUMMARY = "summary"
    ITEMS = "items"

    @property
    def label(self) -> str:
        return _LEVELS[self][0]

    @property
    def means(self) -> str:
        return _LEVELS[self][1]

    @property
    def rank(self) -> int:
        return list(Level).index(self)


_LEVELS = {
    Level.NOTHING: ("L0: nothing", "The authority is told nothing, and sees nothing."),
    Level.CONTACT: (
        "L1: contact me first",
        "Its officers see “contact the designated officer before any decision on this person”, on the screen alone.",
    ),
    Level.SUMMARY: ("L2: a summary", "As L1, and a summary of fixed fields may be released to a named person."),
    Level.ITEMS: ("L3: items", "As L2, and further items may be released, one by one, each to a named person."),
}


class Basis(StrEnum):
    """The law under which something is told. Unverified beyond the source: a council's own lawyer confirms it."""

    CHILDREN_ACT_2004 = "children_act_2004"
    CHILDREN_ACT_1989 = "children_act_1989"
    PUBLIC_TASK = "public_task"
    CRIME_AND_DISORDER = "crime_and_disorder"
    ACT_2022 = "act_2022"

    @property
    def label(self) -> str:
        return _BASES[self]


_BASES = {
    Basis.CHILDREN_ACT_2004: "Children Act 2004, sections 10, 11 and 16H",
    Basis.CHILDREN_ACT_1989: "Children Act 1989, section 47: enquiries to protect a child",
    Basis.PUBLIC_TASK: "UK GDPR article 6(1)(e); Data Protection Act 2018 Schedule 1 paragraph 18: safeguarding",
    Basis.CRIME_AND_DISORDER: "Crime and Disorder Act 1998, section 115",
    Basis.ACT_2022: "Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022",
}
BASES = [(one.value, one.label) for one in Basis]


class ReleaseKind(StrEnum):
    """What is released to a named person."""

    SUMMARY = "summary"
    ITEM = "item"
    OUTCOME = "outcome"

    @property
    def label(self) -> str:
        return {"summary": "Summary", "item": "Item", "outcome": "Outcome"}[self]


class Onward(StrEnum):
    """What the recipient may do with a released item."""

    NOBODY = "nobody"
    DECIDERS = "deciders"
    SUBJECT = "subject"

    @property
    def label(self) -> str:
        return _ONWARD[self]


_ONWARD = {
    Onward.NOBODY: "Nobody else",
    Onward.DECIDERS: "Those who decide on this licence, in exempt session",
    Onward.SUBJECT: "The person themselves too, where fairness needs it",
}


class DutyKind(StrEnum):
    """A message that is owed, or a question that must be answered, before a case can be closed."""

    LICENSING_AUTHORITY = "licensing_authority"
    SCHOOL_TRANSPORT = "school_transport"
    OPERATOR = "operator"
    EMPLOYER = "employer"
    REGULATOR = "regulator"
    REFERRER = "referrer"
    PERSON = "person"
    OTHER = "other"
    DBS = "dbs"
    LEARNING = "learning"

    @property
    def label(self) -> str:
        return _DUTIES[self]

    @property
    def question(self) -> str:
        """What no register answers, and the officer asks before the case is closed; "" where there is nothing."""
        return _QUESTIONS.get(self, "")

    @property
    def is_message(self) -> bool:
        """Whether somebody is told; of the others only what was considered is written."""
        return self not in (DutyKind.DBS, DutyKind.LEARNING)

    @property
    def may_be_of_a_council(self) -> bool:
        return self in (DutyKind.LICENSING_AUTHORITY, DutyKind.SCHOOL_TRANSPORT)


_DUTIES = {
    DutyKind.LICENSING_AUTHORITY: "Tell the licensing authority",
    DutyKind.SCHOOL_TRANSPORT: "Tell school transport",
    DutyKind.OPERATOR: "Tell the operator or employer",
    DutyKind.EMPLOYER: "Tell another employer",
    DutyKind.REGULATOR: "Tell a regulator",
    DutyKind.REFERRER: "Tell who referred it",
    DutyKind.PERSON: "Tell the person",
    DutyKind.OTHER: "Tell somebody else",
    DutyKind.DBS: "Consider a referral to the DBS",
    DutyKind.LEARNING: "Say what was learned",
}
_QUESTIONS = {
    DutyKind.OPERATOR: "Does this person drive or work for an operator? If for none, say that it does not apply.",
    DutyKind.SCHOOL_TRANSPORT: "Does this person drive children to school? If not, say that it does not apply.",
}
# What an officer adds to those that the registers name.
ADDED_BY_HAND = tuple(one for one in DutyKind if one.is_message)


class DutyState(StrEnum):
    OWED = "owed"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        return "Does not apply" if self is DutyState.NOT_NEEDED else self.capitalize()

    @property
    def is_over(self) -> bool:
        return self in (DutyState.DONE, DutyState.NOT_NEEDED)


class AccessKind(StrEnum):
    """How somebody comes to see a case, or a designated officer not to."""

    NAMED = "named"
    CLOSED = "closed"
    EMERGENCY = "emergency"

    @property
    def label(self) -> str:
        return _ACCESS[self]


_ACCESS = {
    AccessKind.NAMED: "Named by a designated officer",
    AccessKind.CLOSED: "Closed to them: a conflict of interest",
    AccessKind.EMERGENCY: "Opened in an emergency",
}


class LookPurpose(StrEnum):
    """Why a case is opened; asked where it is not the reader's own."""

    OWN_CASE = "own_case"
    COVERING = "covering"
    MEETING = "meeting"
    SUPERVISION = "supervision"
    SHARING = "sharing"
    RIGHTS = "rights"
    NAMED_ACCESS = "named_access"
    EMERGENCY = "emergency"

    @property
    def label(self) -> str:
        return _PURPOSES[self]


_PURPOSES = {
    LookPurpose.OWN_CASE: "My own case",
    LookPurpose.COVERING: "I stand in for whose case it is",
    LookPurpose.MEETING: "I prepare or chair a meeting",
    LookPurpose.SUPERVISION: "Supervision or review of the work",
    LookPurpose.SHARING: "Another case or authority asks about it",
    LookPurpose.RIGHTS: "A request for personal data, a complaint, or a court",
    LookPurpose.NAMED_ACCESS: "Named access",
    LookPurpose.EMERGENCY: "An emergency",
}
# What a designated officer chooses from when they open another's case.
ASKED_PURPOSES = tuple(LookPurpose)[1:6]
