"""The kinds of authorisation: which law, who issues, how long at most, and whether it is a licence at all."""

from dataclasses import dataclass
from enum import StrEnum


class LicenceKind(StrEnum):
    """A driver's licence, held by one person and issued by one authority."""

    HACKNEY_CARRIAGE_DRIVER = "hackney_carriage_driver"
    PRIVATE_HIRE_DRIVER = "private_hire_driver"
    DUAL_DRIVER = "dual_driver"

    @property
    def label(self) -> str:
        return CATALOGUE[self].name


@dataclass(frozen=True)
class AuthorisationType:
    """One row of the catalogue. `longest_months` is the standard term; shorter needs a reason in the case."""

    code: str
    name: str
    law: str
    issued_by: str
    longest_months: int
    is_licence: bool


_DISTRICT = "district or unitary council"
# LGMPA 1976 s.53, as amended by the Deregulation Act 2015 s.10: three years is the standard term.
_THREE_YEARS = 36

CATALOGUE = {
    LicenceKind.HACKNEY_CARRIAGE_DRIVER: AuthorisationType(
        "HCD",
        "Hackney carriage driver",
        "Town Police Clauses Act 1847 s.46; Local Government (Miscellaneous Provisions) Act 1976 s.53, s.59",
        _DISTRICT,
        _THREE_YEARS,
        True,
    ),
    LicenceKind.PRIVATE_HIRE_DRIVER: AuthorisationType(
        "PHD",
        "Private hire driver",
        "Local Government (Miscellaneous Provisions) Act 1976 s.51, s.53",
        _DISTRICT,
        _THREE_YEARS,
        True,
    ),
    LicenceKind.DUAL_DRIVER: AuthorisationType(
        "DUAL",
        "Dual driver (hackney carriage and private hire)",
        "One document for both licences, by the council's policy; the laws are those of each",
        _DISTRICT,
        _THREE_YEARS,
        True,
    ),
}


class PremisesKind(StrEnum):
    """What a place is. A guesthouse needs no licence of its own in England: its obligations are separate."""

    HOTEL_OR_GUESTHOUSE = "hotel_or_guesthouse"  # the food register does not tell hotels and guesthouses apart
    HOTEL = "hotel"
    GUESTHOUSE = "guesthouse"
    BED_AND_BREAKFAST = "bed_and_breakfast"
    SHORT_LET = "short_let"
    PUB = "pub"
    TAKEAWAY = "takeaway"
    RESTAURANT = "restaurant"
    SHOP = "shop"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _PREMISES_LABELS.get(self, self.replace("_", " ").capitalize())

    @property
    def takes_guests(self) -> bool:
        return self in _TAKES_GUESTS


_PREMISES_LABELS = {
    PremisesKind.HOTEL_OR_GUESTHOUSE: "Hotel, bed and breakfast or guesthouse",
    PremisesKind.PUB: "Pub, bar or nightclub",
    PremisesKind.RESTAURANT: "Restaurant or café",
    PremisesKind.BED_AND_BREAKFAST: "Bed and breakfast",
}
_TAKES_GUESTS = frozenset(
    {
        PremisesKind.HOTEL_OR_GUESTHOUSE,
        PremisesKind.HOTEL,
        PremisesKind.GUESTHOUSE,
        PremisesKind.BED_AND_BREAKFAST,
        PremisesKind.SHORT_LET,
    }
)
