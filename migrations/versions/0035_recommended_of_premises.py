"""What can be recommended on the review of premises."""

from licensing.enum_checks import admit_also

revision: str = "0035"
down_revision: str | None = "0034"


def upgrade() -> None:
    for decision in ("modify_conditions", "exclude_activity", "remove_supervisor"):
        admit_also("recommendation", "decision", "decision_type", decision)
