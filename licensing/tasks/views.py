"""My work: the list, one task, and what may be done with it."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, Panel, adds_figures, adds_panel
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action as AuditAction
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import BaseForm, applied_filters, options
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.tasks import changes, presenting, queries, subjects, work
from licensing.tasks.forms import DueDateForm, FinishForm, OpenTaskForm, ReassignForm, TasksFilterForm
from licensing.tasks.rules import For, When, Whose

tasks = Blueprint("tasks", __name__)

SHOWN_ON_THE_HOME_PAGE = 6
OPEN_ALREADY = "A task like this is open about this record already: {}. Nothing was added."


@tasks.get("/work")
@requires(Permission.TASKS)
def list_tasks() -> ResponseReturnValue:
    audit.record_alone(AuditAction.LISTED, ObjectKind.TASK)
    form = TasksFilterForm(request.args)
    form.kind.choices = options(work.kinds())
    form.validate()
    user, today = signed_in_user(), dates.today()
    wanted = work.WorkFilter(form.whose.data, form.when.data, None if form.kind.errors else form.kind.data)
    page = work.work_page(user, wanted, today, request.args.get("page", 1, int))
    return render_template(
        "tasks/list_tasks.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.work_rows(page.items, today),
        counts=work.counts(user, today),
    )


@tasks.route("/work/new", methods=["GET", "POST"])
@requires(Permission.TASKS)
def add_task() -> ResponseReturnValue:
    """A task about the record that `about` names, as `person:ID`; without it, about none."""
    form = OpenTaskForm(about=request.args.get("about"))
    about, name = _about(form.about.data)
    form.whom.choices = options(presenting.choices_of_whom(signed_in_user()))
    if form.validate_on_submit() and (task_id := _opened(form, about)):
        return redirect(url_for("tasks.show_task", task_id=task_id))
    back = name[1] if name else url_for("tasks.list_tasks")
    action = url_for("tasks.add_task")
    return ask(form, "Add a task", back, template="tasks/add_task.html", about=name, action=action)


def _opened(form: OpenTaskForm, about: tuple[ObjectKind, UUID] | None) -> UUID | None:
    """The new task, committed; None with the reason on the form where there is one like it."""
    try:
        opened = changes.open_task(
            signed_in_user(),
            form.kind.data,
            For.parse(form.whom.data),
            form.due_on.data,  # type: ignore[arg-type]  (a date: the field is required)
            form.why.data or "",
            note=form.note.data or "",
            about=about,
        )
        if not opened.is_new:
            raise RuleBroken(OPEN_ALREADY.format(queries.one_task(opened.id).reference))
    except RuleBroken as broken:
        db.session.rollback()
        form.add_error(broken.message, broken.field)
        return None
    db.session.commit()
    flash("The task is open.", "success")
    return opened.id


def _about(written: str | None) -> tuple[tuple[ObjectKind, UUID] | None, subjects.Subject | None]:
    """The record and its name; 404 where it cannot be read, is not there, or is not for this person to know.

    The name alone tells who somebody is: that it was shown, or asked for in vain, is on the trail first.
    """
    if not written:
        return None, None
    kind, _, object_id = written.partition(":")
    try:
        about = ObjectKind(kind), UUID(object_id)
    except ValueError:
        abort(404)
    name = subjects.named([about]).get(about[1])
    audit.record_alone(AuditAction.LOOKED if name else AuditAction.REFUSED, *about)
    if name is None:
        abort(404)
    return about, name


@tasks.get("/work/<uuid:task_id>")
@requires(Permission.TASKS)
@records_look(ObjectKind.TASK, "task_id", queries.task_exists)
def show_task(task_id: UUID) -> ResponseReturnValue:
    return _show(task_id, FinishForm())


def _show(task_id: UUID, form: FinishForm) -> str:
    task, today = queries.one_task(task_id), dates.today()
    about = subjects.named([(task.object_kind, task.object_id)])
    people = queries.names_of({one for one in (task.for_user_id, task.opened_by, task.done_by) if one})
    return render_template(
        "tasks/show_task.html",
        task=task,
        what=presenting.what(task),
        rows=presenting.summary_rows(task, about, people, today),
        history=presenting.history(queries.changes_of(task_id)),
        form=form,
    )


@tasks.post("/work/<uuid:task_id>/finish")
@requires(Permission.TASKS)
@records_look(ObjectKind.TASK, "task_id", queries.task_exists)
def finish(task_id: UUID) -> ResponseReturnValue:
    form = FinishForm()
    if form.validate_on_submit():
        done = saved(form, lambda: changes.finish(signed_in_user(), task_id, form.outcome.data or ""))
        if done:
            flash("The task is done.", "success")
            return redirect(url_for("tasks.list_tasks"))
    return _show(task_id, form), 422


@tasks.route("/work/<uuid:task_id>/hand-on", methods=["GET", "POST"])
@requires(Permission.TASKS)
@records_look(ObjectKind.TASK, "task_id", queries.task_exists)
def reassign(task_id: UUID) -> ResponseReturnValue:
    form, user = ReassignForm(), signed_in_user()
    form.whom.choices = options(presenting.choices_of_whom(user))
    if form.validate_on_submit():
        reason = form.reason.data or ""
        if saved(form, lambda: changes.reassign(user, task_id, For.parse(form.whom.data), reason)):
            flash("The task was handed on.", "success")
            return redirect(url_for("tasks.list_tasks"))
    return _ask(task_id, form, "Hand a task on")


@tasks.route("/work/<uuid:task_id>/due", methods=["GET", "POST"])
@requires(Permission.TASKS)
@records_look(ObjectKind.TASK, "task_id", queries.task_exists)
def change_due_date(task_id: UUID) -> ResponseReturnValue:
    form = DueDateForm()
    if form.validate_on_submit() and (due_on := form.due_on.data):
        user, reason = signed_in_user(), form.reason.data or ""
        if saved(form, lambda: changes.change_due_date(user, task_id, due_on, reason, dates.today())):
            flash("The date was changed.", "success")
            return redirect(url_for("tasks.show_task", task_id=task_id))
    return _ask(task_id, form, "Change when a task is due")


def _ask(task_id: UUID, form: BaseForm, title: str) -> ResponseReturnValue:
    caption = presenting.what(queries.one_task(task_id))
    return ask(form, title, url_for("tasks.show_task", task_id=task_id), caption=caption)


@adds_panel(Permission.TASKS)
def first_to_do() -> Panel:
    """What is due first, for the home page."""
    user, today = signed_in_user(), dates.today()
    counts = work.counts(user, today)
    rows = presenting.work_rows(work.first_to_do(user, SHOWN_ON_THE_HOME_PAGE), today)
    return Panel("tasks/_first_to_do.html", {"rows": rows, "counts": counts})


@adds_figures(Permission.TASKS, order=10)
def figures() -> list[Figure]:
    """What waits for the user, for the home page."""
    counts = work.counts(signed_in_user(), dates.today())
    return [
        Figure("overdue", counts.overdue, url_for("tasks.list_tasks", whose=Whose.OURS, when=When.OVERDUE)),
        Figure("due in 7 days", counts.week, url_for("tasks.list_tasks", whose=Whose.OURS, when=When.WEEK)),
        Figure("for me", counts.mine, url_for("tasks.list_tasks", whose=Whose.MINE)),
        Figure("for my team", counts.team, url_for("tasks.list_tasks", whose=Whose.TEAM)),
    ]
