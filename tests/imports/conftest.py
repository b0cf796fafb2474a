"""Small files made for the import tests: workbooks written part by part, so that each can also
be made hostile.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from factories import accounts
from flask import Flask

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import act_as, db
from licensing.imports import changes, limits, queries
from licensing.imports.headings import resolve
from licensing.imports.mapping import AS_WRITTEN
from licensing.imports.options import Options
from licensing.imports.rules import ImportKind
from licensing.imports.tables import Row, Table
from licensing.permissions import Role

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
DATE_STYLE = 1

BringIn = Callable[[ImportKind, str], dict[str, Any]]
Cell = str | int | float | bool | date | None
Sheet = tuple[str, str, str]
"""Name, state (visible or hidden) and the XML of one sheet."""


def column_letters(index: int) -> str:
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def cell_xml(reference: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        serial = (value - date(1899, 12, 30)).days
        return f'<c r="{reference}" s="{DATE_STYLE}"><v>{serial}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet_xml(rows: Sequence[Sequence[Cell]]) -> str:
    body = "".join(
        f'<row r="{number}">'
        + "".join(cell_xml(f"{column_letters(i)}{number}", cell) for i, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def workbook_parts(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The parts of an Office Open XML workbook (ECMA-376), name to text."""
    numbered = list(enumerate(sheets, start=1))
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd'
        '.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{WORKSHEET}"/>' for n, _ in numbered)
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
            for n, (name, state, _) in numbered
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in numbered
        )
        + f'<Relationship Id="styles" Type="{RELATIONSHIPS}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, (_, _, xml) in numbered},
    }


def write_parts(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


@pytest.fixture
def make_workbook(tmp_path: Path) -> Callable[[Sequence[Sequence[Cell]]], Path]:
    """Write one visible sheet of rows as an XLSX file."""

    def make(rows: Sequence[Sequence[Cell]]) -> Path:
        return write_parts(tmp_path / "register.xlsx", workbook_parts([("Drivers", "visible", sheet_xml(rows))]))

    return make


@pytest.fixture
def make_workbook_of(tmp_path: Path) -> Callable[[Sequence[Sheet]], Path]:
    """Write sheets given as (name, state, xml) as an XLSX file."""

    def make(sheets: Sequence[Sheet]) -> Path:
        return write_parts(tmp_path / "register.xlsx", workbook_parts(sheets))

    return make


@pytest.fixture
def make_fhrs(tmp_path: Path) -> Callable[..., Path]:
    """Write a food hygiene ratings file with establishments given as XML."""

    def make(*establishments: str, count: int | None = None) -> Path:
        path = tmp_path / "FHRS999en-GB.xml"
        path.write_text(
            '<?xml version="1.0"?><FHRSEstablishment><Header><ExtractDate>2025-06-03</ExtractDate>'
            f"<ItemCount>{len(establishments) if count is None else count}</ItemCount>"
            "<ReturnCode>Success</ReturnCode></Header><EstablishmentCollection>"
            + "".join(f"<EstablishmentDetail>{each}</EstablishmentDetail>" for each in establishments)
            + "</EstablishmentCollection></FHRSEstablishment>",
            encoding="utf-8",
        )
        return path

    return make


@pytest.fixture
def drivers_table() -> Callable[..., Table]:
    """A table of drivers without a file: rows as dictionaries by our column names, numbered from
    2.
    """

    def make(*rows: dict[str, str]) -> Table:
        headings = list(dict.fromkeys(column for row in rows for column in row))
        layout = resolve(headings, 1, ImportKind.DRIVERS, AS_WRITTEN)
        cells = [[row.get(heading, "") for heading in headings] for row in rows]
        return Table(layout, [Row(number, each) for number, each in enumerate(cells, start=2)])

    return make


@pytest.fixture
def officer(app: Flask) -> ActingUser:
    """A licensing officer of Oxford, who acts from here on."""
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    user = who_is_acting()
    assert user is not None
    return user


@pytest.fixture
def bring_in(officer: ActingUser, tmp_path: Path) -> BringIn:
    """`bring_in(kind, content)`: stage and apply as the web does; returns the receipt."""

    def run(kind: ImportKind, content: str) -> dict[str, Any]:
        path = tmp_path / "register.csv"
        path.write_text(content)
        import_id, _ = changes.stage(officer, path, path.name, kind, Options(), limits.WEB)
        db.session.commit()
        changes.apply(officer, import_id)
        db.session.commit()
        db.session.expire_all()
        receipt: dict[str, Any] = queries.one_import(import_id).receipt
        return receipt

    return run
