"""Bringing a file in on the web: upload, preview, apply, receipt."""

import csv
import gc
import json
import re
from io import BytesIO, StringIO
from uuid import uuid4
from warnings import catch_warnings

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts
from flask import Flask
from journeys.checking import answer_to
from journeys.reading import change_browser, error_links, first_column
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.imports.models import Import, ImportChunk
from licensing.permissions import Role
from licensing.register.models import Licence, Person
from licensing.setup import owner_session

HEADINGS = (
    "source_id,given_names,family_name,date_of_birth,"
    "postcode,nino,licence_no,licence_type,status,starts_on,expires_on\n"
)
ANNA = "A1,Anna,Canaryname,01/02/1990,OX99 1AA,QQ123456C,PHD1,private hire,granted,01/03/2026,28/02/2029\n"
BORIS = "B2,Boris,Example,03/04/1985,OX99 1AB,,PHD2,private hire,granted,01/03/2026,28/02/2029\n"
FHRS = """<?xml version="1.0"?>{doctype}<FHRSEstablishment><Header><ExtractDate>2026-11-14</ExtractDate>
<ItemCount>2</ItemCount><ReturnCode>Success</ReturnCode></Header><EstablishmentCollection>
<EstablishmentDetail><FHRSID>1000001</FHRSID><BusinessName>Sample Guesthouse</BusinessName>
<BusinessTypeID>7842</BusinessTypeID><PostCode>OX99 1AA</PostCode><RatingValue>4</RatingValue>
<RatingDate>2026-01-02</RatingDate><LocalAuthorityCode>269</LocalAuthorityCode>
<LocalAuthorityName>{council}</LocalAuthorityName><SchemeType>FHRS</SchemeType></EstablishmentDetail>
<EstablishmentDetail><FHRSID>1000002</FHRSID><BusinessName>Sample Café{entity}</BusinessName>
<BusinessTypeID>1</BusinessTypeID></EstablishmentDetail></EstablishmentCollection></FHRSEstablishment>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def fhrs(council: str = "Oxford City", doctype: str = "", entity: str = "") -> str:
    return FHRS.format(council=council, doctype=doctype, entity=entity)


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def upload(
    officer: CheckingClient, content: str | bytes, kind: str = "drivers", name: str = "drivers.csv", **more: str
) -> TestResponse:
    data = content if isinstance(content, bytes) else content.encode()
    form = {"kind": kind, "file": (BytesIO(data), name), **more}
    return officer.post("/imports/new", data=form, content_type="multipart/form-data")


def upload_large(officer: CheckingClient, size: int) -> tuple[int, str]:
    """Upload a file of so many bytes; the test client leaves the temporary file it makes of it to be collected."""
    answer = upload(officer, b"x" * size)
    result = answer.status_code, answer.text
    del answer
    with catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()
    return result


def staged(officer: CheckingClient, content: str, **more: str) -> str:
    """Upload a file that is well; returns the address of its preview."""
    sent = upload(officer, content, **more)
    assert sent.status_code == 302, error_links(sent.text)
    assert re.fullmatch(r"/imports/[0-9a-f-]{36}", sent.location)
    return sent.location


def applied(officer: CheckingClient, content: str, **more: str) -> str:
    address = staged(officer, content, **more)
    assert officer.post(f"{address}/apply").location == address
    return address


def counts(page: str) -> dict[str, int]:
    """The picture's figures: new, changed, unchanged, left out, rejected."""
    found = re.findall(r'counts__number">([\d,]+)</strong> <span class="counts__label">([^<]+)<', page)
    return {label: int(number.replace(",", "")) for number, label in found}


def count(model: type) -> int:
    with owner_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


BAD_FILES = {
    "empty": (b"", "drivers", "Select a file|The file is empty"),
    "only headings": (HEADINGS, "drivers", "The file has headings but no rows."),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "drivers", "This is a PDF. Export the register as CSV or XLSX and try again."),
    "the same heading twice": (
        "licence_no,licence_no,family_name,licence_type\n1,2,A,dual\n",
        "drivers",
        "Columns A and B have the same heading, 'licence_no': rename or delete one.",
    ),
    "no column for a number": ("family_name,licence_type\nA,dual\n", "drivers", "There is no column for the licence"),
    "another encoding": ((HEADINGS + ANNA.replace("Anna", "Zoë")).encode("cp1252"), "drivers", "UTF-8|encoding"),
    "NUL": (HEADINGS.encode() + ANNA.replace("Anna", "An\x00na").encode(), "drivers", "NUL|character|text"),
    "a quotation mark that is not closed": (HEADINGS + ANNA.replace("Anna", '"Anna'), "drivers", "quotation mark"),
    "XML for drivers": (fhrs(), "drivers", "This is an XML file"),
    "CSV for food hygiene": (HEADINGS + ANNA, "fhrs", "XML file only"),
    "another council's food hygiene": (fhrs("South Oxfordshire"), "fhrs", "This file is for South Oxfordshire"),
    "an entity bomb": (fhrs(doctype=BOMB, entity="&c;"), "fhrs", "document type or entities, which are not safe"),
    "damaged XML": (fhrs()[:-40], "fhrs", "The XML file is damaged"),
    "200,000 rows": (HEADINGS + "x\n" * 200_000, "drivers", "more than 100,000 rows"),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_beside_the_question(officer: CheckingClient, what: str) -> None:
    content, kind, message = BAD_FILES[what]
    answer = upload(officer, content, kind, date_order="YMD", columns="Holder = family_name" if not content else "")
    assert answer.status_code == 422
    [(href, words)] = error_links(answer.text)
    assert href == "#file"
    assert re.search(message, words), words
    assert re.search(f'value="{kind}"[^>]* checked', answer.text)
    assert re.search(r'value="YMD"[^>]* selected', answer.text)
    assert (count(Import), count(ImportChunk)) == (0, 0)


