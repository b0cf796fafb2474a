"""The tables of allegations; see migration 0039 for who may read a row, and when."""

from licensing.allegations.models.access import CaseAccess, LadoOffice
from licensing.allegations.models.cases import Allegation, Case, CaseStep
from licensing.allegations.models.sharing import Duty, FlagSeen, Release, ReliedItem, Share
from licensing.allegations.models.work import CaseAction, CaseEntry, Meeting, Strand

__all__ = [
    "Allegation",
    "Case",
    "CaseAccess",
    "CaseAction",
    "CaseEntry",
    "CaseStep",
    "Duty",
    "FlagSeen",
    "LadoOffice",
    "Meeting",
    "Release",
    "ReliedItem",
    "Share",
    "Strand",
]
