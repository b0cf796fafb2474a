"""Applications: the list, one application's task list, and what is recorded of it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters, options
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.catalogue import CATALOGUE, Held
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.register.sections import sections_of
from licensing.register.warnings import warnings_about
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.applying import ItemKind, items_asked
from licensing.suitability.changes import applications as changes
from licensing.suitability.changes import recommendations
from licensing.suitability.forms.cases import (
    ApplicationForm,
    ApplicationsFilterForm,
    ItemForm,
    NewApplicationForm,
    RecommendationForm,
)
from licensing.suitability.forms.shared import DayAndWordsForm, DayForm
from licensing.suitability.queries import applications as queries
from licensing.suitability.queries import considerations, convictions
from licensing.suitability.readiness import readiness
from licensing.suitability.recommending import decisions_on_application
from licensing.suitability.views import asked, done, suitability
from licensing.suitability.views.checking import asked_and_checked


@suitability.get("/applications")
@requires(Permission.CASEWORK)
def list_applications() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.APPLICATION)
    form = ApplicationsFilterForm(request.args)
    form.validate()
    mine = signed_in_user().id if form.whose.data else None
    wanted = queries.ApplicationsFilter(form.kind.data, form.state.data, mine)
    page = queries.applications_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "suitability/list_applications.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.application_rows(page.items),
    )


@suitability.route("/people/<uuid:person_id>/application", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def add_application_of_person(person_id: UUID) -> ResponseReturnValue:
    """For a licence that the person does not hold yet."""
    speak_first = warnings_about(person_id, ObjectKind.PERSON, person_id)
    user, form = signed_in_user(), NewApplicationForm()
    issued = register.kinds_issued_by(user.authority.id)
    held = (Held.PERSON, Held.HOLDER)
    form.kind.choices = options([(one, one.label) for one in issued if CATALOGUE[one].held in held])
    if form.validate_on_submit():
        given = {name: form[name].data for name in ("kind", "number", "received_on")}
        made: list[UUID] = []
        if saved(form, lambda: made.append(changes.receive_new(user, person_id, given))):
            return done("The application is recorded.", _page(made[0]))
    back = url_for("register.show_person", person_id=person_id)
    return asked(
        form,
        "Record an application",
        back,
        caption=register.people([person_id])[person_id].name,
        speak_first=speak_first,
    )


@suitability.route("/licences/<uuid:licence_id>/application", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.LICENCE, "licence_id", register.record_exists(Licence))
def add_application(licence_id: UUID) -> ResponseReturnValue:
    """For a licence that is on the register: its renewal, a variation, or the application that began it."""
    speak_first = warnings_about(register.holder_of(licence_id), ObjectKind.LICENCE, licence_id)
    form = ApplicationForm()
    if form.validate_on_submit() and (received_on := form.received_on.data):
        made: list[UUID] = []
        user, kind = signed_in_user(), form.kind.data
        if saved(form, lambda: made.append(changes.receive(user, licence_id, kind, received_on))):
            return done("The application is recorded.", _page(made[0]))
    back = url_for("register.show_licence", licence_id=licence_id)
    return asked(
        form, "Record an application", back, caption=licence_name(register.licence(licence_id)), speak_first=speak_first
    )


@suitability.get("/applications/<uuid:application_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", queries.application_exists)
def show_application(application_id: UUID) -> ResponseReturnValue:
    speak_first = warnings_about(queries.holder_in_application(application_id), ObjectKind.APPLICATION, application_id)
    application, today = queries.application(application_id), dates.today()
    ready = readiness(application, today)
    person_id = application.licence.person_id
    return render_template(
        "suitability/show_application.html",
        application=application,
        speak_first=speak_first,
        added=sections_of(ObjectKind.APPLICATION, application_id),
        title=presenting.application_title(application),
        rows=presenting.application_facts(application),
        tasks=presenting.item_tasks(application, ready),
        ready=ready,
        convictions=presenting.conviction_cards(person_id, today),
        point=convictions.starting_point_of(person_id, today),
        recommendation=presenting.recommendation_rows(considerations.standing_recommendation(application)),
        considerations=presenting.consideration_rows(considerations.considerations_of([application.licence_id])),
    )


@suitability.route("/applications/<uuid:application_id>/item", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", queries.application_exists)
def say_item(application_id: UUID) -> ResponseReturnValue:
    """How far one item of the list has come; `item` names it."""
    known = items_asked(queries.application(application_id).licence.kind.family)
    named = request.args.get("item", default=known[0], type=ItemKind)
    item = named if named in known else known[0]
    before = queries.items_said(application_id).get(item)
    form = ItemForm(data={"state": before.state, "words": before.opened("words_sealed")} if before else None)
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user, words = signed_in_user(), form.words.data or ""
        if saved(form, lambda: changes.say_item(user, application_id, item, form.state.data, on_day, words)):
            return done(f"{item.label}: {form.state.data.label.lower()}.", _page(application_id))
    return asked(form, item.label, _page(application_id))


@suitability.route("/applications/<uuid:application_id>/complete", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", queries.application_exists)
def mark_complete(application_id: UUID) -> ResponseReturnValue:
    form = DayForm()
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user = signed_in_user()
        if saved(form, lambda: changes.mark_complete(user, application_id, on_day)):
            return done("The application is complete.", _page(application_id))
    return asked(form, "Everything asked for was received", _page(application_id))


@suitability.post("/applications/<uuid:application_id>/take-on")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", queries.application_exists)
def take_on(application_id: UUID) -> ResponseReturnValue:
    form = DayForm()
    if saved(form, lambda: changes.take_on(signed_in_user(), application_id)):
        return done("You are its officer now.", _page(application_id))
    flash(str(form.form_errors[0]))
    return redirect(_page(application_id))


@suitability.route("/applications/<uuid:application_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", queries.application_exists)
def withdraw(application_id: UUID) -> ResponseReturnValue:
    form = DayAndWordsForm.asking("When was it withdrawn?", "How, and why if they said")
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user, words = signed_in_user(), form.words.data or ""
        if saved(form, lambda: changes.withdraw(user, application_id, on_day, words)):
            return done("The application is withdrawn.", _page(application_id))
    return asked(form, "Record that it was withdrawn", _page(application_id))


@suitability.route("/applications/<uuid:application_id>/recommend", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", queries.application_exists)
def recommend_on_application(application_id: UUID) -> ResponseReturnValue:
    application, today = queries.application(application_id), dates.today()
    person_id = application.licence.person_id
    return asked_and_checked(
        RecommendationForm.offering(decisions_on_application(application.kind)),
        "Recommend a decision",
        _page(application_id),
        lambda given: recommendations.recommend_on_application(signed_in_user(), application_id, given, today),
        "Your recommendation is recorded. Somebody else decides.",
        caption=presenting.application_title(application),
        point=convictions.starting_point_of(person_id, today),
        case_law=True,
    )


def _page(application_id: UUID) -> str:
    return url_for("suitability.show_application", application_id=application_id)


@adds_figures(Permission.CASEWORK)
def figures() -> list[Figure]:
    """What is open, for the home page."""
    mine, all_open = queries.count_open(signed_in_user().id), considerations.count_open()
    word, other = (
        ("application" if mine == 1 else "applications"),
        "consideration" if all_open == 1 else "considerations",
    )
    return [
        Figure(f"open {word} of mine", mine, url_for("suitability.list_applications", whose="mine")),
        Figure(f"open {other}", all_open, url_for("suitability.list_considerations")),
    ]
