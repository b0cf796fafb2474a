"""A case from the call to the decision on the threshold."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.allegations import rules, rules_of_work
from licensing.allegations.access import look
from licensing.allegations.changes import duties, sharing, strands
from licensing.allegations.changes.noting import note
from licensing.allegations.models import Allegation, Case, CaseStep
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing as shared
from licensing.allegations.steps import answers_of, sealed_answers
from licensing.allegations.subject import Subject, key_of, keys_of
from licensing.allegations.words import EntryKind, Stage, Step, StrandKind
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import queries as concerns
from licensing.concerns.queries import ReferredConcern
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import seal

TELL_FIRST = (
    "A council was told of this. Tell it what is decided first, or say why not: the messages owed are listed here"
)


def begin(
    user: ActingUser,
    *,
    referral_id: UUID | None = None,
    concern: ReferredConcern | None = None,
    called_at: datetime | None = None,
) -> UUID:
    """Begin a case while the telephone rings. The caller commits, and only then is there anything to read.

    The period for considering it begins that day; that of a concern, on the day on which the council referred it.
    """
    case_id, called_at = uuid4(), called_at or datetime.now(UTC)
    since = concern.referred_on if concern else dates.day_of(called_at)
    row = {
        "id": case_id,
        "authority_id": user.authority.id,
        "reference": new_reference("AL"),
        "stage": Stage.RECORDING,
        "owner_id": user.id,
        "referral_id": referral_id or case_id,
        "concern_id": concern.id if concern else None,
        "called_at": called_at,
        "consider_by": _due(user, ClockCode.LADO_CONSIDER, since),
        "changed_by": user.id,
        "recorded_by": user.id,
    }
    # Plain, since RETURNING would read the row before a look at it is committed.
    db.session.execute(insert(Case).inline(), [row])
    audit.record(Action.ADDED, ObjectKind.ALLEGATION, case_id, purpose=LookPurpose.OWN_CASE.value)
    return case_id


def save_step(user: ActingUser, case: Case, step: Step, answers: dict[str, Any]) -> None:
    """Keep what is known so far; what the database counts by stands in columns of its own."""
    row = queries.step(case.id, step)
    if row is None:
        row = CaseStep(id=uuid4(), authority_id=case.authority_id, case_id=case.id, step=step, changed_by=user.id)
        row.answers_sealed = sealed_answers(row.id, answers)
        db.session.add(row)
    else:
        row.answers_sealed = sealed_answers(row.id, answers)
    for name, value in rules.columns_of(step, answers).items():
        setattr(case, name, value)
    _record(Action.CHANGED, case.id, {"part": step.value})


def copy_steps(user: ActingUser, case_id: UUID, kept: dict[Step, dict[str, Any]]) -> None:
    """Carry what a caller said over to the case of another person; commits, since the look at it does."""
    look(case_id, LookPurpose.OWN_CASE)
    case = queries.case(case_id, for_change=True)
    for step, answers in kept.items():
        save_step(user, case, step, answers)
    db.session.commit()


def name_subject(user: ActingUser, case: Case, subject: Subject) -> None:
    """Say who it is about: a record of a register, or somebody described; later corrected by saying it again."""
    before = queries.subject(case)
    case.subject_sealed = seal(Case, "subject_sealed", case.id, subject.as_kept())
    case.subject_key = key_of(subject.person_id) if subject.person_id else None
    case.also_keys = keys_of(subject.also)
    if case.stage is not Stage.RECORDING and before:
        now = "identified as a record of a register" if subject.is_known else "described anew"
        note(user, case.id, EntryKind.CHANGE, f"The person was {now}: {subject.name}. Before: {before.name}.")
    if before and before.person_id != subject.person_id:
        sharing.subject_changed(user, case)
    elif before and before.also != subject.also:
        sharing.records_changed(user, case)
    duties.owe_as_known(user, case)
    _record(Action.CHANGED, case.id, {"part": "subject", "known": subject.is_known})


def refer(user: ActingUser, case: Case) -> None:
    """The referral is complete; it counts from when it came in. Raises RuleBroken for what is missing."""
    answers = {step: answers_of(row) for step, row in queries.steps(case.id).items()}
    if case.stage is not Stage.RECORDING:
        raise RuleBroken("This referral was sent before.")
    if missing := rules.missing(answers, queries.subject(case)):
        raise RuleBroken(f"Say first: {', '.join(words for _, words in missing)}.")
    case.stage, case.referred_on = Stage.CONSIDERING, _came_in_on(case)
    alleged = answers[Step.ALLEGED]
    add_allegation(
        user,
        case.id,
        limbs=alleged["limbs"],
        category=alleged["category"],
        words=alleged["words"],
        alleged_on=answers.get(Step.SETTING, {}).get("alleged_on"),
    )
    note(user, case.id, EntryKind.DECISION, "Referral recorded.")
    _record(Action.CHANGED, case.id, {"stage": Stage.CONSIDERING.value})


def _came_in_on(case: Case) -> date:
    """The day of the call, or that on which a council referred the concern from which the case was begun."""
    concern = concerns.referred_concern(case.concern_id) if case.concern_id else None
    return concern.referred_on if concern else dates.day_of(case.called_at)


def add_allegation(
    user: ActingUser, case_id: UUID, *, limbs: list[str], category: Any, words: str, alleged_on: date | None
) -> UUID:
    """One more thing that is alleged."""
    row = Allegation(
        id=uuid4(),
        authority_id=user.authority.id,
        case_id=case_id,
        limbs=limbs,
        category=category,
        alleged_on=alleged_on,
        changed_by=user.id,
        recorded_by=user.id,
    )
    row.words_sealed = seal(Allegation, "words_sealed", row.id, words)
    db.session.add(row)
    db.session.flush()
    _record(Action.ADDED, case_id, {"part": "allegation"})
    return row.id


def decide_threshold(
    user: ActingUser, case: Case, decision: Stage, decided_on: date, words: str, review_on: date | None
) -> None:
    """Open the case, or end it as advice alone or as another area's.

    A case that is passed on may keep its flag until it is looked at on `review_on`. RuleBroken where it was decided
    already, or where it ends and a council that was told of it is owed a message.
    """
    if case.stage is not Stage.CONSIDERING:
        raise RuleBroken("The threshold is decided once the referral is complete, and once.")
    rules_of_work.check_day("decided_on", decided_on, "referred", case.referred_on)
    if decision is not Stage.OPEN and duties.owe_those_told(case):
        raise RuleBroken(TELL_FIRST, "decision")
    kept = rules.keep_until(_due(user, ClockCode.LADO_KEEP, decided_on), _born(case))
    case.stage = decision
    case.threshold_met, case.threshold_on = decision is Stage.OPEN, decided_on
    case.threshold_sealed = seal(Case, "threshold_sealed", case.id, words)
    if decision is Stage.OPEN:
        case.review_on = review_on or _due(user, ClockCode.LADO_REVIEW, decided_on)
        for kind in StrandKind:
            strands.begin(user, case, kind)
        duties.owe_as_known(user, case)
    else:
        case.closed_on, case.retain_until = decided_on, kept
        _end_sharing(user, case, decision, review_on)
    note(user, case.id, EntryKind.DECISION, f"{decision.label}. {words}")
    _record(Action.DECIDED, case.id, {"stage": decision.value})


def _end_sharing(user: ActingUser, case: Case, decision: Stage, review_on: date | None) -> None:
    """Of advice alone nothing is left on which to rely; what another area goes on with may stay flagged."""
    if decision is Stage.PASSED_ON and review_on and shared.flagged(case.id):
        case.review_on = review_on
        return
    if decision is Stage.ADVICE_ONLY:
        shared.call("doubt_relied", case=case.id)
    sharing.end_shares(user, case, f"{decision.label}.")


def _born(case: Case) -> date | None:
    subject = queries.subject(case)
    return subject.date_of_birth if subject else None


def _due(user: ActingUser, code: ClockCode, start: date) -> date:
    return deadlines.due(code, user.authority.id, start).due_on


def _record(action: Action, case_id: UUID, details: dict[str, Any]) -> None:
    audit.record(action, ObjectKind.ALLEGATION, case_id, details=details)
