"""The list of actions, and one with its targets, its events, its clocks and whether it worked."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.deadlines import presenting as clocks
from licensing.deadlines import queries as deadlines
from licensing.disruption import presenting, queries, rules
from licensing.disruption.forms import ActionsFilterForm
from licensing.disruption.presenting_events import event_entries
from licensing.disruption.queries import ActionsFilter
from licensing.disruption.views import disruption
from licensing.forms import applied_filters, options
from licensing.permissions import Permission, requires


@disruption.get("/actions")
@requires(Permission.DISRUPT)
def list_actions() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.DISRUPTION_ACTION)
    today, form = dates.today(), ActionsFilterForm(request.args)
    form.agency.choices = options((str(one.id), one.name) for one in queries.agencies())
    form.power.choices = options((row.code, row.name) for row in queries.powers_on(today))
    form.validate()
    agency = UUID(form.agency.data) if form.agency.data and not form.agency.errors else None
    wanted = ActionsFilter(form.state.data, form.power.data, agency, form.target.data, bool(form.every.data))
    page = queries.actions_page(wanted, today, request.args.get("page", 1, int))
    return render_template(
        "disruption/list_actions.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.action_rows(page.items, today),
        counted=presenting.counted(wanted, today),
    )


@disruption.get("/actions/<uuid:action_id>")
@requires(Permission.DISRUPT)
@records_look(ObjectKind.DISRUPTION_ACTION, "action_id", queries.action_exists)
def show_action(action_id: UUID) -> ResponseReturnValue:
    action, today, works = queries.action(action_id), dates.today(), queries.works_on(action_id)
    return render_template(
        "disruption/show_action.html",
        action=action,
        facts=presenting.action_facts(action, today),
        targets=presenting.target_rows(action, queries.names_of_authorities()),
        untold=presenting.places_to_tell_of(action, today),
        events=event_entries(action, works=works),
        clocks=clocks.clock_rows(deadlines.clocks_about(ObjectKind.DISRUPTION_ACTION, action_id), today),
        periods=presenting.days_that_follow(action),
        reviews=presenting.review_rows(action.reviews),
        reviews_due=presenting.reviews_due(action, today),
        asked=presenting.asked_rows(queries.asked_for(action_id), who=True),
        works=works,
        following=rules.by_hand(action.power.as_power(), action.standing),
        late=rules.learnt_late(action.power.as_power(), [one.as_event() for one in action.told]),
    )
