"""What happened and may need a note: settled by the note that it led to, or by saying why there is none."""

from uuid import UUID

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.need_to_know import queries
from licensing.need_to_know.changes import drafting
from licensing.need_to_know.models import Fact
from licensing.sealing import sealed
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

_BEFORE = "Somebody answered for this a moment ago. Nothing was changed."


def raise_note(user: ActingUser, fact_id: UUID, given: drafting.Draft) -> UUID:
    """Draft the note that this fact needs."""
    fact = _open(fact_id)
    note_id = drafting.draft(user, given)
    fact.settled_on, fact.note_id = dates.today(), note_id
    _settle(user, fact, "A note was drafted.")
    return note_id


def need_none(user: ActingUser, fact_id: UUID, why: str) -> None:
    """Say why leaders need not know of it."""
    fact = _open(fact_id)
    fact.settled_on, fact.reason_sealed = dates.today(), sealed(Fact, "reason_sealed", fact_id, why)
    _settle(user, fact, "Somebody said why no note is needed.")


def _open(fact_id: UUID) -> Fact:
    fact = queries.fact(fact_id)
    if fact.settled_on:
        raise RuleBroken(_BEFORE)
    return fact


def _settle(user: ActingUser, fact: Fact, words: str) -> None:
    fact.settled_by = user.id
    db.session.flush()
    about = (ObjectKind.NEED_TO_KNOW_FACT, fact.id)
    audit.record(Action.CHANGED, *about, details={"note": bool(fact.note_id)})
    tasks.settle(TaskKind.RAISE_NEED_TO_KNOW, about, words)
