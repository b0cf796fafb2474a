"""Vehicles: finding one by what is on it, and its page."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.permissions import Permission, requires
from licensing.register import drafts, queries
from licensing.register.drafts import DraftKind
from licensing.register.events import RecordKind
from licensing.register.forms.filters import WordsForm
from licensing.register.models import Vehicle
from licensing.register.presenting import vehicle_rows, vehicles_rows
from licensing.register.views import back_to, register, shared_by_records, with_query_of_list


@register.get("/vehicles")
@requires(Permission.REGISTER_READ)
def list_vehicles() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.VEHICLE)
    search = request.args.get("search", type=UUID)
    words = (drafts.find(search, DraftKind.SEARCH) or {}).get("words", "")
    page = queries.vehicles_page(words, request.args.get("page", 1, int))
    return render_template(
        "register/list_vehicles.html",
        search=search,
        words=words,
        search_action=url_for("register.search_vehicles"),
        search_label="Registration, plate number or reference",
        page=page,
        rows=vehicles_rows(page.items, dates.today(), with_query_of_list),
    )


@register.post("/vehicles/search")
@requires(Permission.REGISTER_READ)
def search_vehicles() -> ResponseReturnValue:
    search = drafts.keep(signed_in_user(), DraftKind.SEARCH, {"words": WordsForm().words.data or ""})
    audit.record(Action.SEARCHED, ObjectKind.VEHICLE, search)
    db.session.commit()
    return redirect(url_for("register.list_vehicles", search=search))


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
