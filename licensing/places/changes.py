"""Recording that somebody checked an obligation of a place. What was found before stays. Views commit."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.places.queries import Place
from licensing.register.models import ObligationCheck
from licensing.register.places import Obligation, ObligationResult


def record_check(
    place: Place,
    obligation: Obligation,
    result: ObligationResult,
    checked_on: date,
    *,
    checked_by: str,
    reference: str | None = None,
) -> UUID:
    """Keep what an agency found of a duty, on the register of the council whose place it is.

    `checked_by` is an agency of whoever records it, never a person. RuleBroken for a day to come.
    """
    if checked_on > dates.today():
        raise RuleBroken("The date must be today or in the past", "checked_on")
    row = {
        "id": uuid4(),
        "authority_id": place.authority_id,
        "premises_id": place.id,
        "obligation": obligation,
        "result": result,
        "checked_on": checked_on,
        "checked_by": checked_by,
        "reference": reference,
    }
    db.session.execute(insert(ObligationCheck).inline(), [row])
    told = {"obligation": obligation.value, "result": result.value}
    audit.record(Action.CHANGED, ObjectKind.PREMISES, place.id, details=told)
    return row["id"]
