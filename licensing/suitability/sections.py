"""What this room adds to the pages of the register: what is open, and how many complaints there were."""

from uuid import UUID

from flask import url_for

from licensing import dates
from licensing.db import db
from licensing.permissions import Permission
from licensing.register.events import RecordKind
from licensing.register.models import Person
from licensing.register.sections import Section, adds_section
from licensing.suitability import presenting
from licensing.suitability.presenting.concerns import counted
from licensing.suitability.queries.applications import applications_of
from licensing.suitability.queries.concerns import complaints_about
from licensing.suitability.queries.considerations import considerations_of
from licensing.suitability.queries.markers import markers_of

_TEMPLATE, _TITLE, _ORDER = "suitability/_section.html", "Applications and concerns", 40


@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=_ORDER)
def of_person(person_id: UUID) -> Section:
    """A person's applications and considerations, complaints about them, and who asks to be spoken to first."""
    licence_ids = [one.id for one in db.session.get_one(Person, person_id).licences]
    names = (
        "Record an application",
        "Open a consideration",
        "Record a complaint",
        "Record for which operator they work",
    )
    endpoints = (
        "add_application_of_person",
        "add_consideration_of_person",
        "add_complaint_about_person",
        "record_operator",
    )
    return Section(
        _TITLE,
        _TEMPLATE,
        {
            **_open(licence_ids),
            "counts": counted(RecordKind.PERSON, person_id, dates.today()),
            "markers": [one.words for one in markers_of(person_id)],
            "markers_page": url_for("suitability.show_markers", person_id=person_id),
        },
        [
            (words, url_for(f"suitability.{endpoint}", person_id=person_id))
            for words, endpoint in zip(names, endpoints, strict=True)
        ],
    )


@adds_section(RecordKind.LICENCE, Permission.CASEWORK, order=_ORDER)
def of_licence(licence_id: UUID) -> Section:
    """What is applied for, considered and reported of a licence."""
    names = ("Record an application", "Open a consideration", "Record a self-report")
    endpoints = ("add_application", "add_consideration", "add_self_report")
    return Section(
        _TITLE,
        _TEMPLATE,
        _open([licence_id]),
        [
            (words, url_for(f"suitability.{endpoint}", licence_id=licence_id))
            for words, endpoint in zip(names, endpoints, strict=True)
        ],
    )


@adds_section(RecordKind.ORGANISATION, Permission.CASEWORK, order=_ORDER)
def of_organisation(organisation_id: UUID) -> Section:
    """Complaints about an operator and its drivers."""
    return Section(
        "Complaints",
        _TEMPLATE,
        {"counts": counted(RecordKind.ORGANISATION, organisation_id, dates.today())},
        [
            (
                "Record a complaint",
                url_for("suitability.add_complaint_about_organisation", organisation_id=organisation_id),
            )
        ],
    )


@adds_section(RecordKind.VEHICLE, Permission.CASEWORK, order=_ORDER)
def of_vehicle(vehicle_id: UUID) -> Section:
    """Complaints about a vehicle."""
    return Section(
        "Complaints",
        _TEMPLATE,
        {"counts": counted(RecordKind.VEHICLE, vehicle_id, dates.today())},
        [("Record a complaint", url_for("suitability.add_complaint_about_vehicle", vehicle_id=vehicle_id))],
    )


@adds_section(RecordKind.PREMISES, Permission.CASEWORK, order=_ORDER)
def of_premises(premises_id: UUID) -> Section:
    """Complaints about a place, each by its reference."""
    return Section(
        "Complaints",
        _TEMPLATE,
        {
            "counts": counted(RecordKind.PREMISES, premises_id, dates.today()),
            "complaints": complaints_about(RecordKind.PREMISES, premises_id),
        },
        [("Record a complaint", url_for("suitability.add_complaint_about_premises", premises_id=premises_id))],
    )


def _open(licence_ids: list[UUID]) -> dict[str, list[dict[str, object]]]:
    return {
        "applications": presenting.application_rows(applications_of(licence_ids)),
        "considerations": presenting.consideration_rows(considerations_of(licence_ids)),
    }
