"""The access review: who has access, since when, by whom, last seen; and writing down that it was gone through."""

import csv
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.administration import changes, queries
from licensing.administration.forms import ReviewForm
from licensing.administration.presenting import HEADINGS, review_line, user_row
from licensing.administration.rules import review_due
from licensing.administration.views import administration
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.cells import neutralised
from licensing.dates import today
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires


@administration.get("/access-review")
@requires(Permission.USERS_READ)
def review_access() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.USER)
    return _show(_form())


@administration.post("/access-review")
@requires(Permission.USERS_MANAGE)
@fresh_second_factor
def record_review() -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit() and form.reviewed_on.data:
        try:
            closed = {UUID(one) for one in form.data.get("closed") or ()}
            changes.record_review(signed_in_user(), form.reviewed_on.data, closed)
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            flash("The review is recorded.", "success")
            return redirect(url_for("administration.review_access"))
    return _show(form), 422


@administration.get("/access-review.csv")
@requires(Permission.USERS_READ)
@fresh_second_factor
def download_access() -> ResponseReturnValue:
    audit.record_alone(Action.EXPORTED, ObjectKind.USER)
    now, out = datetime.now(UTC), StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for account in queries.accounts(with_closed=False):
        writer.writerow([neutralised(cell) for cell in review_line(account, now)])
    return Response(
        out.getvalue(),
        mimetype="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="access-{today().isoformat()}.csv"',
            "Content-Security-Policy": "sandbox",
        },
    )


def _form() -> ReviewForm:
    form = ReviewForm() if request.method == "POST" else ReviewForm(formdata=None)
    form.offer(one for one in queries.accounts(with_closed=False) if one.id != signed_in_user().id)
    return form


def _show(form: ReviewForm) -> str:
    now, last = datetime.now(UTC), queries.last_review()
    due_on = review_due(last.reviewed_on if last else None, today())
    return render_template(
        "administration/review_access.html",
        form=form,
        rows=[user_row(one, now) for one in queries.accounts(with_closed=False)],
        last=last,
        due_on=due_on,
        is_due=due_on <= today(),
        manages=signed_in_user().may(Permission.USERS_MANAGE),
    )
