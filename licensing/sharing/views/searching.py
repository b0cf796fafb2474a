"""Searches of NR3S: the list, one search, and recording or correcting one."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.errors import RuleBroken
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.saving import saved
from licensing.sharing import presenting
from licensing.sharing.changes import searches as changes
from licensing.sharing.forms.filters import SearchesFilterForm
from licensing.sharing.forms.recording import SearchForm, prefilled
from licensing.sharing.models import Nr3sSearch
from licensing.sharing.queries import searches as queries
from licensing.sharing.views import ask, offer_colleagues, sharing

_LOOK = records_look(ObjectKind.NR3S_SEARCH, "nr3s_search_id", queries.search_exists)
UNTRAINED = "{} was not named as trained to search NR3S on that day. Only trained, named users may search it."


@sharing.get("/nr3s/searches")
@requires(Permission.CASEWORK)
def list_searches() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NR3S_SEARCH)
    form = SearchesFilterForm(request.args)
    form.validate()
    page = queries.searches_page(form.result.data, request.args.get("page", 1, int))
    return render_template(
        "sharing/list_searches.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.searches_rows(page.items),
    )


@sharing.get("/nr3s/searches/<uuid:nr3s_search_id>")
@requires(Permission.CASEWORK)
@_LOOK
def show_search(nr3s_search_id: UUID) -> ResponseReturnValue:
    search = queries.search(nr3s_search_id)
    trained = queries.is_named(search.searched_by, search.searched_on)
    return render_template(
        "sharing/show_search.html", search=search, rows=presenting.search_rows(search, trained), trained=trained
    )


@sharing.route("/licences/<uuid:licence_id>/nr3s-search", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.LICENCE, "licence_id", register.record_exists(Licence))
def record_search_for_licence(licence_id: UUID) -> ResponseReturnValue:
    """A search for the application that a licence's page stands for."""
    licence = register.licence(licence_id)
    back = url_for("register.show_licence", licence_id=licence_id)
    if licence.person_id is None:
        flash("NR3S holds drivers alone: this licence is not held by a person on the register.")
        return redirect(back)
    return _record(licence.person_id, licence_id, back, licence_name(licence))


@sharing.route("/people/<uuid:person_id>/nr3s-search", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def record_search(person_id: UUID) -> ResponseReturnValue:
    person = register.person(person_id)
    return _record(person_id, None, url_for("register.show_person", person_id=person_id), person.name)


@sharing.route("/nr3s/searches/<uuid:nr3s_search_id>/correct", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def correct_search(nr3s_search_id: UUID) -> ResponseReturnValue:
    search = queries.search(nr3s_search_id)
    back = url_for("sharing.show_search", nr3s_search_id=nr3s_search_id)
    return _record(search.person_id, search.licence_id, back, search.reference, search)


def _record(
    person_id: UUID, licence_id: UUID | None, back: str, caption: str, corrects: Nr3sSearch | None = None
) -> ResponseReturnValue:
    form = SearchForm(data=prefilled(corrects) if corrects else {"searched_by": str(signed_in_user().id)})
    offer_colleagues(form.searched_by, Permission.CASEWORK)
    made: list[UUID] = []
    if form.validate_on_submit() and saved(form, lambda: made.append(_made(form, person_id, licence_id, corrects))):
        _say(form)
        return redirect(url_for("sharing.show_search", nr3s_search_id=made[0]))
    title = "Correct a search of NR3S" if corrects else "Record a search of NR3S"
    return ask(form, title, back, caption=caption)


def _made(form: SearchForm, person_id: UUID, licence_id: UUID | None, corrects: Nr3sSearch | None) -> UUID:
    searched_on = form.searched_on.data
    if searched_on is None:  # the field is required
        raise RuleBroken("Enter the day of the search", "searched_on")
    search = changes.Search(
        purpose=form.purpose.data,
        searched_on=searched_on,
        searched_by=UUID(form.searched_by.data),
        terms=tuple(form.terms.data or ()),
        result=form.result.data,
        authorities=form.names_typed(),
        own_entries=bool(form.own_entries.data),
    )
    return changes.record_search(signed_in_user(), person_id, licence_id, search, corrects=corrects).id


def _say(form: SearchForm) -> None:
    """That it is recorded; that only trained people may search is an unverified rule, which warns and stops nothing."""
    flash("The search is recorded.", "success")
    who, searched_on = UUID(form.searched_by.data), form.searched_on.data
    if searched_on and not queries.is_named(who, searched_on):
        flash(UNTRAINED.format(queries.names_of(who).get(who, "A colleague")))
