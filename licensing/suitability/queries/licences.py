"""Finding the licences that somebody means."""

from uuid import UUID

from sqlalchemy import or_, select

from licensing.db import db
from licensing.matching.identifiers import normalise
from licensing.register.models import Licence
from licensing.suitability.models import Complaint


def licences_complained_of(complaint: Complaint) -> list[Licence]:
    """The licences of whom, of which vehicle and of which premises a complaint is about."""
    about = {
        Licence.person_id: complaint.person_id,
        Licence.organisation_id: complaint.organisation_id,
        Licence.vehicle_id: complaint.vehicle_id,
        Licence.premises_id: complaint.premises_id,
    }
    concerned = [column == record_id for column, record_id in about.items() if record_id]
    return list(db.session.scalars(select(Licence).where(or_(*concerned)).order_by(Licence.kind, Licence.id)))


def licence_of_number(number: str) -> UUID | None:
    """The licence of this number on the acting authority's register; None where none or several have it."""
    found = db.session.scalars(select(Licence.id).where(Licence.number_key == normalise(number)).limit(2)).all()
    return found[0] if len(found) == 1 else None
