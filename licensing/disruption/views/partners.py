"""What agencies ask of one another: the page of whoever is asked shows that task and nothing else."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask, with_form
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.disruption import presenting, queries
from licensing.disruption.changes import asking
from licensing.disruption.forms import AnswerForm, AskPartnerForm
from licensing.disruption.models import PartnerTask
from licensing.disruption.views import disruption, done
from licensing.disruption.words import TaskAnswer
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sealing import opened

_ANSWERS = {
    TaskAnswer.ASKED: (TaskAnswer.ACCEPTED, TaskAnswer.DECLINED, TaskAnswer.COMPLETED),
    TaskAnswer.ACCEPTED: (TaskAnswer.COMPLETED, TaskAnswer.DECLINED),
}


@disruption.route("/actions/<uuid:action_id>/ask", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@records_look(ObjectKind.DISRUPTION_ACTION, "action_id", queries.action_exists)
def ask_partner(action_id: UUID) -> ResponseReturnValue:
    """Ask an agency for one thing; it learns of that alone."""
    action, form = queries.action(action_id), AskPartnerForm()
    mine = queries.acting_agencies()
    form.asked_by.choices = options((str(one.id), one.name) for one in mine)
    form.agency.choices = options((str(one.id), one.name) for one in queries.agencies())
    if len(mine) == 1 and not form.is_submitted():
        form.asked_by.data = str(mine[0].id)
    back = url_for("disruption.show_action", action_id=action_id)

    def keep() -> None:
        due_on = form.due_on.data
        assert due_on is not None
        who = (UUID(form.asked_by.data), UUID(form.agency.data))
        asking.ask(signed_in_user(), *who, form.what.data or "", due_on, action_id=action_id)

    if form.validate_on_submit() and saved(form, keep):
        return done(_told(UUID(form.agency.data)), back)
    return ask(form, "Ask a partner", back, caption=action.reference)


def _told(agency_id: UUID) -> str:
    """Whether anybody reads it in the service; of an agency without people it waits for a call."""
    if queries.people_of(agency_id):
        return "The agency is asked, and written to."
    agency = queries.agency(agency_id)
    return f"The agency is asked. Nobody of it works in this service: ring {agency.contact}, {agency.phone}."


@disruption.get("/partner-tasks")
@requires(Permission.DISRUPT)
def list_partner_tasks() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PARTNER_TASK)
    page = queries.asked_of_us(request.args.get("page", 1, int))
    return render_template(
        "disruption/list_partner_tasks.html", page=page, rows=presenting.asked_rows(page.items, who=False)
    )


@disruption.route("/partner-tasks/<uuid:task_id>", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@records_look(ObjectKind.PARTNER_TASK, "task_id", queries.partner_task_exists)
def show_partner_task(task_id: UUID) -> ResponseReturnValue:
    """What is asked, and the answer."""
    task, form = queries.partner_task(task_id), AnswerForm()
    ours = task.agency_id in {one.id for one in queries.acting_agencies()}
    form.answer.choices = options((one.value, one.label) for one in _ANSWERS.get(task.answer, ()))
    may_answer = ours and bool(form.answer.choices)
    if may_answer and form.validate_on_submit() and saved(form, lambda: _answer(task_id, form)):
        return done("Your answer is kept.", url_for("disruption.list_partner_tasks"))
    return with_form(form, "disruption/show_partner_task.html", task=task, facts=_facts(task), may_answer=may_answer)


def _answer(task_id: UUID, form: AnswerForm) -> None:
    asking.answer(signed_in_user(), task_id, form.answer.data, form.words.data or "")


def _facts(task: PartnerTask) -> presenting.Rows:
    rows: presenting.Rows = [
        ("Asked by", task.asked_by_agency.name),
        ("Asked on", in_words(task.asked_on)),
        ("Of", task.agency.name),
        ("By when", in_words(task.due_on)),
        ("What is asked", opened(task, "what_sealed")),
        ("Answer", task.answer.label),
    ]
    return [*rows, ("In words", opened(task, "answer_sealed"))] if task.answer_sealed else rows
