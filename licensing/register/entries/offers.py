"""Choices that depend on the record a form is about, and on who asks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.forms import options
from licensing.permissions import Permission
from licensing.register import queries
from licensing.register.catalogue import Held
from licensing.register.changes import positions
from licensing.register.entries.entry import Asked
from licensing.register.entries.standing import holder_name
from licensing.register.events import EventKind, RecordKind
from licensing.register.forms import licences as licence_forms
from licensing.register.forms import positions as position_forms
from licensing.register.forms.questions import left_to_decisions, offer_events, questions


def offer_kinds(on: RecordKind) -> Callable[[Any, ActingUser, UUID | None, Asked], None]:
    held = {
        RecordKind.PERSON: (Held.PERSON, Held.HOLDER),
        RecordKind.ORGANISATION: (Held.HOLDER,),
        RecordKind.VEHICLE: (Held.VEHICLE,),
        RecordKind.PREMISES: (Held.PREMISES,),
    }[on]

    def offer(form: licence_forms.LicenceForm, user: ActingUser, _record_id: UUID | None, _asked: Asked) -> None:
        kinds = [kind for kind in queries.kinds_issued_by(user.authority.id) if kind.held in held]
        form.kind.choices = options((kind.value, kind.label) for kind in kinds)
        if on is not RecordKind.PREMISES:
            form.left_out.add("activities")
        if not any(kind.number_label for kind in kinds):
            form.left_out.add("badge_no")

    return offer


def offer_parts(on: RecordKind) -> Callable[[Any, ActingUser, UUID | None, Asked], None]:
    def offer(form: position_forms.PositionForm, _user: ActingUser, _record_id: UUID | None, _asked: Asked) -> None:
        form.kind.choices = options((kind.value, kind.label) for kind in positions.PARTS_OF[on])

    return offer


def offer_ending(on: RecordKind) -> Callable[[Any, ActingUser, UUID | None, Asked], None]:
    def offer(form: position_forms.PositionEndForm, _user: ActingUser, record_id: UUID | None, _asked: Asked) -> None:
        assert record_id is not None
        open_ones = [one for one in positions.positions_of(on, record_id) if one.until_on is None]
        form.position.choices = options((str(one.id), f"{one.kind.label}: {holder_name(one)}") for one in open_ones)

    return offer


LEFT_TO_DECISIONS = (
    "What was decided (a grant, refusal, suspension or revocation) is recorded under “Decide” on the licence’s page, "
    "whether it is decided now or was decided elsewhere. Appeals are recorded on the decision’s own page."
)


def offer_events_of(form: licence_forms.EventForm, user: ActingUser, record_id: UUID | None, asked: Asked) -> None:
    """First what happened, then what such an event has."""
    assert record_id is not None
    licence = queries.licence(record_id)
    left_out = left_to_decisions(licence.kind, manages=user.may(Permission.DECIDE))
    offer_events(form, licence.kind, left_out=left_out)
    if left_out:
        form.event.description = LEFT_TO_DECISIONS
    chosen = asked.get("event", "")
    if chosen in {value for value, *_ in form.event.choices or ()}:
        form.ask_only(*questions(licence.kind, EventKind(chosen)))
        form.event.data = EventKind(chosen)
        form.settled.add("event")
    else:
        form.ask_only("event")


def offer_correction(form: licence_forms.LicenceCorrectionForm, _user: Any, record_id: Any, _asked: Asked) -> None:
    licence = queries.licence(record_id)
    if licence.kind.held is not Held.PREMISES:
        form.left_out.add("activities")
    if not licence.kind.number_label:
        form.left_out.add("badge_no")
