"""A council with a licence of every kind on its public registers, and something secret in every other column."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from factories import accounts, register
from flask import current_app
from sqlalchemy import text

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.public_register import queries
from licensing.public_register.rules import PublicRegister
from licensing.register.catalogue import LicenceKind
from licensing.register.changes.corrections import keep_correction
from licensing.register.details import (
    LicenceDetails,
    OrganisationDetails,
    OtherName,
    PersonDetails,
    PremisesDetails,
    VehicleDetails,
)
from licensing.register.events import Event, EventKind, NameKind, RecordKind, RelevantInformation
from licensing.register.models import LicenceMark, ObligationCheck, VehicleMark
from licensing.register.parts import PositionKind
from licensing.register.places import Activity, Obligation, ObligationResult, PremisesKind
from licensing.register.rows import Rows
from licensing.setup import owner_session

TODAY = dates.today()
GRANTED = replace(register.GRANTED, decided_on=date(2024, 2, 20))
# What must not be found in anything public: the number stands for the column it was put in.
CANARY = "CANARY"
BORN = date(1961, 2, 3)
SECRET_DAYS = (date(2019, 7, 11), date(2019, 8, 12))


def canary(number: int) -> str:
    return f"{CANARY}{number:02d}"


def suspended() -> Event:
    """A suspension that stands, with a reason and dates that nobody outside is told."""
    return Event(
        EventKind.SUSPENDED,
        decided_on=TODAY - timedelta(days=9),
        notified_on=TODAY - timedelta(days=8),
        effective_on=TODAY - timedelta(days=7),
        relevant_information=RelevantInformation.WHOLLY,
    )


def person(number: str, kind: LicenceKind, *more: Event, given: str = "Ada") -> PersonDetails:
    """A holder with a secret in every column that is not public."""
    return PersonDetails(
        given,
        f"Holder{number[::-1]}",
        BORN,
        source_id=f"{canary(1)}{number}",
        address=f"{canary(2)} Home Street",
        postcode="OX99 9QQ",
        other_names=(OtherName(NameKind.FORMER, canary(3), canary(4)),),
        identifiers=((IdentifierKind.NI_NUMBER, "QQ654321C"), (IdentifierKind.DRIVER_NUMBER, "CANAR602031AB9CD")),
        licences=(LicenceDetails(kind, number, f"B{number}", (GRANTED, *more)),),
    )


def fill(code: str = accounts.OXFORD) -> UUID:
    """One entry on every register, held by individuals; returns the authority's id."""
    authority = accounts.authority_id(code)
    officer = accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))
    with acting_as(officer):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        rows = Rows(authority, current_app.config["KEYS"])
        driver = rows.add_person(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER, suspended()))
        rows.add_person(person("PERS1", LicenceKind.PERSONAL_LICENCE))
        rows.add_licence(driver, _licence(LicenceKind.PRIVATE_HIRE_OPERATOR, "PHO1"))
        vehicle = _add_vehicles(rows, driver)
        _add_places(rows, driver)
        rows.write()
        keep_correction(user, RecordKind.VEHICLE, vehicle, [("Colour", canary(20), canary(21))], canary(22))
        db.session.commit()
    return authority


def _licence(kind: LicenceKind, number: str, **more: object) -> LicenceDetails:
    return replace(LicenceDetails(kind, number, events=(GRANTED,)), **more)


def _add_vehicles(rows: Rows, driver: UUID) -> UUID:
    for kind, number, mark in (
        (LicenceKind.PRIVATE_HIRE_VEHICLE, "PHV1", "PV12 ATE"),
        (LicenceKind.HACKNEY_CARRIAGE_VEHICLE, "HCV1", "HC12 ATE"),
    ):
        vehicle = rows.add_vehicle(VehicleDetails(mark, canary(5), canary(6), canary(7), True, f"{canary(8)}{number}"))
        licence = rows.add_licence(driver, _licence(kind, number, badge_no=f"Plate{number}"), vehicle_id=vehicle)
        rows.add_position(PositionKind.OWNER, {"written_name": canary(9)}, {"of_vehicle_id": vehicle})
        gone = {"from_on": None, "until_on": SECRET_DAYS[0]}
        rows.add_position(PositionKind.PROPRIETOR, {"written_name": canary(10)}, {"of_vehicle_id": vehicle}, **gone)
        rows.add_row(VehicleMark, vehicle_id=vehicle, vrm=canary(11), vrm_key=canary(11), **gone)
        rows.add_row(LicenceMark, licence_id=licence, number=canary(12), number_key=canary(12), **gone)
    return vehicle


def _add_places(rows: Rows, driver: UUID) -> None:
    for kind, number in (
        (LicenceKind.PREMISES_LICENCE, "PREM1"),
        (LicenceKind.CLUB_PREMISES_CERTIFICATE, "CLUB1"),
        (LicenceKind.HMO_LICENCE, "HMO1"),
    ):
        place = rows.add_premises(
            PremisesDetails(
                f"Place{number}",
                PremisesKind.PUB,
                "3 Public Street",
                "OX99 1ZZ",
                990099001,
                77,
                f"{canary(13)}{number}",
            )
        )
        sells = () if kind is LicenceKind.HMO_LICENCE else (Activity.ALCOHOL_ON_SALES,)
        licence = rows.add_licence(driver, _licence(kind, number, activities=sells), premises_id=place)
        rows.add_position(PositionKind.PREMISES_SUPERVISOR, {"written_name": canary(14)}, {"of_licence_id": licence})
        rows.add_position(PositionKind.OWNER, {"written_name": canary(15)}, {"of_premises_id": place})
        rows.add_position(PositionKind.RESPONSIBLE_PERSON, {"written_name": canary(16)}, {"of_premises_id": place})
        rows.add_row(
            ObligationCheck,
            premises_id=place,
            obligation=Obligation.FIRE_SAFETY,
            result=ObligationResult.NOTICE_SERVED,
            checked_on=SECRET_DAYS[1],
            checked_by=canary(17),
            reference=canary(18),
        )


def add_company(name: str) -> OrganisationDetails:
    return OrganisationDetails(name, company_no=canary(19), address="4 Company Road", postcode="OX99 2ZZ")


def entries(register_: PublicRegister, words: str = "", code: str = accounts.OXFORD) -> list[dict[str, object]]:
    """What the public is told of a register, as the application's role with nobody signed in."""
    found = queries.one_published(code, register_.value)
    if found is None:
        return []
    told = [dict(row._mapping) for row in queries.page(found, words, None).entries]
    db.session.rollback()
    return told


def by_owner(statement: str, **values: object) -> None:
    with owner_session() as session:
        session.execute(text(statement), values)
        session.commit()
