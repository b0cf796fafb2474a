"""The vocabulary of imports."""

from enum import StrEnum


class ImportKind(StrEnum):
    DRIVERS = "drivers"
    FHRS = "fhrs"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    ImportKind.DRIVERS: "Driver licences",
    ImportKind.FHRS: "Food hygiene ratings (hotels and guesthouses)",
}


class ImportStatus(StrEnum):
    STAGED = "staged"
    APPLIED = "applied"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    ImportStatus.STAGED: "Preview, not yet brought in",
    ImportStatus.APPLIED: "Brought in",
    ImportStatus.ABANDONED: "Let go",
}
