"""The vocabulary of awareness: what was done, and for whom."""

from enum import StrEnum


class _Word(StrEnum):
    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class AwarenessKind(_Word):
    """What was done so that people know what to look for."""

    CAMPAIGN = "campaign"
    VISIT = "visit"
    BRIEFING = "briefing"
    TRAINING = "training"
    WORKSHOP = "workshop"
    LEARNING_EVENT = "learning_event"
    PUBLICATION = "publication"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KINDS.get(self, super().label)


_KINDS = {
    AwarenessKind.VISIT: "Visits to premises",
    AwarenessKind.BRIEFING: "Briefing or talk",
    AwarenessKind.TRAINING: "Training session",
    AwarenessKind.WORKSHOP: "Workshop or drama",
    AwarenessKind.PUBLICATION: "Letter, leaflet or poster",
    AwarenessKind.OTHER: "Something else",
}


class Audience(_Word):
    """For whom it was."""

    HOTELS = "hotels"
    DRIVERS = "drivers"
    OPERATORS = "operators"
    LICENSED_PREMISES = "licensed_premises"
    TAKEAWAYS = "takeaways"
    HOUSING_ASSOCIATIONS = "housing_associations"
    COUNCILLORS = "councillors"
    PARISH_COUNCILS = "parish_councils"
    CHILDREN = "children"
    PARENTS = "parents"
    SCHOOLS = "schools"
    WORKFORCE = "workforce"
    FAITH_GROUPS = "faith_groups"
    STAKEHOLDERS = "stakeholders"
    PUBLIC = "public"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _AUDIENCES.get(self, super().label)


_AUDIENCES = {
    Audience.HOTELS: "Hotels and guesthouses",
    Audience.DRIVERS: "Taxi and private hire drivers",
    Audience.OPERATORS: "Private hire operators",
    Audience.LICENSED_PREMISES: "Pubs, clubs and off-licences",
    Audience.TAKEAWAYS: "Takeaways and shops",
    Audience.COUNCILLORS: "Councillors",
    Audience.CHILDREN: "Children and young people",
    Audience.PARENTS: "Parents and carers",
    Audience.SCHOOLS: "Schools and colleges",
    Audience.WORKFORCE: "Health, care, teaching and police staff",
    Audience.FAITH_GROUPS: "Mosques, churches and other faith groups",
    Audience.STAKEHOLDERS: "Partners and other councils",
    Audience.PUBLIC: "The public",
    Audience.OTHER: "Somebody else",
}
