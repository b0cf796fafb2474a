"""The kinds of authorisation: which law, who issues, how long at most, and whether it is a licence at all."""

from dataclasses import dataclass
from enum import StrEnum

from licensing.accounts.rules import Function


class Family(StrEnum):
    """Authorisations that live and end by the same rules (life_cycle.py)."""

    DRIVER = "driver"
    VEHICLE = "vehicle"
    OPERATOR = "operator"
    BADGE = "badge"
    PREMISES = "premises"
    PERSONAL = "personal"
    HMO = "hmo"
    REGISTRATION = "registration"
    OTHER = "other"


class Held(StrEnum):
    """What an authorisation is for, besides whoever holds it."""

    PERSON = "person"  # only an individual holds it, and it is for them
    HOLDER = "holder"  # an individual or an organisation holds it, and it is for what they do
    VEHICLE = "vehicle"
    PREMISES = "premises"


class LicenceKind(StrEnum):
    """A licence or another authorisation, issued by one authority."""

    HACKNEY_CARRIAGE_DRIVER = "hackney_carriage_driver"
    PRIVATE_HIRE_DRIVER = "private_hire_driver"
    DUAL_DRIVER = "dual_driver"
    HACKNEY_CARRIAGE_VEHICLE = "hackney_carriage_vehicle"
    PRIVATE_HIRE_VEHICLE = "private_hire_vehicle"
    PRIVATE_HIRE_OPERATOR = "private_hire_operator"
    COUNTY_TRANSPORT_BADGE = "county_transport_badge"
    PREMISES_LICENCE = "premises_licence"
    CLUB_PREMISES_CERTIFICATE = "club_premises_certificate"
    PERSONAL_LICENCE = "personal_licence"
    HMO_LICENCE = "hmo_licence"
    FOOD_REGISTRATION = "food_registration"
    GAMBLING_PREMISES = "gambling_premises"
    SEXUAL_ENTERTAINMENT_VENUE = "sexual_entertainment_venue"
    STREET_TRADING = "street_trading"

    @property
    def label(self) -> str:
        return CATALOGUE[self].name

    @property
    def family(self) -> Family:
        return CATALOGUE[self].family

    @property
    def held(self) -> Held:
        return CATALOGUE[self].held

    @property
    def has_term(self) -> bool:
        """Whether it ends by itself on a last day; False where it lasts until it is ended."""
        return CATALOGUE[self].longest_months is not None

    @property
    def entitlements(self) -> tuple["LicenceKind", ...]:
        """The licences that one document stands for; each can end alone."""
        return DUAL_ENTITLEMENTS if self is LicenceKind.DUAL_DRIVER else ()

    @property
    def number_label(self) -> str:
        """What the number on the badge or plate is called; empty where there is neither."""
        return _NUMBERS_SHOWN.get(self.family, "")


DUAL_ENTITLEMENTS = (LicenceKind.HACKNEY_CARRIAGE_DRIVER, LicenceKind.PRIVATE_HIRE_DRIVER)
_NUMBERS_SHOWN = {Family.DRIVER: "Badge number", Family.BADGE: "Badge number", Family.VEHICLE: "Plate number"}


@dataclass(frozen=True)
class AuthorisationType:
    """One row of the catalogue.

    `longest_months` is the standard or longest term, None where it lasts until it is ended; `issued_by` the function
    of the authority that issues it; `register_law` the duty to keep a public register, empty where there is none.
    """

    code: str
    name: str
    law: str
    issued_by: Function
    family: Family
    held: Held
    longest_months: int | None
    is_licence: bool = True
    register_law: str = ""


_LGMPA = "Local Government (Miscellaneous Provisions) Act 1976"
_LA2003 = "Licensing Act 2003"
_TAXI = Function.DRIVER_LICENSING
_PLACES = Function.PREMISES_LICENSING
# LGMPA 1976 s.53 and s.55, as amended by the Deregulation Act 2015 s.10: standard terms of three and five years.
_THREE_YEARS, _FIVE_YEARS, _ONE_YEAR = 36, 60, 12

