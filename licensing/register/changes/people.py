"""People: adding one with a licence, and what is wrong or has changed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.matching.identifiers import IdentifierKind, normalise, written_postcode
from licensing.register import queries, rederive, states
from licensing.register.changes.corrections import keep_correction
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import Event, EventKind, LapseCause, NameKind, RecordKind
from licensing.register.identifiers import LABELS, shown_identifiers
from licensing.register.life_cycle import events_known_to
from licensing.register.models import Licence, Person, PersonAddress
from licensing.register.rows import Rows
from licensing.register.rules import sort_name

Answers = dict[str, Any]
CORRECTED_NUMBERS = (IdentifierKind.NI_NUMBER, IdentifierKind.DRIVER_NUMBER)

# Town Police Clauses Act 1847 s.46 and Local Government (Miscellaneous Provisions) Act 1976 s.51: districts issue.
NOT_ISSUED_HERE = "{} does not issue drivers’ licences: the district or unitary council of the area does."


def add_person(user: ActingUser, details: PersonDetails) -> UUID:
    """Add a person with a licence to the acting authority's register. RuleBroken when the number is taken."""
    if details.licences and not queries.licenses_drivers(user.authority.id):
        raise RuleBroken(NOT_ISSUED_HERE.format(user.authority.name))
    for licence in details.licences:
        _check_licence(licence)
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    person_id = rows.add_person(details)
    try:
        rows.write()
    except IntegrityError as error:  # sent twice at once: the other one was first
        raise _taken(details.licences[0]) from error
    audit.record(
        Action.ADDED,
        ObjectKind.PERSON,
        person_id,
        details={"licences": [licence.kind.value for licence in details.licences]},
    )
    return person_id


def _check_licence(licence: LicenceDetails) -> None:
    if queries.licence_number_is_taken(licence.kind, normalise(licence.number)):
        raise _taken(licence)


def _taken(licence: LicenceDetails) -> RuleBroken:
    return RuleBroken(
        f"{licence.kind.label} licence {licence.number} is on your register already. Check the number, "
        "or open that record.",
        "number",
    )


def correct_person(user: ActingUser, person_id: UUID, given: Answers, before: states.State) -> None:
    """Put right what was recorded wrongly: what it said is kept, and what is compared is made anew."""
    person = db.session.get_one(Person, person_id)
    person.given_names, person.family_name = given["given_names"], given["family_name"]
    person.sort_name = sort_name(person.given_names, person.family_name)
    person.date_of_birth = given["date_of_birth"]
    numbers = {IdentifierKind.NI_NUMBER: given["nino"], IdentifierKind.DRIVER_NUMBER: given["driving_licence_no"]}
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    for kind, number in numbers.items():
        _correct_identifier(rows, person, kind, number)
    rows.write()
    db.session.flush()
    db.session.expire(person)  # its numbers too, which were read before
    changed = states.differences(before, person_state(person))
    keep_correction(user, RecordKind.PERSON, person_id, changed, given["reason"])
    rederive.match_records([person_id], current_app.config["KEYS"])


def _correct_identifier(rows: Rows, person: Person, kind: IdentifierKind, number: str | None) -> None:
    """The number that stands is superseded unless it is the same, and the right one, if there is one, is added."""
    shown = dict(shown_identifiers(person)).get(LABELS[kind], "")
    if normalise(number or "") == shown:
        return
    for one in person.identifiers:
        if one.kind is kind:
            one.superseded_at = db.func.now()
    db.session.flush()
    if number:
        rows.add_identifier(person.id, kind, number)


def person_state(person: Person) -> states.State:
    """What is recorded of a person themself."""
    numbers = dict(shown_identifiers(person))
    return {
        "Given names": person.given_names,
        "Family name": person.family_name,
        "Date of birth": in_words(person.date_of_birth) if person.date_of_birth else "",
        **{LABELS[kind]: numbers.get(LABELS[kind], "") for kind in CORRECTED_NUMBERS},
    }


def record_name(user: ActingUser, person_id: UUID, given: Answers) -> None:
    """Another name; where it is their name now, the one before it is kept as a former name."""
    person = db.session.get_one(Person, person_id)
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    names = (given["given_names"] or "", given["family_name"])
    if given["what"] is NameKind.CURRENT:
        ended = given["from_on"] - timedelta(days=1) if given["from_on"] else None
        rows.add_name(person_id, NameKind.FORMER, person.given_names, person.family_name, until_on=ended)
        person.given_names, person.family_name = names
        person.sort_name = sort_name(*names)
    else:
        rows.add_name(person_id, given["what"], *names, from_on=given["from_on"])
    rows.write()
    _changed(person_id, "Name")


def record_address(user: ActingUser, person_id: UUID, given: Answers) -> None:
    """Where they live now; the address before it ends the day before."""
    person = db.session.get_one(Person, person_id)
    for former in person.addresses:
        if former.until_on is None and given["from_on"]:
            former.until_on = given["from_on"] - timedelta(days=1)
    postcode = written_postcode(normalise(given["postcode"])) if given["postcode"] else ""
    lived = PersonAddress(
        authority_id=user.authority.id,
        person_id=person_id,
        lines=given["lines"],
        postcode=postcode,
        from_on=given["from_on"],
    )
    db.session.add(lived)
    _changed(person_id, "Address")


def record_death(user: ActingUser, person_id: UUID, given: Answers) -> None:
    """The holder died: licences of their own end by it, those that had ended before stay as they ended.

    A premises licence lapses (Licensing Act 2003 s.27), unless an interim authority notice is given or a transfer
    applied for within 28 days. A vehicle's licence passes to the estate and is left as it is. The parts they
    played end.
    """
    person = db.session.get_one(Person, person_id)
    if person.deceased_on:
        raise RuleBroken(f"Their death on {in_words(person.deceased_on)} is recorded already.", "deceased_on")
    person.deceased_on = day = given["deceased_on"]
    rows, touched = Rows(user.authority.id, current_app.config["KEYS"]), []
    for licence in person.licences:
        event = _ended_by_death(licence, day)
        if event:
            rows.add_event(licence.id, event)
            touched.append(licence.id)
    for part in queries.positions_in("person_id", person_id):
        part.until_on = part.until_on or max(day, part.from_on or day)
    rows.write()
    db.session.flush()
    rederive.licences(touched)
    _changed(person_id, "Date of death")


def _ended_by_death(licence: Licence, day: date) -> Event | None:
    known = events_known_to(licence.kind)
    if EventKind.DIED in known:
        return Event(EventKind.DIED, decided_on=day)
    if EventKind.LAPSED in known:
        return Event(EventKind.LAPSED, decided_on=day, cause=LapseCause.DEATH)
    return None


def _changed(person_id: UUID, field: str) -> None:
    db.session.flush()
    rederive.match_records([person_id], current_app.config["KEYS"])
    audit.record(Action.CHANGED, ObjectKind.PERSON, person_id, details={"fields": [field]})
