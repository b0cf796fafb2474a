"""The life of an authorisation as one table: which event takes it from which status to which, and by what law.

The table says what is regular. What a council, a committee or a court did otherwise is recorded all the same,
and marked irregular. Statuses themselves are derived from the events (rules.py); the tests hold the two together,
and docs/life_cycle.md is drawn from this table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import ENDED
from licensing.register.events import EventKind as E
from licensing.register.events import LicenceStatus as S


class Clock(StrEnum):
    """What happens by the passing of time alone."""

    STARTS = "first day comes"
    EXPIRES = "last day passes"
    TAKES_EFFECT = "takes effect"
    SUSPENSION_ENDS = "suspension runs out"
    LEAVE_ENDS = "permission to work ends"
    INTERIM_ENDS = "interim authority ends"
    NOT_FOUND_FIT = "not found fit in time"


Trigger = E | Clock


@dataclass(frozen=True, slots=True)
class Transition:
    """In these families, from any of these statuses, by this trigger, to one of these statuses.

    An empty `after` means that the status stays what it is.
    """

    families: frozenset[Family]
    before: frozenset[S]
    trigger: Trigger
    after: frozenset[S]
    law: str


ALL = frozenset(Family)
TAXI = frozenset({Family.DRIVER, Family.VEHICLE, Family.OPERATOR})
INDIVIDUALS = frozenset({Family.DRIVER, Family.OPERATOR, Family.PERSONAL, Family.BADGE})
NEEDS_LEAVE = frozenset({Family.DRIVER, Family.OPERATOR})
TERMED = ALL - {Family.REGISTRATION}  # a personal licence of before 2015 ran for ten years
REFUSABLE = ALL - {Family.REGISTRATION}

RUNS = frozenset({S.IN_FORCE, S.SUSPENSION_PENDING, S.REVOCATION_PENDING})
HALTED = frozenset({S.SUSPENDED, S.FEE_SUSPENDED})
HELD = RUNS | HALTED | {S.NOT_STARTED}
WITH_INTERIM = HELD | {S.INTERIM_AUTHORITY}
RUNNING = frozenset({S.IN_FORCE, S.NOT_STARTED, S.INTERIM_AUTHORITY})
BACK = RUNS | HALTED
ENDED_BY_ITSELF = frozenset({S.LAPSED, S.CEASED_DEATH, S.CEASED_IMMIGRATION})
LATE = HELD | {S.EXPIRED, S.CEASED_DEATH}
STILL_AGAINST_IT = HALTED | {S.REVOKED, S.REVOCATION_PENDING, S.SUSPENSION_PENDING, *ENDED_BY_ITSELF}
STAYS: frozenset[S] = frozenset()
APPEALABLE = frozenset(S) - {S.APPLIED, S.NOT_STARTED, S.REJECTED, S.WITHDRAWN, S.VOID, S.SURRENDERED}
OPEN = frozenset(S) - ENDED

_1976 = "1976 Act"  # Local Government (Miscellaneous Provisions) Act 1976
_2003 = "2003 Act"  # Licensing Act 2003
_SUSPENDING = f"{_1976} s.60, s.61, s.62, s.68; {_2003} s.52, s.132A"
_REVOKING = f"{_1976} s.60, s.61, s.62; {_2003} s.52, s.132A; Housing Act 2004 s.70"
_DISPOSED = f"{_1976} s.61(2A), s.77; {_2003} s.52(11): takes effect when the appeal is disposed of"
_EFFECT = f"{_1976} s.61(2A), s.77; {_2003} s.52(11): when the time for an appeal has passed"


def _row(families: Iterable[Family], before: Iterable[S], trigger: Trigger, after: Iterable[S], law: str) -> Transition:
    return Transition(frozenset(families), frozenset(before), trigger, frozenset(after), law)


TRANSITIONS: tuple[Transition, ...] = (
    # The application
    _row(ALL, {S.APPLIED}, E.RECEIVED, STAYS, "Each Act: on application"),
    _row(REFUSABLE, {S.APPLIED}, E.REJECTED_INCOMPLETE, {S.REJECTED}, "Each Act: an application must be complete"),
    _row(ALL, {S.APPLIED}, E.WITHDRAWN, {S.WITHDRAWN}, "Before it is decided, by the applicant"),
    _row(REFUSABLE, {S.APPLIED}, E.REFUSED, {S.REFUSED}, f"{_1976} s.48, s.51, s.55; {_2003} s.18, s.120"),
    _row(ALL, {S.APPLIED}, E.GRANTED, {S.NOT_STARTED, S.IN_FORCE}, f"{_1976} s.48, s.51, s.55; {_2003} s.18, s.120"),
    _row(ALL, {S.NOT_STARTED}, Clock.STARTS, {S.IN_FORCE}, "The first day of the term"),
    # The term
    _row(TERMED, HELD, E.RENEWED, STAYS, f"{_1976} s.53, s.55; a new term on application"),
    _row(TERMED, {S.EXPIRED}, E.RENEWED, {S.NOT_STARTED, S.IN_FORCE}, "Late renewal, exceptionally"),
    _row(TERMED, {S.EXPIRED}, E.RENEWED, STILL_AGAINST_IT, "Late, while what stood against it still stands"),
    _row(TERMED, HELD, E.RENEWAL_REFUSED, STAYS, f"{_1976} s.60 to s.62: runs on to its last day (s.77)"),
    _row(TERMED, WITH_INTERIM, Clock.EXPIRES, {S.EXPIRED}, "The last day of the term"),
    _row(TERMED, RUNS, Clock.EXPIRES, {S.NOT_STARTED}, "The last day of a term whose renewal begins later"),
    _row(TERMED, WITH_INTERIM, E.EXPIRED, {S.EXPIRED}, "The last day of the term, where only its passing was kept"),
    # Suspension and revocation
    _row(REFUSABLE, RUNNING, E.SUSPENDED, {S.SUSPENSION_PENDING, S.SUSPENDED}, _SUSPENDING),
    _row(REFUSABLE, {S.REVOCATION_PENDING}, E.SUSPENDED, {S.SUSPENDED}, _SUSPENDING),
    _row(REFUSABLE, {S.FEE_SUSPENDED}, E.SUSPENDED, {S.SUSPENDED}, _SUSPENDING),
    _row(REFUSABLE, {S.SUSPENDED}, E.SUSPENDED, STAYS, "Another suspension: the first bites until it takes effect"),
    _row(REFUSABLE, {S.SUSPENSION_PENDING}, E.SUSPENDED, {S.SUSPENSION_PENDING, S.SUSPENDED}, "The same"),
    _row(REFUSABLE, {S.SUSPENSION_PENDING, S.REVOCATION_PENDING}, Clock.TAKES_EFFECT, {S.SUSPENDED}, _EFFECT),
    _row(REFUSABLE, WITH_INTERIM, Clock.TAKES_EFFECT, {S.REVOKED}, _EFFECT),
    _row(REFUSABLE, {S.SUSPENDED, S.SUSPENSION_PENDING}, E.SUSPENSION_ENDED, RUNNING, "The authority’s decision"),
    _row(REFUSABLE, {S.SUSPENDED}, E.SUSPENSION_ENDED, {S.REVOCATION_PENDING, S.FEE_SUSPENDED}, "The same"),
    _row(REFUSABLE, {S.SUSPENDED}, Clock.SUSPENSION_ENDS, BACK, "The last day of the suspension"),
    _row(REFUSABLE, WITH_INTERIM, E.REVOKED, {S.REVOCATION_PENDING, S.REVOKED}, _REVOKING),
    _row(
        REFUSABLE,
        {S.REVOKED, S.REVOCATION_PENDING, S.SUSPENDED, S.SUSPENSION_PENDING},
        E.REINSTATED_BY_COURT,
        {S.IN_FORCE, S.NOT_STARTED, S.EXPIRED, S.CEASED_DEATH, S.CEASED_IMMIGRATION},
        f"{_1976} s.77; {_2003} Schedule 5: the unexpired term alone revives",
    ),
    _row(
        REFUSABLE,
        {S.REVOKED, S.REVOCATION_PENDING, S.SUSPENDED, S.SUSPENSION_PENDING},
        E.REINSTATED_BY_COURT,
        {S.SUSPENDED},
        f"{_1976} s.77; {_2003} Schedule 5: the court puts a suspension in the decision’s place",
    ),
    # Appeals: what is not immediate waits for them; what is, or has begun, does not
    _row(REFUSABLE, APPEALABLE, E.APPEALED, STAYS, f"{_1976} s.77; {_2003} Schedule 5: within 21 days"),
    _row(REFUSABLE, APPEALABLE, E.APPEAL_DISMISSED, STAYS, _DISPOSED),
    _row(REFUSABLE, APPEALABLE, E.APPEAL_WITHDRAWN, STAYS, _DISPOSED),
    _row(REFUSABLE, {S.REVOCATION_PENDING}, E.APPEAL_DISMISSED, {S.REVOKED}, _DISPOSED),
    _row(REFUSABLE, {S.REVOCATION_PENDING}, E.APPEAL_WITHDRAWN, {S.REVOKED}, _DISPOSED),
    _row(REFUSABLE, {S.SUSPENSION_PENDING, S.REVOCATION_PENDING}, E.APPEAL_DISMISSED, {S.SUSPENDED}, _DISPOSED),
    _row(REFUSABLE, {S.SUSPENSION_PENDING, S.REVOCATION_PENDING}, E.APPEAL_WITHDRAWN, {S.SUSPENDED}, _DISPOSED),
    # Fitness of a vehicle
    _row({Family.VEHICLE}, WITH_INTERIM, E.FOUND_UNFIT, {S.SUSPENDED}, f"{_1976} s.68: on notice"),
    _row({Family.VEHICLE}, {S.SUSPENDED}, Clock.NOT_FOUND_FIT, {S.REVOKED}, f"{_1976} s.68: deemed, after two months"),
    # A returned badge or plate is an event and no surrender: neither the 1976 Act nor the 2022 Act knows one.
    _row(
        TAXI | {Family.BADGE},
        frozenset(S) - {S.APPLIED, S.REJECTED, S.WITHDRAWN},
        E.BADGE_RETURNED,
        STAYS,
        f"{_1976} s.58, s.61(2): the licence does not end by this",
    ),
    # Ending by itself
    _row(NEEDS_LEAVE, {S.APPLIED, *HELD}, E.LEAVE_RECORDED, STAYS, f"{_1976} s.53A, s.55ZA"),
    _row(NEEDS_LEAVE, {S.CEASED_IMMIGRATION}, E.LEAVE_RECORDED, LATE, "Immigration Act 1971 s.3C: leave was extended"),
    _row(NEEDS_LEAVE, HELD, Clock.LEAVE_ENDS, {S.CEASED_IMMIGRATION}, f"{_1976} s.53A, s.55ZA: without a decision"),
    _row(NEEDS_LEAVE, {S.APPLIED}, E.GRANTED, {S.CEASED_IMMIGRATION}, "Granted after leave had ended: no effect"),
    _row(INDIVIDUALS, OPEN, E.DIED, {S.CEASED_DEATH}, "The licence is the holder’s own"),
    _row(INDIVIDUALS, ENDED - {S.CEASED_DEATH}, E.DIED, STAYS, "What had ended before stays as it ended"),
    # Premises
    _row({Family.PREMISES}, WITH_INTERIM, E.VARIED, STAYS, f"{_2003} s.34, s.35, s.37, s.41A, s.84"),
    _row({Family.PREMISES, Family.VEHICLE}, WITH_INTERIM, E.TRANSFERRED, HELD, f"{_2003} s.42; {_1976} s.49"),
    _row(
        {Family.PREMISES, Family.PERSONAL, Family.OTHER},
        WITH_INTERIM,
        E.SURRENDERED,
        {S.SURRENDERED},
        f"{_2003} s.28, s.81, s.116; Gambling Act 2005 s.192",
    ),
    _row({Family.PREMISES}, WITH_INTERIM, E.LAPSED, {S.LAPSED}, f"{_2003} s.27, s.81"),
    _row(
        {Family.PREMISES},
        {S.LAPSED},
        E.INTERIM_AUTHORITY_GIVEN,
        {S.INTERIM_AUTHORITY, *HELD},
        f"{_2003} s.47: within 28 days",
    ),
    _row({Family.PREMISES}, WITH_INTERIM, Clock.INTERIM_ENDS, {S.LAPSED}, f"{_2003} s.47(7)"),
    _row(
        {Family.PREMISES}, {S.LAPSED, S.SURRENDERED}, E.TRANSFERRED, HELD | {S.EXPIRED}, f"{_2003} s.50: within 28 days"
    ),
    _row(
        {Family.PREMISES},
        WITH_INTERIM,
        E.FEE_SUSPENDED,
        {S.FEE_SUSPENDED, S.SUSPENDED},
        f"{_2003} s.55A, s.92A: two working days’ notice",
    ),
    _row({Family.PREMISES}, WITH_INTERIM, E.FEE_PAID, WITH_INTERIM, f"{_2003} s.55A(9)"),
    # A mistake
    _row(ALL, frozenset(S) - {S.VOID}, E.VOIDED, {S.VOID}, "Issued by mistake; approved by a second person"),
)


@cache
def of_family(family: Family) -> tuple[Transition, ...]:
    return tuple(row for row in TRANSITIONS if family in row.families)


def regular_events(kind: LicenceKind, status: S) -> frozenset[E]:
    """The events that may follow this status by the table."""
    return frozenset(event for event in events_known_to(kind) if may_follow(kind.family, status, event))


def may_follow(family: Family, status: S, event: E) -> bool:
    """Whether the table has the event from this status."""
    return any(row.trigger is event and status in row.before for row in of_family(family))


def is_regular(kind: LicenceKind, status: S, event: E) -> bool:
    """Whether the event may follow this status; what is not regular is recordable, and marked."""
    return event in regular_events(kind, status)


def events_known_to(kind: LicenceKind) -> frozenset[E]:
    """Every event that this kind's law knows in any status."""
    return frozenset(row.trigger for row in of_family(kind.family) if isinstance(row.trigger, E))


def may_become(family: Family, before: S, after: S) -> bool:
    """Whether the table has a row that leads from one status to the other."""
    return any(before in row.before and after in row.after for row in of_family(family))
