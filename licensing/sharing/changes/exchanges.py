"""Requests and reports to other authorities, and the answers to theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from licensing import jobs
from licensing.accounts.acting import ActingUser
from licensing.accounts.models import Authority
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import changes as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import opened, seal
from licensing.sharing.changes.disclosures import Told, log_disclosure
from licensing.sharing.clocks import clocks_of
from licensing.sharing.jobs import start_nr3s_clocks
from licensing.sharing.models import Chase, RequestIn, RequestOut
from licensing.sharing.queries import exchanges as queries
from licensing.sharing.rules import (
    BASIS_OF_ANSWER,
    BASIS_OF_ASKING,
    ExchangeKind,
    Method,
    Outcome,
    Particular,
    check_imposed,
    check_not_before,
)
from licensing.sharing.sealing import as_words
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

ANSWERED = "Somebody recorded an answer a moment ago. Look at it again."
_REPORTED = ClockCode.S5_REPORT


@dataclass(frozen=True)
class ToWhom:
    """Another authority: a partner in this service, or one that was typed; and how it is written to."""

    partner: Authority | None
    body: str
    contact: str
    method: Method


@dataclass(frozen=True)
class Concern:
    """What section 5 asks beside the conduct: since when one knew, and why one would have considered acting."""

    aware_on: date
    belief: str
    suspended_on: date | None = None  # by one's own officer on the spot


def write_to(
    user: ActingUser,
    kind: ExchangeKind,
    to: ToWhom,
    particulars: Mapping[Particular, str],
    words: str,
    *,
    person_id: UUID | None = None,
    licence_id: UUID | None = None,
    concern: Concern | None = None,
) -> RequestOut:
    """Record what is asked of another authority, or reported to it; sending it is the next step."""
    row_id = uuid4()
    row = RequestOut(
        id=row_id,
        authority_id=user.authority.id,
        reference=new_reference("NQ"),
        kind=kind,
        person_id=person_id,
        licence_id=licence_id,
        to_authority_id=to.partner.id if to.partner else None,
        to_body=to.partner.name if to.partner else to.body,
        to_contact=to.contact or (to.partner.contact if to.partner else ""),
        method=to.method,
        particulars_sealed=seal(RequestOut, "particulars_sealed", row_id, as_words(particulars)),
        words_sealed=seal(RequestOut, "words_sealed", row_id, words),
        aware_on=concern.aware_on if concern else None,
        belief_sealed=seal(RequestOut, "belief_sealed", row_id, concern.belief) if concern else None,
        suspended_on=concern.suspended_on if concern else None,
    )
    db.session.add(row)
    db.session.flush()
    if concern:
        deadlines.start(user, _REPORTED, (ObjectKind.NR3S_REQUEST, row_id), concern.aware_on)
    audit.record(Action.ADDED, ObjectKind.NR3S_REQUEST, row_id, details={"kind": kind, "to": row.to_body})
    return row


def send(user: ActingUser, request_id: UUID, sent_on: date, told: Told) -> None:
    """That it went out; to a partner it is delivered here and now. RuleBroken where it went before, or too early."""
    row = queries.sent_for_update(request_id)
    if row.sent_on:
        raise RuleBroken("This was sent already")
    if row.aware_on:
        check_not_before(sent_on, row.aware_on, "Your council became aware of it on", "sent_on")
    row.sent_on = sent_on
    db.session.flush()
    deadlines.meet(user, _REPORTED, (ObjectKind.NR3S_REQUEST, request_id), sent_on)
    audit.record(Action.CHANGED, ObjectKind.NR3S_REQUEST, request_id, details={"sent_on": sent_on.isoformat()})
    log_disclosure(
        user, told, BASIS_OF_ASKING[row.kind], row.method, sent_on, person_id=row.person_id, request_out_id=row.id
    )
    if row.method is Method.SERVICE:
        _deliver(user, row)


def _deliver(user: ActingUser, row: RequestOut) -> None:
    """Put it among the other authority's own, sealed for its row there; on both trails."""
    received_id = uuid4()
    db.session.execute(
        text("CALL deliver_request(:request, :received, :particulars, :words, NULL)"),
        {
            "request": row.id,
            "received": received_id,
            "particulars": seal(RequestIn, "particulars_sealed", received_id, opened(row, "particulars_sealed")),
            "words": seal(RequestIn, "words_sealed", received_id, opened(row, "words_sealed")),
        },
    )
    told = {"kind": row.kind, "from": user.authority.name}
    audit.record(Action.ADDED, ObjectKind.NR3S_REQUEST, received_id, authority_id=row.to_authority_id, details=told)
    jobs.defer(start_nr3s_clocks)


