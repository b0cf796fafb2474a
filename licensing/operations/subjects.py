"""How operations and test purchases are called elsewhere: in tasks, by their reference, on premises' pages, at home."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing import dates
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.operations import presenting, queries
from licensing.operations.changes import planning, testing
from licensing.operations.models import FollowUp, Operation, TestPurchase
from licensing.permissions import Permission
from licensing.register.by_reference import Referred, finds_references
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.OPERATION)
def operations(ids: list[UUID]) -> dict[UUID, Subject]:
    """Operations, and the follow-ups that tasks are about: they lead to the operation."""
    of_follow_up = select(FollowUp.id, Operation.reference, FollowUp.operation_id).join(
        Operation, Operation.id == FollowUp.operation_id
    )
    itself = select(Operation.id, Operation.reference, Operation.id)
    found = itself.where(Operation.id.in_(ids)).union_all(of_follow_up.where(FollowUp.id.in_(ids)))
    return {
        row[0]: (f"Operation {row[1]}", url_for("operations.show_operation", operation_id=row[2]))
        for row in db.session.execute(found)
    }


@adds_subject(ObjectKind.TEST_PURCHASE)
def purchases(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(TestPurchase.id, TestPurchase.reference).where(TestPurchase.id.in_(ids)).order_by(TestPurchase.id)
    return {one.id: (f"Test purchase {one.reference}", _purchase(one.id)) for one in db.session.execute(found)}


def _purchase(purchase_id: UUID) -> str:
    return url_for("operations.show_purchase", purchase_id=purchase_id)


@finds_references(planning.PREFIX)
def operation_by_reference(reference: str) -> Referred | None:
    found = select(Operation).where(Operation.reference == reference).order_by(Operation.id)
    one = db.session.scalars(found).first()
    return Referred("Operation", one.reference, presenting.page_of(one)) if one else None


@finds_references(testing.PREFIX)
def purchase_by_reference(reference: str) -> Referred | None:
    found = select(TestPurchase).where(TestPurchase.reference == reference).order_by(TestPurchase.id)
    one = db.session.scalars(found).first()
    return Referred("Test purchase", one.reference, _purchase(one.id)) if one else None


@adds_section(RecordKind.PREMISES, Permission.DISRUPT, order=47)
def at_premises(premises_id: UUID) -> Section | None:
    """What operations found there, and what tests showed."""
    visits = presenting.visit_rows(premises_id)
    tests = presenting.purchase_rows(queries.purchases_at(premises_id))
    if not (visits or tests):
        return None
    return Section("Operations and test purchases", "operations/_section.html", {"visits": visits, "tests": tests})


@adds_figures(Permission.DISRUPT, order=36)
def soon() -> list[Figure]:
    words = "operations under way or in the next 7 days"
    return [Figure(words, queries.planned_or_under_way(dates.today()), url_for("operations.list_operations"))]
