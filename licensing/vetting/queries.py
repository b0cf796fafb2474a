"""What is read of vetting. Row-level security narrows every query to the acting user's authority."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from licensing.accounts.models import User
from licensing.db import db
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import IN_FORCE, LicenceStatus
from licensing.register.models import Licence, LicencePeriod, Person
from licensing.vetting import rules
from licensing.vetting.models import VettingCheck, VettingPolicy, VettingStanding
from licensing.vetting.rules import NOTHING, CheckKind, Held, Policy, Result, Standing

# What is vetted for: what somebody may do now, or asks to be allowed.
_VETTED = frozenset({*IN_FORCE, LicenceStatus.APPLIED, LicenceStatus.NOT_STARTED, LicenceStatus.SUSPENDED})


def policies() -> list[Policy]:
    """Every rule of the acting authority and of the nation, in the order they were recorded."""
    return [one.as_policy() for one in policy_rows()]


def policy_rows() -> list[VettingPolicy]:
    return list(db.session.scalars(select(VettingPolicy).order_by(VettingPolicy.recorded_at, VettingPolicy.id)))


def held_by(person_id: UUID) -> dict[CheckKind, Held]:
    """What stands of each check of a person that was ever recorded."""
    found = select(VettingStanding).where(VettingStanding.person_id == person_id).order_by(VettingStanding.kind)
    return {one.kind: one.as_held() for one in db.session.scalars(found)}


def standing(licence: Licence, day: date) -> list[Standing]:
    """What stands of every check that a licence, or the application for one, needs; none where no person holds it."""
    if licence.person_id is None:
        return []
    return standings_for(licence.person_id, [licence.kind], day).get(licence.kind, [])


def standings_for(person_id: UUID, kinds: Iterable[LicenceKind], day: date) -> dict[LicenceKind, list[Standing]]:
    """The same for several kinds of licence of one person; kinds that need nothing are absent.

    Two statements, and a third where a rule asks whether they drive.
    """
    every, held = policies(), held_by(person_id)
    needed = {kind: rules.needed(every, kind, day) for kind in kinds}
    asks = any(policy.unless_driver for found in needed.values() for policy in found.values())
    drives = asks and is_driver(person_id, day)
    found = {
        kind: [
            rules.standing(policy, held.get(check, NOTHING), day)
            for check, policy in checks.items()
            if not (policy.unless_driver and drives)
        ]
        for kind, checks in needed.items()
    }
    return {kind: standings for kind, standings in found.items() if standings}


def is_driver(person_id: UUID, day: date) -> bool:
    """Whether a person holds a driver's licence in force of the acting authority."""
    held = exists().where(
        LicencePeriod.person_id == person_id,
        LicencePeriod.kind.in_(DRIVER_KINDS),
        LicencePeriod.status.in_(IN_FORCE),
        LicencePeriod.from_on <= day,
        LicencePeriod.until_on > day,
    )
    return bool(db.session.scalar(select(held)))


def vetted_kinds(person_id: UUID, day: date) -> list[LicenceKind]:
    """The kinds of licence that a person holds or asks for on a day."""
    found = select(LicencePeriod.kind).where(
        LicencePeriod.person_id == person_id,
        LicencePeriod.status.in_(_VETTED),
        LicencePeriod.from_on <= day,
        LicencePeriod.until_on > day,
    )
    held = set(db.session.scalars(found))
    return [kind for kind in LicenceKind if kind in held]


def licences_of(person_id: UUID, kinds: Sequence[LicenceKind]) -> list[Licence]:
    found = select(Licence).where(Licence.person_id == person_id, Licence.kind.in_(kinds))
    return list(db.session.scalars(found.order_by(Licence.kind, Licence.id)))


def check_term(person_id: UUID, starts_on: date, expires_on: date | None) -> None:
    """RuleBroken where a licence for this term would outlast the holder's leave to work here."""
    leave = held_by(person_id).get(CheckKind.RIGHT_TO_WORK, NOTHING)
    rules.check_term(starts_on, expires_on, leave, extended=_leave_is_extended(person_id))


def _leave_is_extended(person_id: UUID) -> bool:
    """Whether the last proof of a right to work rests on leave that was extended by section 3C."""
    last = select(VettingCheck.leave_extended).where(
        VettingCheck.person_id == person_id,
        VettingCheck.kind == CheckKind.RIGHT_TO_WORK,
        VettingCheck.result == Result.SATISFIED,
        VettingCheck.superseded_at.is_(None),
    )
    order = VettingCheck.checked_on.desc(), VettingCheck.recorded_at.desc(), VettingCheck.id.desc()
    return bool(db.session.scalar(last.order_by(*order).limit(1)))


def check_exists(vetting_check_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(VettingCheck.id == vetting_check_id))))


def check(vetting_check_id: UUID) -> VettingCheck:
    return db.session.get_one(VettingCheck, vetting_check_id)


def check_for_update(vetting_check_id: UUID) -> VettingCheck:
    """The check, locked: two people do not correct it at once."""
    return db.session.scalars(select(VettingCheck).where(VettingCheck.id == vetting_check_id).with_for_update()).one()


def checks_of(person_id: UUID) -> list[tuple[VettingCheck, str]]:
    """Every check of a person with who recorded it, latest first; those that were corrected too."""
    found = select(VettingCheck, User.name).outerjoin(User, User.id == VettingCheck.recorded_by)
    found = found.where(VettingCheck.person_id == person_id)
    order = VettingCheck.checked_on.desc(), VettingCheck.recorded_at.desc(), VettingCheck.id
    return [(one, name or "A former colleague") for one, name in db.session.execute(found.order_by(*order))]


def recorder_of(one: VettingCheck) -> str:
    return db.session.scalar(select(User.name).where(User.id == one.recorded_by)) or "A former colleague"


def corrected_by(one: VettingCheck) -> UUID | None:
    """The row that stands in place of this one."""
    return db.session.scalar(select(VettingCheck.id).where(VettingCheck.supersedes_id == one.id))


def standing_check(vetting_check_id: UUID) -> UUID:
    """The row that stands in place of one that was corrected."""
    return db.session.scalars(select(VettingCheck.id).where(VettingCheck.supersedes_id == vetting_check_id)).one()


def person_of(vetting_check_id: UUID) -> UUID:
    """Whose check it is: looks at it are filed with the person."""
    return db.session.scalars(select(VettingCheck.person_id).where(VettingCheck.id == vetting_check_id)).one()


def person_name(person_id: UUID) -> str:
    return db.session.get_one(Person, person_id).name
