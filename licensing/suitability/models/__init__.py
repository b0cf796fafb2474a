"""The tables of this room."""

from licensing.sealing import sealed
from licensing.suitability.models.applications import Application, ApplicationItem
from licensing.suitability.models.concerns import Complaint, OperatorDriver, SelfReport
from licensing.suitability.models.considerations import Consideration, ConsiderationInformation, Recommendation
from licensing.suitability.models.convictions import Conviction, ConvictionPolicy
from licensing.suitability.models.courts import CourtCase, CourtDefendant, CourtSentence
from licensing.suitability.models.markers import MarkerConsidered, MarkerMatch

__all__ = [
    "Application",
    "ApplicationItem",
    "Complaint",
    "Consideration",
    "ConsiderationInformation",
    "Conviction",
    "ConvictionPolicy",
    "CourtCase",
    "CourtDefendant",
    "CourtSentence",
    "MarkerConsidered",
    "MarkerMatch",
    "OperatorDriver",
    "Recommendation",
    "SelfReport",
    "sealed",
]
