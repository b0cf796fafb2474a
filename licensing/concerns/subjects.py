"""How concerns are called by tasks, clocks and the trail, and found by their reference, for whoever may see them."""

from uuid import UUID

from flask import url_for
from flask_login import current_user
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.concerns import queries
from licensing.concerns.changes.raising import PREFIX
from licensing.concerns.models import Concern
from licensing.concerns.rules import LedTo
from licensing.db import db
from licensing.permissions import Permission
from licensing.register.by_reference import Referred, finds_references
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.CONCERN)
def concerns(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Concern).where(Concern.id.in_(ids)).order_by(Concern.id)
    return {one.id: (f"Concern {one.reference}", _page(one)) for one in db.session.scalars(found)}


def _page(concern: Concern) -> str:
    """Where this reader sees it."""
    if concern.authority_id == current_user.authority.id and current_user.may(Permission.CASEWORK):
        return url_for("concerns.show_concern", concern_id=concern.id)
    if current_user.may(Permission.ALLEGATIONS) and concern.lado_authority_id == current_user.authority.id:
        return url_for("concerns.show_referred", referred_id=concern.id)
    return url_for("concerns.show_raised", raised_id=concern.id)


@finds_references(PREFIX)
def by_reference(reference: str) -> Referred | None:
    found = db.session.scalars(select(Concern).where(Concern.reference == reference).order_by(Concern.id)).first()
    return Referred("Concern", found.reference, _page(found)) if found else None


def _section(kind: LedTo, record_id: UUID) -> Section | None:
    found = queries.concerns_about(kind, record_id)
    return Section("Concerns", "concerns/_section.html", {"concerns": found}) if found else None


@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=45)
def of_person(person_id: UUID) -> Section | None:
    return _section(LedTo.PERSON, person_id)


@adds_section(RecordKind.ORGANISATION, Permission.CASEWORK, order=45)
def of_organisation(organisation_id: UUID) -> Section | None:
    return _section(LedTo.ORGANISATION, organisation_id)


@adds_section(RecordKind.VEHICLE, Permission.CASEWORK, order=45)
def of_vehicle(vehicle_id: UUID) -> Section | None:
    return _section(LedTo.VEHICLE, vehicle_id)


@adds_section(RecordKind.PREMISES, Permission.CASEWORK, order=45)
def of_premises(premises_id: UUID) -> Section | None:
    return _section(LedTo.PREMISES, premises_id)