def test_what_is_not_chosen_is_asked_for(officer: CheckingClient) -> None:
    answer = officer.post("/imports/new", data={}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert error_links(answer.text) == [("#kind", "Select what the file holds"), ("#file", "Select a file")]


def test_a_file_beyond_ten_megabytes_is_too_large(officer: CheckingClient) -> None:
    status, page = upload_large(officer, 10 * 1024 * 1024 + 1)
    assert status == 422
    assert error_links(page) == [("#file", "The file is larger than 10 MB.")]
    status, page = upload_large(officer, 12 * 1024 * 1024)
    assert status == 413
    assert "Files can be up to 10 megabytes" in page
    assert count(Import) == 0


def test_a_mapping_that_means_nothing_is_said(officer: CheckingClient) -> None:
    answer = upload(officer, HEADINGS + ANNA, columns="source_id = nonsense")
    assert "The mapping names the column 'nonsense'" in error_links(answer.text)[0][1]
    assert "source_id = nonsense</textarea>" in answer.text


def test_headings_that_are_not_known_are_a_warning_and_can_be_mapped(officer: CheckingClient) -> None:
    content = HEADINGS.replace("family_name", "Holder surname").replace("source_id", "Shoe size") + ANNA
    assert upload(officer, content).status_code == 422
    page = officer.get(staged(officer, content, columns="Holder surname = family_name", date_order="DMY")).text
    assert "The column &#39;Shoe size&#39; is not used." in page
    assert counts(page)["new"] == 1


def test_the_preview_says_what_becomes_of_every_row_and_applying_does_it(officer: CheckingClient) -> None:
    bad = BORIS.replace("03/04/1985", "31/02/1985")
    address = staged(officer, HEADINGS + ANNA + bad)
    preview = officer.get(address).text
    assert "Preview IM-" in preview
    assert counts(preview) == {"new": 1, "changed": 0, "unchanged": 0, "left out": 0, "rejected": 1}
    assert "31 February 1985 is not a date: February 1985 has 28 days" in preview
    assert "Not brought in" in preview
    assert count(Person) == 0

    assert officer.post(f"{address}/apply").location == address
    receipt = officer.get(address).text
    assert "Receipt IM-" in receipt
    assert "The file was brought in. This is its receipt." in receipt
    assert (count(Person), count(Licence)) == (1, 1)
    assert "Anna Canaryname" in first_column(officer.get("/people").text)

    again = officer.get(applied(officer, HEADINGS + ANNA)).text
    assert counts(again) == {"new": 0, "changed": 0, "unchanged": 1, "left out": 0, "rejected": 0}
    changed = officer.get(applied(officer, HEADINGS + ANNA.replace("OX99 1AA", "OX99 2BB"))).text
    assert counts(changed)["changed"] == 1
    assert "address" in changed
    assert officer.get("/imports").text.count('govuk-tag--green">Brought in</strong>') == 3


def test_a_file_is_applied_once(officer: CheckingClient) -> None:
    address = applied(officer, HEADINGS + ANNA)
    again = officer.post(f"{address}/apply")
    assert again.status_code == 422
    assert "This file was brought in already. Nothing was done again." in again.text
    let_go = officer.post(f"{address}/abandon")
    assert let_go.status_code == 422
    assert "This file was brought in already" in let_go.text
    assert count(Person) == 1


def test_a_file_that_was_let_go_brings_nothing_in(officer: CheckingClient) -> None:
    address = staged(officer, HEADINGS + ANNA)
    assert officer.post(f"{address}/abandon").location == "/imports"
    assert "Nothing was brought in." in officer.get("/imports").text
    page = officer.get(address).text
    assert "Discarded" in page
    assert "Bring it in" not in page
    late = officer.post(f"{address}/apply")
    assert late.status_code == 422
    assert "This file was discarded, so nothing of it was brought in." in late.text
    assert count(Person) == 0


def test_a_preview_that_is_out_of_date_is_shown_anew(officer: CheckingClient) -> None:
    first, second = (staged(officer, HEADINGS + ANNA) for _ in range(2))
    officer.post(f"{first}/apply")
    answer = officer.post(f"{second}/apply")
    assert answer.status_code == 422
    assert "Your register has changed since this preview was made" in answer.text
    assert counts(answer.text)["unchanged"] == 1
    assert officer.post(f"{second}/apply").location == second


def test_a_file_with_nothing_to_accept_cannot_be_applied(officer: CheckingClient) -> None:
    page = officer.get(staged(officer, HEADINGS + ANNA.replace("private hire", "pedlar"))).text
    assert counts(page)["rejected"] == 1
    assert "Bring it in" not in page


def test_downloads_run_no_formula_and_add_up(officer: CheckingClient) -> None:
    rows = HEADINGS + ANNA + BORIS.replace("03/04/1985", "=cmd()") + BORIS.replace("private hire", "@SUM(A1)")
    address = applied(officer, rows)
    rejected = officer.get(f"{address}/rejected.csv")
    assert rejected.mimetype == "text/csv"
    assert "attachment" in rejected.headers["Content-Disposition"]
    lines = list(csv.DictReader(StringIO(rejected.text)))
    assert [line["row"] for line in lines] == ["3", "4"]
    assert [line["value"] for line in lines] == ["'=cmd()", "'@SUM(A1)"]

    receipt = json.loads(officer.get(f"{address}/receipt.json").data)
    assert set(receipt) == {
        "file",
        "sha256",
        "kind",
        "authority",
        "rows",
        "accepted",
        "left_out",
        "new",
        "changed",
        "unchanged",
        "rejected",
        "warnings",
        "missing",
    }
    assert receipt["rows"] == receipt["accepted"] + receipt["left_out"] + len({r["row"] for r in receipt["rejected"]})
    assert receipt["accepted"] == receipt["new"] + receipt["changed"] + receipt["unchanged"]
    assert (receipt["file"], receipt["authority"]) == ("drivers.csv", accounts.OXFORD)


def test_another_councils_officer_finds_no_such_import(officer: CheckingClient, signed_in: SignIn) -> None:
    address = staged(officer, HEADINGS + ANNA)
    neighbour = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    change_browser()
    for elsewhere in (address, f"{address}/rejected.csv", f"{address}/receipt.json", f"/imports/{uuid4()}"):
        assert neighbour.get(elsewhere).status_code == 404
    for verb in ("apply", "abandon"):
        assert neighbour.post(f"{address}/{verb}").status_code == 404
    assert first_column(neighbour.get("/imports").text) == []
    assert signed_in(Role.AUDITOR).get(address).status_code == 403
    assert officer.get(address).status_code == 200


def test_staged_rows_are_sealed_and_the_trail_holds_no_name(officer: CheckingClient) -> None:
    staged(officer, HEADINGS + ANNA + ANNA.replace("PHD1", "PHD1,extra"))
    with owner_session() as session:
        chunk = session.scalars(select(ImportChunk)).one()
        kept = bytes(chunk.sealed) + repr(vars(session.scalars(select(Import)).one())).encode()
        trail = repr([vars(entry) for entry in session.scalars(select(AuditEntry))])
        actions = set(session.scalars(select(AuditEntry.action)))
    assert Action.IMPORT_STAGED in actions
    for plain in (b"Canaryname", b"QQ123456C", b"1990"):
        assert plain not in kept
    assert "Canaryname" not in trail


def test_the_next_checks_receipt_says_how_fresh_the_register_is(officer: CheckingClient) -> None:
    fresh = r"Oxford City Council</th>\s*<td[^>]*>([^<]+)<"
    before = re.findall(fresh, answer_to(officer, name="Somebody Else"))
    applied(officer, HEADINGS + ANNA)
    after = re.findall(fresh, answer_to(officer, name="Somebody Else"))
    assert before == ["No file has been brought in"]
    assert re.fullmatch(r"\d{1,2} \w+ \d{4} at \d{1,2}:\d\d[ap]m", after[0])


def test_hotels_come_in_and_other_kinds_are_left_out(officer: CheckingClient) -> None:
    address = applied(officer, fhrs(), kind="fhrs", name="FHRS269en-GB.xml", business_types="7842")
    assert counts(officer.get(address).text) == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "left out": 1,
        "rejected": 0,
    }
    assert first_column(officer.get("/premises").text) == ["Sample Guesthouse"]


def test_a_file_is_shown_by_its_own_name_without_its_path(officer: CheckingClient) -> None:
    page = officer.get(staged(officer, HEADINGS + ANNA, name="Users/me/<b>drivers&.csv")).text
    assert ">_b_drivers_.csv<" in page
    assert "Users" not in page


def test_an_officer_who_has_nothing_yet_is_told_so(officer: CheckingClient) -> None:
    assert "No file has been brought in yet." in officer.get("/imports").text
