"""What a power asks and allows, and which powers fit: values in, values out. The catalogue never decides.

The law, lengths and thresholds are rows (powers.csv, and the table that `flask setup` writes from it); whether a row
was read in a published source stands beside it. What is not verified warns, and blocks nothing.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from licensing.dates import in_words
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import Unit, months_after
from licensing.disruption.facts import Fact
from licensing.disruption.words import AgencyKind, AppealCourt, EventKind, Harm, Rank, TargetKind, is_at_least
from licensing.errors import RuleBroken

# The first day in the catalogue of a power of which nobody knows yet when it begins.
NOT_BEGUN = date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, as the law gives it."""

    length: int
    unit: Unit

    @property
    def words(self) -> str:
        return self.unit.words(self.length)

    def after(self, day: date) -> date:
        """The first day on which so much time has passed. Hours are counted in whole days, since days are kept."""
        if self.unit in (Unit.MONTHS, Unit.YEARS):
            return months_after(day, self.length * (12 if self.unit is Unit.YEARS else 1))
        return day + timedelta(days=-(-self.length // 24) if self.unit is Unit.HOURS else self.length)


@dataclass(frozen=True, slots=True)
class Power:
    """One version of a power. `starts` says which clocks begin with which event; `active_to` is the last day of it.

    `shortest` is the least that an order lasts or that a notice leaves for putting things right, `longest` the most;
    `in_all` how long it can be extended to: without one it is not extended, and a new one is a new action. `alone` is
    as long as the ranks of `ranks` may go by themselves; beyond it one of `beyond_ranks` is needed. `served`: it takes
    effect by service. `closes`: nobody, or only some, may use the place meanwhile. `with_decision` are the clocks that
    begin when the decision on a licence is told: they run where that decision is recorded. `appeal_to` decides an
    appeal; `appeal_stays` says whether one stays the measure by itself, None where nobody found out.
    """

    code: str
    name: str
    law: str
    used_by: tuple[AgencyKind, ...]
    ranks: tuple[Rank, ...]
    targets: tuple[TargetKind, ...]
    harms: tuple[Harm, ...]
    needs: tuple[Fact, ...]
    threshold: str
    evidence: str
    effect: str
    shortest: Length | None
    longest: Length | None
    in_all: Length | None
    alone: Length | None
    beyond_ranks: tuple[Rank, ...]
    starts: tuple[tuple[EventKind, ClockCode], ...]
    with_decision: tuple[ClockCode, ...]
    appeal: str
    appeal_to: tuple[AppealCourt, ...]
    appeal_stays: bool | None
    breach: str
    notes: str
    served: bool
    closes: bool
    publishable: bool
    verified: bool
    active_from: date
    active_to: date | None
    review_on: date

    def holds_on(self, day: date) -> bool:
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)


def code_key(typed: str) -> str:
    """A code as it is compared: TS-TOB, ts tob and TSTOB are one."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Fit:
    """A power that could be used, and what is missing for it."""

    power: Power
    missing: tuple[Fact, ...]


def fitting(
    powers: Iterable[Power],
    *,
    day: date,
    target: TargetKind,
    harm: Harm,
    agencies: Collection[AgencyKind],
    facts: Collection[Fact] = (),
) -> list[Fit]:
    """The powers in force that one of these agencies may use on such a target for such a harm.

    What lacks least stands first; of those that lack as much, the more exacting, and then by name.
    """
    fits = [
        Fit(power, tuple(fact for fact in power.needs if fact not in facts))
        for power in powers
        if power.holds_on(day)
        and target in power.targets
        and harm in power.harms
        and any(agency in power.used_by for agency in agencies)
    ]
    return sorted(fits, key=lambda fit: (len(fit.missing), -len(fit.power.needs), fit.power.name))


def check_agency(power: Power, lead: AgencyKind) -> None:
    """RuleBroken where an agency of this kind has not this power."""
    if lead not in power.used_by:
        who = ", ".join(one.label for one in power.used_by)
        raise RuleBroken(f"{lead.label} may not use this power: {power.law}. It is for: {who}", "lead_agency")


def check_target(power: Power, kind: TargetKind) -> None:
    """RuleBroken where the power is not used on such a target."""
    if kind not in power.targets:
        on = ", ".join(one.label.lower() for one in power.targets)
        raise RuleBroken(f"This power is used on: {on} ({power.law})", "target_kind")


def check_in_force(power: Power, day: date) -> None:
    """RuleBroken where the power was not the law on a day."""
    if not power.holds_on(day):
        raise RuleBroken(f"{power.name} was not the law on {in_words(day)} ({power.law})", "considered_on")


def check_beginning(power: Power, begins_on: date) -> None:
    """RuleBroken where a power cannot begin so: before the year of its Act, or so late that it does not begin."""
    year = max((int(one) for one in re.findall(r"Act (\d{4})", power.law)), default=0)
    if begins_on.year < year:
        raise RuleBroken(f"The day must be in {year} or later: {power.law}", "begins_on")
    if begins_on >= NOT_BEGUN:
        raise RuleBroken("Enter the day on which it begins", "begins_on")


def check_appeal(power: Power, court: AppealCourt | None, words: str, *, stayed: bool | None) -> None:
    """RuleBroken where an appeal goes elsewhere, or where it is not said why it stays what it does not by law."""
    if court and power.verified and power.appeal_to and court not in power.appeal_to:
        raise RuleBroken(f"An appeal goes elsewhere ({power.law}): {power.appeal}", "court")
    if None in (stayed, power.appeal_stays) or stayed is power.appeal_stays or words:
        return
    by_law = "an appeal stays it" if power.appeal_stays else "an appeal does not stay it"
    raise RuleBroken(
        f"{power.law}: {by_law}. Say by which order of the court, or by which rule, it is otherwise", "words"
    )


def check_rank(power: Power, rank: Rank) -> None:
    """RuleBroken where whoever authorises is not of a rank that the power asks for, so far as that is verified."""
    wanted = (*power.ranks, *power.beyond_ranks)
    if power.verified and wanted and not any(is_at_least(rank, one) for one in wanted):
        names = " or ".join(one.label.lower() for one in power.ranks)
        raise RuleBroken(f"{power.law} asks for: {names}, or above", "rank")


def check_length(
    power: Power, begins_on: date, ends_on: date | None, rank: Rank | None = None, *, limit_checked: bool = False
) -> None:
    """RuleBroken where it would last longer, or leave less time, than the law allows.

    The last day is compared with the day after which the whole period has passed, so that none is refused by an hour.
    Of a limit that is not verified it is asked that somebody checked it, and nothing is refused that they did.
    """
    if ends_on and ends_on < begins_on:
        raise RuleBroken("The last day must be on or after the day on which it takes effect", "ends_on")
    if ends_on is None:
        if power.longest and power.verified:
            raise RuleBroken(f"Enter the last day: {power.law} allows {power.longest.words} at most", "ends_on")
        return
    with _so_far_as_verified(power, limit_checked=limit_checked):
        _check_limits(power, begins_on, ends_on, rank)


@contextmanager
def _so_far_as_verified(power: Power, *, limit_checked: bool) -> Iterator[None]:
    """What a limit refuses that nobody verified is a question instead."""
    try:
        yield
    except RuleBroken as broken:
        if power.verified:
            raise
        if not limit_checked:
            raise RuleBroken(
                f"{broken.message}. That limit is not verified: change the last day, or check the law and say so",
                "limit_checked",
            ) from broken


def _check_limits(power: Power, begins_on: date, ends_on: date, rank: Rank | None) -> None:
    _check_most(power, power.longest, begins_on, ends_on)
    if power.shortest and ends_on < power.shortest.after(begins_on):
        raise RuleBroken(
            f"{power.law} asks for {power.shortest.words} at least: until {in_words(power.shortest.after(begins_on))}",
            "ends_on",
        )
    if power.alone and ends_on > power.alone.after(begins_on) and not _may_go_beyond(power, rank):
        names = " or ".join(one.label.lower() for one in power.beyond_ranks)
        raise RuleBroken(f"Beyond {power.alone.words} {power.law} asks for: {names}", "ends_on")


def check_extension(power: Power, begins_on: date, ends_on: date, *, limit_checked: bool = False) -> None:
    """RuleBroken where the law does not let it be extended so far; of what is not verified it is asked as above."""
    if power.longest and power.in_all is None and power.verified:
        raise RuleBroken(f"{power.law} lets nobody extend it: begin a new one", "kind")
    with _so_far_as_verified(power, limit_checked=limit_checked):
        _check_most(power, power.in_all or power.longest, begins_on, ends_on)


def _check_most(power: Power, most: Length | None, begins_on: date, ends_on: date) -> None:
    if most and ends_on > most.after(begins_on):
        raise RuleBroken(f"{power.law} allows {most.words} at most: until {in_words(most.after(begins_on))}", "ends_on")


def _may_go_beyond(power: Power, rank: Rank | None) -> bool:
    return rank is not None and any(is_at_least(rank, one) for one in power.beyond_ranks)


def starts_at(power: Power, kind: EventKind) -> tuple[ClockCode, ...]:
    """The clocks that an event of an action starts."""
    return tuple(code for event, code in power.starts if event is kind)
