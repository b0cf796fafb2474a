"""Operations and test purchases in the sight of whoever is acting; row-level security decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, exists, func, select, text
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.disruption.models import PartnerTask
from licensing.disruption.words import TaskAnswer
from licensing.operations.models import Finding, FollowUp, Operation, OperationAgency, OperationPlace, TestPurchase
from licensing.operations.words import OperationKind, OperationState, TestKind, TestResult

PER_PAGE = 25
SOON = timedelta(days=7)
_OVER = Operation.closed_at.is_not(None) | Operation.called_off_at.is_not(None)
# As rules.state_of says it.
_STANDS: dict[OperationState, ColumnElement[bool]] = {
    OperationState.PLANNED: Operation.briefed_at.is_(None) & ~_OVER,
    OperationState.BRIEFED: Operation.briefed_at.is_not(None) & Operation.begun_at.is_(None) & ~_OVER,
    OperationState.UNDER_WAY: Operation.begun_at.is_not(None) & ~_OVER,
    OperationState.CLOSED: Operation.closed_at.is_not(None),
    OperationState.CALLED_OFF: Operation.called_off_at.is_not(None),
}


@dataclass(frozen=True)
class OperationsFilter:
    """What the list is narrowed to; empty means whatever is not over."""

    state: OperationState | None = None
    kind: OperationKind | None = None
    agency_id: UUID | None = None
    every: bool = False


def _narrowed(wanted: OperationsFilter) -> Select[Any]:
    found = select(Operation)
    if wanted.state:
        found = found.where(_STANDS[wanted.state])
    elif not wanted.every:
        found = found.where(~_OVER)
    if wanted.kind:
        found = found.where(Operation.kind == wanted.kind)
    if wanted.agency_id:
        joined = select(OperationAgency.operation_id).where(OperationAgency.agency_id == wanted.agency_id)
        found = found.where(Operation.id.in_(joined))
    return found


def operations_page(wanted: OperationsFilter, page: int) -> Pagination:
    """The latest day first."""
    found = _narrowed(wanted).options(selectinload(Operation.lead), selectinload(Operation.findings))
    return db.paginate(found.order_by(Operation.on_day.desc(), Operation.id), page=page, per_page=PER_PAGE)


def operation(operation_id: UUID, *, for_change: bool = False) -> Operation:
    """One that the acting user may know of, with all that was found, or 404."""
    findings = selectinload(Operation.findings)
    parts = (
        findings.joinedload(Finding.power),
        findings.joinedload(Finding.place),
        findings.selectinload(Finding.follow_ups).joinedload(FollowUp.agency),
    )
    found = select(Operation).where(Operation.id == operation_id).options(*(() if for_change else parts))
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True) if for_change else found
    ).first() or abort(404)


def operation_exists(operation_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Operation.id == operation_id))))


def finding(operation_id: UUID, finding_id: UUID) -> Finding:
    """What was found in an operation, or 404."""
    return find_finding(operation_id, finding_id) or abort(404)


def find_finding(operation_id: UUID, finding_id: UUID) -> Finding | None:
    found = select(Finding).where(Finding.id == finding_id, Finding.operation_id == operation_id)
    return db.session.scalars(found).first()


def next_number(kind: type[Finding | OperationPlace], operation_id: UUID) -> int:
    counted = select(func.coalesce(func.max(kind.number), 0)).where(kind.operation_id == operation_id)
    return int(db.session.scalar(counted) or 0) + 1


def not_followed_up(operation_id: UUID) -> list[int]:
    """The numbers of what was found that nobody follows up: nobody has it, or whoever was asked declined."""
    still = FollowUp.partner_task_id.is_(None) | FollowUp.partner_task_id.not_in(declined(operation_id))
    followed = select(FollowUp.finding_id).where(FollowUp.operation_id == operation_id, still)
    waits = Finding.needs_follow_up & Finding.id.not_in(followed)
    found = select(Finding.number).where(Finding.operation_id == operation_id, waits).order_by(Finding.number)
    return list(db.session.scalars(found))


def declined(operation_id: UUID) -> list[UUID]:
    """The tasks of partners by which it was to be followed up, and which they declined."""
    return list(db.session.scalars(text("SELECT declined_follow_ups(:operation)"), {"operation": operation_id}))


def answers_of(task_ids: list[UUID]) -> dict[UUID, TaskAnswer]:
    """How the agencies answered that were asked, where the acting user may know."""
    found = select(PartnerTask.id, PartnerTask.answer).where(PartnerTask.id.in_(task_ids)).order_by(PartnerTask.id)
    return {row.id: row.answer for row in db.session.execute(found)}


def planned_or_under_way(today: date) -> int:
    """How many operations are planned within the next days, or begun and not closed."""
    soon = Operation.begun_at.is_(None) & (Operation.on_day <= today + SOON)
    counted = select(func.count()).where(~_OVER, soon | Operation.begun_at.is_not(None))
    return cast(int, db.session.scalar(counted))


def seen_at(record_id: UUID) -> list[tuple[Operation, OperationPlace, Finding | None]]:
    """The operations that went or go to a place of a register, and what each found there, the newest first."""
    found = (
        select(Operation, OperationPlace, Finding)
        .join(OperationPlace, OperationPlace.operation_id == Operation.id)
        .outerjoin(Finding, Finding.place_id == OperationPlace.id)
        .where(OperationPlace.record_id == record_id)
        .order_by(Operation.on_day.desc(), Operation.id, Finding.number)
    )
    return [(operation, place, seen) for operation, place, seen in db.session.execute(found)]


# Test purchases


@dataclass(frozen=True)
class PurchasesFilter:
    """What the list of test purchases is narrowed to; empty means all."""

    kind: TestKind | None = None
    result: TestResult | None = None


def _fitting(wanted: PurchasesFilter) -> Select[Any]:
    found = select(TestPurchase)
    if wanted.kind:
        found = found.where(TestPurchase.kind == wanted.kind)
    return found.where(TestPurchase.result == wanted.result) if wanted.result else found


def purchases_page(wanted: PurchasesFilter, page: int) -> Pagination:
    """The newest first."""
    found = _fitting(wanted).options(selectinload(TestPurchase.agency))
    return db.paginate(found.order_by(TestPurchase.on_day.desc(), TestPurchase.id), page=page, per_page=PER_PAGE)


def results_counted(wanted: PurchasesFilter) -> dict[TestResult, int]:
    """How many of the tests that fit came to what."""
    ids = _fitting(wanted).with_only_columns(TestPurchase.id).subquery()
    counted = (
        select(TestPurchase.result, func.count())
        .join(ids, ids.c.id == TestPurchase.id)
        .group_by(TestPurchase.result)
        .order_by(TestPurchase.result)
    )
    return dict.fromkeys(TestResult, 0) | dict(db.session.execute(counted).all())


def purchase(purchase_id: UUID) -> TestPurchase:
    """One that the acting user may know of, or 404."""
    return db.session.get(TestPurchase, purchase_id) or abort(404)


def purchase_exists(purchase_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(TestPurchase.id == purchase_id))))


def purchases_of(operation_id: UUID) -> list[TestPurchase]:
    """The test purchases of an operation, the newest first."""
    return _purchases(TestPurchase.operation_id == operation_id)


def purchases_at(record_id: UUID) -> list[TestPurchase]:
    """The test purchases at a place of a register, the newest first."""
    return _purchases(TestPurchase.record_id == record_id)


def _purchases(wanted: ColumnElement[bool]) -> list[TestPurchase]:
    found = select(TestPurchase).where(wanted).options(selectinload(TestPurchase.agency))
    return list(db.session.scalars(found.order_by(TestPurchase.on_day.desc(), TestPurchase.id)))
