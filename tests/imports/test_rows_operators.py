"""A row of a register of private hire operators."""

import pytest
from imports.rows import accepted, refused

from licensing.imports.rows_operators import operator_row
from licensing.register.catalogue import LicenceKind
from licensing.register.parts import OrganisationKind

FIRM = {"name": "Sample Cars Ltd", "licence_no": "PHO/3", "expires_on": "31/03/2030"}


def test_a_whole_row_is_read() -> None:
    row = accepted(operator_row, **FIRM, company_no="12345678", address="1 Sample Street", postcode="ox12ab")
    assert row.facts == {
        "name": "Sample Cars Ltd",
        "kind": OrganisationKind.COMPANY,
        "company_no": "12345678",
        "address": "1 Sample Street",
        "postcode": "OX1 2AB",
    }
    assert (row.licence_no, row.licence_type) == ("PHO/3", LicenceKind.PRIVATE_HIRE_OPERATOR)
    assert row.warnings == ()


@pytest.mark.parametrize(
    ("trading", "name"),
    [("Blue Cabs", "Sample Cars Ltd (trading as Blue Cabs)"), ("SAMPLE CARS LTD", "Sample Cars Ltd")],
)
def test_a_trading_name_is_kept_where_it_is_another(trading: str, name: str) -> None:
    assert accepted(operator_row, **FIRM, trading_name=trading).facts["name"] == name


@pytest.mark.parametrize(("written", "kept"), [("123456", "00123456"), ("oc301234", "OC301234"), ("", "")])
def test_a_company_number_has_the_zeros_that_spreadsheets_lose(written: str, kept: str) -> None:
    row = accepted(operator_row, **FIRM, company_no=written)
    assert (row.facts["company_no"], row.warnings) == (kept, ())


def test_what_is_no_company_number_is_not_used() -> None:
    row = accepted(operator_row, **FIRM, company_no="123456789")
    assert row.facts["company_no"] == ""
    assert row.warnings == ("company_no: this does not have the shape of a company number and is not used",)


def test_a_person_who_operates_is_no_company() -> None:
    assert accepted(operator_row, **FIRM | {"name": "Petra Example"}).facts["kind"] is OrganisationKind.OTHER


def test_a_name_and_a_number_are_needed() -> None:
    assert refused(operator_row, name="", licence_no="") == [
        ("name", "A name is needed"),
        ("licence_no", "A licence number is needed"),
    ]
