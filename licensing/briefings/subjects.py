"""How briefings are called elsewhere."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.briefings.models import Briefing
from licensing.db import db
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.BRIEFING)
def briefings(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Briefing.id, Briefing.reference).where(Briefing.id.in_(ids)).order_by(Briefing.id)
    return {
        one.id: (f"Briefing {one.reference}", url_for("briefings.show_briefing", briefing_id=one.id))
        for one in db.session.execute(found)
    }
