"""What places are, what may be done there, and the duties of those that take guests."""

from enum import StrEnum


class PremisesKind(StrEnum):
    """What a place is. A guesthouse needs no licence of its own in England: its obligations are separate."""

    HOTEL_OR_GUESTHOUSE = "hotel_or_guesthouse"  # the food register does not tell hotels and guesthouses apart
    HOTEL = "hotel"
    GUESTHOUSE = "guesthouse"
    BED_AND_BREAKFAST = "bed_and_breakfast"
    SHORT_LET = "short_let"
    HMO = "hmo"
    PUB = "pub"
    CLUB = "club"
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
    PremisesKind.HMO: "House in multiple occupation (HMO)",
    PremisesKind.CLUB: "Club",
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


class Activity(StrEnum):
    """What a premises licence or club certificate lets a place do (Licensing Act 2003 s.1)."""

    ALCOHOL_ON_SALES = "alcohol_on_sales"
    ALCOHOL_OFF_SALES = "alcohol_off_sales"
    REGULATED_ENTERTAINMENT = "regulated_entertainment"
    LATE_NIGHT_REFRESHMENT = "late_night_refreshment"

    @property
    def label(self) -> str:
        return _ACTIVITY_LABELS[self]

    @property
    def is_alcohol(self) -> bool:
        return self in (Activity.ALCOHOL_ON_SALES, Activity.ALCOHOL_OFF_SALES)


_ACTIVITY_LABELS = {
    Activity.ALCOHOL_ON_SALES: "Alcohol to drink on the premises",
    Activity.ALCOHOL_OFF_SALES: "Alcohol to take away",
    Activity.REGULATED_ENTERTAINMENT: "Regulated entertainment",
    Activity.LATE_NIGHT_REFRESHMENT: "Late night refreshment (hot food or drink, 11pm to 5am)",
}


class Obligation(StrEnum):
    """A duty of a place that takes guests, or what it may join; none is a guesthouse licence: England has none."""

    FIRE_SAFETY = "fire_safety"
    GUEST_RECORDS = "guest_records"
    FOOD_REGISTRATION = "food_registration"
    LICENSABLE_ACTIVITY = "licensable_activity"
    HMO = "hmo"
    PLANNING_USE = "planning_use"
    SHORT_LET_REGISTRATION = "short_let_registration"
    HOTEL_WATCH = "hotel_watch"

    @property
    def label(self) -> str:
        return OBLIGATIONS[self][0]

    @property
    def law(self) -> str:
        return OBLIGATIONS[self][1]

    @property
    def checked_by(self) -> str:
        return OBLIGATIONS[self][2]

    @property
    def is_duty(self) -> bool:
        """Whether a law asks for it."""
        return self is not Obligation.HOTEL_WATCH


# The duty, its law, and who checks it.
OBLIGATIONS = {
    Obligation.FIRE_SAFETY: (
        "Fire safety",
        "Regulatory Reform (Fire Safety) Order 2005",
        "Fire and rescue service",
    ),
    Obligation.GUEST_RECORDS: ("Guest records", "Immigration (Hotel Records) Order 1972", "Police"),
    Obligation.FOOD_REGISTRATION: (
        "Food business registration",
        "Retained Regulation (EC) 852/2004 article 6",
        "District environmental health",
    ),
    Obligation.LICENSABLE_ACTIVITY: (
        "Alcohol and entertainment",
        "Licensing Act 2003: a licence is needed only for a licensable activity",
        "District licensing",
    ),
    Obligation.HMO: (
        "House in multiple occupation",
        "Housing Act 2004 Part 2: only where rooms are somebody’s main home",
        "District housing",
    ),
    Obligation.PLANNING_USE: ("Planning use", "Use Class C1", "District planning"),
    Obligation.SHORT_LET_REGISTRATION: (
        "Short-term let registration",
        "Levelling-up and Regeneration Act 2023 section 228: the scheme has not begun",
        "Department for Culture, Media and Sport",
    ),
    Obligation.HOTEL_WATCH: ("Hotel Watch", "Voluntary: no law asks for it", "Police"),
}


# Asked only of places that take guests.
OF_GUESTS = frozenset({Obligation.GUEST_RECORDS, Obligation.SHORT_LET_REGISTRATION, Obligation.HOTEL_WATCH})


class ObligationResult(StrEnum):
    """What a check of an obligation found."""

    MET = "met"
    ACTION_NEEDED = "action_needed"
    NOTICE_SERVED = "notice_served"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()
