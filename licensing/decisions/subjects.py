"""How decisions are called by the rooms that point at them."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.decisions.models import Decision
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.DECISION)
def decisions(ids: list[UUID]) -> dict[UUID, Subject]:
    """Decisions by what was decided and their reference."""
    found = select(Decision.id, Decision.kind, Decision.reference).where(Decision.id.in_(ids)).order_by(Decision.id)
    return {
        row.id: (f"{row.kind.label} ({row.reference})", url_for("decisions.show_decision", decision_id=row.id))
        for row in db.session.execute(found)
    }
