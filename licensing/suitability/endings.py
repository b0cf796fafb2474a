"""How a licence ends by itself, where nobody does anything."""

from enum import StrEnum

from licensing.register.events import LicenceStatus


class EndsWith(StrEnum):
    """What a licence ends with (1976 Act s.53 for the term, s.53A and s.55ZA for leave)."""

    TERM = "term"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        return {"term": "Term ends", "leave": "Leave to work ends"}[self]

    @property
    def leads_to(self) -> LicenceStatus:
        return {"term": LicenceStatus.EXPIRED, "leave": LicenceStatus.CEASED_IMMIGRATION}[self]
