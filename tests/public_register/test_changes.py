"""Choosing what is published."""

import json

from clients import CheckingClient
from conftest import SignIn
from factories import accounts
from flask import Flask
from journeys.keeping import seen
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

SETTINGS = "/settings/public-registers"
DRIVERS = f"/public-registers/{accounts.OXFORD}/private-hire-drivers"


def choose(client: CheckingClient, *registers: str, **more: str) -> int:
    """Open the settings, tick these and save; returns the status of the answer."""
    opened = seen(client.get(SETTINGS).text)
    return client.post(SETTINGS, data={"seen": opened, "published": list(registers), **more}).status_code


def test_what_is_ticked_is_published_and_what_is_not_is_closed(signed_in: SignIn, client: CheckingClient) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    assert "Nothing is published now" in administrator.get(SETTINGS).text
    assert client.get(DRIVERS).status_code == 404

    assert choose(administrator, "private-hire-drivers", "hmo-licences", individuals_marks="y") == 302
    assert client.get(DRIVERS).status_code == 200
    page = administrator.get(SETTINGS).text
    assert DRIVERS in page
    assert "registrations are shown" in page

    assert choose(administrator, "hmo-licences") == 302
    assert client.get(DRIVERS).status_code == 404


def test_the_trail_tells_what_was_chosen_before_and_after(app: Flask, signed_in: SignIn) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    choose(administrator, "private-hire-drivers")
    choose(administrator, "private-hire-drivers", individuals_addresses="y")
    with owner_session() as session:
        kept = "SELECT details FROM audit_entry WHERE action = 'settings_changed' ORDER BY number"
        changed = [one["public_registers"] for one in session.scalars(text(kept))]
    assert [one["before"]["published"] for one in changed] == [[], ["private-hire-drivers"]]
    assert [one["after"]["individuals_addresses"] for one in changed] == [False, True]


def test_of_two_who_choose_at_once_the_second_is_shown_what_the_first_chose(app: Flask, signed_in: SignIn) -> None:
    first, second = signed_in(Role.ADMINISTRATOR), signed_in(Role.ADMINISTRATOR)
    opened = seen(second.get(SETTINGS).text)
    choose(first, "hmo-licences")

    answer = second.post(SETTINGS, data={"seen": opened, "published": ["personal-licences"]})

    assert answer.status_code == 422
    assert "Somebody changed these settings" in answer.text
    assert f"/public-registers/{accounts.OXFORD}/hmo-licences" in answer.text  # what is set now
    assert published() == ["hmo-licences"]
    again = second.post(SETTINGS, data={"seen": seen(answer.text), "published": ["personal-licences"]})
    assert again.status_code == 302
    assert published() == ["personal-licences"]


def published() -> list[str]:
    with owner_session() as session:
        return list(session.scalars(text("SELECT published FROM public_register_settings")).one())


def test_a_register_that_there_is_not_is_refused(app: Flask, signed_in: SignIn) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    assert choose(administrator, "everything") == 422
    with owner_session() as session:
        assert session.scalars(text("SELECT count(*) FROM public_register_settings")).one() == 0


def test_a_council_without_such_licences_has_nothing_to_choose(app: Flask, signed_in: SignIn) -> None:
    county = signed_in(Role.ADMINISTRATOR, accounts.COUNTY)
    page = county.get(SETTINGS).text
    assert "no licences that the law has a public register for" in page
    empty = json.dumps({"individuals_addresses": False, "individuals_marks": False, "published": []}, sort_keys=True)
    assert county.post(SETTINGS, data={"seen": empty, "published": ["hmo-licences"]}).status_code == 302
    assert published() == []


def test_publishing_asks_for_the_second_factor_again(app: Flask, signed_in: SignIn) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    opened = seen(administrator.get(SETTINGS).text)
    with owner_session() as session:
        session.execute(text("UPDATE user_session SET second_factor_at = now() - interval '6 minutes'"))
        session.commit()
    answer = administrator.post(SETTINGS, data={"seen": opened, "published": ["hmo-licences"]})
    assert answer.location.startswith("/confirm")
    with owner_session() as session:
        assert session.scalars(text("SELECT count(*) FROM public_register_settings")).one() == 0
