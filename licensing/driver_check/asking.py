"""What an officer asks: details as typed, in the form in which they are searched and kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self, TypeAlias

from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.matching.records import Enquiry

_SHOWN_OF_IDENTIFIER = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One person asked about. Any part may be empty, but not all."""

    given_names: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    postcode: str = ""
    nino: str = ""
    driving_licence_no: str = ""
    licence_no: str = ""
    vrm: str = ""

    @classmethod
    def with_name_in_one(cls, name: str, **more: Any) -> Self:
        """From a name in one box: the family name is what stands before a comma, else the last word.

        The matching takes it as a hint, since order varies.
        """
        family, comma, given = name.partition(",")
        if not comma:
            given, _, family = name.strip().rpartition(" ")
        return cls(given_names=given.replace(",", " ").strip(), family_name=family.strip(), **more)

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def identifiers(self) -> list[tuple[IdentifierKind, str]]:
        pairs = (
            (IdentifierKind.NI_NUMBER, self.nino),
            (IdentifierKind.DRIVER_NUMBER, self.driving_licence_no),
            (IdentifierKind.BADGE_NUMBER, self.licence_no),
            (IdentifierKind.REGISTRATION_MARK, self.vrm),
        )
        return [(kind, value) for kind, value in pairs if value]

    def is_empty(self) -> bool:
        return not any(asdict(self).values())

    def enquiry(self, secret: bytes) -> Enquiry:
        """The same as the matching wants it."""
        names = [(self.given_names, self.family_name)] if self.name else []
        postcodes = [self.postcode] if self.postcode else []
        return Enquiry.of(names, self.date_of_birth, postcodes, self.identifiers, secret)

    def as_kept(self) -> dict[str, Any]:
        """As JSON can hold it."""
        born = self.date_of_birth.isoformat() if self.date_of_birth else None
        return {**asdict(self), "date_of_birth": born}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Self:
        born = kept["date_of_birth"]
        return cls(**{**kept, "date_of_birth": date.fromisoformat(born) if born else None})


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list of people asked about at once: the file is known by its hash, and its people are not kept."""

    sha256: str
    people: int

    def is_empty(self) -> bool:
        return self.people == 0

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A registration mark, or a licence, badge or plate number, of which it is asked who licenses it."""

    vrm: str = ""
    licence_no: str = ""

    def is_empty(self) -> bool:
        return not (normalise(self.vrm) or normalise(self.licence_no))

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)


AnyAsked: TypeAlias = Asked | AskedList | AskedNumber


def masked(identifier: str) -> str:
    """The end of an identifier, enough to recognise it on a receipt by who has it."""
    end = identifier[-_SHOWN_OF_IDENTIFIER:]
    return "•" * max(0, len(identifier) - len(end)) + end
