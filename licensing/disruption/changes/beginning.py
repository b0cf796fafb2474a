"""Saying from when a power is in force that the catalogue knows no beginning of. Views commit."""

from datetime import date
from uuid import uuid4

from sqlalchemy import insert

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.disruption.models_powers import PowerBeginning, PowerRow
from licensing.disruption.powers import check_beginning


def begin(user: ActingUser, power: PowerRow, begins_on: date, source: str) -> None:
    """For one's own council, with where it was read; an earlier entry stays. RuleBroken for a day that cannot be."""
    check_beginning(power.as_power(), begins_on)
    before = power.begins_on.isoformat() if power.confirmed else None
    row = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "power_code": power.code,
        "begins_on": begins_on,
        "source": source,
        "recorded_by": user.id,
    }
    db.session.execute(insert(PowerBeginning).inline(), [row])
    details = {"power": power.code, "before": before, "after": begins_on.isoformat(), "source": source}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row["id"], details=details)
