"""What is known of a person and their licence, as typed or as read from a file."""

from dataclasses import dataclass, field
from datetime import date

from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.rules import Event, NameKind


@dataclass(frozen=True, slots=True)
class OtherName:
    kind: NameKind
    given_names: str
    family_name: str


@dataclass(frozen=True, slots=True)
class LicenceDetails:
    """A licence or application: its number as the council writes it, and its events in order."""

    kind: LicenceKind
    number: str
    badge_no: str = ""
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A person as one authority knows them. Empty text and None mean: not recorded."""

    given_names: str
    family_name: str
    date_of_birth: date | None = None
    source_id: str | None = None
    address: str = ""
    postcode: str = ""
    other_names: tuple[OtherName, ...] = ()
    identifiers: tuple[tuple[IdentifierKind, str], ...] = ()
    licences: tuple[LicenceDetails, ...] = field(default=())
