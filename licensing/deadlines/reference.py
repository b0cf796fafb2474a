"""The national clocks as this version has them, written by `flask setup`; what councils chose stands untouched."""

import dataclasses
from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licensing.deadlines.catalogue import national_rules
from licensing.deadlines.models import ClockRuleRow
from licensing.deadlines.rules import ClockRule


def write(session: Session) -> None:
    """Add the rules that are missing, and bring the others to what they are now."""
    fields = [field.name for field in dataclasses.fields(ClockRule)]
    rows = [{"id": uuid4(), **{name: getattr(rule, name) for name in fields}} for rule in national_rules()]
    written = insert(ClockRuleRow)
    kept = {name: written.excluded[name] for name in fields}
    constraint = "uq_clock_rule_authority_id_code_valid_from"
    session.execute(written.on_conflict_do_update(constraint=constraint, set_=kept), rows)
