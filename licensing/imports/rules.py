"""The vocabulary of imports."""

from enum import StrEnum


class ImportKind(StrEnum):
    DRIVERS = "drivers"
    VEHICLES = "vehicles"
    OPERATORS = "operators"
    PREMISES = "premises"
    PERSONAL_LICENCES = "personal-licences"
    ADVERSE_DECISIONS = "adverse-decisions"
    TRAINING = "training"
    FHRS = "fhrs"
    VETTING = "vetting"
    COURTS = "courts"
    DISRUPTION = "disruption"
    AWARENESS = "awareness"
    INDICATORS = "indicators"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @property
    def brings_people(self) -> bool:
        """Whether its rows are people, so that names and dates must be counted anew."""
        return self in (ImportKind.DRIVERS, ImportKind.PERSONAL_LICENCES)

    @property
    def is_of_register(self) -> bool:
        """Whether it is a part of the licensing registers, whose last file a check's receipt tells."""
        return self not in _OF_DISRUPTION


_OF_DISRUPTION = frozenset({ImportKind.DISRUPTION, ImportKind.AWARENESS, ImportKind.INDICATORS})

_KIND_LABELS = {
    ImportKind.DRIVERS: "Driver licences",
    ImportKind.VEHICLES: "Vehicles and their licences",
    ImportKind.OPERATORS: "Private hire operators",
    ImportKind.PREMISES: "Premises: alcohol, clubs, gambling, houses in multiple occupation",
    ImportKind.PERSONAL_LICENCES: "Personal licences",
    ImportKind.ADVERSE_DECISIONS: "Decisions about drivers: refused, suspended, revoked",
    ImportKind.TRAINING: "Attendance at safeguarding training",
    ImportKind.FHRS: "Food hygiene ratings (hotels and guesthouses)",
    ImportKind.VETTING: "Checks of holders: DBS, medical, right to work and others",
    ImportKind.COURTS: "Court proceedings: verdicts and sentences",
    ImportKind.DISRUPTION: "Disruption: powers used on people, premises and vehicles",
    ImportKind.AWARENESS: "Awareness: what was done, for whom, and how many it reached",
    ImportKind.INDICATORS: "Indicators: counts of agencies, by period",
}


class ImportStatus(StrEnum):
    STAGED = "staged"
    APPLIED = "applied"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    ImportStatus.STAGED: "Preview",
    ImportStatus.APPLIED: "Brought in",
    ImportStatus.ABANDONED: "Discarded",
}
