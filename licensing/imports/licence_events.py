"""From a row's status and dates to events: for a new licence, and for one that the register knows already."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from licensing.imports.existing import KnownLicence
from licensing.register.events import Event, EventKind, LicenceStatus
from licensing.register.rules import status_as_at, term_as_at


class SaysTerm(Protocol):
    """What a row of any kind says of the state and the term of its licence; None where it says nothing."""

    @property
    def status(self) -> EventKind | None: ...
    @property
    def granted_on(self) -> date | None: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def expires_on(self) -> date | None: ...


# What a register says of an application that has come to no licence.
_WITHOUT_TERM = frozenset({EventKind.RECEIVED, EventKind.REFUSED, EventKind.WITHDRAWN})
_GRANTS = frozenset({EventKind.GRANTED, EventKind.RENEWED})

# The status on the register under which a row's own status brings nothing new.
_ALREADY = {
    EventKind.SUSPENDED: {LicenceStatus.SUSPENDED, LicenceStatus.SUSPENSION_PENDING},
    EventKind.REVOKED: {LicenceStatus.REVOKED, LicenceStatus.REVOCATION_PENDING},
    EventKind.REFUSED: {LicenceStatus.REFUSED},
    EventKind.WITHDRAWN: {LicenceStatus.WITHDRAWN},
    EventKind.EXPIRED: {LicenceStatus.EXPIRED},
    EventKind.RECEIVED: {LicenceStatus.APPLIED},
    EventKind.SURRENDERED: {LicenceStatus.SURRENDERED},
    EventKind.LAPSED: {LicenceStatus.LAPSED},
    **{kind: set(LicenceStatus) for kind in _GRANTS},
}
_REVOKED = _ALREADY[EventKind.REVOKED]
# From these it does not come back because a file says so: a transfer or an interim authority notice brings it back.
_GIVEN_UP = frozenset({LicenceStatus.SURRENDERED, LicenceStatus.LAPSED})
# What a register may say of a licence that was then granted.
_BEFORE_A_GRANT = frozenset({LicenceStatus.APPLIED, LicenceStatus.REFUSED, LicenceStatus.WITHDRAWN})

STAYS_REVOKED = (
    "the file says that the licence is in force, but on your register it is revoked. Only a court can "
    "restore it, so nothing was changed."
)

STAYS_GIVEN_UP = (
    "the file says that the licence is in force, but on your register it is {}. Record the transfer or the interim "
    "authority notice that brought it back; nothing was changed."
)

CONTRADICTS = "it gives another {} than row {}, which speaks of the same one and is believed."


def first_events(row: SaysTerm) -> tuple[Event, ...]:
    """The events of a licence seen for the first time. A status without its date is an event without one."""
    events = []
    if row.status not in _WITHOUT_TERM:
        events.append(_grant(row, EventKind.GRANTED))
    if row.status and row.status not in _GRANTS and not _says_the_term_itself(row):
        events.append(Event(row.status))
    return tuple(events)


def events_to_add(row: SaysTerm, licence: KnownLicence) -> tuple[list[Event], str]:
    """What the row adds to a known licence, and a warning where it contradicts what cannot be undone."""
    if licence.status in _REVOKED and row.status in (None, *_GRANTS):
        return [], STAYS_REVOKED if row.status else ""
    if licence.status in _GIVEN_UP and row.status in (None, *_GRANTS):
        return [], STAYS_GIVEN_UP.format(licence.status.label.lower()) if row.status else ""
    if licence.status in _BEFORE_A_GRANT and row.status in _GRANTS and _brings_the_grant(row, licence):
        return [_grant(row, EventKind.GRANTED)], ""
    if _is_of_earlier_term(row, licence) and row.status is not EventKind.REVOKED:
        return [], ""
    events = []
    if row.status not in _WITHOUT_TERM and _brings_a_term(row, licence):
        events.append(_grant(row, EventKind.RENEWED))
    if licence.status is LicenceStatus.SUSPENDED and row.status in _GRANTS:
        events.append(Event(EventKind.SUSPENSION_ENDED))
    elif row.status and not _is_known(row.status, licence, bool(events)) and not _says_the_term_itself(row):
        events.append(Event(row.status))
    return events, ""


def _is_known(status: EventKind, licence: KnownLicence, in_a_new_term: bool) -> bool:
    """Whether the register says this already: by its status, or, where none follows from the event, by the event.

    What is over, or has not begun, cannot be suspended or end again: there the event, once recorded, says it all.
    """
    runs = licence.status.is_in_force or licence.status is LicenceStatus.SUSPENDED
    if not runs and not in_a_new_term and status in licence.events:
        return True
    if status in _ALREADY:
        return licence.status in _ALREADY[status]
    return status in licence.events


def known_from(events: Sequence[Event], badge_no: str, as_at: date) -> KnownLicence:
    """A licence that this file brings in, as if the register knew it."""
    term = term_as_at(sorted(events, key=lambda event: event.filed_on))
    grants = [event.filed_on for event in events if event.kind in _GRANTS and event.is_dated]
    return KnownLicence(
        badge_no=badge_no,
        starts_on=term.starts_on if term else None,
        expires_on=term.expires_on if term else None,
        status=status_as_at(events, as_at),
        events=frozenset(event.kind for event in events),
        filed_on=max(grants, default=None),
    )


def _grant(row: SaysTerm, kind: EventKind) -> Event:
    return Event(kind, decided_on=row.granted_on, starts_on=row.starts_on, expires_on=row.expires_on)


def further_events(row: SaysTerm, licence: KnownLicence, first_row: int) -> tuple[list[Event], str]:
    """What a further row of one file adds to a licence: a later term with its status, or a revocation.

    Anything else would contradict the first row, and bringing the file in again would go back and forth.
    """
    events, warning = events_to_add(row, licence)
    if row.starts_on and licence.starts_on and row.starts_on > licence.starts_on:
        return events, warning
    kept = [event for event in events if event.kind is EventKind.REVOKED]
    return kept, warning or (CONTRADICTS.format("term or status", first_row) if kept != events else "")


def _is_of_earlier_term(row: SaysTerm, licence: KnownLicence) -> bool:
    """Whether the row tells of a term before the one that is known, as files do that list every term."""
    if not (row.starts_on and row.expires_on and licence.starts_on and licence.expires_on):
        return False
    return row.starts_on < licence.starts_on and row.expires_on < licence.expires_on


def _brings_the_grant(row: SaysTerm, licence: KnownLicence) -> bool:
    """Whether the grant is not on the register yet: one that lies ahead is, though no licence is in force by it."""
    filed_on = row.granted_on or row.starts_on
    is_known = filed_on is not None and filed_on == licence.filed_on and not _term_differs(row, licence)
    return not is_known and not _is_of_earlier_term(row, licence)


def _brings_a_term(row: SaysTerm, licence: KnownLicence) -> bool:
    """Whether the row tells of another term than the known one, and one that comes after it."""
    filed_on = row.granted_on or row.starts_on
    if filed_on and licence.filed_on and filed_on < licence.filed_on:
        return False
    if filed_on and filed_on == licence.filed_on and licence.starts_on is None and row.expires_on is None:
        return False  # the grant is known, and that it has expired since, though not when
    return _term_differs(row, licence) and not _is_of_earlier_term(row, licence)


def _term_differs(row: SaysTerm, licence: KnownLicence) -> bool:
    starts = row.starts_on is not None and row.starts_on != licence.starts_on
    expires = row.expires_on is not None and row.expires_on != licence.expires_on
    return starts or expires


def _says_the_term_itself(row: SaysTerm) -> bool:
    """“Expired” with a last day says no more than the last day does."""
    return row.status is EventKind.EXPIRED and row.expires_on is not None
