"""Files of every kind: brought in once, safe to bring in twice, and the preview is the result."""

import string
from pathlib import Path
from typing import Any

import pytest
from factories import accounts
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imports.conftest import BringIn
from sqlalchemy import text

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import act_as, db
from licensing.errors import RuleBroken
from licensing.imports import changes, headings, limits
from licensing.imports.making_plans import make_plan
from licensing.imports.mapping import AS_WRITTEN
from licensing.imports.options import Options
from licensing.imports.plan import Outcome, Plan
from licensing.imports.refused import FileRefused
from licensing.imports.rules import ImportKind
from licensing.imports.tables import Row, Table
from licensing.permissions import Role

FILES = {
    ImportKind.DRIVERS: (
        "source_id,given_names,family_name,date_of_birth,licence_no,licence_type,status,starts_on,expires_on\n"
        "A1,Anna,Sample,01/02/1990,PHD1,private hire,granted,01/03/2026,28/02/2029\n"
        "A2,Boris,Example,03/04/1985,PHD2,private hire,revoked,01/03/2026,28/02/2029\n"
    ),
    ImportKind.PERSONAL_LICENCES: (
        "source_id,given_names,family_name,date_of_birth,address,postcode,licence_no,granted_on,status\n"
        "P1,Cleo,Sample,01/02/1970,1 Sample Street,OX99 1AA,24/1/PERS,01/03/2016,granted\n"
        "P2,Dan,Example,03/04/1975,2 Sample Street,OX99 1AB,24/2/PERS,01/03/2017,surrendered\n"
    ),
    ImportKind.VEHICLES: (
        "source_id,vrm,make,model,colour,licence_no,licence_type,plate_no,proprietor,starts_on,expires_on,"
        "wheelchair_accessible\n"
        "V1,AB12 CDE,Skoda,Octavia,Silver,PHV1,private hire,045,Sample Cars Ltd,01/03/2026,28/02/2027,no\n"
        "V2,XY99ZZZ,LEVC,TX,Black,HCV2,hackney carriage,7,Mr Eve Example,01/03/2026,28/02/2027,yes\n"
        ",AB13CDE,Ford,Galaxy,,,,,,,,\n"
    ),
    ImportKind.OPERATORS: (
        "source_id,name,company_no,licence_no,starts_on,expires_on,address,postcode\n"
        "G1,Sample Cars Limited,1234567,PHO1,01/03/2024,28/02/2029,1 Sample Street,OX99 1AA\n"
        ",Fay Example,,PHO2,01/03/2024,28/02/2029,2 Sample Street,OX99 1AB\n"
    ),
    ImportKind.PREMISES: (
        "source_id,name,address,postcode,uprn,premises_type,licence_no,licence_type,status,granted_on,holder,dps\n"
        "L1,The Sample Arms,1 Sample Street,OX99 1AA,000000199356,Public house,24/1/PREM,Premises licence,Granted,"
        "01/03/2010,Sample Inns Ltd,Gus Example\n"
        "L2,Sample Club,2 Sample Street,OX99 1AB,,Club,24/2/CLUB,Club premises certificate,Granted,01/03/2010,,\n"
        "L3,3 Sample Street,3 Sample Street,OX99 1AC,,,24/3/HMO,HMO licence,Granted,01/03/2024,Hal Example,\n"
    ),
    ImportKind.ADVERSE_DECISIONS: (
        "source_id,licence_no,decision,decided_on,notified_on,effective_on,immediate,power,relevant_information,"
        "permanent\n"
        "D1,PHD1,suspended,01/05/2026,02/05/2026,,yes,s.61(2B),wholly,no\n"
        "D2,PHD2,revoked,01/06/2026,02/06/2026,24/06/2026,no,s.61,partly,yes\n"
    ),
}
KINDS = list(FILES)
COUNTED = (
    "person",
    "person_name",
    "person_address",
    "organisation",
    "vehicle",
    "vehicle_mark",
    "premises",
    "licence",
    "licence_event",
    "licence_mark",
    "licence_period",
    "position_held",
)


def counted() -> dict[str, int]:
    return {name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in COUNTED}


