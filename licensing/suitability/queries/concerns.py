"""Complaints with their rolling counts, self-reports, and who drives for which operator."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload

from licensing.db import db
from licensing.register.events import RecordKind
from licensing.register.models import Licence
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource, rolling
from licensing.suitability.models import Complaint, OperatorDriver, SelfReport

PER_PAGE = 25
COLUMN_OF: dict[RecordKind, Any] = {
    RecordKind.PERSON: Complaint.person_id,
    RecordKind.ORGANISATION: Complaint.organisation_id,
    RecordKind.VEHICLE: Complaint.vehicle_id,
    RecordKind.PREMISES: Complaint.premises_id,
}


@dataclass(frozen=True)
class ComplaintsFilter:
    """What the list is narrowed to; `still_open` leaves out what has an outcome."""

    category: ComplaintCategory | None = None
    source: ComplaintSource | None = None
    still_open: bool = False


def complaint_exists(complaint_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Complaint.id == complaint_id))))


def complaint(complaint_id: UUID) -> Complaint:
    return db.session.get_one(Complaint, complaint_id)


def complaints_page(wanted: ComplaintsFilter, page: int) -> Pagination:
    """Complaints, the last received first."""
    found = select(Complaint).order_by(Complaint.received_on.desc(), Complaint.id)
    if wanted.category:
        found = found.where(Complaint.category == wanted.category)
    if wanted.source:
        found = found.where(Complaint.source == wanted.source)
    if wanted.still_open:
        found = found.where(Complaint.closed_on.is_(None))
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def complaints_about(kind: RecordKind, record_id: UUID) -> list[Complaint]:
    """Those about this very record, the last received first."""
    found = select(Complaint).where(COLUMN_OF[kind] == record_id)
    return list(db.session.scalars(found.order_by(Complaint.received_on.desc(), Complaint.id)))


def rolling_counts(kind: RecordKind, record_id: UUID, today: date) -> tuple[int, int]:
    """How many complaints about this one in 12 and in 36 months; of an operator its drivers' time there too."""
    about: ColumnElement[bool] = COLUMN_OF[kind] == record_id
    if kind is RecordKind.ORGANISATION:
        about = or_(about, _of_a_driver_of(record_id))
    return rolling(db.session.scalars(select(Complaint.received_on).where(about)), today)


def _of_a_driver_of(organisation_id: UUID) -> ColumnElement[bool]:
    """Whether a complaint is about somebody who drove for the operator when it was received."""
    return exists().where(
        OperatorDriver.organisation_id == organisation_id,
        OperatorDriver.person_id == Complaint.person_id,
        func.coalesce(OperatorDriver.from_on, Complaint.received_on) <= Complaint.received_on,
        func.coalesce(OperatorDriver.until_on, Complaint.received_on) >= Complaint.received_on,
    )


def operators_of(person_id: UUID, *, lock: bool = False) -> list[OperatorDriver]:
    """The operators for whom a driver works or worked."""
    found = select(OperatorDriver).where(OperatorDriver.person_id == person_id)
    found = found.order_by(OperatorDriver.from_on.desc().nulls_last(), OperatorDriver.id)
    return list(db.session.scalars(found.with_for_update() if lock else found))


def self_report_exists(report_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(SelfReport.id == report_id))))


def self_report(report_id: UUID) -> SelfReport:
    return db.session.get_one(SelfReport, report_id)


def self_reports_page(late: bool, page: int) -> Pagination:
    """Self-reports, the last made first."""
    found = select(SelfReport).options(joinedload(SelfReport.licence).joinedload(Licence.person))
    if late:
        found = found.where(SelfReport.late)
    found = found.order_by(SelfReport.reported_at.desc(), SelfReport.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)