CATALOGUE = {
    LicenceKind.HACKNEY_CARRIAGE_DRIVER: AuthorisationType(
        "HCD",
        "Hackney carriage driver",
        f"Town Police Clauses Act 1847 s.46; {_LGMPA} s.53, s.59",
        _TAXI,
        Family.DRIVER,
        Held.PERSON,
        _THREE_YEARS,
    ),
    LicenceKind.PRIVATE_HIRE_DRIVER: AuthorisationType(
        "PHD",
        "Private hire driver",
        f"{_LGMPA} s.51, s.53",
        _TAXI,
        Family.DRIVER,
        Held.PERSON,
        _THREE_YEARS,
        register_law=f"{_LGMPA} s.51(3)",
    ),
    LicenceKind.DUAL_DRIVER: AuthorisationType(
        "DUAL",
        "Dual driver (hackney carriage and private hire)",
        "One document for both licences, by the council's policy; the laws are those of each",
        _TAXI,
        Family.DRIVER,
        Held.PERSON,
        _THREE_YEARS,
        register_law=f"{_LGMPA} s.51(3)",
    ),
    LicenceKind.HACKNEY_CARRIAGE_VEHICLE: AuthorisationType(
        "HCV",
        "Hackney carriage vehicle",
        f"Town Police Clauses Act 1847 s.37, s.40, s.43; {_LGMPA} s.47",
        _TAXI,
        Family.VEHICLE,
        Held.VEHICLE,
        _ONE_YEAR,
        register_law="Town Police Clauses Act 1847 s.42",
    ),
    LicenceKind.PRIVATE_HIRE_VEHICLE: AuthorisationType(
        "PHV",
        "Private hire vehicle",
        f"{_LGMPA} s.48",
        _TAXI,
        Family.VEHICLE,
        Held.VEHICLE,
        _ONE_YEAR,
        register_law=f"{_LGMPA} s.48",
    ),
    LicenceKind.PRIVATE_HIRE_OPERATOR: AuthorisationType(
        "PHO",
        "Private hire operator",
        f"{_LGMPA} s.55",
        _TAXI,
        Family.OPERATOR,
        Held.HOLDER,
        _FIVE_YEARS,
        register_law=f"{_LGMPA} s.55",
    ),
    LicenceKind.COUNTY_TRANSPORT_BADGE: AuthorisationType(
        "OCCB",
        "County transport badge",
        "The county council's own arrangement for school transport; no statute, and not a licence",
        Function.SCHOOL_TRANSPORT,
        Family.BADGE,
        Held.PERSON,
        None,
        is_licence=False,
    ),
    LicenceKind.PREMISES_LICENCE: AuthorisationType(
        "PREM",
        "Premises licence",
        f"{_LA2003} Part 3",
        _PLACES,
        Family.PREMISES,
        Held.PREMISES,
        None,
        register_law=f"{_LA2003} s.8",
    ),
    LicenceKind.CLUB_PREMISES_CERTIFICATE: AuthorisationType(
        "CLUB",
        "Club premises certificate",
        f"{_LA2003} Part 4",
        _PLACES,
        Family.PREMISES,
        Held.PREMISES,
        None,
        register_law=f"{_LA2003} s.8",
    ),
    LicenceKind.PERSONAL_LICENCE: AuthorisationType(
        "PERS",
        "Personal licence",
        f"{_LA2003} Part 6",
        _PLACES,
        Family.PERSONAL,
        Held.PERSON,
        None,
        register_law=f"{_LA2003} s.8",
    ),
    LicenceKind.HMO_LICENCE: AuthorisationType(
        "HMO",
        "House in multiple occupation (HMO) licence",
        "Housing Act 2004 Part 2",
        Function.ENVIRONMENTAL_HEALTH,
        Family.HMO,
        Held.PREMISES,
        _FIVE_YEARS,
        register_law="Housing Act 2004 s.232",
    ),
    LicenceKind.FOOD_REGISTRATION: AuthorisationType(
        "FOOD",
        "Food business registration",
        "Retained Regulation (EC) 852/2004 article 6: a registration, never refused, without an end",
        Function.ENVIRONMENTAL_HEALTH,
        Family.REGISTRATION,
        Held.PREMISES,
        None,
        is_licence=False,
    ),
    LicenceKind.GAMBLING_PREMISES: AuthorisationType(
        "GAMB",
        "Gambling premises licence",
        "Gambling Act 2005 Part 8",
        _PLACES,
        Family.OTHER,
        Held.PREMISES,
        None,
        register_law="Gambling Act 2005 s.156",
    ),
    LicenceKind.SEXUAL_ENTERTAINMENT_VENUE: AuthorisationType(
        "SEV",
        "Sexual entertainment venue licence",
        "Local Government (Miscellaneous Provisions) Act 1982 Schedule 3",
        _PLACES,
        Family.OTHER,
        Held.PREMISES,
        _ONE_YEAR,
    ),
    LicenceKind.STREET_TRADING: AuthorisationType(
        "STREET",
        "Street trading licence or consent",
        "Local Government (Miscellaneous Provisions) Act 1982 Schedule 4",
        _PLACES,
        Family.OTHER,
        Held.HOLDER,
        _ONE_YEAR,
    ),
}


def kinds_held(held: Held) -> tuple[LicenceKind, ...]:
    """The kinds that are for a thing of this sort, in the order of the catalogue."""
    return tuple(kind for kind in LicenceKind if kind.held is held)


def kinds_of(*families: Family) -> tuple[LicenceKind, ...]:
    return tuple(kind for kind in LicenceKind if kind.family in families)


DRIVER_KINDS = kinds_of(Family.DRIVER)
