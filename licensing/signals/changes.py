"""What is done with signals: dismissed with a reason; and the thresholds that a council chooses for itself."""

from collections.abc import Collection
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.sealing import seal
from licensing.signals import queries, rules
from licensing.signals.models import SignalDismissal, SignalRule


def dismiss(user: ActingUser, signal_id: UUID, seen: Collection[str], reason: str) -> None:
    """Say why nothing follows from it, for one's own council. `seen` are the ids of the rows that were shown.

    Raises RuleBroken where something new is counted by now.
    """
    signal, dismissal_id = queries.signal(signal_id), uuid4()
    rules.check_still(signal, seen)
    row = {
        "id": dismissal_id,
        "authority_id": user.authority.id,
        "signal_id": signal_id,
        "code": signal.rule.code,
        "subject": signal.rule.subject,
        "row_ids": sorted(signal.row_ids),
        "reason_sealed": seal(SignalDismissal, "reason_sealed", dismissal_id, reason),
        "by_id": user.id,
    }
    db.session.execute(insert(SignalDismissal).inline(), [row])
    audit.record(Did.CHANGED, ObjectKind.SIGNAL, signal_id, details={"after": "dismissed", "rule": signal.rule.code})


def choose(user: ActingUser, code: str, threshold: int, *, in_use: bool) -> None:
    """From today on one's own council looks from this number on, or not at all. Raises RuleBroken."""
    rules.check_threshold(threshold)
    before = queries.rule_row(code)
    chosen = SignalRule(
        id=uuid4(),
        authority_id=user.authority.id,
        code=code,
        subject=before.subject,
        counted=before.counted,
        days=before.days,
        threshold=threshold,
        in_use=in_use,
        valid_from=dates.today(),
        recorded_by=user.id,
    )
    db.session.add(chosen)
    was = {"threshold": before.threshold, "in_use": before.in_use}
    details = {"rule": code, "before": was, "after": {"threshold": threshold, "in_use": in_use}}
    audit.record(Did.SETTINGS_CHANGED, ObjectKind.SIGNAL, chosen.id, details=details)
    db.session.flush()
