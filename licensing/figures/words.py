"""The vocabulary of figures."""

from enum import StrEnum

from licensing.suppression import SMALLEST_TOLD

# What stands in the place of a number that is not told.
SMALL = f"fewer than {SMALLEST_TOLD}"
WITHHELD = f"{SMALL} or withheld"
NOT_TOLD = "too few to say"
NOT_KNOWN = "not known"
ABOUT = "about "  # stands before a number to the nearest five


class Unit(StrEnum):
    """What a figure counts in."""

    COUNT = "count"
    PERCENT = "percent"
    MONTHS = "months"
    DAYS = "days"


class Tells(StrEnum):
    """How much a figure may tell: counts of people are withheld where they are small."""

    EXACT = "exact"
    PEOPLE = "people"
    # That there is none tells as much as that there is one: withheld below the smallest that is told, nought too.
    HIDDEN = "hidden"


class Whose(StrEnum):
    """Which councils a figure is of: what nobody else can have counts as nought nowhere."""

    ALL = "all"
    DISTRICTS = "districts"
    COUNTY = "county"


class Better(StrEnum):
    """Which direction is good news."""

    MORE = "more"
    FEWER = "fewer"
    NEITHER = "neither"


class Section(StrEnum):
    """The parts of a briefing, in their order."""

    LICENCES = "licences"
    DECISIONS = "decisions"
    APPEALS = "appeals"
    CLOCKS = "clocks"
    CHECKS = "checks"
    ALLEGATIONS = "allegations"
    DISRUPTION = "disruption"
    SHARING = "sharing"
    COURTS = "courts"
    PREVENTION = "prevention"
    QUALITY = "quality"

    @property
    def label(self) -> str:
        return _SECTIONS[self]


# In these a figure counts what happened in the period; in others how things stood at its end.
HAPPENED = (
    Section.DECISIONS,
    Section.APPEALS,
    Section.DISRUPTION,
    Section.SHARING,
    Section.COURTS,
    Section.PREVENTION,
)
_SECTIONS = {
    Section.LICENCES: "Licences in force",
    Section.DECISIONS: "Decisions against drivers and places",
    Section.APPEALS: "Appeals",
    Section.CLOCKS: "Statutory periods",
    Section.CHECKS: "Checks and training of drivers",
    Section.ALLEGATIONS: "Allegations about licensed transport",
    Section.DISRUPTION: "Disruption",
    Section.SHARING: "Between councils",
    Section.COURTS: "Courts",
    Section.PREVENTION: "Safeguarding hub and awareness",
    Section.QUALITY: "How good the records are",
}


class Audience(StrEnum):
    """For whom a briefing is: each has its own selection of the same figures."""

    CHIEF_EXECUTIVES = "chief_executives"
    DIRECTOR = "director"
    LEAD_MEMBER = "lead_member"
    SAFEGUARDING_PARTNERSHIP = "safeguarding_partnership"
    COMMUNITY_SAFETY_PARTNERSHIP = "community_safety_partnership"
    SCRUTINY = "scrutiny"
    POLICE_AND_CRIME_COMMISSIONER = "police_and_crime_commissioner"

    @property
    def label(self) -> str:
        return _AUDIENCES[self]

    @property
    def sections(self) -> tuple[Section, ...]:
        return SECTIONS_OF[self]

    @property
    def answers_for_council(self) -> bool:
        """Whether they lead the council itself, and so are told its own numbers as they are."""
        return self in (Audience.CHIEF_EXECUTIVES, Audience.DIRECTOR, Audience.LEAD_MEMBER)


_AUDIENCES = {
    Audience.CHIEF_EXECUTIVES: "Chief executives",
    Audience.DIRECTOR: "Director of children’s services",
    Audience.LEAD_MEMBER: "Lead member for children’s services",
    Audience.SAFEGUARDING_PARTNERSHIP: "Safeguarding children partnership",
    Audience.COMMUNITY_SAFETY_PARTNERSHIP: "Community safety partnership",
    Audience.SCRUTINY: "Overview and scrutiny",
    Audience.POLICE_AND_CRIME_COMMISSIONER: "Police and crime commissioner",
}
SECTIONS_OF = {
    Audience.CHIEF_EXECUTIVES: tuple(Section),
    Audience.DIRECTOR: tuple(Section),
    Audience.LEAD_MEMBER: tuple(Section),
    Audience.SAFEGUARDING_PARTNERSHIP: tuple(one for one in Section if one is not Section.LICENCES),
    Audience.COMMUNITY_SAFETY_PARTNERSHIP: (
        Section.DECISIONS,
        Section.DISRUPTION,
        Section.SHARING,
        Section.COURTS,
        Section.PREVENTION,
    ),
    Audience.SCRUTINY: (
        Section.LICENCES,
        Section.DECISIONS,
        Section.APPEALS,
        Section.CLOCKS,
        Section.CHECKS,
        Section.DISRUPTION,
        Section.QUALITY,
    ),
    Audience.POLICE_AND_CRIME_COMMISSIONER: (Section.DISRUPTION, Section.COURTS, Section.PREVENTION),
}
