"""Indicators: what agencies counted, by period."""

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
from licensing.prevention.forms import CountForm, CountsFilterForm
from licensing.prevention.queries import CountsFilter
from licensing.prevention.rules import Count
from licensing.prevention.views import agency_chosen, done, offer_agencies, prevention
from licensing.saving import saved


@prevention.get("/indicators")
@requires(Permission.DISRUPT)
def list_counts() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.INDICATOR)
    form = _filter_form()
    page = queries.counts_page(_wanted(form), request.args.get("page", 1, int))
    return render_template(
        "prevention/list_counts.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.count_rows(page.items, signed_in_user().authority.id),
    )


@prevention.get("/indicators.csv")
@requires(Permission.DISRUPT)
def download_counts() -> ResponseReturnValue:
    lines = presenting.count_lines(queries.all_counts(_wanted(_filter_form())))
    file, told = csv_of_list("indicators", presenting.COUNT_HEADINGS, lines)
    audit.record_alone(Action.EXPORTED, ObjectKind.INDICATOR, details=told)
    return file


def _filter_form() -> CountsFilterForm:
    form = CountsFilterForm(request.args)
    offer_agencies(form.agency)
    form.validate()
    return form


def _wanted(form: CountsFilterForm) -> CountsFilter:
    return CountsFilter(form.code.data if not form.code.errors else None, agency_chosen(form.agency))


@prevention.route("/indicators/record", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def record_count() -> ResponseReturnValue:
    form, back = CountForm(), url_for("prevention.list_counts")
    offer_agencies(form.agency)
    if form.validate_on_submit() and saved(form, lambda: changes.record_count(signed_in_user(), _count(form))):
        return done("The indicator is recorded.", back)
    return ask(form, "Record an indicator", back)


def _own(count_id: UUID) -> bool:
    return queries.count_stands(signed_in_user().authority.id, count_id)


@prevention.route("/indicators/<uuid:indicator_id>/correct", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@records_look(ObjectKind.INDICATOR, "indicator_id", _own)
def correct_count(indicator_id: UUID) -> ResponseReturnValue:
    """Another entry takes its place; what it said stays."""
    before, back = queries.count_of(indicator_id), url_for("prevention.list_counts")
    form = CountForm(obj=before, agency=str(before.agency_id))
    offer_agencies(form.agency)
    user = signed_in_user()
    if form.validate_on_submit() and saved(form, lambda: changes.record_count(user, _count(form), indicator_id)):
        return done("The indicator is corrected.", back)
    return ask(form, "Correct an indicator", back)


def _count(form: CountForm) -> Count:
    start, end, value = form.period_start.data, form.period_end.data, form.value.data
    assert start is not None and end is not None and value is not None  # noqa: PT018  (asked for by the form)
    return Count(form.code.data, UUID(form.agency.data), start, end, value)
