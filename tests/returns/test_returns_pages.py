"""Returns against small worlds counted by hand; their files, what is kept of these, and who is refused."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from accounts import browsers
from clients import CheckingClient as Browser
from factories import accounts, decisions, register, returns, sharing, training, vetting
from flask import Flask, current_app
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.figures.rules import Period
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, VehicleDetails
from licensing.register.events import Event, EventKind
from licensing.register.models import Licence
from licensing.register.rows import Rows
from licensing.returns import gathering
from licensing.returns.catalogue import RETURNS, Which
from licensing.returns.gathering import Line
from licensing.setup import owner_session
from licensing.vetting.rules import CheckKind

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
REVOKED = replace(register.REVOKED, decided_on=date(2025, 5, 14), notified_on=date(2025, 5, 14))
SURVEY, PUBLIC = "/returns/figures/taxi-survey", "/returns/figures/freedom-of-information"


def add_drivers(first: int, number: int, kind: LicenceKind, *events: Event, code: str = accounts.OXFORD) -> list[Any]:
    made = []
    for one in range(first, first + number):
        person = register.numbered(one)
        licence = replace(person.licences[0], kind=kind, events=(register.GRANTED, *events))
        made.append(replace(person, licences=(licence,)))
    return register.add_all(made, code)


def add_vehicles(*made: tuple[str, str, bool | None, Event], code: str = accounts.OXFORD, **more: Any) -> None:
    """(registration, plate, accessible, granted) of private hire vehicles, by an officer of the council."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
        db.session.rollback()
        rows = Rows(accounts.authority_id(code), current_app.config["KEYS"])
        for number, (mark, plate, accessible, granted) in enumerate(made):
            vehicle = rows.add_vehicle(VehicleDetails(mark, wheelchair_accessible=accessible))
            details = LicenceDetails(
                LicenceKind.PRIVATE_HIRE_VEHICLE, f"V{mark}{number}", plate, (granted, *more.get("then", ()))
            )
            rows.add_licence(None, details, vehicle_id=vehicle)
        rows.write()
        db.session.commit()


