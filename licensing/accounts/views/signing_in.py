"""Signing in and out, accepting an invitation, and the home page."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from licensing.accounts import home_figures, home_page, invitations, kept_forms, second_factor, sessions, sign_in
from licensing.accounts.acting import signed_in_user
from licensing.accounts.forms import InvitationForm, SignInForm
from licensing.accounts.views import accounts
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import today
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, public, requires


@accounts.before_app_request
def let_go_what_is_sent() -> None:
    """A kept form that is sent after all is not offered again."""
    if request.method == "POST" and "taken_up" in request.form and current_user.is_authenticated:
        kept_forms.let_go()
        db.session.commit()


@accounts.get("/")
@requires(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    user = signed_in_user()
    return render_template(
        "accounts/home.html",
        tasks=home_page.tasks_for(user),
        figures=home_figures.figures_for(user),
        panels=home_figures.panels_for(user),
        today=today(),
    )


@accounts.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public("Nobody is signed in before they sign in")
def show_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        try:
            token = sign_in.sign_in(
                (form.email.data or "").lower(),
                form.password.data or "",
                form.code.data or "",
                request.remote_addr or "",
            )
        except RuleBroken as broken:
            form.add_error(broken.message, broken.field)
        else:
            return _start_session(token)
    status = 422 if request.method == "POST" else 200
    ended = "ended" in request.args
    return render_template("accounts/sign_in.html", form=form, ended=ended), status


def _start_session(token: str) -> ResponseReturnValue:
    session.clear()  # a token planted before the sign-in is worth nothing after it
    sessions.end_former(token)
    kept = kept_forms.offered() is not None
    db.session.commit()
    response = redirect(url_for("accounts.take_up") if kept else safe_next())
    sessions.give_cookie(response, token)
    return response


def safe_next() -> str:
    """The page that was asked for, if it is one of ours. Browsers take a backslash for a slash, and drop tabs."""
    wanted = request.args.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else url_for("accounts.home")


@accounts.post("/sign-out")
@public("Whoever is not signed in is already where this leads")
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        audit.record(Action.SIGNED_OUT, ObjectKind.USER, current_user.id)
        db.session.execute(text("CALL end_session()"))
    session.clear()
    db.session.commit()
    response = redirect(url_for("accounts.sign_in"))
    sessions.take_cookie_away(response)
    return response


@accounts.post("/stay-signed-in")
@requires(Permission.SIGNED_IN)
def stay_signed_in() -> ResponseReturnValue:
    db.session.execute(text("CALL touch_session()"))
    db.session.commit()
    return "", 204


@accounts.get("/take-up")
@requires(Permission.SIGNED_IN)
def take_up() -> ResponseReturnValue:
    offer = kept_forms.offered()
    if offer is None:
        return redirect(url_for("accounts.home"))
    stepped_up = "confirmed" in request.args
    return render_template("accounts/take_up.html", offer=offer, stepped_up=stepped_up)


@accounts.post("/let-go")
@requires(Permission.SIGNED_IN)
def let_go() -> ResponseReturnValue:
    kept_forms.let_go()
    db.session.commit()
    return redirect(url_for("accounts.home"))


@accounts.route("/invitation/<token>", methods=["GET", "POST"])
@public("The invitation's token is the proof; it works once")
def accept_invitation(token: str) -> ResponseReturnValue:
    invited = invitations.find(token)
    if invited is None:
        abort(404)
    setup = second_factor.setup_from(request.form.get("setup", ""), invited.user_id, invited.email)
    form = InvitationForm(name=invited.name)
    if form.validate_on_submit():
        try:
            name, password, code = form.name.data or "", form.password.data or "", form.code.data or ""
            invitations.accept(token, invited, setup, name, password, code)
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            flash("Your account is ready. Sign in with your new password and the next code.", "success")
            return redirect(url_for("accounts.sign_in"))
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/invitation.html", form=form, invited=invited, setup=setup), status
