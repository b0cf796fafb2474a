"""What is known of a person and their licence, as typed or as read from a file."""

from dataclasses import dataclass, field
from datetime import date

from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.events import Event, NameKind
from licensing.register.parts import OrganisationKind
from licensing.register.places import Activity, PremisesKind


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
    activities: tuple[Activity, ...] = ()


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


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """An organisation as one authority knows it."""

    name: str
    kind: OrganisationKind = OrganisationKind.COMPANY
    company_no: str = ""
    source_id: str | None = None
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class VehicleDetails:
    """A vehicle with its present registration mark."""

    vrm: str
    make: str = ""
    model: str = ""
    colour: str = ""
    wheelchair_accessible: bool | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class PremisesDetails:
    """A place: what it is and where."""

    name: str
    kind: PremisesKind
    address: str = ""
    postcode: str = ""
    uprn: int | None = None
    rooms: int | None = None
    source_id: str | None = None
