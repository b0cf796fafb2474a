"""The newer kinds of file on the web: upload, preview, apply, receipt, and what can be downloaded."""

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from threading import Barrier, Thread

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from conftest import SignIn
from flask import Flask
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

DRIVER = (
    "source_id,given_names,family_name,licence_no,licence_type,starts_on,expires_on\n"
    "A1,Anna,Sample,PHD1,private hire,01/03/2026,28/02/2029\n"
    "A2,Boris,Sample,PHD2,private hire,01/03/2026,28/02/2029\n"
)
# Of each kind: the headings, two rows that are well, and one that is not, with the column it is rejected for.
FILES = {
    "vehicles": (
        "vrm,make,licence_no,licence_type,expires_on",
        "AB12 CDE,Skoda,PHV1,private hire,28/02/2029",
        "XY99 ZZZ,LEVC,HCV2,hackney carriage,28/02/2029",
        "AB13 CDE,Ford,PHV3,pedlar,28/02/2029",
        "licence_type",
    ),
    "operators": (
        "name,licence_no,expires_on",
        "Sample Cars Ltd,PHO1,28/02/2029",
        "Fay Example,PHO2,28/02/2029",
        "Gus Example,,28/02/2029",
        "licence_no",
    ),
    "premises": (
        "name,postcode,licence_no,licence_type,holder,dps",
        "The Sample Arms,OX99 1AA,24/1/PREM,Premises licence,Sample Inns Ltd,Gus Example",
        "Sample Club,OX99 1AB,24/2/CLUB,Club premises certificate,,",
        "Sample Stall,OX99 1AC,24/3,Pedlar,,",
        "licence_type",
    ),
    "personal-licences": (
        "given_names,family_name,licence_no,granted_on",
        "Cleo,Sample,24/1/PERS,01/03/2016",
        "Dan,Example,24/2/PERS,01/03/2017",
        "Eve,Example,24/3/PERS,31/02/2017",
        "granted_on",
    ),
    "adverse-decisions": (
        "source_id,licence_no,decision,decided_on",
        "D1,PHD1,suspended,01/05/2026",
        "D2,PHD2,revoked,01/06/2026",
        "D3,PHD9,revoked,01/06/2026",
        "licence_no",
    ),
}

FHRS = """<?xml version="1.0"?><FHRSEstablishment><Header><ExtractDate>2026-11-14</ExtractDate>
<ItemCount>1</ItemCount><ReturnCode>Success</ReturnCode></Header><EstablishmentCollection>
<EstablishmentDetail><FHRSID>1000001</FHRSID><BusinessName>THE SAMPLE ARMS</BusinessName>
<BusinessTypeID>7843</BusinessTypeID><PostCode>OX99 1AA</PostCode><RatingValue>4</RatingValue>
<RatingDate>2026-01-02</RatingDate><LocalAuthorityCode>269</LocalAuthorityCode>
<LocalAuthorityName>Oxford City</LocalAuthorityName><SchemeType>FHRS</SchemeType></EstablishmentDetail>
</EstablishmentCollection></FHRSEstablishment>"""


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def staged(officer: CheckingClient, kind: str, content: bytes, name: str = "register.csv") -> str:
    """Upload a file; returns the address of its preview."""
    form = {"kind": kind, "file": (BytesIO(content), name)}
    return officer.post("/imports/new", data=form, content_type="multipart/form-data").location


def counts(page: str) -> dict[str, int]:
    found = re.findall(r'counts__number">([\d,]+)</strong> <span class="counts__label">([^<]+)<', page)
    return {label: int(number) for number, label in found if int(number)}


