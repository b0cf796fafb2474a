"""Forgotten password, and the pages to which mailed links lead."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts import resets, second_factor
from licensing.accounts.forms import ForgottenForm, NewAuthenticatorByLinkForm, NewPasswordByLinkForm
from licensing.accounts.views import accounts
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.mail.rules import LinkKind
from licensing.permissions import public


@accounts.route("/forgotten-password", methods=["GET", "POST"])
@public("Whoever forgot their password cannot sign in; the answer is the same for every address")
def forgotten_password() -> ResponseReturnValue:
    form = ForgottenForm()
    if form.validate_on_submit():
        resets.ask_for_password((form.email.data or "").lower(), request.remote_addr or "")
        db.session.commit()
        return redirect(url_for("accounts.forgotten_password", sent=1))
    sent = "sent" in request.args
    return render_template("accounts/forgotten_password.html", form=form, sent=sent), 422 if form.errors else 200


@accounts.route("/password-reset/<token>", methods=["GET", "POST"])
@public("The link's token and the authenticator are the proof; it works once")
def reset_password(token: str) -> ResponseReturnValue:
    linked = resets.find(token, LinkKind.PASSWORD_RESET) or abort(404)
    form = NewPasswordByLinkForm()
    if form.validate_on_submit():
        try:
            resets.choose_password(token, linked, form.password.data or "", form.code.data or "")
        except RuleBroken as broken:
            db.session.commit()  # a wrong code counts
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            flash("Your password is changed. Sign in with it and your next code.", "success")
            return redirect(url_for("accounts.sign_in"))
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/reset_password.html", form=form, linked=linked), status


@accounts.route("/authenticator-reset/<token>", methods=["GET", "POST"])
@public("The link's token and the password are the proof; it works once")
def reset_authenticator(token: str) -> ResponseReturnValue:
    linked = resets.find(token, LinkKind.SECOND_FACTOR_RESET) or abort(404)
    setup = second_factor.setup_from(request.form.get("setup", ""), linked.user_id, linked.email)
    form = NewAuthenticatorByLinkForm()
    if form.validate_on_submit():
        try:
            resets.set_up_authenticator(token, linked, setup, form.password.data or "", form.code.data or "")
        except RuleBroken as broken:
            db.session.commit()  # a wrong password counts
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            flash("Your new authenticator is set up. Sign in with its next code.", "success")
            return redirect(url_for("accounts.sign_in"))
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/reset_authenticator.html", form=form, linked=linked, setup=setup), status