def outcomes(receipt: dict[str, Any]) -> tuple[int, int, int]:
    return receipt["new"], receipt["changed"], receipt["unchanged"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_each_kind_is_brought_in_once_however_often_it_comes(bring_in: BringIn, kind: ImportKind) -> None:
    if kind is ImportKind.ADVERSE_DECISIONS:
        bring_in(ImportKind.DRIVERS, FILES[ImportKind.DRIVERS])
    first = bring_in(kind, FILES[kind])
    assert first["rejected"] == []
    assert first["accepted"] == first["new"] + first["changed"] == len(FILES[kind].splitlines()) - 1
    written = counted()
    again = bring_in(kind, FILES[kind])
    assert outcomes(again) == (0, 0, first["accepted"])
    assert again["missing"] == 0
    assert counted() == written


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_last_file_had_and_this_one_has_not_is_listed_and_left(bring_in: BringIn, kind: ImportKind) -> None:
    if kind is ImportKind.ADVERSE_DECISIONS:
        bring_in(ImportKind.DRIVERS, FILES[ImportKind.DRIVERS])
    bring_in(kind, FILES[kind])
    written = counted()
    above, first, *rest = FILES[kind].splitlines(keepends=True)
    assert bring_in(kind, above + first)["missing"] == len(rest)
    assert counted() == written
    assert bring_in(kind, above + "".join(rest))["missing"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_names_another_council_is_refused(bring_in: BringIn, kind: ImportKind) -> None:
    headings, *rows = FILES[kind].splitlines()

    def with_council(heading: str, value: str) -> str:
        return "\n".join([f"{headings},{heading}", *(f"{row},{value}" for row in rows)]) + "\n"

    for heading, value in (("Council", "Cherwell District Council"), ("la_code", accounts.CHERWELL)):
        with pytest.raises(FileRefused, match="nothing was brought in"):
            bring_in(kind, with_council(heading, value))
    own = bring_in(kind, with_council("Council", "Oxford City"))
    assert own["accepted"] or kind is ImportKind.ADVERSE_DECISIONS


@pytest.mark.parametrize("kind", [*KINDS, ImportKind.FHRS])
def test_a_county_keeps_none_of_these_registers(app: Flask, tmp_path: Path, kind: ImportKind) -> None:
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.COUNTY)))
    county = who_is_acting()
    assert county is not None
    path = tmp_path / "register.csv"
    path.write_text(FILES[ImportKind.DRIVERS] if kind is ImportKind.FHRS else FILES[kind])
    with pytest.raises(FileRefused):
        changes.stage(county, path, path.name, kind, Options(), limits.WEB)


TEXTS = st.text(alphabet=string.ascii_letters + " éŁ'-=@+", max_size=12)
IDS = st.sampled_from(["", "1", "2", "3"])
NUMBERS = st.sampled_from(["", "N1", "N2", "N 3", "n-1"])
DATES = st.sampled_from(["", "01/03/2024", "2025-06-03", "28/02/2027", "31/02/2025", "nonsense"])
CELLS: dict[str, st.SearchStrategy[str]] = {
    "source_id": IDS,
    "licence_no": NUMBERS,
    "vrm": st.sampled_from(["AB12CDE", "ab12 cde", "XY99ZZZ", "101D234", ""]),
    "plate_no": NUMBERS,
    "company_no": st.sampled_from(["", "1234567", "SC123456", "x"]),
    "uprn": st.sampled_from(["", "199356", "000000199356", "x"]),
    "postcode": st.sampled_from(["", "OX99 1AA", "OX991AB"]),
    "name": st.sampled_from(["Sample Ltd", "sample limited", "Anna Sample", "The Arms", ""]),
    "proprietor": st.sampled_from(["", "Sample Ltd", "Anna Sample", "Mr Anna Sample", "Boris Example"]),
    "holder": st.sampled_from(["", "Sample Ltd", "Anna Sample"]),
    "dps": st.sampled_from(["", "Anna Sample", "Boris Example"]),
    "status": st.sampled_from(["", "granted", "revoked", "surrendered", "lapsed", "suspended", "expired", "odd"]),
    "wheelchair_accessible": st.sampled_from(["", "yes", "no", "HYB"]),
    "decision": st.sampled_from(["revoked", "suspended", "suspension ended", "refused", "reinstated by court", ""]),
    "immediate": st.sampled_from(["", "yes", "no"]),
    "permanent": st.sampled_from(["", "yes", "no"]),
    "relevant_information": st.sampled_from(["", "wholly", "partly", "no", "yes"]),
    "given_names": st.sampled_from(["Anna", "Boris", ""]),
    "family_name": st.sampled_from(["Sample", "Example"]),
}
TYPES = {
    ImportKind.VEHICLES: st.sampled_from(["", "private hire", "hackney", "odd"]),
    ImportKind.PREMISES: st.sampled_from(["", "premises licence", "club premises certificate", "HMO", "TEN"]),
    ImportKind.DRIVERS: st.sampled_from(["dual", "private hire"]),
}


