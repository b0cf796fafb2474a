"""The restricted trail: what designated officers looked at and did, for them and for the independent reviewer."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations.presenting import LINK
from licensing.allegations.presenting_access import look_row
from licensing.allegations.queries import noticed, trail
from licensing.allegations.views import allegations
from licensing.allegations.views.noticed import alert_row
from licensing.audit import changes as audit
from licensing.audit.forms import TrailFilterForm
from licensing.audit.models import RestrictedEntry
from licensing.audit.queries import TrailFilter
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires


@allegations.get("/allegations/trail")
@requires(Permission.RESTRICTED_TRAIL)
def list_trail() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.AUDIT)
    form = TrailFilterForm(request.args)
    form.validate()
    wanted = TrailFilter(
        action=form.action.data,
        kind=form.kind.data,
        from_on=form.from_on.data,
        until_on=form.until_on.data + timedelta(days=1) if form.until_on.data else None,
        actor_id=request.args.get("actor", type=UUID),
        object_id=request.args.get("object", type=UUID),
    )
    page = trail.trail_page(wanted, request.args.get("page", 1, int))
    # Those who are looked over are not who looks over; the database says so too.
    reviews = not signed_in_user().may(Permission.ALLEGATIONS)
    return render_template(
        "allegations/list_trail.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=_rows(page.items),
        reviews=reviews,
        alerts=[alert_row(one) for one in noticed.shown(dates.today())] if reviews else [],
    )


def _rows(entries: Sequence[RestrictedEntry]) -> list[dict[str, str | Markup]]:
    """What somebody did several times running is one line, with how often."""
    references = trail.references_of(entries)
    groups = (list(same) for _, same in groupby(entries, key=_what))
    return [_row(same[0], len(same), references) for same in groups]


def _what(entry: RestrictedEntry) -> tuple[object, ...]:
    return entry.actor_id, entry.action, entry.object_kind, entry.object_id, entry.purpose


def _row(entry: RestrictedEntry, times: int, references: dict[UUID, str]) -> dict[str, str | Markup]:
    """Who and which record lead to everything of the same."""
    row: dict[str, str | Markup] = {**look_row(entry)}
    if entry.object_id and entry.object_id in references:
        row["record"] = f"Case {references[entry.object_id]}"
    if times > 1:
        row["what"] = f"{row['what']} ({times} times)"
    if entry.actor_id:
        row["who"] = LINK.format(url_for("allegations.list_trail", actor=entry.actor_id), row["who"])
    if entry.object_id:
        row["record"] = LINK.format(url_for("allegations.list_trail", object=entry.object_id), row["record"])
    return row