def chase(user: ActingUser, request_id: UUID, chased_on: date, note: str) -> None:
    """That the other authority was reminded. RuleBroken where there is nothing to remind it of."""
    row = queries.sent(request_id)
    if row.sent_on is None or row.answered_on:
        raise RuleBroken("There is no answer to wait for")
    check_not_before(chased_on, row.sent_on, "It was sent on", "chased_on")
    chase_id = uuid4()
    sealed = seal(Chase, "note_sealed", chase_id, note)
    belongs = {"authority_id": user.authority.id, "request_id": request_id}
    db.session.add(Chase(id=chase_id, chased_on=chased_on, note_sealed=sealed, **belongs))
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.NR3S_REQUEST, request_id, details={"chased_on": chased_on.isoformat()})


def record_answer(request_id: UUID, outcome: Outcome, answered_on: date, answer: str) -> None:
    """What an authority outside this service answered, as it was received."""
    row = queries.sent_for_update(request_id)
    if row.sent_on is None:
        raise RuleBroken("This was not sent yet")
    if row.answered_on:
        raise RuleBroken(ANSWERED)
    check_not_before(answered_on, row.sent_on, "It was sent on", "answered_on")
    row.answered_on, row.outcome = answered_on, outcome
    row.answer_sealed = seal(RequestOut, "answer_sealed", request_id, answer)
    db.session.flush()
    told = {"answered_on": answered_on.isoformat(), "outcome": outcome}
    audit.record(Action.CHANGED, ObjectKind.NR3S_REQUEST, request_id, details=told)


def have_regard(request_id: UUID, regard_on: date, words: str) -> None:
    """That whoever decides had regard to the answer, and how (2022 Act s.3(3)). RuleBroken before there is one."""
    row = queries.sent_for_update(request_id)
    if row.answered_on is None:
        raise RuleBroken("There is no answer yet")
    if row.regard_on:
        raise RuleBroken("This was recorded already")
    check_not_before(regard_on, row.answered_on, "The answer came on", "regard_on")
    row.regard_on = regard_on
    row.regard_sealed = seal(RequestOut, "regard_sealed", request_id, words)
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.NR3S_REQUEST, request_id, details={"had_regard_on": regard_on.isoformat()})
    tasks.settle(TaskKind.REVIEW, (ObjectKind.NR3S_REQUEST, request_id), "Regard was had to the answer.")


def note_determined(request_id: UUID, determined_on: date) -> None:
    """When the application was determined: from then the information is kept no longer than an appeal needs it."""
    row = queries.sent_for_update(request_id)
    if row.sent_on is None:
        raise RuleBroken("This was not sent yet")
    check_not_before(determined_on, row.sent_on, "It was sent on", "determined_on")
    before, row.determined_on = row.determined_on, determined_on
    db.session.flush()
    told = {"before": before.isoformat() if before else None, "after": determined_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.NR3S_REQUEST, request_id, details=told)


