"""People on a register, invented, by the product's own way of adding them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from factories import accounts
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.approvals import changes as approvals
from licensing.approvals.models import Proposal
from licensing.db import acting_as, db
from licensing.driver_check.models import CheckResult, DriverCheck, Verdict
from licensing.driver_check.rules import CheckKind, Judgement, Purpose
from licensing.matching.bands import Band
from licensing.permissions import Role
from licensing.public_register.models import PublicRegisterSettings
from licensing.public_register.rules import PublicRegister
from licensing.register import changes, queries, same_person
from licensing.register.catalogue import LicenceKind
from licensing.register.changes import merging
from licensing.register.changes.corrections import keep_correction
from licensing.register.details import (
    LicenceDetails,
    OrganisationDetails,
    PersonDetails,
    PremisesDetails,
    VehicleDetails,
)
from licensing.register.events import Event, EventKind, RecordKind, RelevantInformation
from licensing.register.models import (
    FoodRating,
    FoodRegistration,
    LicenceMark,
    ObligationCheck,
    Position,
    Premises,
    SamePerson,
    VehicleMark,
)
from licensing.register.parts import PositionKind
from licensing.register.places import Activity, Obligation, ObligationResult, PremisesKind
from licensing.register.rows import Rows
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


TOLD_APART = PersonDetails(
    given_names="Ines Example",
    family_name="Modelová",
    date_of_birth=date(1979, 9, 9),
    licences=(
        LicenceDetails(
            LicenceKind.DUAL_DRIVER,
            "DD0002",
            "D2",
            (GRANTED, replace(REVOKED, entitlement=LicenceKind.PRIVATE_HIRE_DRIVER)),
        ),
    ),
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


@dataclass(frozen=True)
class Things:
    """What else is on a register, by id."""

    organisation_id: UUID
    vehicle_id: UUID
    vehicle_licence_id: UUID
    premises_id: UUID
    premises_licence_id: UUID
    supervisor_id: UUID


def operate(code: str, company: UUID, *premises: UUID, until: date | None = None) -> None:
    """A company of a council's register operates places, until its last day there."""
    held = {"kind": PositionKind.OPERATOR, "organisation_id": company, "until_on": until}
    with owner_session() as session:
        belongs = {"authority_id": accounts.authority_id(code)}
        session.add_all(Position(id=uuid4(), of_premises_id=one, **held, **belongs) for one in premises)
        session.commit()


def add_operator(code: str, name: str, officer: UUID) -> UUID:
    """A private hire operator on a council's register; returns the company's id."""
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        rows = Rows(accounts.authority_id(code), current_app.config["KEYS"])
        company = rows.add_organisation(OrganisationDetails(name, source_id=name))
        licence = LicenceDetails(LicenceKind.PRIVATE_HIRE_OPERATOR, f"PHO-{name}", events=(GRANTED,))
        rows.add_licence(None, licence, organisation_id=company)
        rows.write()
        db.session.commit()
        return company


def add_things(code: str, person_id: UUID, officer: UUID) -> Things:
    """An operator's company with a vehicle and a pub, one of everything each, on the register of `person_id`."""
    authority = accounts.authority_id(code)
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        rows = Rows(authority, current_app.config["KEYS"])
        company = rows.add_organisation(OrganisationDetails("Sample Cars Ltd", company_no="99999999", source_id="G1"))
        vehicle = rows.add_vehicle(VehicleDetails("AB12 CDE", "Škoda", "Octavia", "Silver", source_id="V1"))
        pub = rows.add_premises(PremisesDetails("The Sample Arms", PremisesKind.PUB, "2 Sample Street", "OX99 1AB"))
        rows.add_licence(
            None, LicenceDetails(LicenceKind.PRIVATE_HIRE_OPERATOR, "PHO1", events=(GRANTED,)), organisation_id=company
        )
        plated = LicenceDetails(LicenceKind.PRIVATE_HIRE_VEHICLE, "PHV045", "045", (GRANTED,))
        vehicle_licence = rows.add_licence(None, plated, organisation_id=company, vehicle_id=vehicle)
        alcohol = LicenceDetails(
            LicenceKind.PREMISES_LICENCE,
            "24/01234/PREM",
            events=(replace(GRANTED, expires_on=None),),
            activities=(Activity.ALCOHOL_ON_SALES,),
        )
        premises_licence = rows.add_licence(None, alcohol, organisation_id=company, premises_id=pub)
        rows.add_position(PositionKind.DIRECTOR, {"person_id": person_id}, {"of_organisation_id": company})
        supervisor = rows.add_position(
            PositionKind.PREMISES_SUPERVISOR,
            {"person_id": person_id},
            {"of_licence_id": premises_licence},
            from_on=date(2024, 3, 1),
        )
        rows.write()
        belongs = {"authority_id": authority}
        db.session.add_all(
            [
                VehicleMark(
                    vehicle_id=vehicle, vrm="XY99 ZZZ", vrm_key="XY99ZZZ", until_on=date(2024, 2, 29), **belongs
                ),
                LicenceMark(
                    licence_id=vehicle_licence, number="044", number_key="044", until_on=date(2025, 2, 28), **belongs
                ),
                ObligationCheck(
                    premises_id=pub,
                    obligation=Obligation.FIRE_SAFETY,
                    result=ObligationResult.MET,
                    checked_on=date(2025, 6, 1),
                    checked_by="Fire and rescue service",
                    **belongs,
                ),
            ]
        )
        user = who_is_acting()
        assert user is not None
        keep_correction(user, RecordKind.VEHICLE, vehicle, [("Colour", "Grey", "Silver")], "Typed wrong")
        db.session.commit()
    return Things(company, vehicle, vehicle_licence, pub, premises_licence, supervisor)


