"""How records of this room are called in tasks, and that a conviction or complaint goes with a person in a merge."""

from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.register.changes.merging import Moves, moves_with_person
from licensing.suitability.models import (
    Application,
    Complaint,
    Consideration,
    Conviction,
    CourtCase,
    MarkerConsidered,
    OperatorDriver,
    SelfReport,
)
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject

for _model in (Conviction, Complaint, OperatorDriver, MarkerConsidered):
    moves_with_person(Moves(_model))


@adds_subject(ObjectKind.APPLICATION)
def applications(ids: list[UUID]) -> dict[UUID, Subject]:
    """By reference: the page says whose."""
    return _referred(Application, "suitability.show_application", "application_id", ids)


@adds_subject(ObjectKind.CONSIDERATION)
def considerations(ids: list[UUID]) -> dict[UUID, Subject]:
    return _referred(Consideration, "suitability.show_consideration", "consideration_id", ids)


@adds_subject(ObjectKind.COMPLAINT)
def complaints(ids: list[UUID]) -> dict[UUID, Subject]:
    return _referred(Complaint, "suitability.show_complaint", "complaint_id", ids)


@adds_subject(ObjectKind.SELF_REPORT)
def self_reports(ids: list[UUID]) -> dict[UUID, Subject]:
    return _referred(SelfReport, "suitability.show_self_report", "report_id", ids)


@adds_subject(ObjectKind.COURT_CASE)
def court_cases(ids: list[UUID]) -> dict[UUID, Subject]:
    return _referred(CourtCase, "suitability.show_case", "case_id", ids)


def _referred(model: Any, endpoint: str, argument: str, ids: list[UUID]) -> dict[UUID, Subject]:
    kind = model.__tablename__.replace("_", " ").capitalize()
    found = select(model.id, model.reference).where(model.id.in_(ids)).order_by(model.id)
    return {
        row.id: (f"{kind} {row.reference}", url_for(endpoint, **{argument: row.id}))
        for row in db.session.execute(found)
    }
