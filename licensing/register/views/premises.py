"""Finding premises, and one place's page with its layers of obligations."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import presenting, queries, timeline
from licensing.register.changes.positions import has_no_supervisor
from licensing.register.events import RecordKind
from licensing.register.forms.filters import PremisesFilterForm
from licensing.register.views import back_to, register, seek, shared_by_records, sought, with_query_of_list


@register.get("/premises")
@requires(Permission.REGISTER_READ)
def list_premises() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PREMISES)
    form = PremisesFilterForm(request.args)
    asked = sought()
    sort, order = request.args.get("sort", "name"), request.args.get("order", "ascending")
    wanted = queries.PremisesFilter(asked["words"], form.kind.data)
    page = queries.premises_page(wanted, sort, order == "descending", request.args.get("page", 1, int))
    return render_template(
        "register/list_premises.html",
        form=form,
        **asked,
        search_action=url_for("register.search_premises"),
        search_label="Name or postcode",
        applied=applied_filters(form),
        page=page,
        rows=presenting.premises_rows(page.items, with_query_of_list),
        sort=(sort, order),
    )


@register.post("/premises/search")
@requires(Permission.REGISTER_READ)
def search_premises() -> ResponseReturnValue:
    return seek(ObjectKind.PREMISES, "register.list_premises")


@register.get("/premises/<uuid:premises_id>")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.PREMISES, "premises_id", queries.premises_exist)
def show_premises(premises_id: UUID) -> ResponseReturnValue:
    premises = queries.premises(premises_id)
    return render_template(
        "register/show_premises.html",
        back=back_to("register.list_premises"),
        premises=premises,
        place_rows=presenting.place_rows(premises),
        layers=presenting.layers(premises),
        events=timeline.of_premises(premises),
        unsupervised=[one for one in premises.licences if has_no_supervisor(one, dates.today())],
        **shared_by_records(RecordKind.PREMISES, premises_id),
    )
