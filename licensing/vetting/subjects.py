"""How checks are called by the rooms that point at them, for whoever may see them."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject
from licensing.vetting.models import VettingCheck


@adds_subject(ObjectKind.VETTING_CHECK)
def checks(ids: list[UUID]) -> dict[UUID, Subject]:
    """A check by what was checked; whose it is stands on its page."""
    found = select(VettingCheck.id, VettingCheck.kind).where(VettingCheck.id.in_(ids)).order_by(VettingCheck.id)
    return {
        row.id: (f"Check: {row.kind.label}", url_for("vetting.show_check", vetting_check_id=row.id))
        for row in db.session.execute(found)
    }
