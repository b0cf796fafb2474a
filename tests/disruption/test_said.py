"""What must be said of an action: why a power was not used, who authorised it, and how its threshold is met."""

from uuid import UUID

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts, disruption
from flask import Flask

from licensing import dates
from licensing.disruption import queries
from licensing.disruption.words import ActionState, AgencyKind, Rank
from licensing.sealing import opened

COUNTY = accounts.COUNTY


@pytest.fixture
def police(app: Flask) -> UUID:
    return disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)


@pytest.fixture
def inspector(police: UUID) -> UUID:
    return disruption.officer_of(police, COUNTY)


@pytest.fixture
def client(app: Flask, inspector: UUID) -> CheckingClient:
    return browsers.of_user(app, inspector)


def sent(**more: str) -> dict[str, str]:
    today = dates.today()
    return {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year), **more}


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("not_used", "Why was it not used?", "Enter why the power was not used"),
        ("not_available", "In what is the threshold not met?", "Enter in what the threshold is not met"),
    ],
)
def test_what_comes_to_nothing_has_its_reason(
    police: UUID, inspector: UUID, client: CheckingClient, kind: str, asked: str, said: str
) -> None:
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    address = f"/actions/{made}/record/{kind}"
    assert asked in client.get(address).text
    refused = client.post(address, data=sent())
    assert (refused.status_code, "words-error" in refused.text, said in refused.text) == (422, True, True)
    assert client.post(address, data=sent(words="Mother moved away with the child.")).status_code == 302
    with disruption.as_user(inspector):
        assert queries.action(made).state is ActionState(kind)


def test_whoever_authorises_is_named_and_says_what_was_believed(
    police: UUID, inspector: UUID, client: CheckingClient
) -> None:
    made = disruption.consider(inspector, "ASBCN", disruption.GUESTHOUSE, police, threshold="")
    address, told = f"/actions/{made}/record/authorised", sent(rank=Rank.INSPECTOR, words="By telephone.")
    assert "How is the threshold met?" in client.get(address).text
    refused = client.post(address, data=told).text
    assert "officer-error" in refused
    assert "Enter who authorised it" in refused
    told["officer"] = "Inspector 101"
    refused = client.post(address, data=told).text
    assert "threshold-error" in refused
    assert "Enter how the threshold is met" in refused
    assert "By telephone." in refused
    assert client.post(address, data=told | {"threshold": "Six calls, by the log."}).status_code == 302
    with disruption.as_user(inspector):
        assert opened(queries.action(made), "threshold_sealed") == "Six calls, by the log."


def test_what_was_told_when_it_was_considered_is_not_asked_for_again(
    police: UUID, inspector: UUID, client: CheckingClient
) -> None:
    made = disruption.consider(inspector, "ASBCN", disruption.GUESTHOUSE, police)
    address = f"/actions/{made}/record/authorised"
    assert "How is the threshold met?" not in client.get(address).text
    told = sent(rank=Rank.INSPECTOR, officer="Inspector 101", threshold="Something else.")
    assert client.post(address, data=told).status_code == 302
    with disruption.as_user(inspector):
        assert opened(queries.action(made), "threshold_sealed") == disruption.SEEN