def told(which: Which, period: Period = YEAR, code: str = accounts.OXFORD) -> dict[tuple[str, str], Line]:
    """Every line of a return, as an officer of the council is given it."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        tables = gathering.tables(user, RETURNS[which], period)
        db.session.rollback()
    return {(table.title, line.name): line for table in tables for line in table.lines}


def exports() -> list[dict[str, Any]]:
    with owner_session() as session:
        found = select(AuditEntry.details).where(
            AuditEntry.action == Action.EXPORTED, AuditEntry.object_kind == ObjectKind.RETURN
        )
        return [dict(one or {}) for one in session.scalars(found.order_by(AuditEntry.at))]


@pytest.fixture
def officer(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


def period_typed(period: Period) -> dict[str, str]:
    days, parts = {"from_on": period.from_on, "until_on": period.until_on}, ("day", "month", "year")
    return {f"{name}-{part}": str(getattr(day, part)) for name, day in days.items() for part in parts}


def test_the_survey_is_counted_as_by_hand_and_exactly(app: Flask) -> None:
    private = add_drivers(1, 12, LicenceKind.PRIVATE_HIRE_DRIVER)
    add_drivers(101, 2, LicenceKind.DUAL_DRIVER)
    add_drivers(201, 3, LicenceKind.PRIVATE_HIRE_DRIVER, REVOKED)
    add_drivers(301, 30, LicenceKind.DUAL_DRIVER, code=accounts.CHERWELL)
    add_vehicles(
        ("AB12 CDE", "1", True, register.GRANTED),
        ("AB12 CDF", "2", False, register.GRANTED),
        ("AB12 CDG", "3", None, register.GRANTED),
    )
    training.record(accounts.OXFORD, private[0])
    vetting.record(
        accounts.OXFORD, private[0], vetting.satisfied(CheckKind.DBS_STATUS, YEAR.until_on - timedelta(days=30))
    )
    found = told(Which.TAXI_SURVEY)
    assert found["Driver licences in force", "All together"].value == 14
    assert found["Driver licences in force", "Private hire driver: in force"].value == 12
    assert found["Driver licences in force", "Hackney carriage driver: in force"].shown == "0"
    assert found["Private hire vehicle", "All together"].value == 3
    assert found["Private hire vehicle", "Private hire vehicle: wheelchair accessible"].value == 1
    assert found["Private hire vehicle", "Private hire vehicle: not wheelchair accessible"].value == 1
    assert found["Private hire vehicle", "Private hire vehicle: not recorded whether accessible"].value == 1
    assert found["Revocations, by kind of licence", "All together"].value == 3
    assert found["Revocations, by kind of licence", "Revocations: Private hire driver"].value == 3
    assert found["Safeguarding training", "Drivers whose safeguarding training is in date"].value == round(100 / 14)
    assert found["DBS checks", "Drivers whose DBS status was looked at in 6 months"].value == round(100 / 14)
    assert found["What your council asks of drivers", CheckKind.DBS_STATUS.label].shown == "Every 6 months"


def test_what_is_not_recorded_here_is_not_known_and_never_nought(app: Flask) -> None:
    found = told(Which.TAXI_SURVEY)
    of_figures = {key: one for key, one in found.items() if key[0] != "What your council asks of drivers"}
    assert {one.shown for one in of_figures.values()} == {"not known"}
    assert all(one.reason and one.value is None for one in of_figures.values())
    add_vehicles(("AB12 CDE", "1", None, register.GRANTED))
    add_drivers(1, 6, LicenceKind.PRIVATE_HIRE_DRIVER)
    found = told(Which.TAXI_SURVEY)
    accessible = found["Private hire vehicle", "Private hire vehicle: wheelchair accessible"]
    assert (accessible.shown, accessible.reason) == ("not known", "it is recorded of no vehicle")
    assert found["Private hire vehicle", "Private hire vehicle: not recorded whether accessible"].value == 1
    assert found["NR3S: searches", "NR3S searches"].shown == "not known"
    assert found["Revocations, by kind of licence", "All together"].value == 0
    earlier = told(Which.TAXI_SURVEY, Period(date(2023, 1, 1), date(2024, 12, 31)))
    assert "begins after the first day" in earlier["Revocations, by kind of licence", "All together"].reason


def test_a_county_that_licenses_no_taxi_is_told_so(app: Flask) -> None:
    found = told(Which.TAXI_SURVEY, code=accounts.COUNTY)
    assert found["Driver licences in force", "All together"].reason == "no council of the area counts it"


def test_of_an_answer_to_the_public_small_parts_are_withheld_and_what_would_give_them_back(app: Flask) -> None:
    add_drivers(1, 12, LicenceKind.PRIVATE_HIRE_DRIVER)
    add_drivers(101, 7, LicenceKind.PRIVATE_HIRE_DRIVER, REVOKED)
    add_drivers(201, 3, LicenceKind.DUAL_DRIVER, REVOKED)
    found = told(Which.FREEDOM_OF_INFORMATION)
    table, dual = "Revocations, by kind of licence", f"Revocations: {LicenceKind.DUAL_DRIVER.label}"
    assert found[table, "All together"].value == 10
    assert found[table, "Revocations: Private hire driver"].value == 7
    assert found[table, dual].shown == "fewer than 5 or withheld"
    assert found[table, "Revocations: Hackney carriage driver"].value is None
    assert found["Driver licences in force", "All together"].value == 12
    exactly = told(Which.TAXI_SURVEY)
    assert exactly[table, dual].value == 3


def test_what_a_decision_was_about_is_found_though_its_event_was_completed_by_another(app: Flask) -> None:
    (person_id,) = add_drivers(1, 1, LicenceKind.PRIVATE_HIRE_DRIVER)
    with owner_session() as session:
        licence_id = session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
    decisions.decide(accounts.OXFORD, licence_id, accounts.user(Role.LICENSING_OFFICER))
    with owner_session() as session:
        completed = text("SELECT count(*) FROM licence_event WHERE kind = 'suspended' AND supersedes_id IS NOT NULL")
        assert session.scalar(completed) == 1
    today = dates.today()
    period = Period(min(decisions.DECIDED_ON, today - timedelta(days=60)), today)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        asked = {"first": period.from_on, "last": period.until_on}
        rows = db.session.execute(
            text("SELECT code, number FROM figures_of_returns(:first, :last, clock_timestamp())"), asked
        )
        found = {row.code: row.number for row in rows}
        db.session.rollback()
    assert found["decisions.suspended.about.harm"] == 1
    assert "decisions.suspended.about.not_recorded" not in found
    assert found["decisions.suspended.private_hire_driver"] == 1


@pytest.mark.parametrize(
    ("address", "period", "said"),
    [
        (SURVEY, Period(date(2025, 12, 31), date(2025, 1, 1)), "must end on or after the day on which it begins"),
        (SURVEY, Period(date(2025, 1, 1), date(2098, 1, 1)), "must end today or in the past"),
        (SURVEY, Period(date(1950, 1, 1), date(1950, 12, 31)), "did not exist before"),
        (PUBLIC, Period(date(2025, 1, 1), date(2025, 6, 30)), "is of one whole year"),
    ],
)
def test_a_period_that_cannot_be_is_said_beside_it_and_kept(
    officer: Browser, address: str, period: Period, said: str
) -> None:
    answer = officer.get(address, query_string=period_typed(period))
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{period.from_on.year}"' in answer.text
    refused = officer.post(f"{address}/file", data=period_typed(period))
    assert refused.status_code == 422
    assert exports() == []


def test_a_period_without_its_days_is_asked_for(officer: Browser) -> None:
    answer = officer.get(SURVEY, query_string={"from_on-day": "x", "until_on-day": ""})
    assert answer.status_code == 422
    assert "Enter the last day of the period" in answer.text


def test_a_return_is_downloaded_as_csv_and_as_a_workbook_and_both_are_kept_on_the_trail(officer: Browser) -> None:
    add_drivers(1, 12, LicenceKind.PRIVATE_HIRE_DRIVER)
    typed = period_typed(YEAR)
    plain = officer.post(f"{SURVEY}/file", data=typed | {"format": "csv"})
    lines = list(csv.reader(StringIO(plain.text)))
    assert lines[0] == ["Table", "Figure", "Answer", "Why it is not known", "Definition"]
    in_force = next(line for line in lines if line[1] == "Private hire driver: in force")
    assert in_force[2] == "12"
    book = CalamineWorkbook.from_filelike(BytesIO(officer.post(f"{SURVEY}/file", data=typed | {"format": "xlsx"}).data))
    rows = book.get_sheet_by_name("List").to_python()
    assert next(row for row in rows if row[1] == "Private hire driver: in force")[2] == 12
    about = dict(book.get_sheet_by_name("About this file").to_python())
    assert about["Period"] == "1 January 2025 to 31 December 2025"
    assert "Do not publish" in about["Handling"]
    assert about["Made by"] == "Test Licensing officer"
    first, second = exports()
    assert (first["return"], first["rows"]) == ("taxi-survey", len(lines) - 1)
    assert len(str(first["sha256"])) == 64
    assert second["Period"] == about["Period"]


def test_a_file_is_sent_after_the_second_factor_was_shown_again(officer: Browser) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE user_session SET second_factor_at = now() - interval '7 minutes'"))
        session.commit()
    for address in (f"{SURVEY}/file", "/returns/vehicles.csv", "/returns/nr3s-entries/file"):
        answer = officer.post(address, data=period_typed(YEAR))
        assert answer.status_code == 302
        assert answer.location.endswith("/confirm")
    assert exports() == []


@pytest.mark.parametrize("role", [Role.BRIEFING_AUTHOR, Role.ADMINISTRATOR, Role.DISRUPTION_OFFICER, Role.AUDITOR])
def test_who_does_not_license_makes_no_return(app: Flask, role: Role) -> None:
    browser = browsers.of_role(app, role)
    for address in ("/returns", SURVEY, "/returns/vehicles", "/returns/vehicles/names", "/returns/nr3s-entries"):
        assert browser.get(address).status_code == 403


def test_there_is_no_other_return(officer: Browser) -> None:
    assert officer.get("/returns/figures/anything").status_code == 404


def test_the_vehicles_are_sent_without_those_that_break_a_rule_which_are_listed(officer: Browser) -> None:
    lasting = register.GRANTED.expires_on
    add_vehicles(
        ("AB12 CDE", "1", True, register.GRANTED),
        ("AB12 CDF", "2", None, register.GRANTED),
        ("101 D 234", "3", None, register.GRANTED),
        ("AB12 CDG", "=4", None, register.GRANTED),
        ("AB12 CDH", "", None, register.GRANTED),
        ("AB12 CDJ", "Ł5", None, replace(register.GRANTED, starts_on=date(2001, 1, 1), decided_on=date(2001, 1, 1))),
    )
    add_vehicles(
        ("AB12 CDK", "7", None, register.GRANTED),
        then=(Event(EventKind.SUSPENDED, decided_on=date(2025, 5, 1), notified_on=date(2025, 5, 1), immediate=True),),
    )
    add_vehicles(("AB12 XXX", "8", None, register.GRANTED), code=accounts.CHERWELL)
    assert officer.post("/returns/vehicles.csv").location == "/returns/vehicles/names"
    assert "identifier and the name" in officer.get("/returns/vehicles").text
    wrong = officer.post("/returns/vehicles/names", data={"identifier": "OX-1", "name": "Oxförd"})
    assert wrong.status_code == 422
    assert "letters and digits alone" in wrong.text
    assert "in plain letters" in wrong.text
    assert 'value="OX-1"' in wrong.text
    sound = {"identifier": "OX1", "name": "Oxford City Council"}
    assert officer.post("/returns/vehicles/names", data=sound).status_code == 302
    page, today = officer.get("/returns/vehicles").text, dates.today()
    for said in (
        f"CAZ-{today.isoformat()}-OX1.csv",
        "2 in the file, 5 left out",
        "Its registration is none that is issued to such a vehicle",
        "The plate number begins as a formula",
        "It has no plate number",
        "a character that the register does not take",
        "The licence began more than 20 years ago",
        "The licence is suspended",
    ):
        assert said in page, said
    assert "AB12 XXX" not in page
    answer = officer.post("/returns/vehicles.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="CAZ-{today.isoformat()}-OX1.csv"'
    assert answer.text.split("\n") == [
        f"AB12CDE,2024-03-01,{lasting},PHV,Oxford City Council,1,true",
        f"AB12CDF,2024-03-01,{lasting},PHV,Oxford City Council,2,",
    ]
    (kept,) = exports()
    assert (kept["return"], kept["rows"], kept["left_out"]) == ("vehicles", 2, 5)


def test_a_council_is_known_as_was_said_last_and_to_itself_alone(app: Flask, officer: Browser) -> None:
    returns.name_council(accounts.user(Role.LICENSING_OFFICER), "OLD1")
    returns.name_council(accounts.user(Role.LICENSING_OFFICER), "NEW1")
    returns.name_council(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL), "THEIRS1")
    assert 'value="NEW1"' in officer.get("/returns/vehicles/names").text
    cherwell = browsers.of_role(app, Role.LICENSING_MANAGER, accounts.CHERWELL)
    assert 'value="THEIRS1"' in cherwell.get("/returns/vehicles/names").text
    assert "There is no vehicle that the file could have" in officer.get("/returns/vehicles").text
    assert officer.post("/returns/vehicles.csv").location == "/returns/vehicles"


def test_what_nr3s_is_owed_is_listed_by_reference_with_the_day_it_is_due(app: Flask, officer: Browser) -> None:
    (person_id,) = add_drivers(1, 1, LicenceKind.PRIVATE_HIRE_DRIVER, REVOKED)
    with owner_session() as session:
        licence_id = session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
    made = sharing.shared(accounts.OXFORD, person_id, licence_id)
    page = officer.get("/returns/nr3s-entries").text
    assert f"/nr3s/entries/{made['nr3s_entry_id']}" in page
    assert "Put right: " in page
    answer = officer.post("/returns/nr3s-entries/file", data={"format": "csv"})
    (line,) = list(csv.reader(StringIO(answer.text)))[1:]
    started, due = date.fromisoformat(line[2]), date.fromisoformat(line[3])
    assert due > started
    assert line[4] == "No"
    for personal in ("Sample1", "Person1", "PHD00001"):
        assert personal not in answer.text
        assert personal not in page
    cherwell = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert "Nothing is owed to NR3S" in cherwell.get("/returns/nr3s-entries").text
    assert [one["return"] for one in exports()] == ["nr3s-entries"]
