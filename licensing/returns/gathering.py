"""A return's figures, told as its edition may tell them, each with its definition or with why it is not known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from licensing.accounts.acting import ActingUser
from licensing.accounts.models import Authority
from licensing.db import db
from licensing.figures import queries as figures
from licensing.figures.gathering import NOT_KNOWN, WITHHELD, of_one
from licensing.figures.of_returns import every_figure
from licensing.figures.queries import GROUPS_OF_RETURNS, Place
from licensing.figures.rules import Counted, Period, check_existed, check_period
from licensing.register.catalogue import DRIVER_KINDS
from licensing.returns.catalogue import Return, Table
from licensing.returns.rules import check_published, told_parts
from licensing.suppression import told
from licensing.training import queries as training
from licensing.training.rules import Audience
from licensing.vetting import queries as vetting
from licensing.vetting.rules import CheckKind, policy_in_force

_ASKED = (CheckKind.ENHANCED_DBS, CheckKind.DBS_STATUS, CheckKind.ENGLISH)


@dataclass(frozen=True)
class Line:
    """A figure as it is told. `value` is a number where it is one; `reason` says why it is not known."""

    name: str
    shown: str
    definition: str
    value: int | None = None
    reason: str = ""


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


def tables(user: ActingUser, one: Return, period: Period) -> list[Told]:
    """Every table of a return of the acting user's council, as is recorded now."""
    place = figures.place_of(_authority(user))
    [counts] = figures.counted(db.session(), [place], [period], datetime.now(UTC), GROUPS_OF_RETURNS)
    found = [Told(table.title, tuple(_lines(table, counts, place, one.exactly))) for table in one.tables]
    found.append(Told("What your council asks of drivers", tuple(_asked(user, period.until_on))))
    unknown = tuple(Line(name, NOT_KNOWN, "", reason=reason) for name, reason in one.not_kept)
    return [*found, Told("What this service cannot say", unknown)]


def _authority(user: ActingUser) -> Authority:
    found = figures.authority(db.session(), user.authority.code)
    assert found is not None  # somebody acts for it
    return found


def _lines(table: Table, counts: Counted, place: Place, exactly: bool) -> Iterator[Line]:
    parts = {code: _number(counts, code, place) for code in table.parts}
    withheld = set[str]()
    if table.whole and not exactly:
        whole = _number(counts, table.whole, place)
        withheld = {code for code, value in told_parts(parts, whole).items() if value is None}
    if not exactly and any(told(_number(counts, one, place)) is None for one in table.made_of):
        withheld = set(table.parts)
    if table.whole:
        yield _line(table.whole, counts, place, exactly, "", name="All together")
    for code in table.parts:
        yield _line(code, counts, place, exactly, _unsaid(table, parts, code), is_withheld=code in withheld)


def _line(
    code: str, counts: Counted, place: Place, exactly: bool, unsaid: str, *, name: str = "", is_withheld: bool = False
) -> Line:
    definition = every_figure()[code]
    value, shown, reason = of_one(definition, counts, place, exactly=exactly)
    if reason or unsaid:
        value, shown = None, NOT_KNOWN
    elif is_withheld:
        value, shown = None, WITHHELD
    return Line(name or definition.name, shown, definition.words, value, reason or unsaid)


def _unsaid(table: Table, parts: dict[str, int], code: str) -> str:
    """Where of every vehicle it is not recorded, that none is accessible is not known: it is not nought."""
    if not table.unsaid or code == table.unsaid or not parts[table.unsaid]:
        return ""
    return "" if any(value for one, value in parts.items() if one != table.unsaid) else "it is recorded of no vehicle"


def _number(counts: Counted, code: str, place: Place) -> int:
    made = every_figure()[code].counted if code in every_figure() else (code,)
    return sum(counts.of(one, [place.code])[place.code] for one in made)


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
