"""Recording a request, proof and more time; deciding about each record; answering. Views commit."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import opened, seal, sealed
from licensing.subject_access import letters, queries, rules
from licensing.subject_access.models import SubjectRequest, SubjectRuling
from licensing.subject_access.queries import Found, Held, Unknown
from licensing.subject_access.rules import Weighed
from licensing.subject_access.words import Proof, Ruling

PREFIX = "SA"


@dataclass(frozen=True)
class Received:
    """When a request came, and how the person proved who they are where that was asked."""

    received_on: date
    proof_asked: bool
    proof: Proof | None = None
    proven_on: date | None = None


def record(user: ActingUser, person: Found | Unknown, received: Received) -> UUID:
    """Record a request, also of somebody who is not on the register. RuleBroken where the proof does not fit."""
    rules.check_receipt(received.received_on, received.proof_asked, received.proof, received.proven_on)
    row = SubjectRequest(
        id=uuid4(),
        authority_id=user.authority.id,
        reference=new_reference(PREFIX),
        person_id=person.person_id if isinstance(person, Found) else None,
        person_reference=person.reference if isinstance(person, Found) else None,
        received_on=received.received_on,
        proof_asked=received.proof_asked,
        proof=received.proof,
        proven_on=received.proven_on,
        recorded_by=user.id,
    )
    row.name_sealed = seal(SubjectRequest, "name_sealed", row.id, person.name)
    _begin(user, row)
    db.session.add(row)
    db.session.flush()
    _record(Action.ADDED, row, {"received_on": row.received_on.isoformat()})
    return row.id


def prove(user: ActingUser, request_id: UUID, proof: Proof, proven_on: date) -> None:
    """They proved who they are: the month begins on that day."""
    row = _open(request_id)
    if not row.proof_asked or row.proven_on:
        raise RuleBroken("No proof of identity is awaited.")
    rules.check_proven(row.received_on, proven_on)
    row.proof, row.proven_on = proof, proven_on
    _begin(user, row)
    _record(Action.CHANGED, row, {"what": "proven", "on": proven_on.isoformat()})


def _begin(user: ActingUser, row: SubjectRequest) -> None:
    begun = rules.begins_on(row.received_on, proof_asked=row.proof_asked, proven_on=row.proven_on)
    if begun:
        # Reckoned first: asking for the rule writes the row as it stands.
        due_on = _due(user, ClockCode.SAR_ANSWER, begun)
        row.begins_on, row.first_due_on, row.due_on = begun, due_on, due_on


def _due(user: ActingUser, code: ClockCode, start: date) -> date:
    return deadlines.due(code, user.authority.id, start).due_on


def extend(user: ActingUser, request_id: UUID, extended_on: date, reason: str) -> None:
    """The request is complex: the person was told on a day of the first month, and why."""
    row = _open(request_id)
    rules.check_extension(row.begins_on, row.first_due_on, extended_on, again=row.extended_on is not None)
    assert row.begins_on is not None
    due_on = _due(user, ClockCode.SAR_COMPLEX, row.begins_on)
    row.extended_on, row.due_on = extended_on, due_on
    row.extension_sealed = seal(SubjectRequest, "extension_sealed", row.id, reason)
    _record(Action.CHANGED, row, {"what": "extended", "due_on": due_on.isoformat()})


def decide(user: ActingUser, request_id: UUID, record_id: UUID, weighed: Weighed) -> None:
    """What becomes of one record; a later decision takes its place. RuleBroken where it is not whole."""
    row = _open(request_id)
    one = queries.one_held(request_id, record_id)
    rules.check_weighed(weighed, live=one.live)
    _rule(user, row, [one], weighed)


def give_plain(user: ActingUser, request_id: UUID) -> int:
    """Give what the person gave or was given, where nothing was decided and nothing is under way; how many."""
    row = _open(request_id)
    plain = [one for one in queries.held(request_id) if may_be_given_together(one)]
    _rule(user, row, plain, Weighed(Ruling.GIVE))
    return len(plain)


def may_be_given_together(one: Held) -> bool:
    return one.ruling is None and one.kind.is_plain and not one.live


def _rule(user: ActingUser, row: SubjectRequest, held: list[Held], weighed: Weighed) -> None:
    """The same about each of these records."""
    if not held:
        return
    first = queries.next_number(row.id)
    kept = [_kept(user, row, number, one, weighed) for number, one in enumerate(held, first)]
    db.session.execute(insert(SubjectRuling).inline(), kept)
    records = [{"record": one.kind, "record_id": str(one.record_id)} for one in held]
    told = {"ruling": weighed.ruling, "exemption": weighed.exemption}
    details = {**records[0], **told} if len(records) == 1 else {"records": records, **told}
    _record(Action.DECIDED, row, details)


def _kept(user: ActingUser, row: SubjectRequest, number: int, one: Held, weighed: Weighed) -> dict[str, Any]:
    ruling_id = uuid4()
    return {
        "id": ruling_id,
        "authority_id": row.authority_id,
        "request_id": row.id,
        "number": number,
        "kind": one.kind,
        "record_id": one.record_id,
        "ruling": weighed.ruling,
        "exemption": weighed.exemption,
        "source_confidential": weighed.source_confidential,
        "harm_test_by": weighed.harm_test_by or None,
        "reason_sealed": sealed(SubjectRuling, "reason_sealed", ruling_id, weighed.reason),
        "police_asked_on": weighed.police_asked_on,
        "police_answer": weighed.police_answer,
        "police_reference": weighed.police_reference or None,
        "recorded_by": user.id,
    }


def answer(user: ActingUser, request_id: UUID, answered_on: date) -> None:
    """Answer with the schedule of what is given. RuleBroken while a record waits for a decision."""
    row = _open(request_id)
    rows = queries.held(request_id)
    decided = [dates.day_of(one.ruling.recorded_at) for one in rows if one.ruling]
    undecided = sum(one.waits for one in rows)
    rules.check_answer(row.begins_on, answered_on, undecided=undecided, decided_on=max(decided, default=None))
    name = opened(row, "name_sealed")
    letter = letters.letter_of(user.authority.name, row.reference, name, row.received_on, answered_on, rows)
    row.answered_on, row.answered_by = answered_on, user.id
    row.answer_sealed = seal(SubjectRequest, "answer_sealed", row.id, letter.as_kept())
    _record(Action.RELEASED, row, {"on": answered_on.isoformat(), "records": len(letter.schedule)})


def withdraw(user: ActingUser, request_id: UUID, reason: str) -> None:
    """The person asks no longer, or it was recorded by mistake."""
    row = _open(request_id)
    row.withdrawn_on = dates.today()
    row.withdrawn_sealed = seal(SubjectRequest, "withdrawn_sealed", row.id, reason)
    _record(Action.CHANGED, row, {"what": "withdrawn"})


def _open(request_id: UUID) -> SubjectRequest:
    """The request, while nobody else changes it. RuleBroken where it is over."""
    row = queries.request_for_change(request_id)
    if row.is_over:
        raise RuleBroken(rules.ENDED)
    return row


def _record(action: Action, row: SubjectRequest, details: dict[str, Any]) -> None:
    db.session.flush()
    audit.record(action, ObjectKind.SUBJECT_ACCESS, row.id, reference=row.reference, details=details)
