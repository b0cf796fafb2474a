"""The vocabulary of advice and of settings that are assured."""

from enum import StrEnum


class SettingKind(StrEnum):
    """Where a designated officer asks for the same three things, without a power to demand them."""

    MOSQUE = "mosque"
    MADRASSA = "madrassa"
    CHURCH = "church"
    OTHER_WORSHIP = "other_worship"
    CLUB = "club"
    TUITION = "tuition"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KINDS.get(self, self.capitalize())


_KINDS = {
    SettingKind.OTHER_WORSHIP: "Other place of worship",
    SettingKind.CLUB: "Club or sports group",
    SettingKind.TUITION: "Tuition or supplementary school",
}


class Assurance(StrEnum):
    """How one of the three things stands."""

    IN_PLACE = "in_place"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_SEEN = "not_seen"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


# The three things, by the names of the columns (Oxfordshire County Council, March 2015: the designated officer's work
# with mosques and madrassas).
ASKED = {"dbs": "DBS checks", "training": "Basic safeguarding training", "policy": "Safeguarding policy"}
