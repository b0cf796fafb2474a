"""Finding the one licence that a number means."""

from uuid import UUID

from sqlalchemy import select

from licensing.db import db
from licensing.matching.identifiers import normalise
from licensing.register.models import Licence


def licence_of_number(number: str) -> UUID | None:
    """The licence of this number on the acting authority's register; None where none or several have it."""
    found = db.session.scalars(select(Licence.id).where(Licence.number_key == normalise(number)).limit(2)).all()
    return found[0] if len(found) == 1 else None
