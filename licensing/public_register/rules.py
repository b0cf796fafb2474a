"""The public registers: which kinds each has, by which law, and the columns that may be shown of them.

The columns are a whitelist. Never: date of birth, a driver's home address, National Insurance number, checks of
criminal records, medical matters, training, complaints, or why a licence is not in force.

What is on a register: every licence that was granted and has not ended. One that is suspended, or has not begun, is
there as "not in force"; one under a revocation that has not taken effect is in force still. One that has ended, by
whatever way, leaves the list on the day after: the statutes ask for a record of the licences there are, and a list of
former ones would tell who lost theirs. Applications, and with them refusals, are no licences and are never there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from licensing.errors import RuleBroken
from licensing.register.catalogue import CATALOGUE, LicenceKind

# What one address may ask for in fifteen minutes: a page is one unit, a search five, a register as a file thirty.
UNITS_ALLOWED, WINDOW_SECONDS = 600, 900
PAGE_UNITS, SEARCH_UNITS, FILE_UNITS = 1, 5, 30
# How long a copy may be kept by whoever fetched it, in seconds.
KEPT_FOR = 300


class PublicRegister(StrEnum):
    """A register that an authority may publish; the value stands in its address."""

    PRIVATE_HIRE_DRIVERS = "private-hire-drivers"
    PRIVATE_HIRE_VEHICLES = "private-hire-vehicles"
    PRIVATE_HIRE_OPERATORS = "private-hire-operators"
    HACKNEY_CARRIAGES = "hackney-carriages"
    PREMISES_LICENCES = "premises-licences"
    CLUB_PREMISES_CERTIFICATES = "club-premises-certificates"
    PERSONAL_LICENCES = "personal-licences"
    HMO_LICENCES = "hmo-licences"

    @property
    def label(self) -> str:
        return REGISTERS[self].label

    @property
    def function(self) -> str:
        """The function of the database that answers for it."""
        return f"public_{self.replace('-', '_')}"


@dataclass(frozen=True)
class Column:
    """What is shown of a licence under this key, in pages and files alike."""

    key: str
    text: str


@dataclass(frozen=True)
class Register:
    """A register's name, the law that makes it public, the kinds of licence on it, and its columns in order."""

    label: str
    law: str
    kinds: tuple[LicenceKind, ...]
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)


_NUMBER, _HOLDER = Column("number", "Licence number"), Column("holder", "Holder")
_PROPRIETOR = Column("holder", "Proprietor")
_VEHICLE = (Column("plate", "Plate"), Column("registration", "Registration"))
_PREMISES = (Column("premises", "Premises"), Column("address", "Address"))
_TERM = (
    Column("granted_on", "Granted"),
    Column("starts_on", "From"),
    Column("expires_on", "Until"),
    Column("in_force", "Status"),
)

# The particulars: 1976 Act s.51(3) names holder, date, period and number, and its registers of vehicles and operators
# are kept alike; the 1847 Act s.42 adds a proprietor's abode, which is left out for individuals unless the authority
# chooses. Of premises, the Licensing Act 2003 s.8 has a record of each licence: holder, place, and what it allows. The
# designated supervisor is not among the particulars published: nothing in s.8 asks for the name by itself. The
# Housing Act 2004 s.232 names the holder, the manager and the house. Gambling premises have a register too (2005 Act
# s.156), whose prescribed particulars are not modelled here, so it is not offered.
REGISTERS = {
    PublicRegister.PRIVATE_HIRE_DRIVERS: Register(
        "Private hire drivers",
        CATALOGUE[LicenceKind.PRIVATE_HIRE_DRIVER].register_law,
        (LicenceKind.PRIVATE_HIRE_DRIVER, LicenceKind.DUAL_DRIVER),
        (_NUMBER, _HOLDER, *_TERM),
    ),
    PublicRegister.PRIVATE_HIRE_VEHICLES: Register(
        "Private hire vehicles",
        CATALOGUE[LicenceKind.PRIVATE_HIRE_VEHICLE].register_law,
        (LicenceKind.PRIVATE_HIRE_VEHICLE,),
        (_NUMBER, *_VEHICLE, _PROPRIETOR, *_TERM),
    ),
    PublicRegister.PRIVATE_HIRE_OPERATORS: Register(
        "Private hire operators",
        CATALOGUE[LicenceKind.PRIVATE_HIRE_OPERATOR].register_law,
        (LicenceKind.PRIVATE_HIRE_OPERATOR,),
        (_NUMBER, _HOLDER, *_TERM),
    ),
    PublicRegister.HACKNEY_CARRIAGES: Register(
        "Hackney carriages",
        CATALOGUE[LicenceKind.HACKNEY_CARRIAGE_VEHICLE].register_law,
        (LicenceKind.HACKNEY_CARRIAGE_VEHICLE,),
        (_NUMBER, *_VEHICLE, _PROPRIETOR, Column("holder_address", "Proprietor’s address"), *_TERM),
    ),
    PublicRegister.PREMISES_LICENCES: Register(
        "Premises licences",
        CATALOGUE[LicenceKind.PREMISES_LICENCE].register_law,
        (LicenceKind.PREMISES_LICENCE,),
        (_NUMBER, *_PREMISES, _HOLDER, Column("activities", "Activities"), *_TERM),
    ),
    PublicRegister.CLUB_PREMISES_CERTIFICATES: Register(
        "Club premises certificates",
        CATALOGUE[LicenceKind.CLUB_PREMISES_CERTIFICATE].register_law,
        (LicenceKind.CLUB_PREMISES_CERTIFICATE,),
        (Column("number", "Certificate number"), *_PREMISES, _HOLDER, Column("activities", "Activities"), *_TERM),
    ),
    PublicRegister.PERSONAL_LICENCES: Register(
        "Personal licences",
        CATALOGUE[LicenceKind.PERSONAL_LICENCE].register_law,
        (LicenceKind.PERSONAL_LICENCE,),
        (_NUMBER, _HOLDER, *_TERM),
    ),
    PublicRegister.HMO_LICENCES: Register(
        "Houses in multiple occupation",
        CATALOGUE[LicenceKind.HMO_LICENCE].register_law,
        (LicenceKind.HMO_LICENCE,),
        (_NUMBER, *_PREMISES, _HOLDER, Column("manager", "Manager"), *_TERM),
    ),
}


@dataclass(frozen=True)
class Choices:
    """What an authority has chosen to publish: registers, and of individuals their registrations and addresses."""

    published: frozenset[PublicRegister] = frozenset()
    individuals_marks: bool = False
    individuals_addresses: bool = False


def registers_of(kinds_issued: Iterable[LicenceKind]) -> tuple[PublicRegister, ...]:
    """The registers that an authority which issues these kinds has to publish."""
    issued = set(kinds_issued)
    return tuple(register for register in PublicRegister if issued & set(REGISTERS[register].kinds))


def check_choices(chosen: Choices, kinds_issued: Sequence[LicenceKind]) -> None:
    """RuleBroken unless every register chosen is one of licences that the authority issues."""
    if chosen.published - set(registers_of(kinds_issued)):
        raise RuleBroken("Your council does not issue the licences of a register you chose", "published")