def lines(officer: CheckingClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(officer.get(address).text)))


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_seen_brought_in_accounted_for_and_compared_with_the_last(officer: CheckingClient, kind: str) -> None:
    if kind == "adverse-decisions":
        officer.post(f"{staged(officer, 'drivers', DRIVER.encode())}/apply")
    headings, one, two, wrong, column = FILES[kind]
    address = staged(officer, kind, "\n".join((headings, one, two, wrong)).encode())
    assert counts(officer.get(address).text) == {"new": 2, "rejected": 1}
    assert officer.post(f"{address}/apply").location == address
    receipt = json.loads(officer.get(f"{address}/receipt.json").data)
    assert (receipt["kind"], receipt["rows"], receipt["new"], receipt["missing"]) == (kind, 3, 2, 0)
    [rejected] = lines(officer, f"{address}/rejected.csv")
    assert (rejected["row"], rejected["column"]) == ("4", column)
    assert [rejected[heading] for heading in headings.split(",") if heading != column]

    again = staged(officer, kind, "\n".join((headings, one)).encode())
    assert counts(officer.get(again).text) == {"unchanged": 1}
    assert "In the last file of this kind, and not in this one" in officer.get(again).text
    [missing] = lines(officer, f"{again}/missing.csv")
    assert missing["reference"]
    assert missing["number"]


@pytest.mark.parametrize("download", ["rejected.csv", "missing.csv"])
def test_rows_leave_only_after_the_second_factor_was_shown_again(officer: CheckingClient, download: str) -> None:
    headings, one, two, wrong, _ = FILES["vehicles"]
    address = staged(officer, "vehicles", "\n".join((headings, one, two, wrong)).encode())
    as_owner("UPDATE user_session SET second_factor_at = now() - interval '5 minutes'")
    asked = officer.get(f"{address}/{download}")
    assert (asked.status_code, asked.location) == (302, f"/confirm?next={address}/{download}")


def test_a_workbook_of_premises_is_read_like_a_csv_file(
    officer: CheckingClient, make_workbook: Callable[..., Path]
) -> None:
    headings, one, two, *_ = FILES["premises"]
    workbook = make_workbook([line.split(",") for line in (headings, one, two)]).read_bytes()
    address = staged(officer, "premises", workbook, "register.xlsx")
    officer.post(f"{address}/apply")
    assert counts(officer.get(address).text) == {"new": 2}
    as_csv = staged(officer, "premises", "\n".join((headings, one, two)).encode())
    assert counts(officer.get(as_csv).text) == {"unchanged": 2}


def test_of_two_officers_who_apply_one_preview_at_once_one_is_told_that_it_is_done(
    officer: CheckingClient, signed_in: SignIn
) -> None:
    headings, one, two, *_ = FILES["vehicles"]
    address = staged(officer, "vehicles", "\n".join((headings, one, two)).encode())
    ready, answers = Barrier(2), []

    def apply(client: CheckingClient) -> None:
        ready.wait()
        answers.append(client.post(f"{address}/apply"))

    threads = [Thread(target=apply, args=(client,)) for client in (officer, signed_in(Role.LICENSING_OFFICER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    late, done = sorted(answers, key=lambda answer: answer.status_code, reverse=True)
    assert (done.status_code, late.status_code) == (302, 422)
    assert "This file was brought in already. Nothing was done again." in late.text
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM vehicle")) == 2


def test_a_food_hygiene_file_joins_a_place_of_the_premises_file_once(officer: CheckingClient) -> None:
    headings, one, *_ = FILES["premises"]
    premises = "\n".join((headings, one)).encode()
    officer.post(f"{staged(officer, 'premises', premises)}/apply")
    addresses = []
    for _ in range(2):
        form = {"kind": "fhrs", "file": (BytesIO(FHRS.encode()), "FHRS269en-GB.xml"), "business_types": "7843"}
        addresses.append(officer.post("/imports/new", data=form, content_type="multipart/form-data").location)
        officer.post(f"{addresses[-1]}/apply")
    assert [counts(officer.get(address).text) for address in addresses] == [{"changed": 1}, {"unchanged": 1}]
    again = staged(officer, "premises", premises)
    assert counts(officer.get(again).text) == {"unchanged": 1}
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM premises")) == 1
