"""Records of two councils that are of one person: linked when both agree, and ended in the same way.

A link tells each council that the other knows the person, and whom to ask; nothing of the other's record comes with
it. Later features ask `linked_people`.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import and_, or_, select, text

from licensing.accounts.acting import ActingUser
from licensing.accounts.models import Authority
from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind, Shown, carries_out
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission
from licensing.register import queries
from licensing.register.models import SamePerson

CHANGED_SINCE = "These records are linked already, or one of them was merged into another. Refuse it."
ENDED_SINCE = "This link has ended already. Refuse it."


@dataclass(frozen=True)
class OneRecord:
    """A record as those who decide about a link see it: no more than a driver check may tell of it."""

    authority_id: UUID
    authority: str
    person_id: UUID
    name: str
    date_of_birth: date | None


@dataclass(frozen=True)
class KnownTo:
    """Another council that knows a person of the acting authority."""

    link_id: UUID
    authority: str
    contact: str
    since: datetime


def linked_people(person_id: UUID) -> list[tuple[UUID, UUID]]:
    """(authority, person) of every record linked to a person of the acting authority; of others nothing."""
    found = text("SELECT authority_id, person_id FROM linked_people(:person)")
    return [(row.authority_id, row.person_id) for row in db.session.execute(found, {"person": person_id})]


def known_to(person_id: UUID) -> list[KnownTo]:
    """The councils that know this person too, by name."""
    links = {link.other_than(person_id)[0]: link for link in standing_links([person_id])}
    councils = select(Authority).where(Authority.id.in_(links)).order_by(Authority.name, Authority.id)
    return [
        KnownTo(links[one.id].id, one.name, one.contact, links[one.id].since) for one in db.session.scalars(councils)
    ]


def own_records_of(person_ids: list[UUID], authority_id: UUID) -> dict[UUID, UUID]:
    """Of these people of other councils: the record of this authority to which each is linked."""
    found = {}
    for link in standing_links(person_ids):
        ends = ((link.first_authority_id, link.first_person_id), (link.second_authority_id, link.second_person_id))
        own = next((person for authority, person in ends if authority == authority_id), None)
        found |= {person: own for authority, person in ends if own and authority != authority_id}
    return found


def link_stands(link_id: UUID) -> bool:
    """Whether the acting authority is one end of this link, and it has not ended."""
    return db.session.scalar(select(SamePerson.id).where(SamePerson.id == link_id, _stands())) is not None


def own_end(link_id: UUID, user: ActingUser) -> tuple[UUID, UUID]:
    """(own person, other authority) of a link."""
    link = db.session.get_one(SamePerson, link_id)
    is_first = link.first_authority_id == user.authority.id
    own = link.first_person_id if is_first else link.second_person_id
    return own, link.other_than(own)[0]


def propose_link(own: OneRecord, other: OneRecord, check_reference: str, reason: str) -> None:
    """Ask both councils to agree that these are of one person. Raises AlreadyProposed while that is open."""
    first, second = sorted((own, other), key=lambda one: one.person_id)
    approvals.propose(
        ProposalKind.CROSS_MERGE,
        ObjectKind.PERSON,
        first.person_id,
        {"records": [_as_kept(first), _as_kept(second)], "check": check_reference},
        reason,
        authorities=[other.authority_id],
        code=str(second.person_id),
    )


def propose_end(user: ActingUser, link_id: UUID, reason: str) -> None:
    """Ask both councils to agree that a link was wrong. Raises AlreadyProposed while that is open."""
    other_authority = own_end(link_id, user)[1]
    other = db.session.get_one(Authority, other_authority)
    payload = {"councils": sorted((user.authority.name, other.name))}
    kind = ProposalKind.CROSS_UNMERGE
    approvals.propose(kind, ObjectKind.LINK, link_id, payload, reason, authorities=[other_authority])


def _shows_link(proposal: Proposal) -> Shown:
    records = [OneRecord(**_again(one)) for one in proposal.payload["records"]]
    rows = [(one.authority, _described(one)) for one in records]
    own = next((one.person_id for one in records if queries.person_exists(one.person_id)), None)
    link = url_for("register.show_person", person_id=own) if own else ""
    return Shown(
        "Link two councils’ records as the same person", [*rows, ("Driver check", proposal.payload["check"])], link
    )


@carries_out(ProposalKind.CROSS_MERGE, approver=Permission.CHANGES_APPROVE, shows=_shows_link)
def link_people(proposal: Proposal) -> None:
    """The database links what the approved proposal names; what those who decided read must be the same."""
    shown = [one["person_id"] for one in proposal.payload["records"]]
    if shown != [str(proposal.object_id), proposal.code]:
        raise RuleBroken(CHANGED_SINCE)
    link_id = db.session.execute(text("CALL link_people(:id, NULL)"), {"id": proposal.id}).scalar_one()
    if link_id is None:
        raise RuleBroken(CHANGED_SINCE)
    _record(Action.LINKED, link_id)


def _shows_end(proposal: Proposal) -> Shown:
    link = db.session.get(SamePerson, proposal.object_id)
    ends = (link.first_person_id, link.second_person_id) if link else ()
    own = next((one for one in ends if queries.person_exists(one)), None)
    address = url_for("register.show_person", person_id=own) if own else ""
    councils = " and ".join(proposal.payload["councils"])
    return Shown("End a link between two councils’ records", [("Councils", councils)], address)


@carries_out(ProposalKind.CROSS_UNMERGE, approver=Permission.CHANGES_APPROVE, shows=_shows_end)
def unlink_people(proposal: Proposal) -> None:
    """The link ends; that it stood, and since when, is kept."""
    if not db.session.execute(text("CALL unlink_people(:id, NULL)"), {"id": proposal.id}).scalar_one():
        raise RuleBroken(ENDED_SINCE)
    _record(Action.UNLINKED, proposal.object_id)


def _record(action: Action, link_id: UUID) -> None:
    """In both councils' trails, beside each one's own person."""
    link = db.session.get_one(SamePerson, link_id)
    ends = [(link.first_person_id, link.first_authority_id), (link.second_person_id, link.second_authority_id)]
    audit.record_many(action, ObjectKind.PERSON, ends, details={"link": str(link_id)})


def standing_links(person_ids: list[UUID]) -> list[SamePerson]:
    """The links of these people that the acting authority is an end of."""
    of_them = or_(SamePerson.first_person_id.in_(person_ids), SamePerson.second_person_id.in_(person_ids))
    return list(db.session.scalars(select(SamePerson).where(of_them, _stands()).order_by(SamePerson.id)))


def _stands() -> Any:
    return and_(SamePerson.ended_at.is_(None), ~SamePerson.repeats)


def _described(one: OneRecord) -> str:
    return f"{one.name}, born {in_words(one.date_of_birth) if one.date_of_birth else 'on a day not recorded'}"


def _as_kept(record: OneRecord) -> dict[str, Any]:
    born = record.date_of_birth.isoformat() if record.date_of_birth else None
    return {name: str(value) for name, value in asdict(record).items()} | {"date_of_birth": born}


def _again(kept: dict[str, Any]) -> dict[str, Any]:
    born = kept["date_of_birth"]
    ids = {name: UUID(kept[name]) for name in ("authority_id", "person_id")}
    return {**kept, **ids, "date_of_birth": date.fromisoformat(born) if born else None}
