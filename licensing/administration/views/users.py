"""The users of one's own authority: list, invite, and what is done to one account."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.accounts.rules import UserStatus
from licensing.accounts.step_up import fresh_second_factor
from licensing.administration import changes, queries
from licensing.administration.forms import GiveRoleForm, InviteForm, ResetSecondFactorForm
from licensing.administration.presenting import user_row
from licensing.administration.views import administration
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import BaseForm
from licensing.mail.rules import LinkKind
from licensing.permissions import PRIVILEGED, Permission, Role, requires

ASKED_FOR = "Asked for. Somebody who approves roles must agree first."


@administration.get("/users")
@requires(Permission.USERS_READ)
def list_users() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.USER)
    now = datetime.now(UTC)
    return render_template(
        "administration/list_users.html",
        rows=[user_row(one, now) for one in queries.accounts()],
        manages=signed_in_user().may(Permission.USERS_MANAGE),
    )


@administration.route("/users/invite", methods=["GET", "POST"])
@requires(Permission.USERS_MANAGE)
@fresh_second_factor
def invite() -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        typed = ((form.email.data or "").lower(), form.name.data or "", form.role.data, form.reason.data or "")
        try:
            invited_id = changes.invite(signed_in_user(), *typed)
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            waits = " Their role waits for somebody who approves roles." if form.role.data in PRIVILEGED else ""
            flash(f"Invited.{waits}", "success")
            return redirect(url_for("administration.show_user", user_id=invited_id))
    return render_template("administration/invite.html", form=form), 422 if form.errors else 200


@administration.get("/users/<uuid:user_id>")
@requires(Permission.USERS_READ)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
def show_user(user_id: UUID) -> ResponseReturnValue:
    return _show(user_id)


@administration.post("/users/<uuid:user_id>/give-role")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def give_role(user_id: UUID) -> ResponseReturnValue:
    form = GiveRoleForm()
    if not form.validate_on_submit():
        return _show(user_id, give=form), 422
    role, reason = form.role.data, form.reason.data or ""
    return _done(
        user_id,
        lambda: changes.give_role(signed_in_user(), queries.one_account(user_id), role, reason),
        f"{role.label} given. It holds from their next request.",
        give=form,
    )


@administration.post("/users/<uuid:user_id>/end-role")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def end_role(user_id: UUID) -> ResponseReturnValue:
    role = request.form.get("role", type=Role)
    account = queries.one_account(user_id)
    if role is None or not account.holds(role):
        return _show(user_id, problem=changes.OVERTAKEN), 422
    ended = f"{role.label} ended. It holds from their next request."
    return _done(user_id, lambda: changes.end_role(signed_in_user(), account, role), ended)


@administration.post("/users/<uuid:user_id>/suspend")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def suspend(user_id: UUID) -> ResponseReturnValue:
    return _done(user_id, lambda: changes.set_status(signed_in_user(), user_id, UserStatus.SUSPENDED), "Suspended.")


@administration.post("/users/<uuid:user_id>/reinstate")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def reinstate(user_id: UUID) -> ResponseReturnValue:
    return _done(user_id, lambda: changes.set_status(signed_in_user(), user_id, UserStatus.ACTIVE), "Reinstated.")


@administration.post("/users/<uuid:user_id>/close")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def close(user_id: UUID) -> ResponseReturnValue:
    return _done(user_id, lambda: changes.set_status(signed_in_user(), user_id, UserStatus.CLOSED), "Closed.")


@administration.post("/users/<uuid:user_id>/send-invitation")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def send_invitation(user_id: UUID) -> ResponseReturnValue:
    return _send(user_id, LinkKind.INVITATION)


@administration.post("/users/<uuid:user_id>/reset-password")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def reset_password(user_id: UUID) -> ResponseReturnValue:
    return _send(user_id, LinkKind.PASSWORD_RESET)


@administration.post("/users/<uuid:user_id>/reset-authenticator")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def reset_second_factor(user_id: UUID) -> ResponseReturnValue:
    form = ResetSecondFactorForm()
    if not form.validate_on_submit():
        return _show(user_id, reset=form), 422
    account, reason = queries.one_account(user_id), form.grounds.data or ""
    return _done(
        user_id,
        lambda: changes.reset_second_factor(signed_in_user(), account, reason),
        "A link was made with which they set up a new authenticator.",
        reset=form,
    )


@administration.post("/users/<uuid:user_id>/withdraw-links")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def withdraw_links(user_id: UUID) -> ResponseReturnValue:
    return _done(user_id, lambda: changes.withdraw_links(signed_in_user(), user_id), "Their link works no more.")


@administration.post("/users/<uuid:user_id>/end-sessions")
@requires(Permission.USERS_MANAGE)
@records_look(ObjectKind.USER, "user_id", queries.user_exists)
@fresh_second_factor
def end_sessions(user_id: UUID) -> ResponseReturnValue:
    return _done(user_id, lambda: changes.end_sessions(signed_in_user(), user_id), "Signed out everywhere.")


def _send(user_id: UUID, kind: LinkKind) -> ResponseReturnValue:
    return _done(user_id, lambda: changes.send_link(signed_in_user(), user_id, kind), "A new link was made.")


def _done(user_id: UUID, change: Callable[[], Proposal | None], said: str, **forms: BaseForm) -> ResponseReturnValue:
    """Make the change, commit and come back to the account; what a rule refused is said there."""
    try:
        proposal = change()
    except RuleBroken as broken:
        db.session.rollback()
        for form in forms.values():
            form.add_error(broken.message, broken.field)
        return _show(user_id, problem="" if forms else broken.message, **forms), 422
    db.session.commit()
    flash(ASKED_FOR if proposal else said, "success")
    return redirect(url_for("administration.show_user", user_id=user_id))


def _show(user_id: UUID, *, give: BaseForm | None = None, reset: BaseForm | None = None, problem: str = "") -> str:
    user, account = signed_in_user(), queries.one_account(user_id)
    give = give or GiveRoleForm(formdata=None)
    return render_template(
        "administration/show_user.html",
        account=account,
        row=user_row(account, datetime.now(UTC)),
        may_change=user.may(Permission.USERS_MANAGE) and user.id != user_id and account.status != UserStatus.CLOSED,
        form=reset or give,
        give=give,
        reset=reset or ResetSecondFactorForm(formdata=None),
        needs_reason=bool(PRIVILEGED & {held.role for held in account.roles}),
        problem=problem,
    )
