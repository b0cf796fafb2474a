"""Awareness: what was done, for whom, and how many it reached."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.downloads import csv_of_list
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.prevention import changes, presenting, queries
from licensing.prevention.forms import ActivitiesFilterForm, ActivityForm
from licensing.prevention.queries import ActivitiesFilter
from licensing.prevention.rules import Activity, Reached
from licensing.prevention.views import agency_chosen, done, offer_agencies, prevention
from licensing.saving import saved


@prevention.get("/awareness")
@requires(Permission.DISRUPT)
def list_activities() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.AWARENESS)
    form = _filter_form()
    wanted = _wanted(form)
    page = queries.activities_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "prevention/list_activities.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.activity_rows(page.items, signed_in_user().authority.id),
        reached=presenting.reach_rows(queries.reach_by_audience(wanted)),
    )


@prevention.get("/awareness.csv")
@requires(Permission.DISRUPT)
def download_activities() -> ResponseReturnValue:
    lines = presenting.activity_lines(queries.all_activities(_wanted(_filter_form())))
    file, told = csv_of_list("awareness", presenting.ACTIVITY_HEADINGS, lines)
    audit.record_alone(Action.EXPORTED, ObjectKind.AWARENESS, details=told)
    return file


def _filter_form() -> ActivitiesFilterForm:
    form = ActivitiesFilterForm(request.args)
    offer_agencies(form.agency)
    form.validate()
    return form


def _wanted(form: ActivitiesFilterForm) -> ActivitiesFilter:
    return ActivitiesFilter(form.kind.data, form.audience.data, agency_chosen(form.agency))


@prevention.route("/awareness/record", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def record_activity() -> ResponseReturnValue:
    form, back = ActivityForm(), url_for("prevention.list_activities")
    offer_agencies(form.agency)
    if form.validate_on_submit() and saved(form, lambda: _record(form)):
        return done("The activity is recorded.", back)
    return ask(form, "Record what was done", back)


def _own(activity_id: UUID) -> bool:
    return queries.activity_stands(signed_in_user().authority.id, activity_id)


@prevention.route("/awareness/<uuid:activity_id>/correct", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@records_look(ObjectKind.AWARENESS, "activity_id", _own)
def correct_activity(activity_id: UUID) -> ResponseReturnValue:
    """Another entry takes its place; what it said stays."""
    before, back = queries.activity_of(activity_id), url_for("prevention.list_activities")
    there = queries.reached_by([activity_id])[activity_id].premises
    given = {"agency": str(before.agency_id), "places": queries.places_as_written(there)}
    form = ActivityForm(data={**{name: getattr(before, name) for name in _AS_RECORDED}, **given})
    offer_agencies(form.agency)
    key = before.source_id
    if form.validate_on_submit() and saved(form, lambda: _record(form, key, activity_id)):
        return done("The activity is corrected.", back)
    return ask(form, "Correct what was done", back, intro=_KEPT)


_KEPT = "Places that it reached and that you may not know of stay with it."


_AS_RECORDED = ("kind", "audience", "held_on", "place", "reach", "drivers")


def _record(form: ActivityForm, source_id: str | None = None, before_id: UUID | None = None) -> None:
    reached = Reached(form.drivers.data, changes.premises_written(form.places.data or ""))
    changes.record_activity(signed_in_user(), _activity(form, source_id), before_id, reached)


def _activity(form: ActivityForm, source_id: str | None = None) -> Activity:
    held_on, reach = form.held_on.data, form.reach.data
    assert held_on is not None  # the form asks for both
    assert reach is not None
    return Activity(
        kind=form.kind.data,
        audience=form.audience.data,
        held_on=held_on,
        place=form.place.data or "",
        reach=reach,
        agency_id=UUID(form.agency.data),
        source_id=source_id,
    )
