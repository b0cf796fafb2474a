"""Two who write at once: the second is shown what the first saved, everywhere, and nothing that they typed is lost."""

import re
from html import unescape

import pytest
from factories import accounts, desks, register, worked
from factories.desks import on
from flask import Flask
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

FIRST, SECOND = "The police wait for the laboratory.", "What the second one typed at once."
SAVED = "What your colleague saved"
REASONS = dict.fromkeys(("necessity", "proportionality", "police", "social_care"), SECOND)
# What is asked in a case in hand, and the box in which the second one wrote.
FORMS: dict[str, dict[str, str]] = {
    "/review": {"words": SECOND},
    "/hold": {"words": SECOND},
    "/owner": {"words": SECOND, "owner": ""},
    "/close": {"words": SECOND, **on("closed_on", 3)},
    "/person/described": {"name": "Somebody Sample", "described": SECOND},
}


def token_in(page: str) -> str:
    """What the form was opened with, whole."""
    found = re.search(r'name="version"[^>]*value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def card_in(page: str) -> str:
    assert SAVED in page
    return page.split(SAVED)[1].split("<form")[0]


@pytest.mark.parametrize("part", FORMS)
def test_the_second_is_shown_how_the_case_stands_and_what_was_written_meanwhile(app: Flask, part: str) -> None:
    desk = desks.desk(app)
    typed = {**FORMS[part], "owner": str(accounts.user(Role.DESIGNATED_OFFICER, accounts.COUNTY))}
    desk.send("/hold", words="Of long before.")
    opened = token_in(desk.page("/hold"))  # of the same case: a page that cannot be sent yet has no form
    desk.send("/review", words=FIRST, **on("review_on", 3, 6, 2100))
    second = desk.send(part, 422, version=opened, **typed)
    card = card_in(second)
    assert FIRST in card
    assert "3 June 2100" in card
    assert "Of long before." not in card
    assert SECOND in second
    assert token_in(second) != opened
    again = desk.send(part, 422 if part == "/close" else 302, version=token_in(second), **typed)
    assert SAVED not in again


def test_a_review_counts_though_the_next_one_is_on_the_same_day(app: Flask) -> None:
    desk = desks.desk(app)
    desk.send("/review", words="Nothing new.", **on("review_on", 3, 6, 2100))
    opened = token_in(desk.page("/review"))
    desk.send("/review", words=FIRST, **on("review_on", 3, 6, 2100))
    assert FIRST in card_in(desk.send("/review", 422, version=opened, words=SECOND))


def test_a_level_shows_the_level_that_was_set_meanwhile(app: Flask) -> None:
    accounts.agree(accounts.OXFORD)
    desk = desks.desk(app, person_id=register.add(register.PLAIN, accounts.OXFORD))
    council = str(accounts.authority_id(accounts.OXFORD))
    given = {"authorities": council, "level": "contact", "basis": "children_act_2004"}
    opened = token_in(desk.page("/sharing/level"))
    desk.send("/sharing/level", **{**given, **dict.fromkeys(REASONS, FIRST)})
    assert opened == ""
    last = token_in(desk.page("/sharing/level"))
    desk.send("/sharing/level", **{**given, **dict.fromkeys(REASONS, "A child is driven each day.")})
    second = desk.send("/sharing/level", 422, version=last, **{**given, **REASONS})
    assert "A child is driven each day." in card_in(second)
    assert second.count(SECOND) == len(REASONS)


def test_while_the_call_is_recorded_whoever_names_the_person_second_is_shown_the_first(app: Flask) -> None:
    desk = desks.desk(app, considering=True)
    opened = token_in(desk.page("/person/described"))
    desk.send("/person/described", name="Somebody Sample", described=FIRST)
    second = desk.send("/person/described", 422, version=opened, name="Another Sample", described=SECOND)
    assert "Somebody Sample" in card_in(second)
    assert SECOND in second


def test_taking_a_case_up_again_shows_who_did_so_before(app: Flask) -> None:
    desk = desks.desk(app)
    case_id = worked.closed(desk.officer)
    page = f"/allegations/{case_id}/open-again"
    opened = token_in(desk.client.get(page).text)
    assert desk.client.post(page, data={"words": FIRST, "version": opened}).status_code == 302
    late = desk.client.post(page, data={"words": SECOND, "version": opened})
    assert late.status_code == 409
    assert FIRST in late.text
    assert SECOND in late.text


@pytest.mark.parametrize("part", ["/review", "/owner", "/chronology/new"])
def test_what_was_typed_in_a_case_that_a_colleague_closed_is_given_back(app: Flask, part: str) -> None:
    desk = desks.desk(app)
    with owner_session() as session:
        session.execute(text("ALTER TABLE lado_case DISABLE TRIGGER guard_closing"))
        done = "UPDATE lado_case SET stage = 'closed', closed_on = '2026-06-05' WHERE id = :id"
        session.execute(text(done), {"id": desk.case_id})
        session.execute(text("ALTER TABLE lado_case ENABLE TRIGGER guard_closing"))
        session.commit()
    assert SECOND in desk.send(part, 409, words=SECOND)
    assert desk.client.get(f"{desk.case}{part}").status_code == 404


@pytest.mark.parametrize(
    ("address", "first", "second"),
    [
        (
            "/assured-settings/{setting}/change",
            {"kind": "club", "name": "First Sample Club", "place": "Sample Green"},
            {"kind": "club", "name": "Second Sample Club", "place": "Sample Road"},
        ),
        (
            "/allegations/office",
            {"contact": "The first mailbox", "meeting_name": "Strategy"},
            {"contact": "The second mailbox", "meeting_name": "Strategy"},
        ),
    ],
)
def test_settings_and_the_office_are_changed_by_one_at_a_time(
    app: Flask, address: str, first: dict[str, str], second: dict[str, str]
) -> None:
    desk = desks.desk(app)
    desk.client.post("/assured-settings/add", data={"kind": "club", "name": "Sample Club", "place": "Sample Green"})
    desk.client.post("/allegations/office", data={"contact": "A mailbox", "meeting_name": "Strategy"})
    with owner_session() as session:
        setting = session.scalar(text("SELECT id FROM assured_setting"))
    page = address.format(setting=setting)
    opened = token_in(desk.client.get(page).text)
    assert desk.client.post(page, data={**first, "version": opened}).status_code == 302
    refused = desk.client.post(page, data={**second, "version": opened})
    assert refused.status_code == 422
    mine, theirs = (
        next(iter({*one.values()} - {*other.values()})) for one, other in ((second, first), (first, second))
    )
    assert theirs in card_in(refused.text)
    assert mine in refused.text
    assert desk.client.post(page, data={**second, "version": token_in(refused.text)}).status_code == 302
    assert mine in desk.client.get(page).text
