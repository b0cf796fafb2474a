"""The office's own settings."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations.changes import office as changes
from licensing.allegations.forms.office import OfficeForm
from licensing.allegations.queries import work
from licensing.allegations.views import allegations
from licensing.asking import answers, ask
from licensing.permissions import Permission, requires
from licensing.saving import saved


@allegations.route("/allegations/office", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
def change_office() -> ResponseReturnValue:
    user = signed_in_user()
    row = work.office(user.authority.id)
    form = OfficeForm(data={"contact": row.contact, "meeting_name": row.meeting_name} if row else {})
    if form.validate_on_submit() and saved(form, lambda: changes.choose(user, **answers(form))):
        flash("Saved.", "success")
        return redirect(url_for("allegations.list_cases"))
    return ask(form, "How the office is reached", url_for("allegations.list_cases"))
