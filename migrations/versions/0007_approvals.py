"""Approvals: what one person proposes and another decides."""

revision: str = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    pass
