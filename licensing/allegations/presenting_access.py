"""Who can see a case and who looked, in words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from licensing.allegations.models import CaseAccess
from licensing.allegations.queries import access as queries
from licensing.allegations.words_of_sharing import AccessKind, LookPurpose
from licensing.audit.models import RestrictedEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words, moment_in_words
from licensing.sealing import opened

# Of cases there are no PDFs; what is printed is a page.
_WHAT = {Action.PRINTED.value: "Opened a page to print"}


def who_can_see(
    officers: list[tuple[UUID, str]], found: list[CaseAccess], names: dict[UUID, str], now: datetime
) -> list[str]:
    """Who can see a case today: officers to whom it is not closed, whoever is named, a deputy in an emergency."""
    current = [one for one in found if not queries.is_over(one, now)]
    closed = {one.user_id for one in current if one.kind is AccessKind.CLOSED}
    seen = [f"{name}, designated officer" for user_id, name in officers if user_id not in closed]
    for one in current:
        if one.kind is not AccessKind.CLOSED and one.until_at:
            seen.append(f"{_name(one.user_id, names)}, {one.kind.label.lower()}, to {moment_in_words(one.until_at)}")
    return seen


def access_line(row: CaseAccess, names: dict[UUID, str], now: datetime) -> dict[str, Any]:
    """One access that was given, closed or taken, with its reason and how it ended."""
    told = [f"by {_name(row.given_by, names)}", moment_in_words(row.given_at)]
    if row.ended_at:
        told.append(f"ended on {moment_in_words(row.ended_at)} by {_name(row.ended_by, names)}")
    elif row.until_at:
        told.append(f"to {moment_in_words(row.until_at)}")
    reviewed = ""
    if row.reviewed_at:
        reviewed = f"Reviewed by {_name(row.reviewed_by, names)}: {opened(row, 'review_sealed')}"
    return {
        "id": row.id,
        "user_id": row.user_id,
        "who": _name(row.user_id, names),
        "kind": row.kind.label,
        "reason": opened(row, "reason_sealed"),
        "told": ", ".join(told),
        "reviewed": reviewed,
        "review_due": in_words(row.review_due_on) if row.review_due_on and not row.reviewed_at else "",
        "is_over": queries.is_over(row, now),
    }


def look_row(entry: RestrictedEntry) -> dict[str, str]:
    """One line of who looked: of the trail's own words, and of nothing that is written in a case."""
    kind = ObjectKind(entry.object_kind).label if entry.object_kind else "–"
    record = f"{kind} {str(entry.object_id)[:8]}" if entry.object_id else kind
    return {
        "at": moment_in_words(entry.at),
        "who": f"{entry.actor_name} ({entry.actor_authority})" if entry.actor_name else "Nobody signed in",
        "what": _WHAT.get(entry.action) or Action(entry.action).label,
        "record": record,
        "why": _purpose(entry.purpose),
    }


def _purpose(code: str | None) -> str:
    if not code:
        return "–"
    return LookPurpose(code).label if code in set(LookPurpose) else code.replace("_", " ").capitalize()


def _name(user_id: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(user_id, "A former user") if user_id else "Nobody"