def receive(
    user: ActingUser,
    kind: ExchangeKind,
    who: ToWhom,
    particulars: Mapping[Particular, str],
    words: str,
    received_on: date,
    *,
    suspended_on: date | None = None,
) -> UUID:
    """Record what came from another authority outside this service; its period runs from the day it came.

    RuleBroken where a request, which reports nothing, came with a suspension.
    """
    check_imposed(kind, suspended_on, received_on)
    row_id = uuid4()
    row = {
        "id": row_id,
        "authority_id": user.authority.id,
        "reference": new_reference("NR"),
        "kind": kind,
        "from_authority_id": who.partner.id if who.partner else None,
        "from_body": who.partner.name if who.partner else who.body,
        "from_contact": who.contact,
        "method": who.method,
        "particulars_sealed": seal(RequestIn, "particulars_sealed", row_id, as_words(particulars)),
        "words_sealed": seal(RequestIn, "words_sealed", row_id, words),
        "received_on": received_on,
        "suspended_on": suspended_on,
    }
    # A plain INSERT: what the application may not write, as whose row an answer goes to, is not even named.
    db.session.execute(insert(RequestIn).inline(), [row])
    for code in clocks_of(kind, suspended_on):
        deadlines.start(user, code, (ObjectKind.NR3S_REQUEST, row_id), received_on)
    audit.record(Action.ADDED, ObjectKind.NR3S_REQUEST, row_id, details={"kind": kind, "from": row["from_body"]})
    return row_id


def say_whose(user: ActingUser, received_id: UUID, person_id: UUID) -> None:
    """Who it is on one's own register. From then on a change of that person's entry reaches whoever asked."""
    row = queries.received_for_update(received_id)
    before, row.person_id = row.person_id, person_id
    db.session.flush()
    for code in clocks_of(row.kind, row.suspended_on):
        deadlines.start(user, code, (ObjectKind.NR3S_REQUEST, received_id), row.received_on)
    told = {"before": str(before) if before else None, "after": str(person_id)}
    audit.record(Action.CHANGED, ObjectKind.NR3S_REQUEST, received_id, details=told)


def answer(
    user: ActingUser, received_id: UUID, outcome: Outcome, answered_on: date, words: str, told: Told, method: Method
) -> None:
    """Answer what was asked or reported; where it was asked in this service, the answer goes back by it.

    Nothing is told where nothing is held, so that only what was is in the log of disclosures. RuleBroken where
    somebody answered in between, or for a day before it came.
    """
    row = queries.received_for_update(received_id)
    if row.answered_on:
        raise RuleBroken(ANSWERED)
    check_not_before(answered_on, row.received_on, "It was received on", "answered_on")
    row.answered_on, row.outcome = answered_on, outcome
    row.answer_sealed = seal(RequestIn, "answer_sealed", received_id, words)
    db.session.flush()
    about = (ObjectKind.NR3S_REQUEST, received_id)
    for code in clocks_of(row.kind, row.suspended_on):
        deadlines.start(user, code, about, row.received_on)
        deadlines.meet(user, code, about, answered_on)
    audit.record(Action.ANSWERED, ObjectKind.NR3S_REQUEST, received_id, details={"outcome": outcome})
    if outcome is not Outcome.NOTHING_HELD:
        log_disclosure(
            user,
            told,
            BASIS_OF_ANSWER[row.kind],
            Method.SERVICE if row.from_request_id else method,
            answered_on,
            person_id=row.person_id,
            request_in_id=received_id,
        )
    if row.from_request_id:
        _deliver_answer(row, words)


def _deliver_answer(row: RequestIn, words: str) -> None:
    """Back to whoever asked, sealed for their row; on both trails."""
    asked_id = row.from_request_id
    assert asked_id is not None
    sealed = seal(RequestOut, "answer_sealed", asked_id, words)
    db.session.execute(text("CALL deliver_answer(:received, :answer, NULL)"), {"received": row.id, "answer": sealed})
    audit.record(
        Action.ANSWERED,
        ObjectKind.NR3S_REQUEST,
        asked_id,
        authority_id=row.from_authority_id,
        details={"outcome": row.outcome},
    )
