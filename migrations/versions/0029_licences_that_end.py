"""How long ahead a council lists the licences that end, and those that end with their holder's leave."""

from licensing.enum_checks import admit_also

revision: str = "0029"
down_revision: str | None = "0028"


def upgrade() -> None:
    for table in ("clock", "clock_rule"):
        for code in ("LICENCE_ENDING", "LEAVE_ENDING"):
            admit_also(table, "code", "clock_code", code)
