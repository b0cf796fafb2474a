"""How the pages of records lead to what is linked with them."""

from uuid import UUID

from flask import url_for

from licensing.permissions import Permission
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section


def _section(address: str) -> Section:
    return Section("Links", "links/_section.html", actions=[("What is linked, two steps out", address)])


@adds_section(RecordKind.PERSON, Permission.REGISTER_READ, order=50)
def of_person(person_id: UUID) -> Section | None:
    return _section(url_for("links.of_person", person_id=person_id))


@adds_section(RecordKind.ORGANISATION, Permission.REGISTER_READ, order=50)
def of_organisation(organisation_id: UUID) -> Section | None:
    return _section(url_for("links.of_organisation", organisation_id=organisation_id))


@adds_section(RecordKind.VEHICLE, Permission.REGISTER_READ, order=50)
def of_vehicle(vehicle_id: UUID) -> Section | None:
    return _section(url_for("links.of_vehicle", vehicle_id=vehicle_id))
