"""The vocabulary of meetings about subjects: what they are about, and how they stand."""

from enum import StrEnum

from licensing.disruption.words import TargetKind


class MeetingState(StrEnum):
    """How a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class SubjectKind(StrEnum):
    """What somebody puts on an agenda."""

    PREMISES = "premises"
    ORGANISATION = "organisation"
    VEHICLE = "vehicle"
    PERSON = "person"
    ADDRESS = "address"
    ACTION = "action"

    @property
    def label(self) -> str:
        return {"organisation": "Operator or other organisation", "action": "Disruption action"}.get(
            self, self.capitalize()
        )


# As what an action's targets are known; an address and an action are none.
TARGETS = {
    SubjectKind.PREMISES: TargetKind.PREMISES,
    SubjectKind.ORGANISATION: TargetKind.ORGANISATION,
    SubjectKind.VEHICLE: TargetKind.VEHICLE,
    SubjectKind.PERSON: TargetKind.PERSON,
}
