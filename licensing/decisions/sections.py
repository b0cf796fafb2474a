"""Decisions on the pages of the register: of one licence, and of all that somebody holds."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.dates import today
from licensing.db import db
from licensing.decisions import presenting, queries
from licensing.permissions import Permission
from licensing.register.events import RecordKind
from licensing.register.models import Licence
from licensing.register.sections import Section, adds_section

_PARTIAL = "decisions/_section.html"


@adds_section(RecordKind.LICENCE, Permission.CASEWORK, order=50)
def of_licence(licence_id: UUID) -> Section:
    """What was decided about it, and the way to decide."""
    rows = presenting.decision_rows(queries.decisions_of([licence_id]), today())
    address = url_for("decisions.decide", licence_id=licence_id)
    return Section("Decisions", _PARTIAL, {"rows": rows}, [("Decide", address)])


@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=50)
def of_person(person_id: UUID) -> Section | None:
    """What was decided about all that they hold or held; nothing where there is nothing."""
    held = list(db.session.scalars(select(Licence.id).where(Licence.person_id == person_id).order_by(Licence.id)))
    found = queries.decisions_of(held) if held else []
    return Section("Decisions", _PARTIAL, {"rows": presenting.decision_rows(found, today())}) if found else None
