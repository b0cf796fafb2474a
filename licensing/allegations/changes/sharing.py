"""What each authority may know of a case: set, raised, lowered and withdrawn one by one, each with its reasons.

The database's own procedures write it, and check who calls them.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from licensing.accounts.acting import ActingUser
from licensing.allegations import finding, rules, rules_of_sharing
from licensing.allegations.changes import duties, releases
from licensing.allegations.changes.noting import note, owe
from licensing.allegations.models import Case, Share
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.subject import key_of, key_of_record_alone
from licensing.allegations.words import EntryKind, Stage
from licensing.allegations.words_of_sharing import Basis, DutyKind, Level
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.sealing import opened, seal

SET = text("CALL set_share(:case, :id, :authority, :level, :basis, :reasons, CAST(:keys AS bytea[]))")
END = text("CALL end_share(:id)")


@dataclass(frozen=True)
class Reasons:
    """What is weighed before anything is told, and whom it was talked over with."""

    necessity: str
    proportionality: str
    police: str
    social_care: str

    def as_kept(self) -> str:
        return json.dumps(asdict(self))

    @property
    def are_whole(self) -> bool:
        return all(one.strip() for one in asdict(self).values())


def reasons_of(row: Share) -> Reasons:
    return Reasons(**json.loads(opened(row, "reasons_sealed")))


def set_level(
    user: ActingUser, case: Case, authority_ids: Iterable[UUID], level: Level, basis: Basis, reasons: Reasons
) -> None:
    """Set what each of these authorities may know; each has a row, and a log, of its own.

    RuleBroken where anything but nothing is to be told and the person is not identified, where it is raised and the
    case is over or the council does not share, and where a reason is missing.
    """
    if not reasons.are_whole:
        raise RuleBroken("Write each of the reasons, and the views of the police and of social care")
    standing, subject, councils = sharing.standing_shares(case.id), queries.subject(case), sharing.authorities()
    for authority_id in authority_ids:
        before = standing.get(authority_id)
        if level is not Level.NOTHING and (subject is None or not subject.is_known):
            raise RuleBroken("Identify the person on a register first: nobody would meet the flag", "level")
        if level.rank > (before.level if before else Level.NOTHING).rank:
            _check_raised(case, councils[authority_id], authority_id)
        _set(case, authority_id, level, basis, reasons, before)
        releases.withdraw_beyond(user, case, authority_id, level)
        note(user, case.id, EntryKind.DECISION, f"{councils[authority_id]}: {level.label}. {reasons.necessity}")
        _record(case, level=level.value, authority=str(authority_id))
    if case.stage is Stage.CONSIDERING:
        duties.owe_those_told(case)
    _forget_review_of_closed(case)


def _check_raised(case: Case, council: str, authority_id: UUID) -> None:
    if not rules.may_be_changed(case.stage):
        raise RuleBroken("The case is closed: a level can be lowered or withdrawn, not raised", "level")
    if authority_id not in dict(sharing.authorities_that_share()):
        raise RuleBroken(
            f"{council} does not share any more: its level can be lowered or withdrawn, not raised", "level"
        )


def end_shares(user: ActingUser, case: Case, why: str) -> list[Share]:
    """Take the flag off everywhere at once; returns the levels that ended."""
    ended = [one for one in sharing.standing_shares(case.id).values() if one.level is not Level.NOTHING]
    for row in ended:
        _end(row)
        releases.withdraw_beyond(user, case, row.for_authority_id, Level.NOTHING)
        _record(case, level="ended", authority=str(row.for_authority_id))
    if ended:
        names = sharing.authorities()
        councils = ", ".join(sorted(names[one.for_authority_id] for one in ended))
        note(user, case.id, EntryKind.DECISION, f"The flag was taken off for {councils}. {why}")
    return ended


def subject_changed(user: ActingUser, case: Case) -> None:
    """The case is about another record now: nothing that was reasoned for the former one is carried over.

    Whoever was told of the former one is owed a message.
    """
    end_shares(user, case, "The case is about another person now; set each level anew.")
    duties.owe_recipients(case)


def outcome_changed(user: ActingUser, case: Case) -> None:
    """To be called after an outcome is recorded.

    Whoever was told before is owed a message anew. Where no allegation supports a flag any more it comes off the same
    moment, and each authority that had it is asked whether its own decision still stands.
    """
    duties.owe_as_known(user, case)
    duties.owe_again(case)
    if rules_of_sharing.supports_a_flag(sharing.outcomes(case.id)):
        return
    sharing.call("doubt_relied", case=case.id)
    told = {one.for_authority_id: one.basis for one in sharing.releases(case.id)}
    ended = end_shares(user, case, "Nothing is left of the allegation on which it could rest.")
    told |= {one.for_authority_id: one.basis for one in ended}
    owe(case, [(DutyKind.LICENSING_AUTHORITY, one) for one in sorted(told)])
    for authority_id in sorted(told):
        releases.release_outcome(user, case, authority_id, told[authority_id])


def records_changed(user: ActingUser, case: Case) -> None:
    """Other records of the same person belong to the case now: what stands is met on them, and on no others."""
    _set_anew(user, case)
    count = len(finding.records_of(queries.subject(case)))
    note(user, case.id, EntryKind.CHANGE, f"Records of the person that this case puts together: {count}.")


def follow_merges(user: ActingUser, case: Case, follows: bool) -> None:
    """Let the case go with the person's record when that is merged into another, or keep it to the record alone."""
    case.follows_merges = follows
    _set_anew(user, case)
    goes = "goes with the record into which theirs was merged" if follows else "is kept to the former record"
    note(user, case.id, EntryKind.DECISION, f"The case {goes}.")
    _record(case, follows_merges=follows)


def _set_anew(user: ActingUser, case: Case) -> None:
    """The levels that stand, as they are, on the records that the case is about now."""
    for row in sharing.standing_shares(case.id).values():
        _set(case, row.for_authority_id, row.level, row.basis, reasons_of(row), row)


def _set(
    case: Case, authority_id: UUID, level: Level, basis: Basis, reasons: Reasons, before: Share | None = None
) -> None:
    """The level that stands from now on; the one before ends with it."""
    share_id = uuid4()
    given: dict[str, Any] = {
        "case": case.id,
        "id": share_id,
        "authority": authority_id,
        "level": level.value,
        "basis": basis.value,
        "reasons": seal(Share, "reasons_sealed", share_id, reasons.as_kept()),
        "keys": _keys(case),
    }
    db.session.flush()
    db.session.execute(SET, given)
    if before:
        db.session.refresh(before)


def _keys(case: Case) -> list[bytes]:
    """Of the case's records; others that councils linked are found where an officer meets them, as linked that day."""
    subject = queries.subject(case)
    key = key_of if case.follows_merges else key_of_record_alone
    return [key(one) for one in subject.records] if subject else []


def _end(row: Share) -> None:
    db.session.flush()
    db.session.execute(END, {"id": row.id})
    db.session.refresh(row)


def _forget_review_of_closed(case: Case) -> None:
    """A closed case is looked at again only while something of it is shared."""
    if case.stage.is_over and not sharing.flagged(case.id):
        case.review_on = None


def _record(case: Case, **details: Any) -> None:
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"part": "sharing", **details})
