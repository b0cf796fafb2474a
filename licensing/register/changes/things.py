"""Organisations, vehicles and premises: adding, correcting, and what changes with time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.matching.identifiers import normalise, written_postcode
from licensing.register import queries, states
from licensing.register.changes.corrections import keep_correction
from licensing.register.details import OrganisationDetails, PremisesDetails, VehicleDetails
from licensing.register.events import RecordKind
from licensing.register.forms.things import NO, NOT_KNOWN, YES, uprn_of
from licensing.register.models import ObligationCheck, Organisation, Premises, Vehicle, VehicleMark
from licensing.register.rows import Rows
from licensing.register.rules import filed_under

Answers = dict[str, Any]

_WHEELCHAIR = {YES: True, NO: False, NOT_KNOWN: None}


def _rows(user: ActingUser) -> Rows:
    return Rows(user.authority.id, current_app.config["KEYS"])


def postcode_of(given: Answers) -> str:
    return written_postcode(normalise(given["postcode"])) if given.get("postcode") else ""


def add_organisation(user: ActingUser, given: Answers) -> UUID:
    """Put an organisation on the register."""
    rows = _rows(user)
    added = rows.add_organisation(
        OrganisationDetails(
            given["name"],
            given["kind"],
            given["company_no"] or "",
            address=given["address_lines"] or "",
            postcode=postcode_of(given),
        )
    )
    rows.write()
    audit.record(Action.ADDED, ObjectKind.ORGANISATION, added)
    return added


def correct_organisation(user: ActingUser, organisation_id: UUID, given: Answers, before: states.State) -> None:
    """Put right what was recorded wrongly, and keep what it said."""
    organisation = db.session.get_one(Organisation, organisation_id)
    organisation.name, organisation.sort_name = given["name"], filed_under(given["name"])
    organisation.kind = given["kind"]
    organisation.company_no = normalise(given["company_no"] or "") or None
    organisation.address_lines, organisation.postcode = given["address_lines"] or "", postcode_of(given)
    organisation.ended_on = given["ended_on"]
    db.session.flush()
    changed = states.differences(before, organisation_state(organisation))
    keep_correction(user, RecordKind.ORGANISATION, organisation_id, changed, given["reason"])


def organisation_state(organisation: Organisation) -> states.State:
    """What is recorded of an organisation itself."""
    return {
        "Name": organisation.name,
        "Kind": organisation.kind.label,
        "Company number": organisation.company_no or "",
        "Address": organisation.address_lines,
        "Postcode": organisation.postcode,
        "Dissolved or wound up": organisation.ended_on.isoformat() if organisation.ended_on else "",
    }


def add_vehicle(user: ActingUser, given: Answers) -> UUID:
    """Put a vehicle on the register. RuleBroken when its registration is there already."""
    _refuse_known_mark(given["vrm"])
    rows = _rows(user)
    details = VehicleDetails(
        given["vrm"].upper(),
        given["make"],
        given["model"] or "",
        given["colour"] or "",
        _WHEELCHAIR[given["wheelchair"]],
    )
    added = rows.add_vehicle(details)
    rows.write()
    audit.record(Action.ADDED, ObjectKind.VEHICLE, added)
    return added


def correct_vehicle(user: ActingUser, vehicle_id: UUID, given: Answers, before: states.State) -> None:
    """Put right what was recorded wrongly, and keep what it said."""
    vehicle = db.session.get_one(Vehicle, vehicle_id)
    if normalise(given["vrm"]) != vehicle.vrm_key:
        _refuse_known_mark(given["vrm"])
    vehicle.vrm, vehicle.vrm_key = given["vrm"].upper(), normalise(given["vrm"])
    vehicle.make, vehicle.model = given["make"], given["model"] or ""
    vehicle.colour, vehicle.wheelchair_accessible = given["colour"] or "", _WHEELCHAIR[given["wheelchair"]]
    db.session.flush()
    changed = states.differences(before, vehicle_state(vehicle))
    keep_correction(user, RecordKind.VEHICLE, vehicle_id, changed, given["reason"])


def vehicle_state(vehicle: Vehicle) -> states.State:
    """What is recorded of a vehicle itself."""
    return {
        "Registration": vehicle.vrm,
        "Make": vehicle.make,
        "Model": vehicle.model,
        "Colour": vehicle.colour,
        "Wheelchair accessible": wheelchair_words(vehicle.wheelchair_accessible),
    }


def wheelchair_words(accessible: bool | None) -> str:
    return {True: "Yes", False: "No", None: ""}[accessible]


def wheelchair_answer(accessible: bool | None) -> str:
    return {value: answer for answer, value in _WHEELCHAIR.items()}[accessible]


def give_new_mark(user: ActingUser, vehicle_id: UUID, given: Answers) -> None:
    """A vehicle gets another registration; the one before stays in its history, and findable."""
    vehicle = db.session.get_one(Vehicle, vehicle_id)
    if normalise(given["vrm"]) == vehicle.vrm_key:
        raise RuleBroken("The vehicle has this registration already.", "vrm")
    _refuse_known_mark(given["vrm"])
    former = VehicleMark(
        authority_id=user.authority.id,
        vehicle_id=vehicle_id,
        vrm=vehicle.vrm,
        vrm_key=vehicle.vrm_key,
        until_on=the_day_before(given["from_on"]),
    )
    db.session.add(former)
    vehicle.vrm, vehicle.vrm_key = given["vrm"].upper(), normalise(given["vrm"])
    audit.record(Action.CHANGED, ObjectKind.VEHICLE, vehicle_id, details={"fields": ["Registration"]})
    db.session.flush()


def the_day_before(day: date) -> date:
    return day - timedelta(days=1)


def _refuse_known_mark(vrm: str) -> None:
    if queries.vehicle_with_mark(normalise(vrm)):
        raise RuleBroken(f"{vrm.upper()} is on your register already. Search for it instead.", "vrm")


def add_premises(user: ActingUser, given: Answers) -> UUID:
    """Put a place on the register. RuleBroken when its UPRN is there already."""
    uprn = uprn_of(given["uprn"])
    if uprn and queries.premises_with_uprn(uprn):
        raise RuleBroken("A place with this UPRN is on your register already. Search for it instead.", "uprn")
    rows = _rows(user)
    added = rows.add_premises(
        PremisesDetails(given["name"], given["kind"], given["address_lines"], postcode_of(given), uprn, given["rooms"])
    )
    rows.write()
    audit.record(Action.ADDED, ObjectKind.PREMISES, added)
    return added


def correct_premises(user: ActingUser, premises_id: UUID, given: Answers, before: states.State) -> None:
    """Put right what was recorded wrongly, and keep what it said."""
    place = db.session.get_one(Premises, premises_id)
    place.name, place.sort_name, place.kind = given["name"], filed_under(given["name"]), given["kind"]
    place.address_lines, place.postcode = given["address_lines"], postcode_of(given)
    place.uprn, place.rooms = uprn_of(given["uprn"]), given["rooms"]
    db.session.flush()
    changed = states.differences(before, premises_state(place))
    keep_correction(user, RecordKind.PREMISES, premises_id, changed, given["reason"])


def premises_state(place: Premises) -> states.State:
    """What is recorded of a place itself."""
    return {
        "Name": place.name,
        "Kind": place.kind.label,
        "Address": place.address_lines,
        "Postcode": place.postcode,
        "UPRN": str(place.uprn or ""),
        "Bedrooms for guests": str(place.rooms or ""),
    }


def record_obligation(user: ActingUser, premises_id: UUID, given: Answers) -> None:
    """Record that a duty of a place was checked, and what was found."""
    check = ObligationCheck(
        authority_id=user.authority.id,
        premises_id=premises_id,
        obligation=given["obligation"],
        result=given["result"],
        checked_on=given["checked_on"],
        checked_by=given["checked_by"],
        reference=given["reference"],
    )
    db.session.add(check)
    told = {"obligation": given["obligation"], "result": given["result"]}
    audit.record(Action.CHANGED, ObjectKind.PREMISES, premises_id, details=told)
    db.session.flush()
