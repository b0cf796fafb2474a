"""Of a likely match a check tells whether training is in date, and nothing of the course; of a namesake nothing."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register, training
from flask import Flask
from journeys.checking import make_check
from journeys.reading import boxes, pdf_text

from licensing import dates
from licensing.permissions import Role

KHAN = {"name": "Mohammed Aslam Khan", **boxes("date_of_birth", 4, 3, 1980)}
LAPSED = replace(training.PASSED, expires_on=dates.today() - timedelta(days=1))


@pytest.fixture
def theirs(app: Flask) -> UUID:
    accounts.agree(accounts.CHERWELL)
    return register.add(register.KHAN, accounts.CHERWELL)


@pytest.fixture
def officer(theirs: UUID, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def told_of_training(page: str) -> str:
    return page.partition("Safeguarding training</dt>")[2].partition("</dd>")[0].rpartition(">")[2]


def test_training_is_in_date_or_not_or_not_recorded_on_page_and_receipt(officer: CheckingClient, theirs: UUID) -> None:
    for given, words in ((None, "Not recorded"), (LAPSED, "Not in date"), (training.PASSED, "In date")):
        if given:
            training.record(accounts.CHERWELL, theirs, given)
        address = make_check(officer, **KHAN)
        page = officer.get(address).text
        assert told_of_training(page) == words
        assert training.COURSE not in page
        receipt = pdf_text(officer.get(f"{address}/receipt.pdf").data)
        assert f"Safeguarding training: {words.lower()}" in receipt


def test_nothing_is_told_of_a_namesake(officer: CheckingClient, theirs: UUID) -> None:
    training.record(accounts.CHERWELL, theirs)
    page = officer.get(make_check(officer, name="Mohammed Aslam Khan")).text
    assert "namesake" in page
    assert "Safeguarding training" not in page
