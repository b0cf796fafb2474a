"""The auditor's page: the trail of their own authority, with filters."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from licensing.audit import changes, queries
from licensing.audit.forms import TrailFilterForm
from licensing.audit.presenting import trail_row
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires

audit = Blueprint("audit", __name__)


@audit.after_app_request
def keep_refusals(response: Response) -> Response:
    if response.status_code == 403 and current_user.is_authenticated:
        changes.record_refusal()
    return response


@audit.get("/audit")
@requires(Permission.AUDIT_READ, Permission.AUDIT_ACCOUNTS)
def list_entries() -> ResponseReturnValue:
    changes.record_alone(Action.LISTED, ObjectKind.AUDIT)
    form = TrailFilterForm(request.args)
    form.validate()
    wanted = queries.TrailFilter(
        action=form.action.data,
        kind=form.kind.data,
        from_on=form.from_on.data,
        until_on=form.until_on.data + timedelta(days=1) if form.until_on.data else None,
        actor_id=request.args.get("actor", type=UUID),
        object_id=request.args.get("object", type=UUID),
    )
    page = queries.trail_page(current_user.authority.id, wanted, request.args.get("page", 1, int))
    return render_template(
        "audit/list_entries.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=[trail_row(entry) for entry in page.items],
        sees_records=current_user.may(Permission.AUDIT_READ),
    )
