"""Staging and applying files, against a real register."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from factories import accounts
from flask import Flask
from sqlalchemy import func, select

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import act_as, db
from licensing.errors import RuleBroken
from licensing.imports import changes, limits
from licensing.imports.changes import Options
from licensing.imports.models import Import
from licensing.imports.plan import Plan
from licensing.imports.refused import FileRefused
from licensing.imports.rules import ImportKind
from licensing.permissions import Role
from licensing.register.events import EventKind, LicenceStatus
from licensing.register.models import Licence, LicenceEvent, Person, PersonName, Premises

HEADINGS = (
    "source_id,given_names,family_name,date_of_birth,postcode,nino,licence_no,licence_type,status,"
    "starts_on,expires_on\n"
)
ANNA = "A1,Anna,Sample,01/02/1990,OX99 1AA,QQ123456C,PHD1,private hire,granted,01/03/2026,28/02/2029\n"
BORIS = "B2,Boris,Example,03/04/1985,OX99 1AB,,PHD2,private hire,granted,01/03/2026,28/02/2029\n"


@pytest.fixture
def officer(app: Flask) -> ActingUser:
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    user = who_is_acting()
    assert user is not None
    return user


@pytest.fixture
def bring_in(officer: ActingUser, tmp_path: Path):
    """Stage and apply a file of drivers; returns its plan."""

    def run(content: str) -> Plan:
        path = tmp_path / "drivers.csv"
        path.write_text(content)
        import_id, plan = changes.stage(officer, path, path.name, ImportKind.DRIVERS, Options(), limits.WEB)
        db.session.commit()
        changes.apply(officer, import_id)
        db.session.commit()
        return plan

    return run


def outcomes(plan: Plan) -> list[str]:
    return [one.outcome.value for one in plan.outcomes]


def only(model: type):
    return db.session.scalars(select(model)).one()


def test_a_file_adds_people_with_their_licences(bring_in) -> None:
    plan = bring_in(HEADINGS + ANNA + BORIS)
    assert outcomes(plan) == ["new", "new"]
    assert db.session.scalar(select(func.count(Person.id))) == 2
    licence = db.session.scalars(select(Licence).where(Licence.number == "PHD1")).one()
    assert licence.person.date_of_birth == date(1990, 2, 1)
    assert licence.status_on(date(2026, 6, 1)) is LicenceStatus.IN_FORCE
    assert licence.status_on(date(2029, 3, 1)) is LicenceStatus.EXPIRED


def test_bringing_the_same_file_in_twice_changes_nothing(bring_in) -> None:
    bring_in(HEADINGS + ANNA + BORIS)
    again = bring_in(HEADINGS + ANNA + BORIS)
    assert outcomes(again) == ["unchanged", "unchanged"]
    assert db.session.scalar(select(func.count(LicenceEvent.id))) == 2


@pytest.mark.parametrize(
    "status", ["revoked", "suspended", "refused", "expired", "badge returned", "renewal refused", "received"]
)
def test_every_status_is_brought_in_once(bring_in, status: str) -> None:
    row = ANNA.replace("granted", status)
    bring_in(HEADINGS + row)
    assert outcomes(bring_in(HEADINGS + row)) == ["unchanged"]


def test_a_new_name_keeps_the_former_one(bring_in) -> None:
    bring_in(HEADINGS + ANNA)
    plan = bring_in(HEADINGS + ANNA.replace("Sample", "Married"))
    assert [one.what for one in plan.outcomes] == ["name"]
    assert only(Person).name == "Anna Married"
    former = only(PersonName)
    assert (former.given_names, former.family_name) == ("Anna", "Sample")


def test_a_later_last_day_is_a_renewal(bring_in) -> None:
    bring_in(HEADINGS + ANNA)
    bring_in(HEADINGS + ANNA.replace("28/02/2029", "28/02/2032"))
    licence = only(Licence)
    assert licence.expires_on == date(2032, 2, 28)
    assert licence.status_on(date(2030, 1, 1)) is LicenceStatus.IN_FORCE


def test_a_status_without_its_date_becomes_an_event_without_one(bring_in) -> None:
    bring_in(HEADINGS + ANNA.replace("granted", "revoked"))
    kinds = [(event.kind, event.decided_on) for event in db.session.scalars(select(LicenceEvent))]
    assert (EventKind.REVOKED, None) in kinds
    assert only(Licence).status_on(date(2026, 6, 1)) is LicenceStatus.REVOKED


def test_a_file_cannot_restore_a_revoked_licence(bring_in) -> None:
    bring_in(HEADINGS + ANNA.replace("granted", "revoked"))
    plan = bring_in(HEADINGS + ANNA)
    assert outcomes(plan) == ["unchanged"]
    assert "Only a court can restore it" in plan.warnings[-1]
    assert only(Licence).status_on(date(2026, 6, 1)) is LicenceStatus.REVOKED


def test_a_blank_cell_denies_nothing(bring_in) -> None:
    bring_in(HEADINGS + ANNA)
    plan = bring_in(HEADINGS + ANNA.replace("01/02/1990", "").replace("OX99 1AA", "").replace("QQ123456C", ""))
    assert outcomes(plan) == ["unchanged"]


def test_a_number_that_belongs_to_somebody_else_is_rejected(bring_in) -> None:
    bring_in(HEADINGS + ANNA)
    plan = bring_in(HEADINGS + BORIS.replace("PHD2", "PHD1"))
    assert plan.outcomes == []
    assert "for another person" in plan.rejected[0].reason
    assert db.session.scalar(select(func.count(Person.id))) == 1


def test_two_licences_of_one_source_id_belong_to_one_person(bring_in) -> None:
    bring_in(HEADINGS + ANNA + ANNA.replace("PHD1", "HCD9").replace("private hire", "hackney carriage"))
    assert len(only(Person).licences) == 2


def test_good_rows_are_accepted_beside_bad_ones(bring_in) -> None:
    plan = bring_in(HEADINGS + ANNA + BORIS.replace("03/04/1985", "31/02/1985"))
    assert outcomes(plan) == ["new"]
    assert [(one.row, one.column) for one in plan.rejected] == [(3, "date_of_birth")]
    receipt = plan.receipt("drivers.csv", "0" * 64, "drivers", accounts.OXFORD)
    assert receipt["rows"] == receipt["accepted"] + receipt["left_out"] + 1


def stage(officer: ActingUser, tmp_path: Path, content: str) -> UUID:
    path = tmp_path / "drivers.csv"
    path.write_text(content)
    import_id, _ = changes.stage(officer, path, path.name, ImportKind.DRIVERS, Options(), limits.WEB)
    db.session.commit()
    return import_id


def test_a_preview_that_is_out_of_date_writes_nothing(officer: ActingUser, tmp_path: Path) -> None:
    first, second = (stage(officer, tmp_path, HEADINGS + ANNA) for _ in range(2))
    changes.apply(officer, first)
    db.session.commit()
    with pytest.raises(RuleBroken, match="Your register has changed"):
        changes.apply(officer, second)
    db.session.commit()
    assert db.session.scalar(select(func.count(Person.id))) == 1
    renewed = db.session.get_one(Import, second).receipt
    assert (renewed["new"], renewed["unchanged"]) == (0, 1)
    changes.apply(officer, second)


def test_an_import_is_applied_once(officer: ActingUser, tmp_path: Path) -> None:
    import_id = stage(officer, tmp_path, HEADINGS + ANNA)
    changes.apply(officer, import_id)
    db.session.commit()
    with pytest.raises(RuleBroken, match="already"):
        changes.apply(officer, import_id)


def test_a_failure_half_way_leaves_nothing_half_done(
    officer: ActingUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = stage(officer, tmp_path, HEADINGS + ANNA)
    monkeypatch.setattr(changes, "_note_freshness", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        changes.apply(officer, import_id)
    db.session.rollback()
    assert db.session.scalar(select(func.count(Person.id))) == 0


FHRS = """<?xml version="1.0"?><FHRSEstablishment><Header><ExtractDate>2026-11-14</ExtractDate><ItemCount>1</ItemCount>
<ReturnCode>Success</ReturnCode></Header><EstablishmentCollection><EstablishmentDetail><FHRSID>1000001</FHRSID>
<LocalAuthorityBusinessID>S/1</LocalAuthorityBusinessID><BusinessName>Sample Guesthouse</BusinessName>
<BusinessType>Hotel/bed &amp; breakfast/guest house</BusinessType><BusinessTypeID>7842</BusinessTypeID>
<AddressLine2>1 Sample Street</AddressLine2><PostCode>OX99 1AA</PostCode><RatingValue>4</RatingValue>
<RatingKey>fhrs_4_en-GB</RatingKey><RatingDate>2026-01-02</RatingDate><LocalAuthorityCode>269</LocalAuthorityCode>
<LocalAuthorityName>{council}</LocalAuthorityName><Scores/><SchemeType>FHRS</SchemeType>
<NewRatingPending>False</NewRatingPending><Geocode/></EstablishmentDetail></EstablishmentCollection></FHRSEstablishment>"""


def stage_fhrs(officer: ActingUser, tmp_path: Path, content: str) -> tuple[UUID, Plan]:
    path = tmp_path / "fhrs.xml"
    path.write_text(content)
    staged = changes.stage(officer, path, path.name, ImportKind.FHRS, Options(), limits.WEB)
    db.session.commit()
    return staged


def test_a_hotel_becomes_a_place_with_its_rating(officer: ActingUser, tmp_path: Path) -> None:
    import_id, _ = stage_fhrs(officer, tmp_path, FHRS.format(council="Oxford City"))
    changes.apply(officer, import_id)
    db.session.commit()
    place = only(Premises)
    assert place.food_registration.ratings[0].rating == "4"
    _, again = stage_fhrs(officer, tmp_path, FHRS.format(council="Oxford City"))
    assert outcomes(again) == ["unchanged"]


def test_a_new_rating_is_added_to_the_old_one(officer: ActingUser, tmp_path: Path) -> None:
    import_id, _ = stage_fhrs(officer, tmp_path, FHRS.format(council="Oxford City"))
    changes.apply(officer, import_id)
    later = FHRS.format(council="Oxford City").replace("2026-11-14", "2026-12-14").replace(">4<", ">2<")
    import_id, plan = stage_fhrs(officer, tmp_path, later)
    changes.apply(officer, import_id)
    db.session.commit()
    assert [one.what for one in plan.outcomes] == ["rating now 2"]
    assert [rating.rating for rating in only(Premises).food_registration.ratings] == ["2", "4"]


def test_another_councils_file_is_refused(officer: ActingUser, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="This file is for South Oxfordshire"):
        stage_fhrs(officer, tmp_path, FHRS.format(council="South Oxfordshire"))
