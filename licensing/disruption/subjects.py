"""How actions and tasks of partners are called elsewhere, found by their reference, and shown on register pages."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption import aiming, presenting, queries
from licensing.disruption.changes import acting, asking
from licensing.disruption.models import Action, PartnerTask
from licensing.permissions import Permission
from licensing.register.by_reference import Referred, finds_references
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.DISRUPTION_ACTION)
def actions(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Action.id, Action.reference).where(Action.id.in_(ids)).order_by(Action.id)
    return {one.id: (f"Action {one.reference}", _page(one.id)) for one in db.session.execute(found)}


@adds_subject(ObjectKind.PARTNER_TASK)
def partner_tasks(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(PartnerTask.id, PartnerTask.reference).where(PartnerTask.id.in_(ids)).order_by(PartnerTask.id)
    page = "disruption.show_partner_task"
    return {
        one.id: (f"Asked of a partner {one.reference}", url_for(page, task_id=one.id))
        for one in db.session.execute(found)
    }


def _page(action_id: UUID) -> str:
    return url_for("disruption.show_action", action_id=action_id)


@finds_references(acting.PREFIX)
def action_by_reference(reference: str) -> Referred | None:
    found = select(Action.id, Action.reference).where(Action.reference == reference).order_by(Action.id)
    one = db.session.execute(found).first()
    return Referred("Disruption action", one.reference, _page(one.id)) if one else None


@finds_references(asking.PREFIX)
def task_by_reference(reference: str) -> Referred | None:
    found = select(PartnerTask.id, PartnerTask.reference).where(PartnerTask.reference == reference)
    one = db.session.execute(found.order_by(PartnerTask.id)).first()
    return (
        Referred("Asked of a partner", one.reference, url_for("disruption.show_partner_task", task_id=one.id))
        if one
        else None
    )


def _section(record_id: UUID) -> Section | None:
    found = queries.actions_about([record_id])
    rows = presenting.action_rows(found, dates.today())
    return Section("Disruption", "disruption/_section.html", {"rows": rows}) if found else None


def _with_a_way(kind: ObjectKind, record_id: UUID) -> Section:
    """The actions, and the way to another one about the very record."""
    address = url_for("disruption.find_powers", about=aiming.about(kind, record_id))
    rows = presenting.action_rows(queries.actions_about([record_id]), dates.today())
    return Section("Disruption", "disruption/_section.html", {"rows": rows}, [("Consider an action", address)])


@adds_section(RecordKind.PREMISES, Permission.DISRUPT, order=46)
def of_premises(premises_id: UUID) -> Section | None:
    """Only what there is: the page of the place leads to the powers."""
    return _section(premises_id)


@adds_section(RecordKind.PERSON, Permission.DISRUPT, order=46)
def of_person(person_id: UUID) -> Section:
    return _with_a_way(ObjectKind.PERSON, person_id)


@adds_section(RecordKind.ORGANISATION, Permission.DISRUPT, order=46)
def of_organisation(organisation_id: UUID) -> Section:
    return _with_a_way(ObjectKind.ORGANISATION, organisation_id)


@adds_section(RecordKind.VEHICLE, Permission.DISRUPT, order=46)
def of_vehicle(vehicle_id: UUID) -> Section:
    return _with_a_way(ObjectKind.VEHICLE, vehicle_id)


@adds_section(RecordKind.LICENCE, Permission.DISRUPT, order=46)
def of_licence(licence_id: UUID) -> Section:
    return _with_a_way(ObjectKind.LICENCE, licence_id)
