"""Vehicles: finding one by what is on it, and its page."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission, requires
from licensing.register import queries
from licensing.register.events import RecordKind
from licensing.register.models import Vehicle
from licensing.register.presenting import vehicle_rows, vehicles_rows
from licensing.register.views import back_to, register, seek, shared_by_records, sought, with_query_of_list


@register.get("/vehicles")
@requires(Permission.REGISTER_READ)
def list_vehicles() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.VEHICLE)
    asked = sought()
    page = queries.vehicles_page(asked["words"], request.args.get("page", 1, int))
    return render_template(
        "register/list_vehicles.html",
        **asked,
        search_action=url_for("register.search_vehicles"),
        search_label="Registration, plate number or reference",
        page=page,
        rows=vehicles_rows(page.items, dates.today(), with_query_of_list),
    )


@register.post("/vehicles/search")
@requires(Permission.REGISTER_READ)
def search_vehicles() -> ResponseReturnValue:
    return seek(ObjectKind.VEHICLE, "register.list_vehicles")


@register.get("/vehicles/<uuid:vehicle_id>")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.VEHICLE, "vehicle_id", queries.record_exists(Vehicle))
def show_vehicle(vehicle_id: UUID) -> ResponseReturnValue:
    vehicle = queries.vehicle(vehicle_id)
    return render_template(
        "register/show_vehicle.html",
        back=back_to("register.list_vehicles"),
        vehicle=vehicle,
        rows=vehicle_rows(vehicle),
        **shared_by_records(RecordKind.VEHICLE, vehicle_id),
    )
