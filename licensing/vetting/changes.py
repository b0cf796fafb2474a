"""What is done: a check recorded or corrected, and a council's own rule made. The view commits."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register import states
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.changes import merging
from licensing.register.events import RecordKind
from licensing.register.models import Person
from licensing.sealing import seal
from licensing.tasks.changes import open_task, settle
from licensing.tasks.rules import For, TaskKind
from licensing.vetting import leave, queries
from licensing.vetting.details import CheckDetails, check_details
from licensing.vetting.law import DEMANDED, check_rule
from licensing.vetting.models import VettingCheck, VettingPolicy
from licensing.vetting.rows import check_row
from licensing.vetting.rules import NOTHING, CheckKind, LengthUnit, Requirement, Result

# By when somebody has considered what a check brought to light.
_DAYS_TO_CONSIDER = 1
_WHY = "A check of this holder was unsatisfactory or showed new information."

merging.moves_with_person(merging.Moves(VettingCheck))


def record(user: ActingUser, person_id: UUID, given: CheckDetails, *, tell_licences: bool = False) -> UUID:
    """Record a look at a check. `tell_licences`: the end of leave is recorded on the licences that end with it.

    RuleBroken at the field for what cannot be.
    """
    states.lock(RecordKind.PERSON, person_id)
    _check(person_id, given)
    row = check_row(user, person_id, given)
    db.session.add(VettingCheck(**row))
    db.session.flush()
    told = {"check": given.kind, "result": given.result}
    audit.record(Action.ADDED, ObjectKind.VETTING_CHECK, row["id"], details=told)
    _follow(user, person_id, given, tell_licences)
    return row["id"]


def correct(user: ActingUser, vetting_check_id: UUID, given: CheckDetails, why: str) -> UUID:
    """Put another row in place of one that was wrong. RuleBroken where somebody else has corrected it already."""
    wrong = queries.check_for_update(vetting_check_id)
    if wrong.superseded_at:
        raise RuleBroken("Somebody corrected this check in between. Look at what it says now.")
    _check(wrong.person_id, given)
    row = check_row(user, wrong.person_id, given)
    row["supersedes_id"] = wrong.id
    row["correction_sealed"] = seal(VettingCheck, "correction_sealed", row["id"], why)
    wrong.superseded_at = func.now()
    db.session.flush()
    db.session.add(VettingCheck(**row))
    db.session.flush()
    told = {"supersedes": str(wrong.id), "before": wrong.result, "after": given.result}
    audit.record(Action.CORRECTED, ObjectKind.VETTING_CHECK, row["id"], details=told)
    _follow(user, wrong.person_id, given, tell_licences=False)
    return row["id"]


def _check(person_id: UUID, given: CheckDetails) -> None:
    today = dates.today()
    check_details(given, today, db.session.get_one(Person, person_id).date_of_birth)
    if given.result is not Result.NOT_NEEDED:
        return
    for kind in queries.vetted_kinds(person_id, today):
        if law := DEMANDED.get((given.kind, kind.family)):
            raise RuleBroken(f"The law demands this check: {law}. Record what you saw.", "result")


def _follow(user: ActingUser, person_id: UUID, given: CheckDetails, tell_licences: bool) -> None:
    """What a result asks for: that somebody considers the holder, or that licences end with their leave."""
    stands = queries.held_by(person_id).get(given.kind, NOTHING)
    if given.kind is CheckKind.DBS_STATUS and stands.settled and stands.settled_on == given.checked_on:
        settle(TaskKind.VETTING_DUE, (ObjectKind.PERSON, person_id), "The DBS status was checked.")
    if given.result.is_adverse and stands.settled and stands.settled.is_adverse:
        consider(user, person_id)
    if tell_licences and given.kind is CheckKind.RIGHT_TO_WORK and given.result is Result.SATISFIED:
        leave.record_on_licences(user, person_id, given)


def consider(user: ActingUser, person_id: UUID) -> None:
    """Ask the licensing officers to consider whether somebody is still fit and proper."""
    due_on = dates.today() + timedelta(days=_DAYS_TO_CONSIDER)
    team, about = For(team=Role.LICENSING_OFFICER), (ObjectKind.PERSON, person_id)
    open_task(user, TaskKind.CONSIDER_FITNESS, team, due_on, _WHY, about=about)


@dataclass(frozen=True)
class OwnRule:
    """A rule that a council makes for itself, from a day, and why."""

    check: CheckKind
    family: Family
    licence_kind: LicenceKind | None
    requirement: Requirement
    valid_from: date
    length: int | None
    unit: LengthUnit | None
    blocks_grant: bool
    unless_driver: bool
    source: str
    reason: str


def make_rule(user: ActingUser, rule: OwnRule) -> UUID:
    """Make a rule of the acting authority's own; what was there before stays for the days before it.

    RuleBroken where it would do without what the law demands.
    """
    check_rule(rule.check, rule.family, rule.requirement, blocks_grant=rule.blocks_grant)
    if (rule.length is None) != (rule.unit is None):
        raise RuleBroken("Enter how long a check is good for, and its unit; or neither", "length")
    if rule.licence_kind and rule.licence_kind.family is not rule.family:
        raise RuleBroken("Select a kind of licence of this family, or none", "licence_kind")
    row_id = uuid4()
    db.session.add(
        VettingPolicy(
            id=row_id,
            authority_id=user.authority.id,
            family=rule.family,
            licence_kind=rule.licence_kind,
            check_kind=rule.check,
            requirement=rule.requirement,
            length=rule.length,
            unit=rule.unit,
            blocks_grant=rule.blocks_grant,
            unless_driver=rule.unless_driver,
            source=rule.source,
            verified=True,  # the council answers for its own policy
            reason=rule.reason,
            valid_from=rule.valid_from,
            recorded_by=user.id,
        )
    )
    db.session.flush()
    after = {"check": rule.check, "family": rule.family, "requirement": rule.requirement, "length": rule.length}
    told = {**after, "unit": rule.unit, "valid_from": rule.valid_from.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.POLICY, row_id, details={"after": told})
    return row_id
