"""Test purchases: the list, one of them, and recording what a place did."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.disruption import queries as disruption
from licensing.forms import applied_filters, options
from licensing.operations import presenting, queries
from licensing.operations.changes import testing
from licensing.operations.forms import PurchaseForm, PurchasesFilterForm
from licensing.operations.queries import PurchasesFilter
from licensing.operations.views import done, operations
from licensing.operations.views.planning import NO_AGENCY, page_of
from licensing.permissions import Permission, requires
from licensing.saving import saved


@operations.get("/test-purchases")
@requires(Permission.DISRUPT)
def list_purchases() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.TEST_PURCHASE)
    form = PurchasesFilterForm(request.args)
    form.validate()
    wanted = PurchasesFilter(form.kind.data, form.result.data)
    page = queries.purchases_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "operations/list_purchases.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.purchase_rows(page.items),
        counted=presenting.counted(queries.results_counted(wanted)),
    )


@operations.get("/test-purchases/<uuid:purchase_id>")
@requires(Permission.DISRUPT)
@records_look(ObjectKind.TEST_PURCHASE, "purchase_id", queries.purchase_exists)
def show_purchase(purchase_id: UUID) -> ResponseReturnValue:
    purchase = queries.purchase(purchase_id)
    return render_template(
        "operations/show_purchase.html", purchase=purchase, facts=presenting.purchase_facts(purchase)
    )


@operations.route("/test-purchases/record", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def record_purchase() -> ResponseReturnValue:
    """Three parts; what follows from a test that was not wholly passed is opened with it."""
    operation_id, form = _operation(), PurchaseForm()
    mine = disruption.acting_agencies()
    form.find_places()
    form.recording_agency.choices = options((str(one.id), one.name) for one in mine)
    if not form.is_submitted() and len(mine) == 1:
        form.recording_agency.data = str(mine[0].id)
    back = page_of(operation_id) if operation_id else url_for("operations.list_purchases")
    if not mine:
        return ask(form, "Record a test purchase", back, intro=NO_AGENCY, questions=[])
    if form.validate_on_submit() and saved(
        form, lambda: testing.record_test(signed_in_user(), _tried(form, operation_id))
    ):
        return done("The test is recorded. What follows from it is in your work.", back)
    intro = "Never say who tried: no name, no age, no looks. There is no room for it here."
    return ask(form, "Record a test purchase", back, intro=intro)


def _operation() -> UUID | None:
    """The operation of which the test is a part, where the address says one."""
    if "operation" not in request.args:
        return None
    operation_id = request.args.get("operation", type=UUID)
    if operation_id is None or not queries.operation_exists(operation_id):
        audit.record_alone(Action.REFUSED, ObjectKind.OPERATION, operation_id)
        abort(404)
    return operation_id


def _tried(form: PurchaseForm, operation_id: UUID | None) -> testing.Tried:
    on_day = form.on_day.data
    assert on_day is not None
    return testing.Tried(
        place=form.place(),
        on_day=on_day,
        kind=form.kind.data,
        accepted=form.accepted.data == "yes",
        id_asked=form.id_asked.data == "yes",
        police_called=form.police_called.data == "yes",
        recording_agency_id=UUID(form.recording_agency.data),
        operation_id=operation_id,
    )
