"""A council's file that still has what an officer put right by hand."""

from datetime import date

from imports.conftest import BringIn
from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.imports.rules import ImportKind
from licensing.register.changes import people, things
from licensing.register.identifiers import shown_identifiers
from licensing.register.models import Person, Premises, Vehicle
from licensing.register.places import PremisesKind

DRIVERS = (
    "source_id,given_names,family_name,date_of_birth,nino,licence_no,licence_type,expires_on\n"
    "A1,Ana,Exampel,01/02/1990,QQ123456C,PHD1,private hire,28/02/2029\n"
)
VEHICLES = (
    "source_id,vrm,colour,licence_no,licence_type,wheelchair_accessible\nV1,AB12 CDE,Sliver,PHV1,private hire,no\n"
)
PLACES = (
    "source_id,name,address,postcode,premises_type,licence_no,licence_type\n"
    "L1,The Sampel Arms,1 Sample Street,OX99 1AA,Club,24/1/PREM,Premises licence\n"
)


def correct_driver(officer: ActingUser) -> Person:
    person = db.session.scalars(select(Person)).one()
    given = {
        "given_names": "Anna",
        "family_name": "Example",
        "date_of_birth": date(1990, 1, 2),
        "nino": "QQ123457C",
        "driving_licence_no": None,
        "reason": "Typed wrong",
    }
    people.correct_person(officer, person.id, given, people.person_state(person))
    db.session.commit()
    return person


def test_a_driver_who_was_put_right_stays_right_and_the_officer_is_told(officer: ActingUser, bring_in: BringIn) -> None:
    bring_in(ImportKind.DRIVERS, DRIVERS)
    person = correct_driver(officer)
    person_id, right = person.id, people.person_state(person)

    again = bring_in(ImportKind.DRIVERS, DRIVERS)

    person = db.session.get_one(Person, person_id)
    assert people.person_state(person) == right
    assert (person.family_name, person.date_of_birth) == ("Example", date(1990, 1, 2))
    assert [number for _, number in shown_identifiers(person)] == ["QQ123457C"]
    assert (again["changed"], again["unchanged"]) == (0, 1)
    kept = [warning for warning in again["warnings"] if "which was kept" in warning]
    told = [warning.partition(": ")[2].partition(":")[0] for warning in kept]
    assert told == ["Given names", "Family name", "Date of birth", "National Insurance number"]
    assert "Exampel" not in str(again["warnings"])


def test_what_is_new_beside_the_mistake_is_taken_up(officer: ActingUser, bring_in: BringIn) -> None:
    bring_in(ImportKind.DRIVERS, DRIVERS)
    person_id = correct_driver(officer).id

    married = bring_in(ImportKind.DRIVERS, DRIVERS.replace("Exampel", "Sample"))

    person = db.session.get_one(Person, person_id)
    assert (person.given_names, person.family_name) == ("Anna", "Sample")
    assert married["changed"] == 1


def test_a_vehicle_that_was_put_right_stays_right(officer: ActingUser, bring_in: BringIn) -> None:
    bring_in(ImportKind.VEHICLES, VEHICLES)
    vehicle = db.session.scalars(select(Vehicle)).one()
    given = {
        "vrm": "AB12 CDF",
        "make": "",
        "model": "",
        "colour": "Silver",
        "wheelchair": "yes",
        "reason": "Typed wrong",
    }
    things.correct_vehicle(officer, vehicle.id, given, things.vehicle_state(vehicle))
    db.session.commit()
    vehicle_id, right = vehicle.id, things.vehicle_state(vehicle)

    again = bring_in(ImportKind.VEHICLES, VEHICLES)

    vehicle = db.session.get_one(Vehicle, vehicle_id)
    assert things.vehicle_state(vehicle) == right
    assert (again["changed"], again["unchanged"], len(again["warnings"])) == (0, 1, 3)


def test_a_place_that_was_put_right_stays_right(officer: ActingUser, bring_in: BringIn) -> None:
    bring_in(ImportKind.PREMISES, PLACES)
    place = db.session.scalars(select(Premises)).one()
    given = {
        "name": "The Sample Arms",
        "kind": PremisesKind.PUB,
        "address_lines": "1 Sample Street",
        "postcode": "OX99 1AA",
        "uprn": None,
        "rooms": None,
        "reason": "Typed wrong",
    }
    things.correct_premises(officer, place.id, given, things.premises_state(place))
    db.session.commit()
    place_id = place.id

    again = bring_in(ImportKind.PREMISES, PLACES)

    place = db.session.get_one(Premises, place_id)
    assert (place.name, place.kind) == ("The Sample Arms", PremisesKind.PUB)
    assert (again["changed"], again["unchanged"]) == (0, 1)
