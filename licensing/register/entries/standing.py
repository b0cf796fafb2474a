"""What stands on the register when a form is opened: the answers there are already, and the state it was opened on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from licensing.matching.identifiers import IdentifierKind
from licensing.register import queries, states
from licensing.register.changes import event_corrections, positions, things
from licensing.register.entries.entry import Answers
from licensing.register.events import RecordKind
from licensing.register.identifiers import LABELS, shown_identifiers


def person_answers(person_id: UUID) -> Answers:
    person = queries.person(person_id)
    numbers = dict(shown_identifiers(person))
    return {
        "given_names": person.given_names,
        "family_name": person.family_name,
        "date_of_birth": person.date_of_birth,
        "nino": numbers.get(LABELS[IdentifierKind.NI_NUMBER]),
        "driving_licence_no": numbers.get(LABELS[IdentifierKind.DRIVER_NUMBER]),
    }


def vehicle_answers(vehicle_id: UUID) -> Answers:
    vehicle = queries.vehicle(vehicle_id)
    same = {name: getattr(vehicle, name) for name in ("vrm", "make", "model", "colour")}
    return {**same, "wheelchair": things.wheelchair_answer(vehicle.wheelchair_accessible)}


def organisation_answers(organisation_id: UUID) -> Answers:
    found = queries.organisation(organisation_id)
    return {
        name: getattr(found, name) for name in ("name", "kind", "company_no", "address_lines", "postcode", "ended_on")
    }


def premises_answers(premises_id: UUID) -> Answers:
    place = queries.premises(premises_id)
    same = {name: getattr(place, name) for name in ("name", "kind", "address_lines", "postcode", "rooms")}
    return {**same, "uprn": str(place.uprn) if place.uprn else None}


def licence_answers(licence_id: UUID) -> Answers:
    licence = queries.licence(licence_id)
    return {"number": licence.number, "badge_no": licence.badge_no, "activities": licence.activities}


def events_state(licence_id: UUID) -> states.State:
    """The events that stand, so that two people do not record what cannot both have happened."""
    licence = queries.licence(licence_id)
    events = (event_corrections.event_state(event) for event in licence.standing_events)
    return {
        f"Event {number}": "; ".join(value for value in state.values() if value)
        for number, state in enumerate(events, start=1)
    }


def positions_state(kind: RecordKind) -> Callable[[UUID], states.State]:
    def state(record_id: UUID) -> states.State:
        held = positions.positions_of(kind, record_id)
        return {
            f"Part {number}": f"{one.kind.label}: {holder_name(one)}, {one.from_on or ''} to {one.until_on or ''}"
            for number, one in enumerate(held, start=1)
        }

    return state


def holder_name(position: Any) -> str:
    """Who plays a part, by the name of their record or as written."""
    holder = position.person or position.organisation
    return holder.name if holder else position.written_name
