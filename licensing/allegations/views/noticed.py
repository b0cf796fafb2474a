"""What was noticed of how cases are read: for the independent reviewer, who says what they found."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations.changes import noticed as changes
from licensing.allegations.forms.noticed import NoticedForm
from licensing.allegations.models import ReadingAlert
from licensing.allegations.presenting import LINK
from licensing.allegations.queries import noticed as queries
from licensing.allegations.queries.cases import names_of
from licensing.allegations.views import allegations
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sealing import opened
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@allegations.route("/allegations/noticed/<uuid:alert_id>", methods=["GET", "POST"])
@requires(Permission.RESTRICTED_TRAIL)
@records_look(ObjectKind.READING_ALERT, "alert_id", queries.alert_exists)
def acknowledge_noticed(alert_id: UUID) -> ResponseReturnValue:
    row, form, back = queries.alert(alert_id), NoticedForm(), url_for("allegations.list_trail")
    open_yet = row.acknowledged_at is None
    user, words = signed_in_user(), form.words.data or ""
    if open_yet and form.validate_on_submit() and saved(form, lambda: changes.acknowledge(user, row, words)):
        flash("Acknowledged.", "success")
        return redirect(back)
    more = {} if open_yet else {"questions": []}
    template = "allegations/acknowledge_noticed.html"
    return ask(form, row.kind.label, back, template=template, caption=_day(row), rows=_rows(row), **more)


@adds_subject(ObjectKind.READING_ALERT)
def noticed(ids: list[UUID]) -> dict[UUID, Subject]:
    """In words that say nothing of what: a task is read over shoulders."""
    return {one.id: (f"Something on {_day(one)}", _page(one)) for one in queries.of_ids(ids)}


def alert_row(one: ReadingAlert) -> dict[str, str | Markup]:
    """For the list: who leads to everything that they did."""
    return {
        "what": LINK.format(_page(one), one.kind.label),
        "who": LINK.format(url_for("allegations.list_trail", actor=one.actor_id), one.actor_name),
        "on": _day(one),
        "cases": str(one.cases),
        "state": "Acknowledged" if one.acknowledged_at else "Waits for you",
    }


def _rows(one: ReadingAlert) -> list[tuple[str, str | Markup]]:
    trail = url_for("allegations.list_trail", actor=one.actor_id)
    rows: list[tuple[str, str | Markup]] = [
        ("Who", LINK.format(trail, one.actor_name)),
        ("On", _day(one)),
        ("Cases", str(one.cases)),
        ("Noticed", dates.moment_in_words(one.raised_at)),
    ]
    if one.acknowledged_at and one.acknowledged_by:
        who = names_of([one.acknowledged_by]).get(one.acknowledged_by, "A former user")
        rows += [
            ("Acknowledged", f"{dates.moment_in_words(one.acknowledged_at)} by {who}"),
            ("What they found", opened(one, "words_sealed")),
        ]
    return rows


def _day(one: ReadingAlert) -> str:
    return dates.in_words(one.on_day)


def _page(one: ReadingAlert) -> str:
    return url_for("allegations.acknowledge_noticed", alert_id=one.id)
