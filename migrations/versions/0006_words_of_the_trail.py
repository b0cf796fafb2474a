"""The audit trail's words for corrections, merges, approvals, accounts, tasks and jobs."""

from licensing.enum_checks import admit

revision: str = "0006"
down_revision: str | None = "0005"

ACTIONS = (
    "signed_in",
    "signed_out",
    "sign_in_refused",
    "user_invited",
    "invitation_accepted",
    "command_started",
    "looked",
    "listed",
    "searched",
    "refused",
    "added",
    "changed",
    "checked",
    "disclosed",
    "printed",
    "exported",
    "import_staged",
    "import_applied",
    "import_undone",
    "corrected",
    "merged",
    "unmerged",
    "linked",
    "unlinked",
    "judged",
    "proposed",
    "approved",
    "proposal_refused",
    "proposal_withdrawn",
    "role_granted",
    "role_ended",
    "user_suspended",
    "user_reinstated",
    "user_closed",
    "password_changed",
    "password_reset_sent",
    "second_factor_reset",
    "recovery_codes_made",
    "recovery_code_used",
    "session_ended",
    "stepped_up",
    "access_reviewed",
    "settings_changed",
    "keys_rotated",
    "job_retried",
    "purged",
)
OBJECT_KINDS = (
    "user",
    "authority",
    "person",
    "licence",
    "premises",
    "organisation",
    "vehicle",
    "merge",
    "link",
    "proposal",
    "task",
    "job",
    "driver_check",
    "import",
    "audit",
    "page",
)


def upgrade() -> None:
    admit("audit_entry", "action", "action", ACTIONS)
    admit("audit_entry", "object_kind", "object_kind", OBJECT_KINDS)
