"""Decisions: what was decided about a licence, by whom, on what; its notice, service, appeals and reviews."""

from licensing.enum_checks import admit

revision: str = "0025"
down_revision: str | None = "0024"

EVENT_KINDS = (
    "received",
    "rejected_incomplete",
    "granted",
    "renewed",
    "refused",
    "renewal_refused",
    "withdrawn",
    "suspended",
    "suspension_ended",
    "revoked",
    "reinstated_by_court",
    "appealed",
    "appeal_dismissed",
    "appeal_withdrawn",
    "found_unfit",
    "badge_returned",
    "expired",
    "varied",
    "transferred",
    "surrendered",
    "lapsed",
    "interim_authority_given",
    "fee_suspended",
    "fee_paid",
    "leave_recorded",
    "died",
    "voided",
)


def upgrade() -> None:
    admit("licence_event", "kind", "event_kind", EVENT_KINDS)
