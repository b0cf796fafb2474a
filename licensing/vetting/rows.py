"""From the details of a check to its row, and back: one way for forms, files and samples."""

from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.sealing import opened, sealed
from licensing.vetting.details import CheckDetails
from licensing.vetting.models import VettingCheck

_SAME = (
    "kind",
    "result",
    "checked_on",
    "expires_on",
    "issued_on",
    "level",
    "barred_lists",
    "update_service",
    "learnt_by",
    "leave_extended",
    "abroad_from",
    "abroad_until",
)


def check_row(user: ActingUser, person_id: UUID, given: CheckDetails) -> dict[str, Any]:
    """A new row for `VettingCheck(**row)` or `insert_many`: numbers and reasons sealed with its id."""
    row_id = uuid4()
    return {
        "id": row_id,
        "authority_id": user.authority.id,
        "person_id": person_id,
        **{name: getattr(given, name) for name in _SAME},
        "country": given.country or None,
        "certificate_sealed": sealed(VettingCheck, "certificate_sealed", row_id, given.certificate_no),
        "reason_sealed": sealed(VettingCheck, "reason_sealed", row_id, given.reason),
        "supersedes_id": None,
        "correction_sealed": None,
        "recorded_by": user.id,
    }


def details_of(row: VettingCheck) -> CheckDetails:
    """What a row says, its numbers and reason opened."""
    return CheckDetails(
        **{name: getattr(row, name) for name in _SAME},
        country=row.country or "",
        certificate_no=opened(row, "certificate_sealed"),
        reason=opened(row, "reason_sealed"),
    )