def rows_of(kind: ImportKind) -> st.SearchStrategy[list[tuple[str, ...]]]:
    """Rows of this kind, in which much is repeated and contradicts itself."""
    cells = {**CELLS, "licence_type": TYPES.get(kind, st.just(""))}
    if kind is ImportKind.ADVERSE_DECISIONS:
        cells["licence_no"] = st.sampled_from(["PHD1", "PHD2", "PHD9"])
    columns = columns_of(kind)
    row = st.tuples(*(cells.get(column, DATES if column.endswith("_on") else TEXTS) for column in columns))
    return st.lists(row, min_size=1, max_size=6)


def columns_of(kind: ImportKind) -> list[str]:
    return FILES[kind].splitlines()[0].split(",")


def planned(officer: ActingUser, kind: ImportKind, rows: list[tuple[str, ...]]) -> Plan:
    layout = headings.resolve(columns_of(kind), 1, kind, AS_WRITTEN)
    return make_plan(officer, Table(layout, [Row(n, [*cells]) for n, cells in enumerate(rows, 2)]), kind, Options())


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_rows_add_up_do_what_their_preview_says_and_change_nothing_again(
    bring_in: BringIn, officer: ActingUser, kind: ImportKind, data: st.DataObject
) -> None:
    db.session.rollback()  # what the example before this one wrote
    if kind is ImportKind.ADVERSE_DECISIONS and not counted()["licence"]:
        bring_in(ImportKind.DRIVERS, FILES[ImportKind.DRIVERS])
    rows = data.draw(rows_of(kind))
    preview, plan = planned(officer, kind, rows), planned(officer, kind, rows)
    assert preview.fingerprint() == plan.fingerprint()
    assert plan.rows == len(rows)
    plan.steps.apply()
    db.session.flush()
    written = counted()
    again = planned(officer, kind, rows)
    assert {one.what for one in again.outcomes} == {one.what for one in again.outcomes if not one.what}
    assert not again.count(Outcome.NEW) + again.count(Outcome.CHANGED)
    again.steps.apply()
    db.session.flush()
    assert counted() == written


@pytest.mark.parametrize("kind", KINDS)
def test_cells_that_a_spreadsheet_would_run_are_kept_as_text_and_huge_ones_rejected(
    bring_in: BringIn, kind: ImportKind
) -> None:
    headings, first, *_ = FILES[kind].splitlines()
    cells = first.split(",")
    cells[1] = "x" * 1_000
    receipt = bring_in(kind, f"{headings}\n{','.join(cells)}\n")
    assert receipt["accepted"] == 0
    assert "longer than 500 characters" in receipt["rejected"][0]["reason"]
    assert all(len(one["value"]) <= 80 for one in receipt["rejected"])


def test_of_two_previews_of_one_file_the_second_is_shown_anew_instead_of_brought_in(
    officer: ActingUser, tmp_path: Path
) -> None:
    path = tmp_path / "vehicles.csv"
    path.write_text(FILES[ImportKind.VEHICLES])
    staged = [changes.stage(officer, path, path.name, ImportKind.VEHICLES, Options(), limits.WEB)[0] for _ in range(2)]
    db.session.commit()
    changes.apply(officer, staged[0])
    db.session.commit()
    written = counted()
    with pytest.raises(RuleBroken, match="Your register has changed since this preview was made"):
        changes.apply(officer, staged[1])
    assert counted() == written
