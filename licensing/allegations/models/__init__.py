"""The tables of allegations; see migration 0039 for who may read a row, and when."""

from licensing.allegations.models.access import CaseAccess, LadoOffice
from licensing.allegations.models.advice import AssuredSetting, Consultation, ReportWords, SettingVisit
from licensing.allegations.models.cases import Allegation, Case, CaseStep, KeptLonger
from licensing.allegations.models.reading import ReadingAlert
from licensing.allegations.models.sharing import Duty, FlagSeen, NamedDecision, Release, ReliedItem, Share
from licensing.allegations.models.work import CaseAction, CaseEntry, Meeting, Strand

__all__ = [
    "Allegation",
    "AssuredSetting",
    "Case",
    "CaseAccess",
    "CaseAction",
    "CaseEntry",
    "CaseStep",
    "Consultation",
    "Duty",
    "FlagSeen",
    "KeptLonger",
    "LadoOffice",
    "Meeting",
    "NamedDecision",
    "ReadingAlert",
    "Release",
    "ReliedItem",
    "ReportWords",
    "SettingVisit",
    "Share",
    "Strand",
]
