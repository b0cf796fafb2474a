"""The words that councils write for vehicles, premises and their licences."""

from __future__ import annotations

from licensing.imports.values import NotUnderstood, read_yes_or_no
from licensing.imports.words import Vocabulary, key_of
from licensing.register.catalogue import LicenceKind
from licensing.register.places import PremisesKind

VEHICLE_TYPES = Vocabulary(
    {
        LicenceKind.HACKNEY_CARRIAGE_VEHICLE: (
            "Hackney carriage", "Hackney", "HCV", "HC", "HV", "Taxi", "Hackney vehicle",
            "Hackney carriage proprietor", "Hackney carriage vehicle licence",
            "Hackney carriage vehicles", "Hackney carriage proprietor's licence", "Black cab",
        ),
        LicenceKind.PRIVATE_HIRE_VEHICLE: (
            "Private hire", "PHV", "PH", "PV", "Minicab", "Private hire vehicle licence",
            "Private hire vehicles", "Private hire car", "Private hire proprietor",
        ),
    },
    "This is not a type of vehicle licence: write hackney carriage or private hire",
)  # fmt: skip

PREMISES_TYPES = Vocabulary(
    {
        LicenceKind.PREMISES_LICENCE: (
            "Premises licence", "Premises", "PREM", "LAPRE", "LAPREM", "Premise licence",
            "Premises license", "Alcohol", "Alcohol premises licence", "Licensing Act premises licence",
            "Premises licence (alcohol)", "LN/PREM", "Premises licences",
        ),
        LicenceKind.CLUB_PREMISES_CERTIFICATE: (
            "Club premises certificate", "Club", "CLUB", "Club certificate", "CPC", "LACLUB",
            "Club premises", "Club premises certificates",
        ),
        LicenceKind.HMO_LICENCE: (
            "HMO", "HMO licence", "House in multiple occupation", "Houses in multiple occupation",
            "Mandatory HMO", "Mandatory HMO licence", "Additional HMO", "Additional HMO licence",
            "Mandatory", "Additional", "HMO (mandatory)", "HMO (additional)",
            "House in multiple occupation licence", "House in multiple occupation (HMO) licence",
        ),
        LicenceKind.GAMBLING_PREMISES: (
            "Gambling", "Gambling premises licence", "Betting shop", "Betting", "Bingo", "Casino",
            "Adult gaming centre", "Family entertainment centre", "AGC", "FEC", "Track", "Betting premises",
            "Licensed family entertainment centre", "Betting (other)", "Betting premises licence",
        ),
        LicenceKind.SEXUAL_ENTERTAINMENT_VENUE: (
            "SEV", "Sexual entertainment venue licence", "Sexual entertainment", "Lap dancing",
        ),
    },
    "This is not a type of premises licence: write premises licence, club premises certificate, HMO licence, "
    "gambling premises or sexual entertainment venue",
)  # fmt: skip

# Each is a notice and no licence.
_NOTICES = frozenset(
    map(key_of, ("Temporary event notice", "TEN", "Temporary event", "Temporary exemption notice", "TXN"))
)

PREMISES_KINDS = Vocabulary(
    {
        PremisesKind.HOTEL: ("Hotels", "Hotel bar"),
        PremisesKind.HOTEL_OR_GUESTHOUSE: (
            "Hotel/bed & breakfast/guest house", "Hotel or guesthouse", "Hotel or guest house", "Accommodation",
            "Hotel, bed and breakfast or guesthouse",
        ),
        PremisesKind.GUESTHOUSE: ("Guest house", "Guesthouses"),
        PremisesKind.BED_AND_BREAKFAST: ("B&B", "Bed & breakfast", "Bed and breakfast"),
        PremisesKind.SHORT_LET: ("Short term let", "Short-term let", "Holiday let", "Airbnb"),
        PremisesKind.HMO: ("House in multiple occupation", "House in multiple occupation (HMO)"),
        PremisesKind.PUB: (
            "Public house", "Bar", "Pub/bar/nightclub", "Nightclub", "Night club", "Inn", "Pub or bar", "Wine bar",
            "Pub, bar or nightclub",
        ),
        PremisesKind.CLUB: ("Members club", "Members' club", "Social club", "Sports club", "Private members club"),
        PremisesKind.TAKEAWAY: ("Take away", "Takeaway/sandwich shop", "Hot food takeaway", "Fast food"),
        PremisesKind.RESTAURANT: ("Café", "Cafe", "Restaurant/cafe/canteen", "Restaurant or café"),
        PremisesKind.SHOP: (
            "Off licence", "Off-licence", "Supermarket", "Convenience store", "Retailers - other", "Newsagent",
            "Retailers - supermarkets/hypermarkets", "Retail", "Petrol station", "Garage",
        ),
        PremisesKind.OTHER: (),
    },
    "",
)  # fmt: skip


def premises_licence_kind(text: str) -> LicenceKind | None:
    """The kind of authorisation; None for a notice, which is no licence. Raises NotUnderstood."""
    return None if key_of(text) in _NOTICES else PREMISES_TYPES.meaning(text)


def premises_kind(text: str) -> PremisesKind | None:
    """What a place is; None where the words are not known."""
    try:
        return PREMISES_KINDS.meaning(text)
    except NotUnderstood:
        return None


def is_wheelchair_accessible(text: str) -> bool | None:
    """Whether a vehicle is on the list of the Equality Act 2010 s.167; None where blank. Raises NotUnderstood."""
    word = key_of(text)
    if word in ("wav", "wheelchairaccessible"):
        return True
    if word in ("nonwav", "notwav", "saloon", "notwheelchairaccessible"):
        return False
    return read_yes_or_no(text)
