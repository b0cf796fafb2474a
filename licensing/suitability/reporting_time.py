"""By when a holder must have reported something of themselves."""

from datetime import datetime, timedelta

# Statutory Taxi and Private Hire Vehicle Standards, July 2020: within 48 hours of an arrest and release, charge or
# conviction.
_WITHIN = timedelta(hours=48)


def due_at(occurred_at: datetime) -> datetime:
    """The last moment at which a report of what happened then is in time."""
    return occurred_at + _WITHIN
