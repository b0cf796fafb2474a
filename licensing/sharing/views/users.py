"""Who was trained and named to search NR3S: each council's own list."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sharing.changes import searches as changes
from licensing.sharing.forms.recording import EndUserForm, NameUserForm
from licensing.sharing.queries import searches as queries
from licensing.sharing.views import ask, offer_colleagues, sharing


@sharing.get("/nr3s/users")
@requires(Permission.CASEWORK)
def list_users() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.POLICY)
    return render_template(
        "sharing/list_users.html", named=queries.named_users(), may_name=signed_in_user().may(Permission.POLICIES)
    )


@sharing.route("/nr3s/users/name", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def name_user() -> ResponseReturnValue:
    form, back = NameUserForm(), url_for("sharing.list_users")
    offer_colleagues(form.colleague, Permission.CASEWORK)
    trained_on, from_on = form.trained_on.data, form.from_on.data
    if form.validate_on_submit() and trained_on and from_on:
        user, colleague = signed_in_user(), UUID(form.colleague.data)
        if saved(form, lambda: changes.name_user(user, colleague, trained_on, from_on)):
            flash("Your colleague is named.", "success")
            return redirect(back)
    return ask(form, "Name somebody who may search NR3S", back)


@sharing.route("/nr3s/users/<uuid:nr3s_user_id>/end", methods=["GET", "POST"])
@requires(Permission.POLICIES)
@records_look(ObjectKind.POLICY, "nr3s_user_id", queries.user_exists)
def end_user(nr3s_user_id: UUID) -> ResponseReturnValue:
    form, back = EndUserForm(), url_for("sharing.list_users")
    until_on = form.until_on.data
    if form.validate_on_submit() and until_on and saved(form, lambda: changes.end_user(nr3s_user_id, until_on)):
        flash("They may no longer search after that day.", "success")
        return redirect(back)
    who = queries.named_user(nr3s_user_id).user_id
    return ask(form, "End that somebody may search NR3S", back, caption=queries.names_of(who).get(who, ""))
