"""A row that is not accepted: where, what and why, without giving an identifier away."""

from __future__ import annotations

from dataclasses import dataclass, field

IDENTIFIERS = frozenset(
    {"source_id", "nino", "driving_licence_no", "licence_no", "badge_no", "plate_no", "vrm", "certificate_no"}
)

_SHOWN = 3
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Rejection:
    """One of the reasons for which a row is not accepted. An identifier's `value` is masked.

    `spoke_of` is the row's own key and licence number, never shown: what a file speaks of wrongly is
    not missing from it.
    """

    row: int
    column: str
    value: str
    reason: str
    spoke_of: tuple[str, str] = field(default=("", ""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of a kind that was not asked for: neither accepted nor rejected."""

    row: int


def reject(row: int, column: str, value: str, reason: str, spoke_of: tuple[str, str] = ("", "")) -> Rejection:
    """A rejection that can be shown and kept: identifiers masked, long values cut."""
    if column in IDENTIFIERS:
        value = masked(value)
    return Rejection(row, column, value[:_LONGEST], reason, spoke_of)


def masked(identifier: str) -> str:
    """Its last three characters, or none where three would be half of it or more."""
    if not identifier:
        return ""
    return "***" + (identifier[-_SHOWN:] if len(identifier) > 2 * _SHOWN else "")
