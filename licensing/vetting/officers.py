"""Those who direct an organisation that holds a licence: they are asked for what a person who held it would be.

Statutory standards, 2020: of a company or partnership the directors, partners and secretary have a basic DBS
certificate, unless they are licensed drivers of the same authority.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from licensing.db import db
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import IN_FORCE
from licensing.register.models import Licence, LicencePeriod, Organisation, Person, Position
from licensing.register.parts import PositionKind
from licensing.vetting import queries, rules
from licensing.vetting.models import VettingStanding
from licensing.vetting.rules import NOTHING, OFFICERS, Standing


@dataclass(frozen=True)
class Officer:
    """Somebody who directs an organisation, and the part they play."""

    person_id: UUID
    name: str
    part: PositionKind


def officers_of(organisation_id: UUID, day: date) -> list[Officer]:
    """Those who direct an organisation on a day and have a record, by name."""
    found = select(Position.kind, Person).join(Person, Person.id == Position.person_id)
    found = found.where(Position.of_organisation_id == organisation_id, _directs(day))
    rows = db.session.execute(found.order_by(Person.sort_name, Person.id, Position.kind))
    return [Officer(person.id, person.name, kind) for kind, person in rows]


def directed_by(person_id: UUID, day: date) -> dict[str, list[LicenceKind]]:
    """The organisations that a person directs on a day, by name, and the kinds of licence in force that each holds."""
    found = select(Organisation.name, Licence.kind).distinct()
    found = found.join(Position, Position.of_organisation_id == Organisation.id)
    found = found.join(Licence, Licence.organisation_id == Organisation.id)
    found = found.join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
    found = found.where(Position.person_id == person_id, _directs(day), _in_force(day))
    held: dict[str, list[LicenceKind]] = {}
    for name, kind in db.session.execute(found.order_by(Organisation.name, Licence.kind)):
        held.setdefault(name, []).append(kind)
    return held


def kinds_held_by(organisation_id: UUID, day: date) -> list[LicenceKind]:
    found = select(Licence.kind).distinct().join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
    found = found.where(Licence.organisation_id == organisation_id, _in_force(day))
    return list(db.session.scalars(found.order_by(Licence.kind)))


def standings(
    people: Sequence[UUID], kinds: Iterable[LicenceKind], day: date
) -> dict[UUID, dict[LicenceKind, list[Standing]]]:
    """What stands of each check that is asked of these people for the licences of an organisation that they direct."""
    every = queries.policies()
    asked = {
        kind: [one for one in rules.needed(every, kind, day).values() if one.is_asked_of_officers] for kind in kinds
    }
    found = select(VettingStanding).where(VettingStanding.person_id.in_(people)).order_by(VettingStanding.person_id)
    held = {(one.person_id, one.kind): one.as_held() for one in db.session.scalars(found)}
    driving = select(LicencePeriod.person_id).where(LicencePeriod.person_id.in_(people), _in_force(day))
    drivers = set(db.session.scalars(driving.where(LicencePeriod.kind.in_(DRIVER_KINDS)).order_by("person_id")))
    return {
        person: {
            kind: [
                rules.standing(policy, held.get((person, policy.check), NOTHING), day)
                for policy in policies
                if not (policy.unless_driver and person in drivers)
            ]
            for kind, policies in asked.items()
        }
        for person in people
    }


def _directs(day: date) -> ColumnElement[bool]:
    return and_(
        Position.kind.in_(OFFICERS),
        Position.superseded_at.is_(None),
        func.coalesce(Position.from_on, day) <= day,
        func.coalesce(Position.until_on, day) >= day,
    )


def _in_force(day: date) -> ColumnElement[bool]:
    return and_(LicencePeriod.status.in_(IN_FORCE), LicencePeriod.from_on <= day, LicencePeriod.until_on > day)
