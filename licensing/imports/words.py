"""The words that councils write for the type and the status of a licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from licensing.imports.values import NotUnderstood
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import EventKind

Meaning = TypeVar("Meaning", bound=StrEnum)

_NOT_LETTERS_OR_DIGITS = re.compile(r"[\W_]+")


def key_of(words: str) -> str:
    """What is compared of some words: letters and digits."""
    return _NOT_LETTERS_OR_DIGITS.sub("", words).casefold()


class Vocabulary(Generic[Meaning]):
    """Several ways of writing each of a few meanings; a meaning's own value is one of them."""

    def __init__(self, words: Mapping[Meaning, tuple[str, ...]], refusal: str) -> None:
        self._meaning_of = {key_of(word): meaning for meaning, ways in words.items() for word in (meaning, *ways)}
        self._refusal = refusal

    def meaning(self, text: str) -> Meaning:
        """What is meant. Raises NotUnderstood."""
        meaning = self._meaning_of.get(key_of(text))
        if meaning is None:
            raise NotUnderstood(self._refusal)
        return meaning


_DRIVER_TYPES: dict[LicenceKind, tuple[str, ...]] = {
    LicenceKind.HACKNEY_CARRIAGE_DRIVER: (
        "Hackney carriage driver", "Hackney carriage", "Hackney", "Hackney driver", "HCD", "HC",
        "HD", "Taxi", "Taxi driver", "Hackney carriage driver's licence",
        "Hackney carriage driver licence", "Hackney carriage drivers",
    ),
    LicenceKind.PRIVATE_HIRE_DRIVER: (
        "Private hire driver", "Private hire", "PHD", "PH", "PH driver", "PHV driver", "Minicab",
        "Minicab driver", "Private hire vehicle driver", "Private hire driver's licence",
        "Private hire driver licence", "Private hire drivers",
    ),
    LicenceKind.DUAL_DRIVER: (
        "Dual driver (hackney carriage and private hire)",
        "Dual driver", "Dual", "Dual licence", "Dual badge", "Combined", "Combined driver", "Both",
        "Combined licence", "Combined badge", "HC/PH", "HCD/PHD", "HCPHD", "HC/PHD", "HC and PH",
        "Hackney carriage and private hire", "Hackney carriage & private hire",
        "Hackney carriage and private hire driver", "Hackney carriage/private hire",
        "Hackney carriage/private hire driver", "Private hire and hackney carriage",
        "Private hire/hackney carriage", "Taxi and private hire", "Taxi and private hire driver",
        "Dual (hackney carriage and private hire)", "Dual hackney carriage and private hire driver",
        "Dual driver (hackney carriage and private hire)",
    ),
}  # fmt: skip

_STATUSES: dict[EventKind, tuple[str, ...]] = {
    EventKind.GRANTED: (
        "Granted", "In force", "Current", "CUR", "Active", "Live", "Issued", "Valid", "Licensed",
        "Renewed",
    ),
    EventKind.EXPIRED: ("Expired", "Lapsed", "Not renewed"),
    EventKind.SUSPENDED: ("Suspended",),
    EventKind.REVOKED: ("Revoked",),
    EventKind.REFUSED: ("Refused", "Application refused", "Rejected"),
    EventKind.RENEWAL_REFUSED: ("Refused renewal", "Renewal refused", "Refusal to renew"),
    EventKind.WITHDRAWN: ("Withdrawn", "Application withdrawn"),
    EventKind.RECEIVED: ("Pending", "Application received", "Received", "Applied", "In progress"),
    EventKind.BADGE_RETURNED: ("Surrendered", "Badge returned", "Badge returned voluntarily"),
}  # fmt: skip

_ENDED_OTHERWISE = {
    EventKind.SURRENDERED: ("Surrendered",),
    EventKind.LAPSED: ("Lapsed",),
    EventKind.TRANSFERRED: ("Transferred",),
}

_NO_SURRENDER = (
    "A driver's licence cannot be surrendered: the Local Government (Miscellaneous Provisions) Act "
    "1976 does not provide for it. It is recorded that the badge was returned"
)
_NO_SURRENDER_OF_A_PLATE = "This licence does not end by surrender. It is recorded that the plate was returned"
_WITHOUT_SURRENDER = {Family.DRIVER: _NO_SURRENDER, Family.BADGE: _NO_SURRENDER}

DRIVER_TYPES = Vocabulary(
    _DRIVER_TYPES,
    "This is not a type of driver's licence: write hackney carriage driver, private hire driver or dual driver",
)
_REFUSAL = "This is not a status of a licence: write one of " + ", ".join(
    words[0].lower() for words in _STATUSES.values()
)
_STATUS = Vocabulary(_STATUSES, _REFUSAL)
# Surrender and lapse are a way to end for these alone (Licensing Act 2003 s.27, s.28, s.81, s.116).
_STATUS_OF_PREMISES = Vocabulary(
    {
        **{
            kind: tuple(word for word in words if key_of(word) not in ("lapsed", "surrendered"))
            for kind, words in _STATUSES.items()
        },
        **_ENDED_OTHERWISE,
    },
    _REFUSAL + ", surrendered, lapsed, transferred",
)
_ENDS_BY_SURRENDER = frozenset({Family.PREMISES, Family.PERSONAL, Family.OTHER})


def licence_kind(text: str) -> LicenceKind:
    """The type of driver's licence that is meant. Raises NotUnderstood."""
    return DRIVER_TYPES.meaning(text)


def licence_status(text: str, family: Family = Family.DRIVER) -> tuple[EventKind | None, str]:
    """What has happened to a licence of this family and a warning or ""; None where blank. Raises
    NotUnderstood.
    """
    if not text:
        return None, ""
    if family in _ENDS_BY_SURRENDER:
        return _STATUS_OF_PREMISES.meaning(text), ""
    status = _STATUS.meaning(text)
    if key_of(text) != "surrendered":
        return status, ""
    return status, _WITHOUT_SURRENDER.get(family, _NO_SURRENDER_OF_A_PLATE)
