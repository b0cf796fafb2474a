"""Something released to one named person of an authority; chased, withdrawn, and what comes back."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.allegations import decided, finding, rules_of_sharing
from licensing.allegations.changes import duties, strands
from licensing.allegations.changes.noting import note
from licensing.allegations.models import Case, Release, Strand
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.released import Content
from licensing.allegations.words import EntryKind, StrandKind, StrandState
from licensing.allegations.words_of_sharing import Basis, Level, Onward, ReleaseKind
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import day_of, in_words
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.sealing import opened, seal

# For so long an outcome that is told by itself stays with its recipients.
OUTCOME_LASTS = timedelta(days=90)
ASKED = "Record whether your own decision still stands on other evidence, and answer here."


@dataclass(frozen=True)
class Recipient:
    """One named person, and on what terms they read it."""

    authority_id: UUID
    user_id: UUID
    basis: Basis
    onward: Onward
    expires_on: date


def release(user: ActingUser, case: Case, to: Recipient, content: Content) -> Release:
    """Release it. RuleBroken where the level for that authority does not admit it, or nobody there is so named."""
    if not rules_of_sharing.admits(sharing.level_for(case.id, to.authority_id), content.kind):
        raise RuleBroken("The level that is set for this council does not admit it. Raise the level first.", "kind")
    name = dict(sharing.officers_of(to.authority_id)).get(to.user_id)
    if name is None:
        raise RuleBroken("Select an officer who works there today", "to_user")
    row = Release(
        id=uuid4(),
        authority_id=case.authority_id,
        case_id=case.id,
        for_authority_id=to.authority_id,
        to_user_id=to.user_id,
        to_name=name,
        kind=content.kind,
        basis=to.basis,
        onward=to.onward,
        expires_on=to.expires_on,
        acknowledge_by=_acknowledge_by(case.authority_id),
        released_by=user.id,
    )
    row.content_sealed = seal(Release, "content_sealed", row.id, _addressed(user, case, to, content).as_kept())
    db.session.add(row)
    db.session.flush()
    council = sharing.authorities()[to.authority_id]
    words = f"Released to {name}, {council}, until {in_words(to.expires_on)}: {content.title}."
    note(user, case.id, EntryKind.MESSAGE, words)
    details = {"release": str(row.id), "kind": row.kind.value, "to": str(to.user_id)}
    audit.record(Action.RELEASED, ObjectKind.ALLEGATION, case.id, details=details)
    if content.kind is ReleaseKind.OUTCOME:
        duties.told_by_release(user, case, to.authority_id, f"{name}, {council}", to.basis)
    return row


def release_outcome(user: ActingUser, case: Case, authority_id: UUID, basis: Basis) -> None:
    """Tell the outcome to whoever of an authority was released something; where nobody was, it stays owed."""
    there = {one for one, _ in sharing.officers_of(authority_id)}
    told = {one.to_user_id for one in sharing.releases(case.id) if one.for_authority_id == authority_id}
    content = outcome_content(case, ASKED)
    for user_id in sorted(told & there):
        expires_on = dates.today() + OUTCOME_LASTS
        release(user, case, Recipient(authority_id, user_id, basis, Onward.DECIDERS, expires_on), content)


def outcome_content(case: Case, words: str) -> Content:
    """How each allegation ended, with what the word means, and what is asked of the recipient."""
    subject = queries.subject(case)
    rows = tuple(
        (f"Outcome of allegation {at} ({one.category.label.lower()})", f"{one.outcome.label}. {one.outcome.definition}")
        for at, one in enumerate(queries.allegations(case.id), 1)
    )
    name = subject.name if subject else "Not named yet"
    return Content(ReleaseKind.OUTCOME, f"Outcome of {case.reference}", case.reference, name, rows=rows, words=words)


def chase(user: ActingUser, row: Release) -> None:
    """Ask again for an acknowledgement, where the recipient reads. RuleBroken where there is nothing to ask."""
    if not row.waits(dates.today()):
        raise RuleBroken("It was acknowledged, or is withdrawn, or can be read no longer.")
    row.chased_on, row.acknowledge_by = dates.today(), _acknowledge_by(row.authority_id)
    note(user, row.case_id, EntryKind.MESSAGE, f"{row.to_name} was asked again to acknowledge what was released.")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, row.case_id, details={"release": str(row.id), "chased": True})
    db.session.flush()
    db.session.refresh(row)  # the days on which it was chased are kept by the database


def withdraw(user: ActingUser, row: Release, why: str) -> None:
    """Take it back at once; what a decision relied on stays with the authority."""
    if row.ended_at:
        raise RuleBroken("It was withdrawn before.")
    row.ended_at = datetime.now(UTC)
    row.ended_sealed = seal(Release, "ended_sealed", row.id, why)
    note(user, row.case_id, EntryKind.DECISION, f"Withdrawn from {row.to_name}: {Content.of(row).title}. {why}")
    details = {"release": str(row.id), "withdrawn": True}
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, row.case_id, details=details)
    db.session.flush()


def withdraw_beyond(user: ActingUser, case: Case, authority_id: UUID, level: Level) -> None:
    """What a lowered level no longer admits is taken back."""
    for row in sharing.releases(case.id):
        concerned = row.for_authority_id == authority_id and row.ended_at is None
        if concerned and not rules_of_sharing.admits(level, row.kind):
            withdraw(user, row, f"The level for this council is {level.label} now.")


def take_answer(user: ActingUser, case: Case, row: Release) -> None:
    """Put what a licensing authority answered on its strand, which is begun where there is none.

    Of what it decided the strand itself tells how it stands; the chronology keeps how it stood when it was read.
    """
    if row.answered_at is None:
        raise RuleBroken("It is not answered yet.")
    named = sharing.named_in(row.id)
    if not decided.waits_to_be_taken(row, named):
        raise RuleBroken("It is on the strand already.")
    of = row.for_authority_id
    strand = strands.of_council(case, of) or strands.begin(user, case, StrandKind.EMPLOYER, of, StrandState.UNDER_WAY)
    if row.taken_at is None:
        before, answer = opened(strand, "note_sealed"), opened(row, "answer_sealed")
        said = f"{in_words(day_of(row.answered_at))}, {row.to_name}: {answer}"
        strand.note_sealed = seal(Strand, "note_sealed", strand.id, "\n".join(filter(None, (before, said))))
        note(user, case.id, EntryKind.INFORMATION, f"{row.to_name} answered: {answer}")
    for words in decided.words_of(named[-1:]).values():
        note(user, case.id, EntryKind.INFORMATION, f"{row.to_name} named what their council decided. {words}")
    row.taken_at = datetime.now(UTC)
    details = {"part": "strand", "release": str(row.id)}
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details=details)
    db.session.flush()


def _acknowledge_by(authority_id: UUID) -> date:
    """By when whoever is told, or asked again, today is to say that they have it."""
    return deadlines.due(ClockCode.LADO_ACKNOWLEDGE, authority_id, dates.today()).due_on


def _addressed(user: ActingUser, case: Case, to: Recipient, content: Content) -> Content:
    """With the recipient authority's own records of the person, and whom to ask."""
    subject = queries.subject(case)
    records = finding.records_of(subject)
    people = tuple(one.person_id for one in records if one.authority_id == to.authority_id)
    contact = sharing.contact_of(case.authority_id)
    sender = ", ".join(filter(None, (user.name, sharing.authorities()[case.authority_id], contact)))
    return replace(content, people=people, sender=sender)
