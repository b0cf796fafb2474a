"""One's own account: name, password, authenticator, recovery codes and sessions."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts import own_account, own_credential, second_factor, sessions
from licensing.accounts.acting import signed_in_user
from licensing.accounts.forms import AuthenticatorForm, NameForm, PasswordForm
from licensing.accounts.step_up import fresh_second_factor
from licensing.accounts.views import accounts
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires

NEW_AUTHENTICATOR = (
    "Your new authenticator is set up. Every other session has ended, and your old recovery codes no longer work."
)


@accounts.get("/account")
@requires(Permission.SIGNED_IN)
def show_account() -> ResponseReturnValue:
    return _show(NameForm(formdata=None, name=signed_in_user().name))


@accounts.post("/account/name")
@requires(Permission.SIGNED_IN)
def change_name() -> ResponseReturnValue:
    form = NameForm()
    if form.validate_on_submit():
        try:
            own_account.change_name(signed_in_user(), form.name.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            flash("Your name is changed.", "success")
            return redirect(url_for("accounts.show_account"))
    return _show(form), 422


@accounts.route("/account/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            token = own_account.change_password(signed_in_user(), form.current.data or "", form.password.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            return _back_to_account(token, "Your password is changed. Every other session has ended.")
    return render_template("accounts/change_password.html", form=form), 422 if form.errors else 200


@accounts.route("/account/authenticator", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_authenticator() -> ResponseReturnValue:
    user = signed_in_user()
    setup = second_factor.setup_from(request.form.get("setup", ""), user.id, user.email)
    form = AuthenticatorForm()
    if form.validate_on_submit():
        typed = (form.password.data or "", form.code.data or "", form.new_code.data or "")
        try:
            token = own_account.change_authenticator(user, setup, *typed)
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            return _back_to_account(token, NEW_AUTHENTICATOR)
    return render_template("accounts/change_authenticator.html", form=form, setup=setup), 422 if form.errors else 200


@accounts.get("/account/recovery-codes")
@requires(Permission.SIGNED_IN)
@fresh_second_factor
def recovery_codes() -> ResponseReturnValue:
    left = own_credential.own(signed_in_user()).codes_left
    return render_template("accounts/recovery_codes.html", codes=(), codes_left=left)


@accounts.post("/account/recovery-codes")
@requires(Permission.SIGNED_IN)
@fresh_second_factor
def make_recovery_codes() -> ResponseReturnValue:
    codes = own_account.make_recovery_codes(signed_in_user())
    db.session.commit()  # they are on this one page and nowhere else, so there is nothing to lead to
    return render_template("accounts/recovery_codes.html", codes=codes, codes_left=len(codes))


@accounts.post("/account/sessions/end")
@requires(Permission.SIGNED_IN)
def end_session() -> ResponseReturnValue:
    session_id = request.form.get("session_id", type=UUID)
    ended = session_id is not None and own_account.end_session(signed_in_user(), session_id)
    db.session.commit()
    flash("The session has ended." if ended else "That session had ended before.", "success" if ended else "important")
    return redirect(url_for("accounts.show_account"))


def _show(form: NameForm) -> str:
    left = own_credential.own(signed_in_user()).codes_left
    return render_template("accounts/account.html", form=form, sessions=own_account.sessions(), codes_left=left)


def _back_to_account(token: str, said: str) -> ResponseReturnValue:
    """Commit, and go on with the session's new token."""
    db.session.commit()
    flash(said, "success")
    response = redirect(url_for("accounts.show_account"))
    sessions.give_cookie(response, token)
    return response
