"""What vetting does in the background."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import text

from licensing import dates, jobs
from licensing.db import db
from licensing.register.catalogue import Family, LicenceKind
from licensing.vetting import rules
from licensing.vetting.rules import CheckKind, LengthUnit, Policy, Requirement

_POLICIES = text("SELECT * FROM vetting_policies_to_watch(:check)")


@jobs.task("watch_vetting", "Open tasks for DBS checks that are due", for_asker=False, once=True, cron="10 4 * * *")
def watch_vetting() -> None:
    """Ask every council's officers for the DBS status of holders for whom it is due. No licence changes by it."""
    today = dates.today()
    rules_in_force = json.dumps(list(_rules_in_force(today)))
    db.session.execute(
        text("CALL watch_vetting(:day, CAST(:rules AS jsonb), NULL)"), {"day": today, "rules": rules_in_force}
    )


def _rules_in_force(day: date) -> Iterator[dict[str, Any]]:
    """For each council and kind of licence whose holders are asked for a DBS status: how long one is good for."""
    found = db.session.execute(_POLICIES, {"check": CheckKind.DBS_STATUS})
    for council, rows in groupby(found, lambda row: row.council):
        policies = [_policy(row) for row in rows]
        for kind in LicenceKind:
            if rule := rules.policy_in_force(policies, kind, CheckKind.DBS_STATUS, day):
                good_for = f"{rule.length} {rule.unit}" if rule.length else None
                said = {"council": str(council), "licence": kind, "unless_driver": rule.unless_driver}
                yield said | {"good_for": good_for}


def _policy(row: Any) -> Policy:
    return Policy(
        CheckKind.DBS_STATUS,
        Family(row.family),
        Requirement(row.requirement),
        row.valid_from,
        source="",
        verified=False,
        licence_kind=LicenceKind(row.licence_kind) if row.licence_kind else None,
        length=row.length,
        unit=LengthUnit(row.unit) if row.unit else None,
        unless_driver=row.unless_driver,
        is_own=row.is_own,
    )
