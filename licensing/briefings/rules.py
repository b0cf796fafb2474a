"""What may be done with a briefing, when, and by whom."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from licensing.errors import RuleBroken
from licensing.figures.aims import aim_words
from licensing.figures.gathering import Figure
from licensing.figures.rules import Period

# On which day of the month the briefings of the month before are drafted, where a council has not said; and the last
# that every month has.
FIRST_DAY, LAST_DAY = 1, 28


class State(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return self.capitalize()


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is another now than when the draft was computed."""

    name: str
    was: str
    now: str


def state_of(approved_at: datetime | None, published_at: datetime | None) -> State:
    if published_at:
        return State.PUBLISHED
    return State.APPROVED if approved_at else State.DRAFT


def month_before(day: date) -> Period:
    """The whole month that had ended by a day."""
    last = day.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def check_written(headline: str, authors: Collection[UUID]) -> None:
    """Raises RuleBroken where nobody wrote of a draft that the service made."""
    if not headline or not authors:
        raise RuleBroken("An author writes the headline before anybody approves it")


def check_draft(state: State) -> None:
    if state is not State.DRAFT:
        raise RuleBroken("This was approved: it stays as it is. Make another version in its place")


def check_approver(authors: Collection[UUID], approver: UUID) -> None:
    """Raises RuleBroken where whoever approves wrote any of it."""
    if approver in authors:
        raise RuleBroken("Somebody else must approve it: you wrote of it")


def check_moved(moved: Collection[Moved], as_computed: bool) -> None:
    """Raises RuleBroken where figures moved since, and whoever approves did not say that it stands as computed."""
    if moved and not as_computed:
        raise RuleBroken("Say that you approve the figures as they were computed, or have them computed anew", "sure")


def check_to_publish(state: State, is_superseded: bool, readers: Collection[UUID]) -> None:
    """Also where it was published, for more readers."""
    if state is State.DRAFT:
        raise RuleBroken("Nothing is published before somebody else has approved it")
    if is_superseded:
        raise RuleBroken("Another version takes the place of this one: publish that")
    if not readers:
        raise RuleBroken("Select who is to read it", "readers")


def check_beside(may_be_told: Sequence[Figure], figures: Sequence[Figure]) -> None:
    """Raises RuleBroken where something of it may not be told any more beside what was published meanwhile."""
    names = [one.name for one, then in zip(figures, may_be_told, strict=True) if one != then]
    if names:
        raise RuleBroken(
            f"Another paper was published meanwhile. Beside it this one would tell of fewer than five: "
            f"{', '.join(names)}. Draft it anew: that is withheld or rounded then"
        )


def check_to_supersede(state: State, is_superseded: bool) -> None:
    if state is State.DRAFT or is_superseded:
        raise RuleBroken("Another version takes the place of the last that was approved")


def moved_since(before: Iterable[Figure], now: Iterable[Figure], places: Mapping[str, str]) -> list[Moved]:
    """What is told otherwise now, in the order of the catalogue; also what could not be computed and now is.

    `places` are the names of the councils, by code.
    """
    then = {one.code: dict(_told_by(one, places)) for one in before}
    return [
        Moved(name, then[one.code].get(name, ""), shown)
        for one in now
        if one.code in then
        for name, shown in _told_by(one, places)
        if then[one.code].get(name, "") != shown
    ]


def _told_by(one: Figure, places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Everything that a figure tells: itself, the periods beside it, each place, and what it is held against."""
    yield one.name, one.shown
    yield f"{one.name}, the period before", one.previous_shown
    yield f"{one.name}, a year ago", one.last_year_shown
    for code, shown in one.by_place.items():
        yield f"{one.name}, {places[code]}", shown
    yield f"{one.name}, the target", aim_words(one.aim, one.unit)
