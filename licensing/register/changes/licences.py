"""Licences and other authorisations: adding one, what happens to it, and putting right what was recorded wrongly."""

from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.matching.identifiers import normalise
from licensing.register import queries, rederive, states
from licensing.register.catalogue import LicenceKind
from licensing.register.changes.corrections import keep_correction
from licensing.register.changes.things import the_day_before
from licensing.register.details import LicenceDetails
from licensing.register.events import Event, EventKind, RecordKind
from licensing.register.models import Licence, LicenceMark
from licensing.register.places import Activity
from licensing.register.rows import Rows

Answers = dict[str, Any]

# What a record of each kind is to the licence that is added to it.
ITS_COLUMN = {
    RecordKind.PERSON: "person_id",
    RecordKind.ORGANISATION: "organisation_id",
    RecordKind.VEHICLE: "vehicle_id",
    RecordKind.PREMISES: "premises_id",
}


def add_licence(user: ActingUser, kind: RecordKind, record_id: UUID, given: Answers) -> UUID:
    """Add a licence or an application to a record. RuleBroken when its number is taken."""
    licence_kind: LicenceKind = given["kind"]
    if licence_kind not in queries.kinds_issued_by(user.authority.id):
        raise RuleBroken(f"{user.authority.name} does not issue this kind of licence.", "kind")
    if queries.licence_number_is_taken(licence_kind, normalise(given["number"])):
        raise _taken(licence_kind, given["number"])
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    details = LicenceDetails(
        licence_kind,
        given["number"],
        given["badge_no"] or "",
        tuple(_first_events(given)),
        tuple(Activity(one) for one in given["activities"]),
    )
    of = {column: record_id if of is kind else None for of, column in ITS_COLUMN.items()}
    licence_id = rows.add_licence(of.pop("person_id"), details, irregular=given["irregular"], **of)
    try:
        rows.write()
    except IntegrityError as error:  # sent twice at once: the other one was first
        raise _taken(licence_kind, given["number"]) from error
    if kind is RecordKind.PERSON:
        rederive.match_records([record_id], current_app.config["KEYS"])
    audit.record(Action.ADDED, ObjectKind.LICENCE, licence_id, details={"kind": licence_kind})
    return licence_id


def _taken(kind: LicenceKind, number: str) -> RuleBroken:
    return RuleBroken(f"{kind.label} {number} is on your register already. Check the number.", "number")


def _first_events(given: Answers) -> list[Event]:
    events = []
    if given["received_on"]:
        events.append(Event(EventKind.RECEIVED, decided_on=given["received_on"]))
    if given["granted_on"]:
        term = {"starts_on": given["starts_on"], "expires_on": given["expires_on"]}
        events.append(Event(EventKind.GRANTED, decided_on=given["granted_on"], **term))
    return events


def correct_licence(user: ActingUser, licence_id: UUID, given: Answers, before: states.State) -> None:
    """Put right a number or the activities, and keep what they said."""
    licence = db.session.get_one(Licence, licence_id)
    key = normalise(given["number"])
    if key != licence.number_key and queries.licence_number_is_taken(licence.kind, key):
        raise _taken(licence.kind, given["number"])
    licence.number, licence.number_key = given["number"], key
    licence.badge_no = given["badge_no"] or None
    licence.badge_key = normalise(given["badge_no"] or "") or None
    licence.activities = list(given["activities"])
    _found_again(licence)
    keep_correction(
        user, RecordKind.LICENCE, licence_id, states.differences(before, licence_state(licence)), given["reason"]
    )


def licence_state(licence: Licence) -> states.State:
    """What is recorded of a licence itself, and how many events."""
    return {
        "Licence number": licence.number,
        "Badge or plate number": licence.badge_no or "",
        "Activities": ", ".join(Activity(one).label for one in licence.activities),
    }


def give_new_number(user: ActingUser, licence_id: UUID, given: Answers) -> None:
    """A new badge or plate; the number before stays in the history, and findable."""
    licence = db.session.get_one(Licence, licence_id)
    if normalise(given["badge_no"]) == licence.badge_key:
        raise RuleBroken("The licence has this number already.", "badge_no")
    if licence.badge_no:
        former = LicenceMark(
            authority_id=user.authority.id,
            licence_id=licence_id,
            number=licence.badge_no,
            number_key=licence.badge_key,
            until_on=the_day_before(given["from_on"]),
        )
        db.session.add(former)
    licence.badge_no, licence.badge_key = given["badge_no"], normalise(given["badge_no"])
    _found_again(licence)
    audit.record(Action.CHANGED, ObjectKind.LICENCE, licence_id, details={"fields": [licence.kind.number_label]})


def _found_again(licence: Licence) -> None:
    """The driver check finds the holder under the numbers as they are now."""
    db.session.flush()
    if licence.person_id:
        rederive.match_records([licence.person_id], current_app.config["KEYS"])
