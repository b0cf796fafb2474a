"""The vocabulary of Need to Know notes and of the monthly report."""

from enum import StrEnum


class Trigger(StrEnum):
    """Why a note is raised."""

    IMMEDIATE_REVOCATION = "immediate_revocation"
    CHARGE = "charge"
    SUMMARY_REVIEW = "summary_review"
    CLOSURE = "closure"
    HOTEL_NOTICE = "hotel_notice"
    CLUSTER = "cluster"
    DATA_BREACH = "data_breach"
    OVERDUE_CLOCK = "overdue_clock"
    JUDICIAL_REVIEW = "judicial_review"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _TRIGGERS[self]


_TRIGGERS = {
    Trigger.IMMEDIATE_REVOCATION: "A licence was revoked at once",
    Trigger.CHARGE: "A licence holder is before a court: ask whether of a sexual offence",
    Trigger.SUMMARY_REVIEW: "A summary review of a premises licence (Licensing Act 2003 s.53A)",
    Trigger.CLOSURE: "A place was closed",
    Trigger.HOTEL_NOTICE: "A hotel was given a notice (section 116)",
    Trigger.CLUSTER: "Several cases at one operator or place",
    Trigger.DATA_BREACH: "A breach of personal data",
    Trigger.OVERDUE_CLOCK: "A period set by law has passed",
    Trigger.JUDICIAL_REVIEW: "A judicial review, or a letter before one",
    Trigger.OTHER: "Something else that leaders need to know",
}


class About(StrEnum):
    """Which kind of record something happened to, by the trail's word for it."""

    DECISION = "decision"
    CONSIDERATION = "consideration"
    DISRUPTION_ACTION = "disruption_action"
    HOTEL_NOTICE = "hotel_notice"
    COURT_CASE = "court_case"
    ORGANISATION = "organisation"
    CLOCK = "clock"
    LICENCE = "licence"
    PREMISES = "premises"


class NoteState(StrEnum):
    """Where a note stands."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return "Draft" if self is NoteState.DRAFTED else self.capitalize()


class ReportState(StrEnum):
    """Where a monthly report stands; whether it is signed, its readers' own rows say."""

    DRAFTED = "drafted"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        return "Draft" if self is ReportState.DRAFTED else "Issued"


class Mark(StrEnum):
    """The restriction mark: the government's security classifications, as councils use them."""

    OFFICIAL = "official"
    SENSITIVE = "official_sensitive"

    @property
    def label(self) -> str:
        return "OFFICIAL" if self is Mark.OFFICIAL else "OFFICIAL-SENSITIVE"


class Office(StrEnum):
    """In which office somebody is briefed."""

    LEAD_MEMBER = "lead_member"
    CHIEF_EXECUTIVE = "chief_executive"
    DIRECTOR = "director"
    LEADER = "leader"
    MONITORING_OFFICER = "monitoring_officer"
    COMMUNICATIONS = "communications"
    COMMITTEE_CHAIR = "committee_chair"
    COMMISSIONER = "commissioner"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _OFFICES[self]


# Whose signatures the monthly report waits for.
SIGNING = (Office.LEAD_MEMBER, Office.CHIEF_EXECUTIVE, Office.DIRECTOR)
_OFFICES = {
    Office.LEAD_MEMBER: "Lead member",
    Office.CHIEF_EXECUTIVE: "Chief executive",
    Office.DIRECTOR: "Director",
    Office.LEADER: "Leader of the council",
    Office.MONITORING_OFFICER: "Monitoring officer",
    Office.COMMUNICATIONS: "Head of communications",
    Office.COMMITTEE_CHAIR: "Chair of a committee",
    Office.COMMISSIONER: "Police and crime commissioner",
    Office.OTHER: "Another office",
}


class How(StrEnum):
    """How a reader acknowledged."""

    HERE = "here"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        return {How.HERE: "In this service", How.TELEPHONE: "On the telephone", How.IN_PERSON: "In person"}[self]


# What somebody else records for a reader.
FOR_ANOTHER = (How.TELEPHONE, How.IN_PERSON)


class StepKind(StrEnum):
    """What was done with a note."""

    DRAFTED = "drafted"
    CHANGED = "changed"
    READER_ADDED = "reader_added"
    READER_REMOVED = "reader_removed"
    LADO_WROTE = "lado_wrote"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _STEPS.get(self, self.replace("_", " ").capitalize())


_STEPS = {
    StepKind.LADO_WROTE: "The designated officer wrote their part",
    StepKind.SENT_BACK: "Sent back to whoever drafted it",
    StepKind.SUPERSEDED: "An update took its place",
}
