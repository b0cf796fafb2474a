"""The list of operations, and one with its places, what was found and who follows it up."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.disruption import queries as disruption
from licensing.forms import applied_filters, options
from licensing.operations import presenting, queries
from licensing.operations.forms import OperationsFilterForm
from licensing.operations.queries import OperationsFilter
from licensing.operations.views import operations
from licensing.permissions import Permission, requires


@operations.get("/operations")
@requires(Permission.DISRUPT)
def list_operations() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.OPERATION)
    form = OperationsFilterForm(request.args)
    form.agency.choices = options((str(one.id), one.name) for one in disruption.agencies())
    form.validate()
    agency = UUID(form.agency.data) if form.agency.data and not form.agency.errors else None
    wanted = OperationsFilter(form.state.data, form.kind.data, agency, bool(form.every.data))
    page = queries.operations_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "operations/list_operations.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.operation_rows(page.items),
    )


@operations.get("/operations/<uuid:operation_id>")
@requires(Permission.DISRUPT)
@records_look(ObjectKind.OPERATION, "operation_id", queries.operation_exists)
def show_operation(operation_id: UUID) -> ResponseReturnValue:
    operation = queries.operation(operation_id)
    return render_template(
        "operations/show_operation.html",
        operation=operation,
        state=operation.state.value,
        facts=presenting.operation_facts(operation),
        places=presenting.place_rows(operation.places),
        findings=presenting.findings(operation),
        counts=presenting.count_facts(operation),
        tests=presenting.purchase_rows(queries.purchases_of(operation_id)),
    )
