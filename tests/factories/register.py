"""People on a register, invented, by the product's own way of adding them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from factories import accounts

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register import changes
from licensing.register.catalogue import LicenceKind, PremisesKind
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.models import FoodRating, FoodRegistration, Premises
from licensing.register.rules import Event, EventKind, RelevantInformation
from licensing.setup import owner_session

GRANTED = Event(
    EventKind.GRANTED,
    decided_on=date(2024, 3, 1),
    starts_on=date(2024, 3, 1),
    expires_on=dates.today() + timedelta(days=365),  # in force whenever the tests run
)
REVOKED = Event(
    EventKind.REVOKED,
    decided_on=date(2025, 5, 14),
    notified_on=date(2025, 5, 14),
    immediate=True,
    relevant_information=RelevantInformation.WHOLLY,
)
KHAN = PersonDetails(
    given_names="Mohammed Aslam",
    family_name="Khan",
    date_of_birth=date(1980, 3, 4),
    address="1 Sample Street, Sampleton",
    postcode="OX99 1AA",
    licences=(LicenceDetails(LicenceKind.DUAL_DRIVER, "CHE/DD/0417", "417", (GRANTED, REVOKED)),),
)
PLAIN = PersonDetails(
    given_names="Petra Example",
    family_name="Sampleová",
    date_of_birth=date(1991, 7, 23),
    licences=(LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "PHD0001", events=(GRANTED,)),),
)


def birthday(number: int) -> date:
    """A date of birth that no other number has."""
    return date(1960, 1, 1) + timedelta(days=37 * number)


def numbered(number: int) -> PersonDetails:
    """One of many different people."""
    licence = replace(PLAIN.licences[0], number=f"PHD{number:05}")
    return replace(
        PLAIN,
        given_names=f"Sample{number}",
        family_name=f"Person{number}",
        date_of_birth=birthday(number),
        licences=(licence,),
    )


def add(details: PersonDetails, code: str) -> UUID:
    """Put somebody on an authority's register; returns the id."""
    return add_all([details], code)[0]


def add_all(people: Iterable[PersonDetails], code: str) -> list[UUID]:
    """Put many people on an authority's register; returns their ids."""
    officer = accounts.user(Role.LICENSING_OFFICER, code)
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        added = [changes.add_person(user, details) for details in people]
        db.session.commit()
        return added


def add_premises(code: str, name: str, kind: PremisesKind, fhrs_id: int = 0) -> UUID:
    """Put a place on an authority's register, with a food registration where it has a number; returns the id."""
    belongs = {"authority_id": accounts.authority_id(code)}
    premises_id, registration_id = uuid4(), uuid4()
    with owner_session() as session:
        session.add(
            Premises(
                id=premises_id,
                reference=f"L-{premises_id.hex[:8].upper()}",
                name=name,
                sort_name=name.casefold(),
                kind=kind,
                address_lines="1 Sample Street",
                postcode="OX99 1AA",
                **belongs,
            )
        )
        session.flush()
        if fhrs_id:
            session.add(
                FoodRegistration(
                    id=registration_id,
                    premises_id=premises_id,
                    fhrs_id=fhrs_id,
                    council_key="S/1",
                    business_type=7842,
                    extracted_on=date(2026, 1, 2),
                    **belongs,
                )
            )
            session.flush()
            session.add(
                FoodRating(
                    registration_id=registration_id,
                    rating="4",
                    rated_on=date(2025, 12, 1),
                    extracted_on=date(2026, 1, 2),
                    **belongs,
                )
            )
        session.commit()
    return premises_id
