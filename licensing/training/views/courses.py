"""Courses, and what the council accepts and asks: read by those who do casework, changed by managers."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.training import keeping, presenting, queries
from licensing.training.keeping_forms import AcceptanceForm, CourseForm, PolicyForm, VersionForm
from licensing.training.views import training


@training.get("/training/courses")
@requires(Permission.CASEWORK)
def list_courses() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.COURSE)
    own = signed_in_user().authority.id
    rows = presenting.course_rows(queries.courses(), queries.acceptances(own), own, dates.today())
    return render_template(
        "training/list_courses.html",
        rows=rows,
        policies=presenting.policy_rows(queries.policies(own)),
        may_change=signed_in_user().may(Permission.POLICIES),
    )


@training.route("/training/courses/add", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def add_course() -> ResponseReturnValue:
    form = CourseForm()
    if form.validate_on_submit() and saved(form, lambda: keeping.add_course(signed_in_user(), form.data)):
        return _saved("The course is described.")
    return ask(form, "Describe a course", url_for("training.list_courses"))


def _is_own(course_id: UUID) -> bool:
    return queries.own_course_exists(course_id, signed_in_user().authority.id)


@training.route("/training/courses/<uuid:course_id>/version", methods=["GET", "POST"])
@requires(Permission.POLICIES)
@records_look(ObjectKind.COURSE, "course_id", _is_own)
def add_version(course_id: UUID) -> ResponseReturnValue:
    form = VersionForm()
    if form.validate_on_submit() and saved(form, lambda: keeping.add_version(signed_in_user(), course_id, form.data)):
        return _saved("The version is added.")
    return ask(form, "Add a version of a course", url_for("training.list_courses"))


@training.route("/training/courses/accept", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def say_accepted() -> ResponseReturnValue:
    form = AcceptanceForm()
    form.offer(queries.courses())
    if form.validate_on_submit():
        given = form.data | {"accepted": form.accepted.data == "yes"}
        if saved(form, lambda: keeping.say_accepted(signed_in_user(), UUID(form.course.data), given)):
            return _saved("What you said of the course is recorded.")
    return ask(form, "Say whether a course is accepted", url_for("training.list_courses"))


@training.route("/training/policy", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def change_policy() -> ResponseReturnValue:
    form = PolicyForm()
    if form.validate_on_submit() and saved(form, lambda: keeping.change_policy(signed_in_user(), form.data)):
        return _saved("The policy is recorded. It holds from the day you gave.")
    return ask(form, "Change what your council asks", url_for("training.list_courses"))


def _saved(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for("training.list_courses"))
