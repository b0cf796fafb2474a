"""The jobs page: what runs in the background for one's council, without a word of what it is about."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import applied_filters
from licensing.jobs import changes, presenting, queries
from licensing.jobs.forms import JobsFilterForm, RetryForm
from licensing.jobs.models import JobProgress
from licensing.jobs.rules import JobState
from licensing.permissions import Permission, requires

jobs = Blueprint("jobs", __name__)


@jobs.get("/jobs")
@requires(Permission.JOBS_READ)
def list_jobs() -> ResponseReturnValue:
    form = JobsFilterForm(request.args)
    form.validate()
    page = queries.jobs_page(form.state.data, request.args.get("page", 1, int))
    rows = [presenting.job_row(one) | {"again": _again(one)} for one in page.items]
    return render_template("jobs/list_jobs.html", form=form, applied=applied_filters(form), page=page, rows=rows)


@jobs.post("/jobs/<uuid:job_id>/retry")
@requires(Permission.JOBS_READ)
@records_look(ObjectKind.JOB, "job_id", queries.job_exists)
def retry(job_id: UUID) -> ResponseReturnValue:
    try:
        changes.retry(job_id)
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.message, "important")
        return redirect(url_for("jobs.list_jobs"))
    db.session.commit()
    flash("The job waits for its turn again.", "success")
    return redirect(url_for("jobs.list_jobs"))


def _again(one: JobProgress) -> Markup | str:
    if one.state is not JobState.FAILED:
        return "–"
    return Markup(render_template("jobs/_retry.html", one=one, form=RetryForm(formdata=None)))
