"""Asking for the second factor again, and going back to what was being done."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts import kept_forms, sessions, step_up
from licensing.accounts.acting import signed_in_user
from licensing.accounts.forms import ConfirmForm
from licensing.accounts.views import accounts
from licensing.accounts.views.signing_in import safe_next
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires


@accounts.route("/confirm", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def confirm() -> ResponseReturnValue:
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            token = step_up.confirm(signed_in_user(), form.code.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            kept = kept_forms.offered() is not None
            db.session.commit()
            response = redirect(url_for("accounts.take_up", confirmed=1) if kept else safe_next())
            sessions.give_cookie(response, token)
            return response
    return render_template("accounts/confirm.html", form=form), 422 if request.method == "POST" else 200
