"""What holders own and run: vehicles with their marks and plates, and operators with their companies and fleets."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OrganisationDetails, VehicleDetails
from licensing.register.models import LicenceMark, VehicleMark
from licensing.register.parts import PositionKind
from licensing.register.rows import Rows
from licensing.sample import khan
from licensing.sample.addresses import address
from licensing.sample.councils import NUMBERS_EACH, Council
from licensing.sample.identifiers import registration_mark
from licensing.sample.names import draw_name
from licensing.sample.terms import termed

SEED = "licensing samples fleets 1"

_OWN_A_VEHICLE = 0.8  # of all holders
_HACKNEY_CARRIAGES = 0.3  # of vehicles
_HOLDERS_TO_AN_OPERATOR = 40
_FLEET = (8, 24)  # fewest and most vehicles of an operator, with what holders own about 1.2 to a holder
_SOLE_TRADERS = 0.2  # of operators: individuals, without a company or a fleet
_WITH_FORMER_MARK, _WITH_FORMER_PLATE, _ACCESSIBLE = 0.05, 0.04, 0.12
# The vehicles of fleets are numbered from here on, the holders' own like the holders.
_FLEETS_FROM = NUMBERS_EACH // 2
_YEARS_OF_A_VEHICLE, _YEARS_OF_AN_OPERATOR = 1, 5

_MAKES = (
    ("Škoda", "Octavia"),
    ("Toyota", "Prius"),
    ("Toyota", "Corolla"),
    ("Mercedes-Benz", "Vito"),
    ("LEVC", "TX"),
    ("Ford", "Tourneo"),
    ("Kia", "Niro"),
    ("Volkswagen", "Caravelle"),
)
_COLOURS = ("Silver", "Black", "White", "Grey", "Blue", "Red")
_FIRST = ("Invented", "Sample", "Specimen", "Example", "Pretend", "Imaginary", "Model", "Trial")
_SECOND = ("Star", "Arrow", "Bridge", "Spire", "Meadow", "Castle", "River", "Harbour")
_THIRD = ("Cars", "Private Hire", "Cabs", "Executive", "Travel", "Minibuses")


def add_for_holder(rows: Rows, council: Council, number: int, person_id: UUID, month: date) -> None:
    """Gather what a holder owns: a vehicle of their own, and for one in forty an operator's business. Khan has none."""
    if (council, number) == (khan.COUNCIL, khan.NUMBER):
        return
    rng = Random(f"{SEED} {council.code} {number}")
    if rng.random() < _OWN_A_VEHICLE:
        _add_vehicle(rows, rng, council, number, month, {"person_id": person_id})
    if number % _HOLDERS_TO_AN_OPERATOR == 0:
        _add_operator(rows, rng, council, number // _HOLDERS_TO_AN_OPERATOR, person_id, month)


def _add_operator(rows: Rows, rng: Random, council: Council, number: int, person_id: UUID, month: date) -> None:
    licence = LicenceDetails(
        LicenceKind.PRIVATE_HIRE_OPERATOR,
        f"{council.letters}/PHO/{number:04d}",
        events=termed(rng, month, _YEARS_OF_AN_OPERATOR),
    )
    if rng.random() < _SOLE_TRADERS:
        rows.add_licence(person_id, licence)
        return
    lines, postcode = address(rng, council)
    company = rows.add_organisation(
        OrganisationDetails(
            f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {rng.choice(_THIRD)} {number} Ltd",
            company_no=f"SX{council.serial(number):06d}",  # Companies House has no numbers that begin so
            source_id=f"SAMPLE-{council.letters}-G{number:05d}",
            address=lines,
            postcode=postcode,
        )
    )
    began = month - timedelta(days=rng.randrange(400, 4_000))
    rows.add_position(PositionKind.DIRECTOR, {"person_id": person_id}, {"of_organisation_id": company}, from_on=began)
    other = draw_name(rng, rng.random() < 0.5)
    written = {"written_name": f"{other.given} {other.family}"}
    rows.add_position(PositionKind.DIRECTOR, written, {"of_organisation_id": company}, from_on=began)
    rows.add_licence(None, licence, organisation_id=company)
    fewest, most = _FLEET
    first = _FLEETS_FROM + number * most
    for one in range(first, first + rng.randrange(fewest, most + 1)):
        _add_vehicle(rows, rng, council, one, month, {"organisation_id": company})


def _add_vehicle(rows: Rows, rng: Random, council: Council, number: int, month: date, owner: dict[str, UUID]) -> None:
    make, model = rng.choice(_MAKES)
    vehicle = rows.add_vehicle(
        VehicleDetails(
            registration_mark(council.serial(number)),
            make,
            model,
            rng.choice(_COLOURS),
            rng.random() < _ACCESSIBLE,
            source_id=f"SAMPLE-{council.letters}-V{number:06d}",
        )
    )
    is_hackney = rng.random() < _HACKNEY_CARRIAGES
    kind = LicenceKind.HACKNEY_CARRIAGE_VEHICLE if is_hackney else LicenceKind.PRIVATE_HIRE_VEHICLE
    plate = f"{'H' if is_hackney else 'P'}{number}"
    events = termed(rng, month, _YEARS_OF_A_VEHICLE)
    licence = rows.add_licence(
        owner.get("person_id"),
        LicenceDetails(kind, f"{council.letters}/{plate}", plate, events),
        organisation_id=owner.get("organisation_id"),
        vehicle_id=vehicle,
    )
    rows.add_position(PositionKind.PROPRIETOR, dict(owner), {"of_vehicle_id": vehicle}, from_on=events[0].filed_on)
    until = events[0].filed_on - timedelta(days=1)
    if rng.random() < _WITH_FORMER_MARK:
        mark = f"X{number % 999 + 1}QQQ"
        former = {"vrm": mark, "vrm_key": mark, "from_on": None, "until_on": until}
        rows.add_row(VehicleMark, vehicle_id=vehicle, **former)
    if rng.random() < _WITH_FORMER_PLATE:
        former = {"number": f"Z{number}", "number_key": f"Z{number}", "from_on": None, "until_on": until}
        rows.add_row(LicenceMark, licence_id=licence, **former)
