"""What is read for returns beside the figures: licensed vehicles, answers, and how other registers know the council."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from licensing.db import db
from licensing.figures.of_returns import VEHICLE_KINDS
from licensing.register.events import IN_FORCE, LicenceStatus
from licensing.register.models import Licence, LicencePeriod, Vehicle
from licensing.returns import national_register
from licensing.returns.gathering import Line, Told
from licensing.returns.models import AnswerGiven, NationalRegisterName


@dataclass(frozen=True)
class Licensed:
    """A licence of a vehicle that is in force, or suspended, on a day."""

    vehicle_id: UUID
    number: str
    is_in_force: bool
    vehicle: national_register.Vehicle


def names_kept(authority_id: UUID) -> NationalRegisterName | None:
    """How the national register knows the council, as was recorded last."""
    found = select(NationalRegisterName).where(NationalRegisterName.authority_id == authority_id)
    return db.session.scalars(
        found.order_by(NationalRegisterName.at.desc(), NationalRegisterName.id.desc()).limit(1)
    ).first()


def answers(authority_id: UUID) -> list[AnswerGiven]:
    """What the public was answered, the last first."""
    found = select(AnswerGiven).where(AnswerGiven.authority_id == authority_id)
    ordered = found.order_by(AnswerGiven.at.desc(), AnswerGiven.id).options(joinedload(AnswerGiven.by))
    return list(db.session.scalars(ordered))


def answer(answer_id: UUID) -> AnswerGiven:
    """404 where it is none of the acting person's council."""
    wanted = select(AnswerGiven).where(AnswerGiven.id == answer_id).options(joinedload(AnswerGiven.by))
    return db.session.scalar(wanted) or abort(404)


def tables_of(answer: AnswerGiven) -> list[Told]:
    """As they were told."""
    return [Told(kept["title"], tuple(Line(**line) for line in kept["lines"])) for kept in answer.tables]


def licensed_vehicles(authority_id: UUID, day: date) -> list[Licensed]:
    """Every licence of a vehicle in force or suspended on a day, by registration."""
    found = (
        select(Licence, Vehicle, LicencePeriod.status)
        .join(Vehicle, Vehicle.id == Licence.vehicle_id)
        .join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
        .where(
            Licence.authority_id == authority_id,
            Licence.kind.in_(VEHICLE_KINDS),
            LicencePeriod.status.in_([*IN_FORCE, LicenceStatus.SUSPENDED]),
            LicencePeriod.from_on <= day,
            LicencePeriod.until_on > day,
        )
        .order_by(Vehicle.vrm_key, Licence.number_key, Licence.id)
    )
    return [
        Licensed(vehicle.id, licence.number, status in IN_FORCE, _as_line(licence, vehicle))
        for licence, vehicle, status in db.session.execute(found)
    ]


def _as_line(licence: Licence, vehicle: Vehicle) -> national_register.Vehicle:
    return national_register.Vehicle(
        vehicle.vrm,
        licence.starts_on,
        licence.expires_on,
        licence.kind,
        licence.badge_no or "",
        vehicle.wheelchair_accessible,
    )
