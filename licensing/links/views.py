"""A page for what is linked with a person, an organisation, a vehicle, a place or an action."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.disruption import queries as disruption
from licensing.links import presenting
from licensing.links.rules import Thing, ThingKind
from licensing.permissions import Permission, requires
from licensing.places import queries as places
from licensing.register.models import Organisation, Vehicle
from licensing.register.queries import person_exists, record_exists

links = Blueprint("links", __name__)


def _page(kind: ThingKind, record_id: UUID, back: str) -> ResponseReturnValue:
    shown = presenting.links_of(Thing(kind, str(record_id)))
    return render_template("links/show_links.html", shown=shown, back=back)


@links.get("/people/<uuid:person_id>/links")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.PERSON, "person_id", person_exists)
def of_person(person_id: UUID) -> ResponseReturnValue:
    return _page(ThingKind.PERSON, person_id, url_for("register.show_person", person_id=person_id))


@links.get("/organisations/<uuid:organisation_id>/links")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.ORGANISATION, "organisation_id", record_exists(Organisation))
def of_organisation(organisation_id: UUID) -> ResponseReturnValue:
    back = url_for("register.show_organisation", organisation_id=organisation_id)
    return _page(ThingKind.ORGANISATION, organisation_id, back)


@links.get("/vehicles/<uuid:vehicle_id>/links")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.VEHICLE, "vehicle_id", record_exists(Vehicle))
def of_vehicle(vehicle_id: UUID) -> ResponseReturnValue:
    return _page(ThingKind.VEHICLE, vehicle_id, url_for("register.show_vehicle", vehicle_id=vehicle_id))


@links.get("/places/<uuid:place_id>/links")
@requires(Permission.DISRUPT)
@records_look(ObjectKind.PREMISES, "place_id", places.place_exists)
def of_place(place_id: UUID) -> ResponseReturnValue:
    return _page(ThingKind.PREMISES, place_id, url_for("places.show_place", place_id=place_id))


@links.get("/actions/<uuid:action_id>/links")
@requires(Permission.DISRUPT)
@records_look(ObjectKind.DISRUPTION_ACTION, "action_id", disruption.action_exists)
def of_action(action_id: UUID) -> ResponseReturnValue:
    return _page(ThingKind.ACTION, action_id, url_for("disruption.show_action", action_id=action_id))
