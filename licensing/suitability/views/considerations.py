"""Considerations: the list, one of them with the information weighed, and what is recorded in it."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register.sections import sections_of
from licensing.register.warnings import warnings_about
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.changes import considerations as changes
from licensing.suitability.changes import recommendations, reviews
from licensing.suitability.forms.cases import (
    ConsiderationsFilterForm,
    InformationForm,
    RecommendationForm,
    ReviewStepForm,
)
from licensing.suitability.forms.shared import DayAndWordsForm
from licensing.suitability.queries import considerations as queries
from licensing.suitability.queries import convictions
from licensing.suitability.queries.markers import unconsidered_markers
from licensing.suitability.recommending import decisions_on_consideration
from licensing.suitability.views import asked, done, suitability
from licensing.suitability.views.checking import asked_and_checked


@suitability.get("/considerations")
@requires(Permission.CASEWORK)
def list_considerations() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.CONSIDERATION)
    form = ConsiderationsFilterForm(request.args)
    form.validate()
    wanted = queries.ConsiderationsFilter(form.state.data, form.source.data)
    page = queries.considerations_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "suitability/list_considerations.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.consideration_rows(page.items),
    )


@suitability.get("/considerations/<uuid:consideration_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CONSIDERATION, "consideration_id", queries.consideration_exists)
def show_consideration(consideration_id: UUID) -> ResponseReturnValue:
    speak_first = warnings_about(
        queries.holder_in_consideration(consideration_id), ObjectKind.CONSIDERATION, consideration_id
    )
    consideration, today = queries.consideration(consideration_id), dates.today()
    person_id = consideration.licence.person_id
    return render_template(
        "suitability/show_consideration.html",
        consideration=consideration,
        speak_first=speak_first,
        added=sections_of(ObjectKind.CONSIDERATION, consideration_id),
        title=presenting.consideration_title(consideration),
        state=queries.state_of(consideration),
        rows=presenting.consideration_facts(consideration),
        posted_back_on=queries.badge_posted_back_on(consideration),
        information=presenting.information_cards(queries.information_of(consideration_id)),
        convictions=presenting.conviction_cards(person_id, today),
        point=convictions.starting_point_of(person_id, today),
        recommendation=presenting.recommendation_rows(queries.standing_recommendation(consideration)),
        markers=unconsidered_markers(person_id, consideration.opened_on) if person_id else [],
        clocks=presenting.clocks_of(consideration, today),
        steps=reviews.steps_to_record(consideration),
    )


@suitability.route("/considerations/<uuid:consideration_id>/step", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CONSIDERATION, "consideration_id", queries.consideration_exists)
def record_step(consideration_id: UUID) -> ResponseReturnValue:
    """How far a review of premises has come, short of its decision."""
    steps = reviews.steps_to_record(queries.consideration(consideration_id))
    if not steps:
        return done("There is no step of a review to record now.", _page(consideration_id))
    form = ReviewStepForm.offering(steps)
    if form.validate_on_submit() and (step := form.step.data) and (on := form.on_day.data):
        user, words, at = signed_in_user(), form.words.data or "", form.at()
        if saved(form, lambda: reviews.record_step(user, consideration_id, step, on, words, at)):
            return done("The step is recorded.", _page(consideration_id))
    return asked(form, "Record a step of the review", _page(consideration_id))


@suitability.route("/considerations/<uuid:consideration_id>/information", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CONSIDERATION, "consideration_id", queries.consideration_exists)
def add_information(consideration_id: UUID) -> ResponseReturnValue:
    """`instead` names a piece that was recorded wrongly, which this one puts right."""
    instead = request.args.get("instead", type=UUID)
    wrong = next((one for one in queries.information_of(consideration_id) if one.id == instead), None)
    form = InformationForm(data=presenting.information_again(wrong) if wrong else None)
    return asked_and_checked(
        form,
        "Put information right" if wrong else "Add information",
        _page(consideration_id),
        lambda given: changes.add_information(signed_in_user(), consideration_id, given, wrong.id if wrong else None),
        "The information is recorded.",
        case_law=True,
    )


@suitability.route("/information/<uuid:information_id>/told", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(
    ObjectKind.CONSIDERATION, "information_id", queries.information_exists, of=queries.consideration_of_information
)
def record_told(information_id: UUID) -> ResponseReturnValue:
    form = DayAndWordsForm.asking("When were they told?", "What were they told?")
    back = _page(queries.consideration_of_information(information_id))
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user, words = signed_in_user(), form.words.data or ""
        if saved(form, lambda: changes.record_told(user, information_id, on_day, words)):
            return done("It is recorded what they were told.", back)
    return asked(form, "Record what the holder was told", back)


@suitability.route("/information/<uuid:information_id>/answer", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(
    ObjectKind.CONSIDERATION, "information_id", queries.information_exists, of=queries.consideration_of_information
)
def record_answer(information_id: UUID) -> ResponseReturnValue:
    form = DayAndWordsForm.asking("When did they answer?", "What did they answer?")
    back = _page(queries.consideration_of_information(information_id))
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user, words = signed_in_user(), form.words.data or ""
        if saved(form, lambda: changes.record_answer(user, information_id, on_day, words)):
            return done("Their answer is recorded.", back)
    return asked(form, "Record what the holder answered", back)


@suitability.route("/considerations/<uuid:consideration_id>/recommend", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CONSIDERATION, "consideration_id", queries.consideration_exists)
def recommend_on_consideration(consideration_id: UUID) -> ResponseReturnValue:
    today, consideration = dates.today(), queries.consideration(consideration_id)
    return asked_and_checked(
        RecommendationForm.offering(decisions_on_consideration(consideration.licence.kind.family)),
        "Recommend a decision",
        _page(consideration_id),
        lambda given: recommendations.recommend_on_consideration(signed_in_user(), consideration_id, given, today),
        "Your recommendation is recorded. Somebody else decides.",
        caption=presenting.consideration_title(consideration),
        point=convictions.starting_point_of(consideration.licence.person_id, today),
        case_law=True,
    )


@suitability.route("/considerations/<uuid:consideration_id>/close", methods=["GET", "POST"])
@requires(Permission.DECIDE)
@records_look(ObjectKind.CONSIDERATION, "consideration_id", queries.consideration_exists)
def close_consideration(consideration_id: UUID) -> ResponseReturnValue:
    """Without a decision: the question has answered itself."""
    form = DayAndWordsForm.asking("When is it closed?", "Why is nothing decided?")
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user, words = signed_in_user(), form.words.data or ""
        if saved(form, lambda: changes.close_consideration(user, consideration_id, on_day, words, decided=False)):
            return done("The consideration is closed.", _page(consideration_id))
    return asked(form, "Close it without a decision", _page(consideration_id))


def _page(consideration_id: UUID) -> str:
    return url_for("suitability.show_consideration", consideration_id=consideration_id)
