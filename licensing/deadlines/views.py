"""The clocks: what periods there are, working out a date, and one clock with what happened to it."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import answers, ask, with_form
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes, presenting, queries
from licensing.deadlines.catalogue import SET_AT, name_of
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.forms import AnotherDayForm, ClosureDayForm, OwnRuleForm, ReasonForm, ReckonForm
from licensing.errors import RuleBroken
from licensing.forms import BaseForm, options
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.tasks import subjects

deadlines = Blueprint("deadlines", __name__)

READS = (Permission.CASEWORK, Permission.TASKS)


@deadlines.get("/deadlines")
@requires(*READS)
def list_rules() -> ResponseReturnValue:
    today = dates.today()
    rows = queries.rules_in_sight(today)
    return render_template("deadlines/list_rules.html", rows=presenting.rule_rows(rows, today))


@deadlines.get("/deadlines/reckon")
@requires(*READS)
def reckon() -> ResponseReturnValue:
    """When a period that starts on a day ends, and how it is counted. Nothing is kept."""
    form = ReckonForm(request.args)
    form.code.choices = options((one.value, f"{name_of(one)} ({one.value})") for one in ClockCode)
    code, start = form.code.data, form.start.data
    if not request.args or not form.validate() or start is None:
        return render_template("deadlines/reckon.html", form=form)
    authority_id = signed_in_user().authority.id
    try:
        found, rule = queries.due_and_rule(code, authority_id, start)
    except RuleBroken as broken:
        form.add_error(broken.message, "start")
        return render_template("deadlines/reckon.html", form=form)
    rows = presenting.reckoning_rows(found)
    return render_template("deadlines/reckon.html", form=form, rule=rule, ends=presenting.ends(found), rows=rows)


@deadlines.get("/deadlines/rules/<code>")
@requires(*READS)
def show_rule(code: str) -> ResponseReturnValue:
    return _show_rule(_code(code))


def _show_rule(code: ClockCode) -> str:
    row = queries.row_in_force(code, signed_in_user().authority.id, dates.today())
    versions = queries.versions_of(code)
    return render_template(
        "deadlines/show_rule.html",
        code=code,
        row=row,
        is_fixed=queries.row_in_force(code, None, dates.today()).as_rule().is_fixed,
        rows=presenting.rule_summary(row),
        versions=presenting.version_rows(versions),
        set_at=SET_AT.get(code),
    )


@deadlines.route("/deadlines/rules/<code>/own", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def set_own_rule(code: str) -> ResponseReturnValue:
    form, clock = OwnRuleForm(), _code(code)
    if clock in SET_AT:  # its page says where
        return redirect(url_for("deadlines.show_rule", code=clock.value))
    if form.validate_on_submit() and saved(
        form, lambda: changes.set_own_rule(signed_in_user(), clock, **answers(form))
    ):
        flash("Your council’s own period is kept.", "success")
        return redirect(url_for("deadlines.show_rule", code=clock.value))
    back = url_for("deadlines.show_rule", code=clock.value)
    intro = "Clocks that run already keep their dates."
    return ask(form, "Choose your council’s own period", back, caption=name_of(clock), intro=intro)


@deadlines.route("/deadlines/closed-days", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def list_closure_days() -> ResponseReturnValue:
    form, user = ClosureDayForm(), signed_in_user()
    if form.validate_on_submit() and saved(form, lambda: changes.add_closure_day(user, **answers(form))):
        flash("The day was added. Clocks that run already keep their dates.", "success")
        return redirect(url_for("deadlines.list_closure_days"))
    closed = queries.closure_days(user.authority.id, dates.today())
    return with_form(form, "deadlines/list_closure_days.html", closed=closed)


@deadlines.post("/deadlines/closed-days/<uuid:closure_id>/withdraw")
@requires(Permission.POLICIES)
def withdraw_closure_day(closure_id: UUID) -> ResponseReturnValue:
    found = queries.closure_days(signed_in_user().authority.id, dates.today())
    closure = next((one for one in found if one.id == closure_id), None) or abort(404)
    changes.withdraw_closure_day(closure)
    db.session.commit()
    flash("The council works on that day.", "success")
    return redirect(url_for("deadlines.list_closure_days"))


@deadlines.get("/work/clocks/<uuid:clock_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CLOCK, "clock_id", queries.clock_exists)
def show_clock(clock_id: UUID) -> ResponseReturnValue:
    clock, today = queries.one_clock(clock_id), dates.today()
    about = subjects.named([(clock.object_kind, clock.object_id)])
    return render_template(
        "deadlines/show_clock.html",
        clock=clock,
        name=name_of(clock.code),
        rows=presenting.clock_summary(clock, about, today),
        history=presenting.history(queries.changes_of(clock_id)),
    )


@deadlines.route("/work/clocks/<uuid:clock_id>/pause", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CLOCK, "clock_id", queries.clock_exists)
def pause(clock_id: UUID) -> ResponseReturnValue:
    return _change(clock_id, ReasonForm(), "Pause a clock", changes.pause)


@deadlines.route("/work/clocks/<uuid:clock_id>/resume", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CLOCK, "clock_id", queries.clock_exists)
def resume(clock_id: UUID) -> ResponseReturnValue:
    return _change(clock_id, ReasonForm(), "Resume a clock", changes.resume)


@deadlines.route("/work/clocks/<uuid:clock_id>/due", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CLOCK, "clock_id", queries.clock_exists)
def give_another_day(clock_id: UUID) -> ResponseReturnValue:
    return _change(clock_id, AnotherDayForm(), "Give a clock another day", changes.give_another_day)


def _change(clock_id: UUID, form: BaseForm, title: str, change: Callable[..., None]) -> ResponseReturnValue:
    clock = queries.one_clock(clock_id)
    if form.validate_on_submit() and saved(form, lambda: change(signed_in_user(), clock_id, **answers(form))):
        return redirect(url_for("deadlines.show_clock", clock_id=clock_id))
    back = url_for("deadlines.show_clock", clock_id=clock_id)
    intro = "The day that the law gave stays on the clock’s page, with your reason."
    return ask(form, title, back, caption=name_of(clock.code), intro=intro)


def _code(code: str) -> ClockCode:
    try:
        return ClockCode(code)
    except ValueError:
        abort(404)
