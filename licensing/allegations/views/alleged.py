"""The allegations within a case, each with its own outcome."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import presenting
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import allegations as changes
from licensing.allegations.editing import answered, overtaken, version_of
from licensing.allegations.forms.allegations import AllegationForm, ChangeAllegationForm, OutcomeForm
from licensing.allegations.models import Allegation, Case
from licensing.allegations.parts import adds_part
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.views import allegations
from licensing.allegations.views.working import back_to, row_or_404, theirs, worked
from licensing.allegations.words import Outcome, Stage
from licensing.asking import ask
from licensing.permissions import requires
from licensing.register.sections import Section
from licensing.saving import saved
from licensing.sealing import opened

PAGE = "allegations/ask_step.html"


@adds_part(order=10)
def allegations_of(case: Case) -> Section | None:
    """What is alleged, with each outcome and what the word means."""
    if case.stage is Stage.RECORDING:
        return None
    found = [{"id": one.id, "rows": presenting.allegation_rows(one)} for one in queries.allegations(case.id)]
    add = url_for("allegations.add_allegation", case_id=case.id)
    actions = [] if case.stage.is_over else [("Add an allegation", add)]
    return Section("What is alleged", "allegations/_allegations.html", {"allegations": found}, actions)


@allegations.route("/allegations/<uuid:case_id>/allegations/new", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def add_allegation(case_id: UUID) -> ResponseReturnValue:
    case, form = worked(case_id), AllegationForm()
    if form.validate_on_submit() and saved(form, lambda: changes.add(signed_in_user(), case, **answered(form))):
        return redirect(back_to(case_id))
    more: dict[str, Any] = {"theirs": []}
    return ask(form, "Add an allegation", back_to(case_id), template=PAGE, caption=case.reference, **more)


@allegations.route("/allegations/<uuid:case_id>/allegations/<uuid:allegation_id>", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def change_allegation(case_id: UUID, allegation_id: UUID) -> ResponseReturnValue:
    case, row = worked(case_id), row_or_404(Allegation, case_id, allegation_id)
    now = {
        "limbs": row.limbs,
        "category": row.category,
        "words": opened(row, "words_sealed"),
        "alleged_on": row.alleged_on,
    }
    form = ChangeAllegationForm(data={**now, **version_of(row)})
    sent = form.validate_on_submit() and not overtaken(form, row)
    if sent and saved(form, lambda: changes.change(signed_in_user(), case, row, **answered(form))):
        return redirect(back_to(case_id))
    more: dict[str, Any] = {"theirs": theirs(form, now)}
    return ask(form, "Change an allegation", back_to(case_id), template=PAGE, caption=case.reference, **more)


@allegations.route("/allegations/<uuid:case_id>/allegations/<uuid:allegation_id>/outcome", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def record_outcome(case_id: UUID, allegation_id: UUID) -> ResponseReturnValue:
    case, row = worked(case_id), row_or_404(Allegation, case_id, allegation_id)
    is_open = row.outcome is Outcome.OPEN
    words = opened(row, "outcome_sealed")
    now = {} if is_open else {"outcome": row.outcome, "outcome_on": row.outcome_on, "words": words}
    form = OutcomeForm(data={**now, **version_of(row)})
    sent = form.validate_on_submit() and not overtaken(form, row)
    flagged = sharing.flagged(case_id)
    if sent and saved(form, lambda: changes.record_outcome(signed_in_user(), case, row, **answered(form))):
        came_off = flagged and not sharing.flagged(case_id)
        also = " The flag came off everywhere, and who was told of the case is told the outcome." if came_off else ""
        flash(f"The outcome is recorded.{also}", "success")
        return redirect(back_to(case_id))
    title = "Record the outcome" if is_open else "Change the outcome"
    intro = opened(row, "words_sealed")
    return ask(
        form, title, back_to(case_id), template=PAGE, caption=case.reference, intro=intro, theirs=theirs(form, now)
    )
