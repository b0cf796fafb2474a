"""What a partner is asked to do: asked, accepted or declined with a reason, completed. A daily job chases silence."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.disruption import queries
from licensing.disruption.models import PartnerTask
from licensing.disruption.words import TaskAnswer
from licensing.errors import RuleBroken
from licensing.mail import changes as mail
from licensing.mail.rules import MailKind
from licensing.references import new_reference
from licensing.sealing import seal, sealed

PREFIX = "PT"
# What each answer may follow.
_AFTER = {
    TaskAnswer.ACCEPTED: (TaskAnswer.ASKED,),
    TaskAnswer.DECLINED: (TaskAnswer.ASKED, TaskAnswer.ACCEPTED),
    TaskAnswer.COMPLETED: (TaskAnswer.ASKED, TaskAnswer.ACCEPTED),
}


def ask(
    user: ActingUser, asked_by_id: UUID, agency_id: UUID, what: str, due_on: date, *, action_id: UUID | None = None
) -> UUID:
    """Ask an agency for something; its people are written to, with a link and nothing else."""
    today, task_id = dates.today(), uuid4()
    if due_on < today:
        raise RuleBroken("The date must be today or in the future", "due_on")
    if agency_id == asked_by_id:
        raise RuleBroken("Select another agency: this one asks", "agency")
    row = {
        "id": task_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "action_id": action_id,
        "asked_by_agency_id": asked_by_id,
        "agency_id": agency_id,
        "what_sealed": seal(PartnerTask, "what_sealed", task_id, what),
        "due_on": due_on,
        "answer_by": min(due_on, deadlines.due(ClockCode.PARTNER_ANSWER, user.authority.id, today).due_on),
        "answer": TaskAnswer.ASKED,
        "asked_on": today,
        "asked_by": user.id,
    }
    db.session.execute(insert(PartnerTask).inline(), [row])
    audit.record(Did.ADDED, ObjectKind.PARTNER_TASK, task_id, details={"agency": str(agency_id)})
    for person_id in queries.people_of(agency_id):
        mail.send(person_id, MailKind.PARTNER_ASKED, task_id=task_id)
    return task_id


def answer(_user: ActingUser, task_id: UUID, given: TaskAnswer, words: str) -> None:
    """Accept, decline with a reason, or say that it is done. RuleBroken where it was settled already."""
    task = queries.partner_task(task_id, for_change=True)
    if task.answer not in _AFTER[given]:
        raise RuleBroken(f"This was {task.answer.label.lower()} a moment ago. Nothing was changed.")
    if given is TaskAnswer.DECLINED and not words:
        raise RuleBroken("Say why it is declined", "words")
    task.answer, task.answered_on = given, dates.today()
    task.answer_sealed = sealed(PartnerTask, "answer_sealed", task_id, words) or task.answer_sealed
    audit.record(Did.ANSWERED, ObjectKind.PARTNER_TASK, task_id, details={"answer": given.value})
    db.session.flush()
