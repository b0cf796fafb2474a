"""The words that councils write for the type and the status of a driver's licence."""

from __future__ import annotations

import re

from licensing.imports.values import NotUnderstood
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind

_NOT_LETTERS_OR_DIGITS = re.compile(r"[\W_]+")

_TYPES: dict[LicenceKind, tuple[str, ...]] = {
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
        "Granted", "In force", "Current", "Active", "Live", "Issued", "Valid", "Licensed",
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

_NO_SURRENDER = (
    "A driver's licence cannot be surrendered: the Local Government (Miscellaneous Provisions) Act "
    "1976 does not provide for it. It is recorded that the badge was returned"
)


def _key(words: str) -> str:
    return _NOT_LETTERS_OR_DIGITS.sub("", words).casefold()


_TYPE_OF = {_key(word): kind for kind, words in _TYPES.items() for word in (kind, *words)}
_STATUS_OF = {_key(word): status for status, words in _STATUSES.items() for word in (status, *words)}


def licence_kind(text: str) -> LicenceKind:
    """The type of licence that is meant. Raises NotUnderstood."""
    kind = _TYPE_OF.get(_key(text))
    if kind is None:
        raise NotUnderstood(
            "This is not a type of driver's licence: write hackney carriage driver, private hire driver or dual driver"
        )
    return kind


def licence_status(text: str) -> tuple[EventKind | None, str]:
    """What has happened to the licence and a warning or ""; None where blank. Raises
    NotUnderstood.
    """
    if not text:
        return None, ""
    status = _STATUS_OF.get(_key(text))
    if status is None:
        known = ", ".join(words[0].lower() for words in _STATUSES.values())
        raise NotUnderstood(f"This is not a status of a licence: write one of {known}")
    return status, _NO_SURRENDER if _key(text) == "surrendered" else ""
