"""What organisations are in law, and the parts that people and organisations play."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is in law."""

    COMPANY = "company"
    PARTNERSHIP = "partnership"
    CLUB = "club"
    CHARITY = "charity"
    PUBLIC_BODY = "public_body"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class PositionKind(StrEnum):
    """The part that somebody plays, from a day until another."""

    OWNER = "owner"
    OPERATOR = "operator"
    MANAGER = "manager"
    PROPRIETOR = "proprietor"
    DIRECTOR = "director"
    SECRETARY = "secretary"
    PARTNER = "partner"
    LICENCE_HOLDER = "licence_holder"
    PREMISES_SUPERVISOR = "premises_supervisor"
    RESPONSIBLE_PERSON = "responsible_person"

    @property
    def label(self) -> str:
        return _POSITION_LABELS.get(self, self.replace("_", " ").capitalize())


_POSITION_LABELS = {
    PositionKind.PROPRIETOR: "Proprietor (of the vehicle)",
    PositionKind.PREMISES_SUPERVISOR: "Designated premises supervisor",
    PositionKind.RESPONSIBLE_PERSON: "Responsible person (fire safety)",
}
# Licensing Act 2003 s.15, s.19: one supervisor at a time, and no alcohol without one.
ONE_AT_A_TIME = frozenset({PositionKind.PREMISES_SUPERVISOR})
