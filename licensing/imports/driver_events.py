"""From a row's status and dates to events: for a new licence, and for one that the register knows already."""

from licensing.imports.existing import KnownLicence
from licensing.imports.rows_drivers import DriverRow
from licensing.register.events import Event, EventKind, LicenceStatus

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
    **{kind: set(LicenceStatus) for kind in _GRANTS},
}
_REVOKED = _ALREADY[EventKind.REVOKED]

STAYS_REVOKED = (
    "the file says that the licence is in force, but on your register it is revoked. Only a court can "
    "restore it, so nothing was changed."
)

CONTRADICTS = "it gives another {} than row {}, which speaks of the same one and is believed."


def first_events(row: DriverRow) -> tuple[Event, ...]:
    """The events of a licence seen for the first time. A status without its date is an event without one."""
    events = []
    if row.status not in _WITHOUT_TERM:
        events.append(_grant(row, EventKind.GRANTED))
    if row.status and row.status not in _GRANTS and not _says_the_term_itself(row):
        events.append(Event(row.status))
    return tuple(events)


def events_to_add(row: DriverRow, licence: KnownLicence) -> tuple[list[Event], str]:
    """What the row adds to a known licence, and a warning where it contradicts what cannot be undone."""
    if licence.status in _REVOKED and row.status in (None, *_GRANTS):
        return [], STAYS_REVOKED if row.status else ""
    if _is_of_earlier_term(row, licence) and row.status is not EventKind.REVOKED:
        return [], ""
    events = []
    if row.status not in _WITHOUT_TERM and _term_differs(row, licence) and not _is_of_earlier_term(row, licence):
        events.append(_grant(row, EventKind.RENEWED))
    if licence.status is LicenceStatus.SUSPENDED and row.status in _GRANTS:
        events.append(Event(EventKind.SUSPENSION_ENDED))
    elif row.status and not _is_known(row.status, licence) and not _says_the_term_itself(row):
        events.append(Event(row.status))
    return events, ""


def _is_known(status: EventKind, licence: KnownLicence) -> bool:
    """Whether the register says this already: by its status, or, where none follows from the event, by the event."""
    if status in _ALREADY:
        return licence.status in _ALREADY[status]
    return status in licence.events


def _grant(row: DriverRow, kind: EventKind) -> Event:
    return Event(kind, decided_on=row.granted_on, starts_on=row.starts_on, expires_on=row.expires_on)


def further_events(row: DriverRow, licence: KnownLicence, first_row: int) -> tuple[list[Event], str]:
    """What a further row of one file adds to a licence: a later term with its status, or a revocation.

    Anything else would contradict the first row, and bringing the file in again would go back and forth.
    """
    events, warning = events_to_add(row, licence)
    if row.starts_on and licence.starts_on and row.starts_on > licence.starts_on:
        return events, warning
    kept = [event for event in events if event.kind is EventKind.REVOKED]
    return kept, warning or (CONTRADICTS.format("term or status", first_row) if kept != events else "")


def _is_of_earlier_term(row: DriverRow, licence: KnownLicence) -> bool:
    """Whether the row tells of a term before the one that is known, as files do that list every term."""
    if not (row.starts_on and row.expires_on and licence.starts_on and licence.expires_on):
        return False
    return row.starts_on < licence.starts_on and row.expires_on < licence.expires_on


def _term_differs(row: DriverRow, licence: KnownLicence) -> bool:
    starts = row.starts_on is not None and row.starts_on != licence.starts_on
    expires = row.expires_on is not None and row.expires_on != licence.expires_on
    return starts or expires


def _says_the_term_itself(row: DriverRow) -> bool:
    """“Expired” with a last day says no more than the last day does."""
    return row.status is EventKind.EXPIRED and row.expires_on is not None
