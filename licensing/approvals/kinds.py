"""The kinds of proposal, and the registry of what is done when one is approved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from licensing.permissions import Permission

if TYPE_CHECKING:
    from licensing.approvals.models import Proposal


class ProposalKind(StrEnum):
    """What a second person is asked for."""

    ROLE_GRANT = "role_grant"
    SECOND_FACTOR_RESET = "second_factor_reset"
    MERGE = "merge"
    UNMERGE = "unmerge"
    CROSS_MERGE = "cross_merge"
    CROSS_UNMERGE = "cross_unmerge"
    CORRECTION = "correction"
    VOID = "void"
    PURGE = "purge"
    EXPORT = "export"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ProposalKind.ROLE_GRANT: "Give a role",
    ProposalKind.SECOND_FACTOR_RESET: "Reset an authenticator",
    ProposalKind.MERGE: "Merge two records",
    ProposalKind.UNMERGE: "Undo a merge",
    ProposalKind.CROSS_MERGE: "Link records of two councils",
    ProposalKind.CROSS_UNMERGE: "End a link of two councils’ records",
    ProposalKind.CORRECTION: "Correct a record",
    ProposalKind.VOID: "Declare a licence void",
    ProposalKind.PURGE: "Remove records",
    ProposalKind.EXPORT: "Download many records",
}


class Shown(NamedTuple):
    """What a decider reads of a proposal: a title, rows of (words, value), and the record's address, or ''."""

    title: str
    rows: Sequence[tuple[str, object]]
    link: str = ""


CarriesOut: TypeAlias = "Callable[[Proposal], None]"
Shows: TypeAlias = "Callable[[Proposal], Shown]"


@dataclass(frozen=True)
class Registered:
    """How a kind is decided and done."""

    approver: Permission
    carry_out: CarriesOut
    shows: Shows


_registry: dict[ProposalKind, Registered] = {}


def carries_out(kind: ProposalKind, *, approver: Permission, shows: Shows) -> Callable[[CarriesOut], CarriesOut]:
    """Declares what is done when the last approval of a kind is given, in the same transaction.

    The function raises RuleBroken where the record changed since, and the proposal stays open. `approver` is who
    decides; the database's own word for it, `approving_permission`, must be the same.
    """

    def declare(function: CarriesOut) -> CarriesOut:
        if kind in _registry:
            raise RuntimeError(f"{kind} is carried out in two places")
        _registry[kind] = Registered(approver, function, shows)
        return function

    return declare


def registered(kind: ProposalKind) -> Registered:
    """How this kind is decided and done. Raises KeyError where no feature says."""
    return _registry[kind]


def registered_kinds() -> dict[ProposalKind, Registered]:
    """Every kind that some feature carries out."""
    return dict(_registry)
