"""The words that agencies write in files of disruption and awareness."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from licensing.disruption.words import AgencyKind, Effect, Outcome, TargetKind
from licensing.imports.words import Vocabulary
from licensing.prevention.words import Audience, AwarenessKind


def _listed(words: Iterable[StrEnum]) -> str:
    return ", ".join(one.value.replace("_", " ") for one in words)


TARGETS = Vocabulary(
    {
        TargetKind.PERSON: ("Individual", "Adult", "Suspect", "Offender"),
        TargetKind.PREMISES: (
            "Guesthouse", "Guest house", "Hotel", "Pub", "Public house", "Shop", "Takeaway", "Bar", "House", "Building",
        ),
        TargetKind.VEHICLE: ("Car", "Taxi"),
        TargetKind.ORGANISATION: ("Company", "Business", "Firm", "Operator"),
        TargetKind.LICENCE: ("Licence holder", "License"),
        TargetKind.PLACE: ("Area", "Public place", "Street", "Park", "Location"),
    },
    f"This is not at what an action can be directed: write one of {_listed(TargetKind)}",
)  # fmt: skip
OUTCOMES = Vocabulary(
    {
        Outcome.CONSIDERED: ("Under consideration", "Pending", "Proposed"),
        Outcome.AUTHORISED: ("Approved", "Agreed"),
        Outcome.SERVED: ("Issued", "Given"),
        Outcome.IN_FORCE: (
            "Current", "Active", "Live", "Made", "Granted", "Order made", "Closure order made", "Premises closed",
            "Ongoing", "Enforced",
        ),
        Outcome.COMPLIED: ("Complied with", "Compliance", "Kept", "No breach", "Not breached"),
        Outcome.BREACHED: ("Breach", "Not complied with", "Not complied"),
        Outcome.CLOSED: ("Closure",),
        Outcome.ENDED: ("Lifted", "Discharged", "Revoked", "Withdrawn", "Completed", "Concluded", "Finished"),
        Outcome.RAN_OUT: ("Expired", "Lapsed"),
        Outcome.NOT_USED: ("Considered and not used", "Not pursued", "Not taken forward"),
        Outcome.NOT_AVAILABLE: ("Threshold not met", "Not possible"),
    },
    f"This is not what can become of an action: write one of {_listed(Outcome)}",
)  # fmt: skip
RESULTS = Vocabulary(
    {
        Effect.NONE: ("No effect", "Not effective", "Ineffective"),
        Effect.PARTIAL: ("Some effect", "Partly", "Partly effective", "Partially effective"),
        Effect.EFFECTIVE: ("Worked", "Success", "Successful", "Yes"),
        Effect.DISPLACED: ("It moved elsewhere", "Moved", "Moved elsewhere", "Displacement"),
    },
    f"This is not a result: write one of {_listed(Effect)}",
)
# What an agency does, as a file may say it in place of its name.
AGENCY_KINDS = Vocabulary(
    {
        AgencyKind.POLICE: ("POL", "Police force", "Constabulary"),
        AgencyKind.TRADING_STANDARDS: ("TS", "Trading standards service"),
        AgencyKind.FIRE_AND_RESCUE: ("FRS", "Fire", "Fire service", "Fire and rescue service", "Fire safety"),
        AgencyKind.LICENSING: ("LIC", "Licensing authority", "Licensing team"),
        AgencyKind.ENVIRONMENTAL_HEALTH: ("EH", "Health and safety", "Food safety"),
        AgencyKind.HOUSING: ("HOU", "Private sector housing"),
        AgencyKind.PLANNING: ("PLN", "Planning enforcement"),
        AgencyKind.COMMUNITY_SAFETY: ("CSP", "Community safety partnership", "Community safety team"),
        AgencyKind.CHILDRENS_SERVICES: ("Children’s services", "Children's social care", "Social care", "MASH"),
        AgencyKind.IMMIGRATION: ("IMM", "Home Office", "Immigration enforcement"),
        AgencyKind.HEALTH_AND_SAFETY_EXECUTIVE: ("HSE",),
        AgencyKind.NATIONAL_CRIME_AGENCY: ("NCA",),
        AgencyKind.PROSECUTION: ("CPS", "Crown Prosecution Service"),
    },
    "",
)
AWARENESS_KINDS = Vocabulary(
    {
        AwarenessKind.CAMPAIGN: ("Awareness campaign", "Publicity", "Media campaign"),
        AwarenessKind.VISIT: ("Visits", "Hotel visit", "Hotel visits", "Premises visit", "Visits to premises"),
        AwarenessKind.BRIEFING: ("Talk", "Briefings", "Presentation", "Briefing or talk", "Meeting"),
        AwarenessKind.TRAINING: ("Training session", "Course", "Training course"),
        AwarenessKind.WORKSHOP: ("Workshops", "Drama", "Drama workshop", "Theatre", "Play", "Workshop or drama"),
        AwarenessKind.LEARNING_EVENT: ("Conference", "Seminar", "Event", "Learning events"),
        AwarenessKind.PUBLICATION: ("Leaflet", "Poster", "Letter", "Leaflets", "Posters", "Newsletter", "Mailing"),
        AwarenessKind.OTHER: ("Something else",),
    },
    f"This is not a kind of activity: write one of {_listed(AwarenessKind)}",
)
AUDIENCES = Vocabulary(
    {
        Audience.HOTELS: ("Hotel", "Guesthouses", "Guest houses", "Hotels and guesthouses", "Hoteliers", "Hotel staff"),
        Audience.DRIVERS: (
            "Taxi drivers", "Taxi", "Taxis", "Driver", "Private hire drivers", "Taxi and private hire drivers",
        ),
        Audience.OPERATORS: ("Operator", "Private hire operators", "Taxi operators"),
        Audience.LICENSED_PREMISES: ("Pubs", "Licensees", "Off-licences", "Pubs and clubs", "Door staff"),
        Audience.TAKEAWAYS: ("Takeaway", "Shops", "Takeaways and shops", "Businesses"),
        Audience.HOUSING_ASSOCIATIONS: ("Housing association", "Housing", "Landlords"),
        Audience.COUNCILLORS: ("Members", "Elected members", "Councillor", "Member"),
        Audience.PARISH_COUNCILS: ("Parish council", "Parishes", "Town and parish councils"),
        Audience.CHILDREN: ("Young people", "Children and young people", "Pupils", "Students", "School children"),
        Audience.PARENTS: ("Parents and carers", "Carers", "Families"),
        Audience.SCHOOLS: ("School", "Schools and colleges", "Colleges", "Head teachers"),
        Audience.WORKFORCE: (
            "Staff", "Professionals", "Nurses", "Teachers", "Social workers", "Police", "Police officers",
            "Health staff", "Practitioners",
        ),
        Audience.FAITH_GROUPS: ("Mosques", "Madrassas", "Churches", "Faith settings", "Mosques and madrassas"),
        Audience.STAKEHOLDERS: ("Stakeholder", "Partners", "Other councils", "Partner agencies", "Agencies"),
        Audience.PUBLIC: ("The public", "General public", "Residents", "Community", "Communities"),
        Audience.OTHER: ("Others", "Somebody else"),
    },
    f"This is not an audience: write one of {_listed(Audience)}",
)  # fmt: skip
