"""From the details of a check to its row, and back: one way for forms, files and samples."""

from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.keys import FieldKeys
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
_TABLE = VettingCheck.__tablename__


def check_row(user: ActingUser, person_id: UUID, given: CheckDetails, keys: FieldKeys) -> dict[str, Any]:
    """A new row for `VettingCheck(**row)` or `insert_many`: numbers and reasons sealed with its id."""
    row_id = uuid4()

    def sealed(column: str, text: str) -> bytes | None:
        return keys.seal(text.encode(), _TABLE, column, row_id) if text else None

    return {
        "id": row_id,
        "authority_id": user.authority.id,
        "person_id": person_id,
        **{name: getattr(given, name) for name in _SAME},
        "country": given.country or None,
        "certificate_sealed": sealed("certificate_sealed", given.certificate_no),
        "reason_sealed": sealed("reason_sealed", given.reason),
        "supersedes_id": None,
        "correction_sealed": None,
        "recorded_by": user.id,
    }


def details_of(row: VettingCheck, keys: FieldKeys) -> CheckDetails:
    """What a row says, its numbers and reason opened."""
    return CheckDetails(
        **{name: getattr(row, name) for name in _SAME},
        country=row.country or "",
        certificate_no=opened(row, "certificate_sealed", keys),
        reason=opened(row, "reason_sealed", keys),
    )


def opened(row: VettingCheck, column: str, keys: FieldKeys) -> str:
    """The text of a sealed column, "" where there is none."""
    value = getattr(row, column)
    return keys.open(value, _TABLE, column, row.id).decode() if value else ""