def merge_in(code: str, person_id: UUID, officer: UUID) -> UUID:
    """Merge another record into a person's, as two people of the authority agree; returns the merge."""
    other = add(replace(PLAIN, source_id="MERGED", licences=()), code)
    return merge(code, person_id, other, officer)


def merge(code: str, kept_id: UUID, merged_id: UUID, officer: UUID, **chosen: str) -> UUID:
    """Make two records one, as two people of the authority agree; returns the merge."""
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        proposal_id = merging.propose_merge(kept_id, merged_id, chosen, "Same photograph").id
        db.session.commit()
    _approve(proposal_id, code)
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        return queries.merges_of(kept_id)[0].id


def unmerge(code: str, merge_id: UUID) -> None:
    """Make them two again, as two people of the authority agree."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
        db.session.rollback()
        proposal_id = merging.propose_unmerge(merge_id, "Two cousins after all").id
        db.session.commit()
    _approve(proposal_id, code)


def link(ours: UUID, theirs: UUID) -> UUID:
    """Link a person of Oxford's and one of Cherwell's, as both councils agree; returns the link."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        records = [_one_record(ours, accounts.OXFORD), _one_record(theirs, accounts.CHERWELL)]
        same_person.propose_link(*records, "DC-0000-0000", "Same photograph")
        db.session.commit()
    proposal_id = _approve_last(accounts.OXFORD, accounts.CHERWELL)
    with owner_session() as session:
        return session.scalars(select(SamePerson.id).where(SamePerson.proposal_id == proposal_id)).one()


def _one_record(person_id: UUID, code: str) -> same_person.OneRecord:
    return same_person.OneRecord(accounts.authority_id(code), code, person_id, "Petra Example", None)


def unlink(link_id: UUID) -> None:
    """End a link of Oxford's and Cherwell's, as both agree."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        same_person.propose_end(user, link_id, "Two cousins after all")
        db.session.commit()
    _approve_last(accounts.OXFORD, accounts.CHERWELL)


def _approve_last(*codes: str) -> UUID:
    """Approve what was proposed last for each of these authorities; returns it."""
    with owner_session() as session:
        proposal_id = session.scalars(select(Proposal.id).order_by(Proposal.proposed_at.desc()).limit(1)).one()
    _approve(proposal_id, *codes)
    return proposal_id


def _approve(proposal_id: UUID, *codes: str) -> None:
    for code in codes:
        with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER, code))):
            db.session.rollback()
            approvals.approve(proposal_id)
            db.session.commit()


def judge(code: str, person_id: UUID, check_id: UUID | None = None) -> UUID:
    """An authority's officer says something of a person whom a check found, or again of the same; returns the check."""
    officer, authority = accounts.user(Role.LICENSING_OFFICER, code), accounts.authority_id(code)
    with acting_as(accounts.open_session(officer)), owner_session() as session:
        if check_id is None:
            check_id = _check_that_found(session, person_id, authority)
        before = session.scalar(select(Verdict.id).where(Verdict.check_id == check_id))
        result = {"check_id": check_id, "number": 0, "rank": 1, "person_id": person_id, "authority_id": authority}
        said = {"judgement": Judgement.DIFFERENT, "judged_by": officer, "supersedes_id": before}
        session.add(Verdict(**result, **said))
        session.commit()
    return check_id


def _check_that_found(session: Session, person_id: UUID, authority: UUID) -> UUID:
    check_id = uuid4()
    asked = {"kind": CheckKind.ONE_PERSON, "purpose": Purpose.RENEWAL, "case_reference": "", "asked_sealed": b"sealed"}
    belongs = {"authority_id": authority}
    session.add(DriverCheck(id=check_id, reference=f"DC-{check_id.hex[:8].upper()}", **asked, **belongs))
    session.flush()
    found = {"band": Band.STRONG, "probability": 0.9, **belongs}
    session.add(CheckResult(check_id=check_id, number=0, rank=1, person_id=person_id, **found))
    session.flush()
    return check_id


def publish(code: str, *registers: PublicRegister, marks: bool = False, addresses: bool = False) -> None:
    """Let an authority publish these registers, or all of them."""
    with owner_session() as session:
        session.merge(
            PublicRegisterSettings(
                authority_id=accounts.authority_id(code),
                published=sorted(registers or PublicRegister),
                individuals_marks=marks,
                individuals_addresses=addresses,
            )
        )
        session.commit()
