"""The office's own settings."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations.changes import office as changes
from licensing.allegations.editing import answered, overtaken, version_of
from licensing.allegations.forms.office import OfficeForm
from licensing.allegations.queries import work
from licensing.allegations.views import allegations
from licensing.allegations.views.working import theirs
from licensing.asking import ask
from licensing.permissions import Permission, requires
from licensing.saving import saved


@allegations.route("/allegations/office", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
def change_office() -> ResponseReturnValue:
    user = signed_in_user()
    row = work.office(user.authority.id, for_change=request.method == "POST")
    now = {"contact": row.contact, "meeting_name": row.meeting_name} if row else {}
    form = OfficeForm(data={**now, **version_of(row)})
    sent = form.validate_on_submit() and not overtaken(form, row)
    if sent and saved(form, lambda: changes.choose(user, **answered(form))):
        flash("Saved.", "success")
        return redirect(url_for("allegations.list_cases"))
    back = url_for("allegations.list_cases")
    return ask(form, "How the office is reached", back, theirs=theirs(form, now))
