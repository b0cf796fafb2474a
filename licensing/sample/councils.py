"""The six councils as the samples know them: contact details, shares of the holders, ways of numbering."""

from dataclasses import dataclass
from enum import StrEnum

from licensing.register.catalogue import LicenceKind

_HUNDRED = 100
_HOLDERS_TO_A_BADGE, _HOLDERS_TO_A_PLACE = 25, 5
# More than any council has at the largest scale, so that no two councils' numbers meet.
NUMBERS_EACH = 200_000
# Marks a person as a sample in the database: no council's own system writes keys like it.
SOURCE_PREFIX = "SAMPLE-"


class Scale(StrEnum):
    """How many holders the five districts have together. Every smaller scale's people are among a larger one's."""

    SMALL = "small"
    COUNTY = "county"
    NATIONAL = "national"

    @property
    def holders(self) -> int:
        return _HOLDERS[self]


_HOLDERS = {Scale.SMALL: 2_500, Scale.COUNTY: 50_000, Scale.NATIONAL: 400_000}


@dataclass(frozen=True, slots=True)
class Council:
    """One council. `share` is of all holders, in parts per hundred; a county licenses no drivers and has none.

    `numbering` writes a licence number from the council's own code for the kind and the holder's number; `agreement`
    is the reference of its information sharing agreement, None where it has not signed.
    """

    code: str
    place: str
    domain: str
    phone: str
    order: int
    agreement: str | None
    share: int = 0
    letters: str = ""
    towns: tuple[str, ...] = ()
    outward: tuple[str, ...] = ()
    numbering: str = ""
    kind_codes: tuple[str, str, str] = ("", "", "")

    @property
    def contact(self) -> str:
        return f"{self.place} licensing team (sample)"

    @property
    def email(self) -> str:
        return f"licensing@{self.domain}"

    def holders(self, scale: Scale) -> int:
        return scale.holders * self.share // _HUNDRED

    def people(self, scale: Scale) -> int:
        """The people numbered one after another: a district's holders, or the county's badge holders."""
        return self.holders(scale) if self.share else scale.holders // _HOLDERS_TO_A_BADGE

    def places(self, scale: Scale) -> int:
        """How many places a district has beside its holders."""
        return self.holders(scale) // _HOLDERS_TO_A_PLACE

    def licence_number(self, kind: LicenceKind, number: int) -> str:
        """The number as this council writes it; unique, since a holder's number is and kinds are told apart."""
        return self.numbering.format(kind=self.kind_codes[list(LicenceKind).index(kind)], number=number)

    def badge_no(self, number: int) -> str:
        return f"{self.letters}{number}"

    def source_id(self, number: int) -> str:
        """The holder's key in the council's own system."""
        return f"{SOURCE_PREFIX}{self.letters}{number:06d}"

    def serial(self, number: int) -> int:
        """A number that no other holder of any council has."""
        return self.order * NUMBERS_EACH + number


def _agreement(number: int) -> str:
    return f"ISA-2024-{number:02d} (sample)"


# Telephone numbers are from the range that Ofcom keeps for drama, 01632 960000 to 960999. No home has a postcode
# of OX90 to OX99.
OXFORDSHIRE = Council(
    "E10000025", "Oxfordshire", "oxfordshire.example.org", "01632 960025", 0, _agreement(1), letters="OCC"
)
CHERWELL = Council(
    "E07000177",
    "Cherwell",
    "cherwell.example.org",
    "01632 960177",
    1,
    _agreement(2),
    share=24,
    letters="C",
    towns=("Banbury", "Bicester", "Kidlington"),
    outward=("OX91", "OX92"),
    numbering="CHE/{kind}/{number:04d}",
    kind_codes=("HD", "PD", "DD"),
)
OXFORD = Council(
    "E07000178",
    "Oxford",
    "oxford.example.org",
    "01632 960178",
    2,
    _agreement(3),
    share=40,
    letters="OX",
    towns=("Oxford",),
    outward=("OX98", "OX99"),
    numbering="{kind}{number:05d}",
    kind_codes=("HCD", "PHD", "DUD"),
)
SOUTH_OXFORDSHIRE = Council(
    "E07000179",
    "South Oxfordshire",
    "southoxfordshire.example.org",
    "01632 960179",
    3,
    _agreement(4),
    share=15,
    letters="S",
    towns=("Didcot", "Thame", "Henley-on-Thames", "Wallingford"),
    outward=("OX93", "OX94"),
    numbering="SO-{number:04d}-{kind}",
    kind_codes=("H", "P", "D"),
)
VALE_OF_WHITE_HORSE = Council(
    "E07000180",
    "Vale of White Horse",
    "whitehorse.example.org",
    "01632 960180",
    4,
    _agreement(5),
    share=13,
    letters="V",
    towns=("Abingdon", "Wantage", "Faringdon"),
    outward=("OX95", "OX96"),
    numbering="{kind} {number:06d}",
    kind_codes=("VWHH", "VWHP", "VWHD"),
)
# It has not signed yet, so that every driver check shows a council that was not searched.
WEST_OXFORDSHIRE = Council(
    "E07000181",
    "West Oxfordshire",
    "westoxfordshire.example.org",
    "01632 960181",
    5,
    None,
    share=8,
    letters="W",
    towns=("Witney", "Carterton", "Chipping Norton"),
    outward=("OX90", "OX97"),
    numbering="WO{kind}/{number:04d}",
    kind_codes=("HC", "PH", "DL"),
)

COUNCILS = (
    OXFORDSHIRE,
    CHERWELL,
    OXFORD,
    SOUTH_OXFORDSHIRE,
    VALE_OF_WHITE_HORSE,
    WEST_OXFORDSHIRE,
)
DISTRICTS = tuple(council for council in COUNCILS if council.share)
