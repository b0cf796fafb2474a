"""A return's figures, told as its edition may tell them, each with its definition or with why it is not known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from licensing.accounts.acting import ActingUser
from licensing.accounts.models import Authority
from licensing.db import db
from licensing.figures import queries as figures
from licensing.figures.elsewhere import Elsewhere, Telling, about, elsewhere, span
from licensing.figures.gathering import of_one
from licensing.figures.of_returns import every_figure
from licensing.figures.queries import GROUPS_OF_RETURNS, Place
from licensing.figures.rules import Counted, Period, check_existed, check_period
from licensing.figures.words import NOT_KNOWN, WITHHELD
from licensing.register.catalogue import DRIVER_KINDS
from licensing.returns.catalogue import Return, Table
from licensing.returns.rules import check_published, told_parts
from licensing.suppression import rounded
from licensing.suppression import told as told_alone
from licensing.training import queries as training
from licensing.training.rules import Audience
from licensing.vetting import queries as vetting
from licensing.vetting.rules import CheckKind, policy_in_force

_ASKED = (CheckKind.ENHANCED_DBS, CheckKind.DBS_STATUS, CheckKind.ENGLISH)


@dataclass(frozen=True)
class Line:
    """A figure as it is told. `value` is a number where it is one; `reason` says why it is not known.

    `code` is that of a figure which is counted.
    """

    name: str
    shown: str
    definition: str
    value: int | None = None
    reason: str = ""
    code: str = ""


@dataclass(frozen=True)
class Told:
    """One table of a return."""

    title: str
    lines: tuple[Line, ...]


def check(user: ActingUser, one: Return, period: Period, today: date) -> None:
    """Raises RuleBroken where the return cannot be of the period."""
    check_period(period, today)
    authority = _authority(user)
    check_existed(authority.name, authority.valid_from, authority.valid_to, period)
    if not one.exactly:
        check_published(period)


@dataclass(frozen=True)
class _Counts:
    """What is counted for a return, and what papers told of the council before, where it is for everybody."""

    counts: Counted
    place: Place
    period: Period
    exactly: bool
    others: Elsewhere

    def number(self, code: str) -> int:
        made = every_figure()[code].counted if code in every_figure() else (code,)
        return sum(self.counts.of(one, [self.place.code])[self.place.code] for one in made)

    def telling(self, code: str) -> Telling:
        """How the number may be told beside what papers told of the council."""
        count = self.number(code)
        if self.exactly or not every_figure()[code].is_held or told_alone(count) is None:
            return Telling.EXACTLY
        told = self.others.timeline(code, self.place.code)
        telling = self.others.telling(code, self.place.code, told, span(self.period, count))
        return Telling.ROUNDED if telling is Telling.EXACTLY and self._leaves_small(code) else telling

    def _leaves_small(self, code: str) -> bool:
        """Whether what is left of its whole, beside that of other periods, would give a small one back."""
        wholes = every_figure()[code].out_of
        rest = sum(map(self.number, wholes)) - self.number(code)
        told = self.others.rests(code, wholes, self.place.code)
        return bool(wholes) and told.gives_small(span(self.period, rest))


def tables(user: ActingUser, one: Return, period: Period) -> list[Told]:
    """Every table of a return of the acting user's council, as is recorded now."""
    place = figures.place_of(_authority(user))
    [counts] = figures.counted(db.session(), [place], [period], datetime.now(UTC), GROUPS_OF_RETURNS)
    told = _Counts(counts, place, period, one.exactly, Elsewhere() if one.exactly else _told_before(one))
    found = [Told(table.title, tuple(_lines(table, told))) for table in one.tables]
    found.append(Told("What your council asks of drivers", tuple(_asked(user, period.until_on))))
    unknown = tuple(Line(name, NOT_KNOWN, "", reason=reason) for name, reason in one.not_kept)
    return [*found, Told("What this service cannot say", unknown)]


def _told_before(one: Return) -> Elsewhere:
    """What briefings and earlier answers told of the same figures."""
    return elsewhere(db.session(), {code for table in one.tables for code in (table.whole, *table.parts) if code})


def _authority(user: ActingUser) -> Authority:
    found = figures.authority(db.session(), user.authority.code)
    assert found is not None  # somebody acts for it
    return found


def _lines(table: Table, told: _Counts) -> Iterator[Line]:
    parts = {code: told.number(code) for code in table.parts}
    withheld = set[str]() if told.exactly else _withheld(table, parts, told)
    # What adds up to another number is told no more exactly than that.
    tellings = {told.telling(code) for code in (table.whole, *table.parts, *table.made_of) if code}
    telling = next(one for one in reversed(Telling) if one in tellings)
    if table.whole:
        yield _line(table.whole, told, "", told.telling(table.whole), name="All together")
    for code in table.parts:
        yield _line(code, told, _unsaid(table, parts, code), Telling.NOT_AT_ALL if code in withheld else telling)


def _withheld(table: Table, parts: Mapping[str, int], told: _Counts) -> set[str]:
    """The parts that are not told to everybody, small ones and what would give them back."""
    if any(told_alone(told.number(one)) is None for one in table.made_of):
        return set(parts)
    if not table.whole:
        return set()
    return {code for code, value in told_parts(parts, told.number(table.whole)).items() if value is None}


def _line(code: str, told: _Counts, unsaid: str, telling: Telling, *, name: str = "") -> Line:
    definition = every_figure()[code]
    value, shown, reason = of_one(definition, told.counts, told.place, exactly=told.exactly)
    if reason or unsaid:
        value, shown = None, NOT_KNOWN
    elif telling is Telling.NOT_AT_ALL:
        value, shown = None, WITHHELD
    elif telling is Telling.ROUNDED and value:
        value, shown = rounded(value), about(value)
    return Line(name or definition.name, shown, definition.words, value, reason or unsaid, code)


def _unsaid(table: Table, parts: dict[str, int], code: str) -> str:
    """Where of every vehicle it is not recorded, that none is accessible is not known: it is not nought."""
    if not table.unsaid or code == table.unsaid or not parts[table.unsaid]:
        return ""
    return "" if any(value for one, value in parts.items() if one != table.unsaid) else "it is recorded of no vehicle"


def _asked(user: ActingUser, day: date) -> Iterator[Line]:
    """The council's own rules on the day, or the nation's where it made none."""
    policies = vetting.policies()
    for check_kind in _ASKED:
        found = [policy_in_force(policies, kind, check_kind, day) for kind in DRIVER_KINDS]
        said = list(dict.fromkeys(one.how_often if one else "" for one in found))
        words = "How often your council’s rule asks for it, as kept under Vetting; the nation’s where it made none"
        yield _rule(check_kind.label, said, words, "no rule about it is kept under Vetting")
    asked = training.policy(user.authority.id, Audience.DRIVER, day)
    words = "How often your council’s rule asks drivers for it, as kept under Training"
    said = [f"{asked.refresh}. {asked.needed.label}"] if asked else [""]
    yield _rule("Safeguarding training", said, words, "no rule about it is kept under Training")


def _rule(name: str, said: Sequence[str], words: str, missing: str) -> Line:
    if not any(said):
        return Line(name, NOT_KNOWN, words, reason=missing)
    return Line(name, "; ".join(one for one in said if one), words)
