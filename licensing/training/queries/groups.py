"""Training of groups: at premises, at operators, and of the wider workforce."""

from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, select

from licensing.db import db
from licensing.training.models import (
    OperatorStaff,
    PremisesTraining,
    StaffRegisterCheck,
    WorkforceTraining,
)

PER_PAGE = 25


def trainings_at(premises_id: UUID) -> list[PremisesTraining]:
    """The trainings held at a place as they stand, the last first."""
    found = select(PremisesTraining).where(
        PremisesTraining.premises_id == premises_id, PremisesTraining.superseded_at.is_(None)
    )
    return list(db.session.scalars(found.order_by(PremisesTraining.held_on.desc(), PremisesTraining.id)))


def staff_of(organisation_id: UUID) -> list[OperatorStaff]:
    """An operator's named staff as they stand, those who left last."""
    found = select(OperatorStaff).where(
        OperatorStaff.organisation_id == organisation_id, OperatorStaff.superseded_at.is_(None)
    )
    in_order = (OperatorStaff.until_on.is_not(None), func.lower(OperatorStaff.name), OperatorStaff.id)
    return list(db.session.scalars(found.order_by(*in_order)))


def register_checks_of(organisation_id: UUID) -> list[StaffRegisterCheck]:
    """The looks at an operator's register of staff, the last first."""
    found = select(StaffRegisterCheck).where(StaffRegisterCheck.organisation_id == organisation_id)
    return list(db.session.scalars(found.order_by(StaffRegisterCheck.checked_on.desc(), StaffRegisterCheck.id)))


def workforce_page(page: int) -> Pagination:
    """Trainings of the wider workforce as they stand, the last first."""
    found = select(WorkforceTraining).where(WorkforceTraining.superseded_at.is_(None))
    found = found.order_by(WorkforceTraining.held_on.desc(), WorkforceTraining.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def workforce_trained() -> int:
    """How many people were trained in all."""
    trained = select(func.coalesce(func.sum(WorkforceTraining.trained), 0))
    return db.session.scalar(trained.where(WorkforceTraining.superseded_at.is_(None))) or 0


def premises_training_exists(training_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(PremisesTraining.id == training_id))))


def premises_training(training_id: UUID) -> PremisesTraining:
    return db.session.get_one(PremisesTraining, training_id)


def place_of(training_id: UUID) -> UUID:
    """Where it was held: looks at it are filed with the premises."""
    return premises_training(training_id).premises_id


def workforce_training_exists(training_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(WorkforceTraining.id == training_id))))


def workforce_training(training_id: UUID) -> WorkforceTraining:
    return db.session.get_one(WorkforceTraining, training_id)
