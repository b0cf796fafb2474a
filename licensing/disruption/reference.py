"""The catalogue of powers, written by `flask setup`: a version that is missing is added, the others are brought up."""

from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licensing.disruption.catalogue import national_powers
from licensing.disruption.models import PowerRow


def write(session: Session) -> None:
    """Safe to repeat; what was the law before stays, with its last day."""
    rows = [{"id": uuid4(), **row} for row in national_powers()]
    written = insert(PowerRow)
    kept = {name: written.excluded[name] for name in rows[0] if name != "id"}
    session.execute(written.on_conflict_do_update(constraint="uq_power_code_active_from", set_=kept), rows)
