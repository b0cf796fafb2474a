"""What is done with applications, considerations and the rest. Each verb audits itself; the view commits."""

from licensing.suitability.changes.applications import decide_application
from licensing.suitability.changes.considerations import close_consideration, considered
from licensing.suitability.changes.reviews import interim_steps_considered

__all__ = ["close_consideration", "considered", "decide_application", "interim_steps_considered"]
