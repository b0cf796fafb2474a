"""A row that is not accepted: where, what and why, without giving an identifier away."""

from __future__ import annotations

from dataclasses import dataclass

IDENTIFIERS = frozenset({"source_id", "nino", "driving_licence_no", "licence_no", "badge_no", "vrm"})

_SHOWN = 3
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Rejection:
    """One of the reasons for which a row is not accepted. An identifier's `value` is masked."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of a kind that was not asked for: neither accepted nor rejected."""

    row: int


def reject(row: int, column: str, value: str, reason: str) -> Rejection:
    """A rejection that can be shown and kept: identifiers masked, long values cut."""
    if column in IDENTIFIERS:
        value = masked(value)
    return Rejection(row, column, value[:_LONGEST], reason)


def masked(identifier: str) -> str:
    """Its last three characters, or none where three would be half of it or more."""
    if not identifier:
        return ""
    return "***" + (identifier[-_SHOWN:] if len(identifier) > 2 * _SHOWN else "")
