"""Messages owed before a case can be closed: which, by what is known of the person; and how each is settled."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.allegations import finding, rules, rules_of_sharing, rules_of_work
from licensing.allegations.changes.noting import following, note, owe
from licensing.allegations.finding import Holder
from licensing.allegations.models import Case, Duty
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.rules_of_sharing import Standing
from licensing.allegations.words import EntryKind, Stage
from licensing.allegations.words_of_sharing import Basis, DutyKind, DutyState, Level
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register.catalogue import Family
from licensing.register.parts import PositionKind
from licensing.sealing import opened, seal, sealed

_DIED = "They have died."  # with these words the message to the person is settled, and by them found again


@dataclass(frozen=True)
class Asked:
    """What an officer adds to the messages that the registers name: to whom, and what they are to be told."""

    to: str
    words: str

    @classmethod
    def of(cls, row: Duty) -> "Asked | None":
        return cls(**json.loads(opened(row, "asked_sealed"))) if row.asked_sealed else None


def owe_as_known(user: ActingUser, case: Case) -> None:
    """Owe a message to each council and firm to which the registers tie the person today; what is there stays."""
    if case.stage is not Stage.OPEN:
        return
    standings = [_standing(one) for one in finding.records_of(queries.subject(case))]
    owe(case, rules_of_sharing.owed_about(standings, case.sector, case.authority_id))
    died = has_died(case)
    owe(case, [(one, None) for one in rules.owed_always(died=died)])
    if died:
        _settle_what_the_dead_are_owed(user, case)
    else:
        _owe_who_lives_after_all(case)


def has_died(case: Case) -> bool:
    """Whether the person a case is about is recorded as deceased: by a register, or as they were described."""
    subject = queries.subject(case)
    return bool(subject and subject.died) or any(one.deceased_on for one in finding.records_of(subject))


def _settle_what_the_dead_are_owed(user: ActingUser, case: Case) -> None:
    for row in queries.duties(case.id):
        if row.kind is DutyKind.PERSON and not row.state.is_over:
            settle(user, case, row, state=DutyState.NOT_NEEDED, words=_DIED, settled_on=dates.today())


def _owe_who_lives_after_all(case: Case) -> None:
    """That they had died was said by mistake, or of somebody else: what was settled by it alone is owed again."""
    for row in queries.duties(case.id):
        by_death = row.kind is DutyKind.PERSON and row.state is DutyState.NOT_NEEDED
        if by_death and opened(row, "words_sealed") == _DIED:
            db.session.add(following(case, row.kind, row.for_authority_id, row))
    db.session.flush()


def owe_again(case: Case) -> None:
    """How the case stands has changed: whatever was told of it before, everybody is owed a message anew."""
    died = has_died(case)
    settled = [one for one in queries.duties(case.id) if one.settled_on and not (died and one.kind is DutyKind.PERSON)]
    db.session.add_all(following(case, one.kind, one.for_authority_id, one) for one in settled)
    db.session.flush()
    owe_recipients(case)


def catch_up(user: ActingUser, case: Case) -> list[Duty]:
    """Before the case closes: owe whoever the registers name by now; what was not owed before."""
    before = {one.id for one in queries.duties(case.id)}
    owe_as_known(user, case)
    return [one for one in queries.duties(case.id) if one.id not in before and not one.state.is_over]


def add(user: ActingUser, case: Case, kind: DutyKind, council: UUID | None, asked: Asked) -> None:
    """One more message, to whom no register leads; settled like any other.

    RuleBroken unless the case is open, and where a council is named for what is not a council's or is not named.
    """
    if case.stage is not Stage.OPEN:
        raise RuleBroken("A message is added to a case that is open.")
    if council and not kind.may_be_of_a_council:
        raise RuleBroken("Select a council only for a licensing authority or school transport", "for_authority_id")
    if kind is DutyKind.LICENSING_AUTHORITY and council is None:
        raise RuleBroken("Select the council", "for_authority_id")
    row = following(case, kind, council, None)
    row.asked_sealed = seal(Duty, "asked_sealed", row.id, json.dumps(asdict(asked)))
    db.session.add(row)
    note(user, case.id, EntryKind.DECISION, f"{words_for(row, sharing.authorities())} is owed. {asked.words}")
    details = {"duty": kind.value, "added": True}
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details=details)
    db.session.flush()


def owe_recipients(case: Case) -> None:
    """What was released is not so any more: every council to which something was is owed a message anew."""
    councils = sorted({one.for_authority_id for one in sharing.releases(case.id)})
    owe(case, [(DutyKind.LICENSING_AUTHORITY, one) for one in councils], anew=True)


def owe_those_told(case: Case) -> list[Duty]:
    """Owe a message to each council that was ever told of the case; returns those that are owed yet.

    Before the threshold nobody else is owed any: whoever was told is told too that there will be no case here.
    """
    levels = {one.for_authority_id for one in sharing.shares(case.id) if one.level is not Level.NOTHING}
    councils = levels | {one.for_authority_id for one in sharing.releases(case.id)}
    owe(case, [(DutyKind.LICENSING_AUTHORITY, one) for one in sorted(councils)])
    return [one for one in queries.duties(case.id) if one.state is DutyState.OWED]


def settle(
    user: ActingUser,
    case: Case,
    row: Duty,
    *,
    state: DutyState,
    words: str,
    settled_on: date,
    review_on: date | None = None,
    recipient: str | None = None,
    basis: Basis | None = None,
) -> None:
    """Say what was told, or why it is withheld and until when; one that was withheld is looked at again in a new row.

    RuleBroken for one that was settled before, for a day before the case, for a withheld one without a review, and for
    a message that was sent to nobody named or on no basis.
    """
    told = state is DutyState.DONE and row.kind.is_message
    _check_settling(row, state, review_on)
    _check_told(told, recipient, basis)
    known = (one for one in (dates.day_of(case.called_at), case.known_on, case.referred_on) if one)
    rules_of_work.check_day("settled_on", settled_on, "first known", min(known))
    if row.settled_on:
        row = following(case, row.kind, row.for_authority_id, row)
        db.session.add(row)
    row.state, row.settled_on = state, settled_on
    row.review_on = review_on if state is DutyState.WITHHELD else None
    row.words_sealed = seal(Duty, "words_sealed", row.id, words)
    row.recipient_sealed = sealed(Duty, "recipient_sealed", row.id, recipient if told else None)
    row.basis = basis if told else None
    what = words_for(row, sharing.authorities())
    whom = f" {recipient}." if told else ""
    note(user, case.id, EntryKind.DECISION, f"{what}: {state.label.lower()}.{whom} {words}")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"duty": row.kind.value, "state": state.value})
    db.session.flush()


def _check_settling(row: Duty, state: DutyState, review_on: date | None) -> None:
    if row.state.is_over or queries.is_followed(row):
        raise RuleBroken("This was settled before. What was said then stands in the log of who was told what.")
    if state is DutyState.WITHHELD and (review_on is None or review_on <= dates.today()):
        raise RuleBroken("Enter a date after today on which you look at it again", "review_on")


def _check_told(told: bool, recipient: str | None, basis: Basis | None) -> None:
    if told and not recipient:
        raise RuleBroken("Write who was told", "recipient")
    if told and basis is None:
        raise RuleBroken("Select the lawful basis", "basis")


def told_by_release(user: ActingUser, case: Case, authority_id: UUID, to_name: str, basis: Basis) -> None:
    """An outcome was released to somebody of a licensing authority: that message is no longer owed."""
    for row in queries.duties(case.id):
        of_council = (row.kind, row.for_authority_id) == (DutyKind.LICENSING_AUTHORITY, authority_id)
        if of_council and not row.asked_sealed and not row.state.is_over:  # one with words of its own may be another
            said = {"words": f"The outcome was released to {to_name}.", "settled_on": dates.today()}
            settle(user, case, row, state=DutyState.DONE, recipient=to_name, basis=basis, **said)


def words_for(row: Duty, councils: dict[UUID, str]) -> str:
    """What is owed, to which council, and to whom where somebody added it."""
    asked = Asked.of(row)
    of = councils.get(row.for_authority_id, "") if row.for_authority_id else ""
    whom = ", ".join(filter(None, (of, asked.to if asked else "")))
    return f"{row.kind.label}: {whom}" if whom else row.kind.label


def _standing(holder: Holder) -> Standing:
    held = [one for one in holder.licences if not one.status.has_ended]
    operator = PositionKind.OPERATOR.label
    return Standing(
        holder.authority_id,
        licensed=any(one.kind.family is not Family.BADGE for one in held),
        badge=any(one.kind.family is Family.BADGE for one in held),
        operates=any(one.startswith(f"{operator},") for one in holder.positions),
        drives=any(one.kind.family is Family.DRIVER for one in held),
    )
