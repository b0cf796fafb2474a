"""The public pages and files over HTTP."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from public_register.registers import BORN, CANARY, SECRET_DAYS, by_owner, fill, person

from licensing import dates
from licensing.permissions import Role
from licensing.public_register import limits
from licensing.public_register.rules import REGISTERS, PublicRegister
from licensing.register.catalogue import LicenceKind

DRIVERS = f"/public-registers/{accounts.OXFORD}/private-hire-drivers"
# Secrets that are no text of ours to choose.
SECRETS = (
    CANARY,
    CANARY.lower(),
    "QQ654321C",
    "CANAR602031AB9CD",
    "990099001",
    "OX99 9QQ",
    "PV12 ATE",
    "HC12 ATE",
    "suspen",
    "relevant",
    *(day.isoformat() for day in (BORN, *SECRET_DAYS)),
    *(dates.in_words(day) for day in (BORN, *SECRET_DAYS)),
)


def addresses(ending: str = "") -> Iterator[str]:
    return (f"/public-registers/{accounts.OXFORD}/{one}{ending}" for one in PublicRegister)


def told(client: CheckingClient) -> str:
    """Everything public, in every form, with headers."""
    pages = ["/public-registers", *addresses(), *addresses(".csv"), *addresses(".json")]
    answers = [client.get(page) for page in pages]
    assert all(answer.status_code == 200 for answer in answers)
    return "\n".join(f"{answer.headers}\n{answer.text}" for answer in answers)


def leaks(everything: str) -> list[str]:
    return [secret for secret in SECRETS if secret in everything]


def test_no_secret_of_any_column_is_in_a_page_or_a_file(client: CheckingClient) -> None:
    fill()
    register.publish(accounts.OXFORD)

    everything = told(client)

    assert leaks(everything) == []
    assert everything.count("Ada Holder1DHP") >= 3 * 6


@pytest.mark.parametrize(
    "leaky",
    [
        "UPDATE person SET given_names = given_names || ' ' || source_id",
        "UPDATE licence SET badge_no = (SELECT vrm FROM vehicle WHERE id = vehicle_id)",
        "UPDATE premises SET name = name || ' ' || coalesce(uprn::text, '')",
    ],
)
def test_the_search_for_secrets_finds_one_that_is_shown(client: CheckingClient, leaky: str) -> None:
    """The negative control: a secret put where the public looks is seen."""
    fill()
    register.publish(accounts.OXFORD)
    by_owner(leaky)
    assert leaks(told(client))


@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
def test_a_register_that_is_not_published_is_as_one_that_there_is_not(client: CheckingClient, ending: str) -> None:
    fill()
    register.publish(accounts.OXFORD, PublicRegister.PERSONAL_LICENCES)
    for missing in (DRIVERS, f"/public-registers/{accounts.OXFORD}/nothing", DRIVERS.replace("178", "999")):
        assert client.get(f"{missing}{ending}").status_code == 404


@pytest.mark.parametrize("address", ["/public-registers", DRIVERS, f"{DRIVERS}.csv", f"{DRIVERS}.json"])
def test_an_answer_is_the_same_for_everybody_and_may_be_kept(
    client: CheckingClient, signed_in: SignIn, address: str
) -> None:
    fill()
    register.publish(accounts.OXFORD)
    by_nobody, by_officer = client.get(address), signed_in(Role.LICENSING_OFFICER).get(address)

    assert by_nobody.data == by_officer.data
    for answer in (by_nobody, by_officer):
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["ETag"] == by_nobody.headers["ETag"]
        assert "Set-Cookie" not in answer.headers
        assert "Vary" not in answer.headers
        assert "nonce" not in answer.headers["Content-Security-Policy"]
    again = client.get(address, headers={"If-None-Match": by_nobody.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_change_of_the_register_changes_the_fingerprint(client: CheckingClient) -> None:
    fill()
    register.publish(accounts.OXFORD)
    before = [client.get(f"{DRIVERS}{ending}").headers["ETag"] for ending in ("", ".csv", ".json")]
    by_owner("UPDATE licence_period SET status = 'in_force'")
    after = [client.get(f"{DRIVERS}{ending}").headers["ETag"] for ending in ("", ".csv", ".json")]
    assert not set(before) & set(after)


def test_the_files_hold_every_entry_in_the_documented_form(client: CheckingClient) -> None:
    fill()
    register.publish(accounts.OXFORD)
    for one, address in zip(PublicRegister, addresses(), strict=True):
        kept = json.loads(client.get(f"{address}.json").text)
        lines = list(csv.reader(StringIO(client.get(f"{address}.csv").text)))
        assert {**kept, "entries": 0} == {
            "schema": 1,
            "authority": {"code": accounts.OXFORD, "name": "Oxford City Council"},
            "register": one.value,
            "law": REGISTERS[one].law,
            "as_at": dates.today().isoformat(),
            "entries": 0,
        }
        assert [tuple(entry) for entry in kept["entries"]] == [REGISTERS[one].keys]
        assert lines[0] == [column.text for column in REGISTERS[one].columns]
        assert lines[1][0] == kept["entries"][0]["number"]
    assert kept["entries"][0]["granted_on"] == "2024-02-20"


def test_an_empty_register_is_a_file_all_the_same(client: CheckingClient) -> None:
    register.publish(accounts.OXFORD)
    assert json.loads(client.get(f"{DRIVERS}.json").text)["entries"] == []
    assert len(client.get(f"{DRIVERS}.csv").text.splitlines()) == 1


def test_no_cell_of_the_file_is_taken_for_a_formula(client: CheckingClient) -> None:
    formula = replace(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER), given_names="=HYPERLINK(1)")
    register.add(formula, accounts.OXFORD)
    register.publish(accounts.OXFORD)
    [_, line] = csv.reader(StringIO(client.get(f"{DRIVERS}.csv").text))
    assert line[1] == "'=HYPERLINK(1) Holder1DHP"


def test_the_page_is_searched_and_turned(client: CheckingClient) -> None:
    register.add_all(map(register.numbered, range(60)), accounts.OXFORD)
    register.publish(accounts.OXFORD)
    page = client.get(DRIVERS).text
    assert "PHD00049" in page
    assert "PHD00050" not in page
    assert f"{DRIVERS}?after=PHD00049/private_hire_driver" in page
    assert "PHD00050" in client.get(f"{DRIVERS}?after=PHD00049/private_hire_driver").text
    assert "Sample7 Person7" in client.get(f"{DRIVERS}?q=phd+00007").text
    assert "No licence on this register fits this" in client.get(f"{DRIVERS}?q=nobody").text


@pytest.mark.parametrize(
    "query", ["after=%00", "after=//", "q=%00", f"q={'x' * 500}", "after=%F0%9F%98%80", "q=%25%5C"]
)
def test_an_odd_address_is_answered_all_the_same(client: CheckingClient, query: str) -> None:
    fill()
    register.publish(accounts.OXFORD)
    assert client.get(f"{DRIVERS}?{query}").status_code == 200


def test_who_asks_too_much_waits_and_nobody_else_does(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.publish(accounts.OXFORD)
    monkeypatch.setattr(limits, "UNITS_ALLOWED", 40)
    assert client.get(f"{DRIVERS}.csv").status_code == 200
    assert client.get(f"{DRIVERS}?q=khan").status_code == 200
    assert [client.get(DRIVERS).status_code for _ in range(6)] == [200] * 5 + [429]
    turned_away = client.get(DRIVERS)
    assert turned_away.headers["Retry-After"] == "900"
    assert "public" not in turned_away.headers["Cache-Control"]
    elsewhere = client.get(DRIVERS, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200


def test_a_quarter_of_an_hour_later_all_is_forgotten(client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNITS_ALLOWED", 1)
    assert [client.get("/public-registers").status_code for _ in range(2)] == [200, 429]
    by_owner("UPDATE public_request SET since = since - interval '15 minutes'")
    assert client.get("/public-registers").status_code == 200
