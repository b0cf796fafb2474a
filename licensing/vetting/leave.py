"""The end of somebody's leave to work here, recorded on the licences that end with it (1976 Act s.53A, s.55ZA)."""

from datetime import date
from typing import Any
from uuid import UUID

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.register.catalogue import Family, kinds_of
from licensing.register.changes import events
from licensing.register.events import EventKind
from licensing.register.life_cycle import is_regular
from licensing.register.models import Licence
from licensing.vetting import queries
from licensing.vetting.details import CheckDetails

_ENDS_WITH_LEAVE = kinds_of(Family.DRIVER, Family.OPERATOR)
_BLANK: dict[str, Any] = dict.fromkeys(
    ("notified_on", "effective_on", "starts_on", "expires_on", "relevant_information", "cause", "entitlement")
) | {"immediate": False, "power": None, "permanent": False, "irregular": False}


def record_on_licences(user: ActingUser, person_id: UUID, given: CheckDetails) -> None:
    """Record the last day of leave on every driver's and operator's licence whose status allows for it.

    Leave without an end is recorded only where an earlier end stands, as lasting for the term of the licence.
    """
    for licence in queries.licences_of(person_id, _ENDS_WITH_LEAVE):
        ends_on = given.expires_on or _whole_term(licence)
        if ends_on and _allows(licence):
            answers = {**_BLANK, "event": EventKind.LEAVE_RECORDED, "decided_on": dates.today(), "ends_on": ends_on}
            events.record_event(user, licence.id, answers)


def _whole_term(licence: Licence) -> date | None:
    ended = any(one.kind is EventKind.LEAVE_RECORDED for one in licence.standing_events)
    return licence.expires_on if ended else None


def _allows(licence: Licence) -> bool:
    return is_regular(licence.kind, licence.status_on(dates.today()), EventKind.LEAVE_RECORDED)
