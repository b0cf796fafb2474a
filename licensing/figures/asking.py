"""What a command or a form asks figures of: a council or the county, a period, a moment; and why not."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from licensing import dates
from licensing.errors import RuleBroken
from licensing.figures import queries
from licensing.figures.queries import Area, Place
from licensing.figures.rules import Period, check_existed, check_period


def check(session: Session, period: Period, place: str | None) -> None:
    """Raises RuleBroken where the period is none, or a council asked about did not exist in it."""
    check_period(period, dates.today())
    for one in queries.places_counted(session):
        authority = queries.authority(session, one.code)
        if authority is not None and place in (None, one.code):
            check_existed(authority.name, authority.valid_from, authority.valid_to, period)
    if place is not None and place not in {one.code for one in queries.places_counted(session)}:
        raise RuleBroken(f"There is no authority with the code {place}", "place")


def area_of(session: Session, authority_id: UUID, places: Sequence[Place] | None = None) -> Area:
    """Of the places that whoever acts may count (`places`, where they were asked for already).

    Raises RuleBroken where the council is none of them.
    """
    known = queries.places_counted(session) if places is None else places
    own = next((one for one in known if one.id == authority_id), None)
    if own is None:
        raise RuleBroken("Your council has no figures to brief anybody of")
    return Area(own, [one for one in known if one.is_of_area(own)])


def moment_of(day_or_moment: str | None, now: datetime) -> datetime:
    """The moment as at which to count: now where nothing is said, the end of a day where only that is."""
    if not day_or_moment:
        return now
    try:
        said = datetime.fromisoformat(day_or_moment)
    except ValueError as error:
        raise RuleBroken(f"'{day_or_moment}' is not a moment: write it like 2026-10-31T17:00", "as_at") from error
    if len(day_or_moment) == len("2026-10-31"):
        said = said.replace(hour=23, minute=59, second=59)
    moment = said if said.tzinfo else said.replace(tzinfo=dates.ENGLAND)
    if moment > now:
        raise RuleBroken("The moment must be in the past", "as_at")
    return moment


def day_of(written: str, field: str) -> date:
    try:
        return dates.parse_written(written)
    except dates.DateNotUnderstood as error:
        raise RuleBroken(str(error), field) from error
