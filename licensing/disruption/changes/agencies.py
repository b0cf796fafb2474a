"""The agencies that a council's administrator keeps, and who works for each."""

from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption import queries
from licensing.disruption.models import Agency, AgencyMember
from licensing.disruption.words import AgencyKind, Rank
from licensing.errors import RuleBroken


def add(
    user: ActingUser, *, kind: AgencyKind, is_partner: bool, name: str, contact: str, email: str, phone: str
) -> UUID:
    """An agency that leads or joins. RuleBroken where the council has one of this name."""
    if any(one.name.casefold() == name.casefold() for one in queries.agencies_kept(user.authority.id)):
        raise RuleBroken("Your council keeps an agency of this name already", "name")
    agency = Agency(
        id=uuid4(),
        authority_id=user.authority.id,
        kind=kind,
        is_partner=is_partner,
        name=name,
        contact=contact,
        email=email,
        phone=phone,
    )
    db.session.add(agency)
    db.session.flush()
    audit.record(Did.SETTINGS_CHANGED, ObjectKind.AGENCY, agency.id, details={"after": name})
    return agency.id


def close(_user: ActingUser, agency: Agency) -> None:
    """It leads and joins nothing new, and its people see its actions no longer; what it did stays."""
    agency.closed_on = dates.today()
    audit.record(Did.SETTINGS_CHANGED, ObjectKind.AGENCY, agency.id, details={"after": "closed"})
    db.session.flush()


def add_member(user: ActingUser, agency: Agency, member_id: UUID, rank: Rank | None) -> None:
    """Somebody works for an agency: they see what it leads or joins. An administrator adds nobody's own account."""
    if member_id == user.id:
        raise RuleBroken("Somebody else adds you to an agency.", "user")
    if any(one.user_id == member_id for one in queries.members_of(agency.id)):
        raise RuleBroken("They work for this agency already", "user")
    row = AgencyMember(
        id=uuid4(),
        authority_id=agency.authority_id,
        agency_id=agency.id,
        user_id=member_id,
        rank=rank,
        added_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(Did.ACCESS_GIVEN, ObjectKind.AGENCY, agency.id, details={"user_id": str(member_id)})


def end_member(_user: ActingUser, member: AgencyMember) -> None:
    """They no longer work for it."""
    member.until_at = db.func.now()
    audit.record(Did.ACCESS_ENDED, ObjectKind.AGENCY, member.agency_id, details={"user_id": str(member.user_id)})
    db.session.flush()
