"""The register of guesthouses, a place with all that the reader may know of it, and recording a check."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.disruption import queries as disruption
from licensing.disruption.aiming import about
from licensing.downloads import csv_of_list
from licensing.forms import applied_filters, options
from licensing.hotel_notices.queries import notices_at
from licensing.permissions import Permission, requires
from licensing.places import changes, chronology, presenting, queries
from licensing.places.forms import CheckForm, GuesthousesFilterForm
from licensing.places.queries import GuesthousesFilter, Place
from licensing.places.subjects import SECTION
from licensing.register.events import RecordKind
from licensing.register.sections import Section, sections_of
from licensing.register.views import seek, sought
from licensing.saving import saved

places = Blueprint("places", __name__)

_LOOK = records_look(ObjectKind.PREMISES, "place_id", queries.place_exists)


def _page(place_id: UUID) -> str:
    return url_for("places.show_place", place_id=place_id)


@places.get("/guesthouses")
@requires(Permission.DISRUPT)
def list_guesthouses() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PREMISES)
    form, asked = GuesthousesFilterForm(request.args), sought()
    wanted, names = _wanted(form, asked["words"]), {one.id: one.name for one in queries.councils()}
    page = queries.guesthouses_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "places/list_guesthouses.html",
        form=form,
        **asked,
        search_action=url_for("places.search_places"),
        search_label="Find a place of any kind, by name or postcode",
        applied=_applied(form, names),
        rows=presenting.guesthouse_rows(page.items, names | disruption.names_of_authorities()),
        page=page,
    )


@places.post("/guesthouses/search")
@requires(Permission.DISRUPT)
def search_places() -> ResponseReturnValue:
    return seek(ObjectKind.PREMISES, "places.list_guesthouses")


def _wanted(form: GuesthousesFilterForm, words: str = "") -> GuesthousesFilter:
    form.council.choices = options((str(one.id), one.name) for one in queries.councils())
    form.validate()
    council = UUID(form.council.data) if form.council.data and not form.council.errors else None
    return GuesthousesFilter(council, form.kind.data, form.not_checked.data, words)


def _applied(form: GuesthousesFilterForm, names: dict[UUID, str]) -> list[dict[str, str]]:
    """The filters in force, the council by its name."""
    found = applied_filters(form)
    for one in found:
        if one["key"] == "council":
            one["text"] = f"Council: {names.get(UUID(form.council.data), '')}"
    return found


@places.post("/guesthouses.csv")
@requires(Permission.DISRUPT)
@fresh_second_factor
def download_guesthouses() -> ResponseReturnValue:
    """By POST, so that what it was narrowed to is there again after the second factor was asked for."""
    wanted = _wanted(GuesthousesFilterForm(MultiDict(request.form)))
    names = disruption.names_of_authorities()
    audit.record_alone(Action.LISTED, ObjectKind.PREMISES)
    lines = (presenting.guesthouse_line(one, names) for one in queries.all_guesthouses(wanted))
    file, told = csv_of_list("guesthouses", presenting.HEADINGS, lines)
    audit.record_alone(Action.EXPORTED, ObjectKind.PREMISES, details=told)
    return file


@places.get("/places/<uuid:place_id>")
@requires(Permission.DISRUPT)
@_LOOK
def show_place(place_id: UUID) -> ResponseReturnValue:
    place, today = queries.place(place_id), dates.today()
    checks, licences = queries.checks_of(place_id), queries.licences_at(place_id, today)
    reviews = queries.reviews_of([one.id for one in licences])
    return render_template(
        "places/show_place.html",
        place=place,
        about=about(ObjectKind.PREMISES, place_id),
        facts=presenting.place_facts(place, queries.council(place.authority_id), _on_own_register(place)),
        obligations=presenting.obligations(place, checks, licences, notices_at(place_id), today),
        licences=presenting.licence_rows(licences),
        reviews=presenting.review_rows(reviews, queries.next_due(reviews)),
        added=_sections(place),
        events=chronology.of_place(place, checks, licences, reviews, today, casework=_on_casework(place)),
    )


def _on_own_register(place: Place) -> str | None:
    """The address of the register's page of it, for whoever reads that register."""
    is_own = place.authority_id == signed_in_user().authority.id and current_user.may(Permission.REGISTER_READ)
    return url_for("register.show_premises", premises_id=place.id) if is_own else None


def _on_casework(place: Place) -> bool:
    """Whether the reader works on the licensing files of the council whose place it is."""
    return bool(_on_own_register(place)) and current_user.may(Permission.CASEWORK)


def _sections(place: Place) -> list[Section]:
    """What other rooms know of it; casework only of a place of one's own council."""
    besides = () if _on_own_register(place) else (Permission.CASEWORK,)
    found = sections_of(RecordKind.PREMISES, place.id, besides=besides)
    return [one for one in found if one.template != SECTION]


@places.route("/places/<uuid:place_id>/check", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def record_check(place_id: UUID) -> ResponseReturnValue:
    """What an agency of one's own found of one of its obligations."""
    place, form = queries.place(place_id), CheckForm()
    names = {str(one.id): one.name for one in disruption.acting_agencies()}
    form.agency.choices = options(names.items())
    if not form.is_submitted() and len(names) == 1:
        form.agency.data = next(iter(names))
    if form.validate_on_submit() and saved(form, lambda: _record(place, form, names)):
        flash("The check is recorded.", "success")
        return redirect(_page(place_id))
    return ask(form, "Record that an obligation was checked", _page(place_id), caption=place.name)


def _record(place: Place, form: CheckForm, agencies: dict[str, str]) -> None:
    checked_on = form.checked_on.data
    assert checked_on is not None
    by, reference = agencies[form.agency.data], form.reference.data
    changes.record_check(place, form.obligation.data, form.result.data, checked_on, checked_by=by, reference=reference)
