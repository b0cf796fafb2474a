"""What is read of applications, considerations and the rest; row-level security narrows it to the own authority."""

from licensing.suitability.queries.applications import application, applications_page, items_said
from licensing.suitability.queries.considerations import (
    consideration,
    open_consideration,
    standing_recommendation,
    state_of,
)
from licensing.suitability.queries.convictions import convictions_of, starting_point_of
from licensing.suitability.queries.markers import Marker, markers_of, unconsidered_markers

__all__ = [
    "Marker",
    "application",
    "applications_page",
    "consideration",
    "convictions_of",
    "items_said",
    "markers_of",
    "open_consideration",
    "standing_recommendation",
    "starting_point_of",
    "state_of",
    "unconsidered_markers",
]
