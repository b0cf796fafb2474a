"""Who licenses a vehicle or a number: the answer of the licence locator, as it was given."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from licensing.driver_check.answers import Searched, plain, searched_from
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus


@dataclass(frozen=True)
class LicensedBy:
    """One licence, and whom to ask about it: never whose it is. A driver's has no number here."""

    authority: str
    contact: str
    kind: LicenceKind
    number: str | None
    status: LicenceStatus
    former: bool  # the number or registration was replaced by another since


@dataclass(frozen=True)
class NumberAnswer:
    """Which licences there are, and where was and was not searched."""

    searched: tuple[Searched, ...]
    not_searched: tuple[Searched, ...]
    licences: tuple[LicensedBy, ...]

    # Nobody was looked for, so there is no match to speak of.
    best_band = None

    def as_kept(self) -> dict[str, Any]:
        return plain(asdict(self))

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        return cls(
            searched=tuple(searched_from(one) for one in kept["searched"]),
            not_searched=tuple(searched_from(one) for one in kept["not_searched"]),
            licences=tuple(_licensed(one) for one in kept["licences"]),
        )


def _licensed(kept: dict[str, Any]) -> LicensedBy:
    return LicensedBy(**{**kept, "kind": LicenceKind(kept["kind"]), "status": LicenceStatus(kept["status"])})
