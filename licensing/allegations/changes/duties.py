"""Messages owed before a case can be closed: which, by what is known of the person; and how each is settled."""

from datetime import date
from uuid import UUID

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.allegations import finding, rules_of_sharing, rules_of_work
from licensing.allegations.changes.noting import following, note, owe
from licensing.allegations.finding import Holder
from licensing.allegations.models import Case, Duty
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.rules_of_sharing import Standing
from licensing.allegations.words import EntryKind, Stage
from licensing.allegations.words_of_sharing import DutyKind, DutyState
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register.catalogue import Family
from licensing.register.parts import PositionKind
from licensing.sealing import seal


def owe_as_known(user: ActingUser, case: Case) -> None:
    """Owe a message to each council and firm to which the registers tie the person today; what is there stays."""
    if case.stage is not Stage.OPEN:
        return
    standings = [_standing(one) for one in finding.records_of(queries.subject(case))]
    owe(case, rules_of_sharing.owed_about(standings, case.sector, case.authority_id))
    if has_died(case):
        _settle_what_the_dead_are_owed(user, case)


def has_died(case: Case) -> bool:
    """Whether the person a case is about is recorded as deceased: by a register, or as they were described."""
    subject = queries.subject(case)
    return bool(subject and subject.died) or any(one.deceased_on for one in finding.records_of(subject))


def _settle_what_the_dead_are_owed(user: ActingUser, case: Case) -> None:
    for row in queries.duties(case.id):
        if row.kind is DutyKind.PERSON and not row.state.is_over:
            words = "They have died."
            settle(user, case, row, state=DutyState.NOT_NEEDED, words=words, settled_on=dates.today())


def owe_again(case: Case) -> None:
    """How the case stands has changed: whatever was told of it before, everybody is owed a message anew."""
    died = has_died(case)
    again = [one for one in queries.duties(case.id) if not (died and one.kind is DutyKind.PERSON)]
    owe(case, [(one.kind, one.for_authority_id) for one in again], anew=True)
    owe_recipients(case)


def owe_recipients(case: Case) -> None:
    """What was released is not so any more: every council to which something was is owed a message anew."""
    councils = sorted({one.for_authority_id for one in sharing.releases(case.id)})
    owe(case, [(DutyKind.LICENSING_AUTHORITY, one) for one in councils], anew=True)


def settle(
    user: ActingUser,
    case: Case,
    row: Duty,
    *,
    state: DutyState,
    words: str,
    settled_on: date,
    review_on: date | None = None,
) -> None:
    """Say what was told, or why it is withheld and until when; one that was withheld is looked at again in a new row.

    RuleBroken for one that was settled before, for a day before the case, and for a withheld one without a review.
    """
    if row.state.is_over or queries.is_followed(row):
        raise RuleBroken("This was settled before. What was said then stands in the log of who was told what.")
    if state is DutyState.WITHHELD and (review_on is None or review_on <= dates.today()):
        raise RuleBroken("Enter a date after today on which you look at it again", "review_on")
    known = (one for one in (dates.day_of(case.called_at), case.known_on, case.referred_on) if one)
    rules_of_work.check_day("settled_on", settled_on, "first known", min(known))
    if row.settled_on:
        row = following(case, row.kind, row.for_authority_id, row)
        db.session.add(row)
    row.state, row.settled_on = state, settled_on
    row.review_on = review_on if state is DutyState.WITHHELD else None
    row.words_sealed = seal(Duty, "words_sealed", row.id, words)
    what = words_for(row, sharing.authorities())
    note(user, case.id, EntryKind.DECISION, f"{what}: {state.label.lower()}. {words}")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"duty": row.kind.value, "state": state.value})
    db.session.flush()


def told_by_release(user: ActingUser, case: Case, authority_id: UUID, to_name: str) -> None:
    """An outcome was released to somebody of a licensing authority: that message is no longer owed."""
    for row in queries.duties(case.id):
        of_council = (row.kind, row.for_authority_id) == (DutyKind.LICENSING_AUTHORITY, authority_id)
        if of_council and not row.state.is_over:
            words = f"The outcome was released to {to_name}."
            settle(user, case, row, state=DutyState.DONE, words=words, settled_on=dates.today())


def words_for(row: Duty, councils: dict[UUID, str]) -> str:
    """What is owed, and to which council."""
    of = councils.get(row.for_authority_id, "") if row.for_authority_id else ""
    return f"{row.kind.label}: {of}" if of else row.kind.label


def _standing(holder: Holder) -> Standing:
    held = [one for one in holder.licences if not one.status.has_ended]
    operator = PositionKind.OPERATOR.label
    return Standing(
        holder.authority_id,
        licensed=any(one.kind.family is not Family.BADGE for one in held),
        badge=any(one.kind.family is Family.BADGE for one in held),
        operates=any(one.startswith(f"{operator},") for one in holder.positions),
    )
