"""What somebody undertook to do, and that it was done."""

from uuid import UUID

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import meetings as changes
from licensing.allegations.forms.work import ActionDoneForm, ActionForm
from licensing.allegations.models import CaseAction
from licensing.allegations.views import allegations
from licensing.allegations.views.working import back_to, row_or_404, worked
from licensing.asking import answers, ask
from licensing.permissions import requires
from licensing.saving import saved
from licensing.sealing import opened


@allegations.route("/allegations/<uuid:case_id>/actions/new", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def add_action(case_id: UUID) -> ResponseReturnValue:
    case, form = worked(case_id), ActionForm()
    if form.validate_on_submit() and saved(form, lambda: changes.undertake(signed_in_user(), case_id, **answers(form))):
        return redirect(back_to(case_id))
    return ask(form, "Add an action", back_to(case_id), caption=case.reference)


@allegations.route("/allegations/<uuid:case_id>/actions/<uuid:action_id>/done", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def finish_action(case_id: UUID, action_id: UUID) -> ResponseReturnValue:
    case, row = worked(case_id), row_or_404(CaseAction, case_id, action_id)
    if row.done_on:
        abort(404)
    form = ActionDoneForm()
    if form.validate_on_submit() and saved(form, lambda: changes.finish(signed_in_user(), row, **answers(form))):
        return redirect(back_to(case_id))
    words = f"{opened(row, 'words_sealed')} ({opened(row, 'owner_sealed')})"
    return ask(form, "Record that it was done", back_to(case_id), caption=case.reference, intro=words)
