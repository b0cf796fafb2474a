"""Meetings, written down while they are chaired, and what was undertaken."""

from typing import cast

import pytest
from browser.world import let_idle
from clients import CheckingClient
from factories import accounts, desks
from factories.desks import Desk, on, version_on
from flask import Flask

ACTION = r"/actions/[0-9a-f-]{36}/done"
ROW = {"actions-0-words": "Ring the school", "actions-0-owner": "Sample Chair", **on("actions-0-due_on", 9, 6, 2100)}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def planned(desk: Desk) -> str:
    """The page of a meeting that was planned just now, below the case."""
    return desk.send("/meetings/new", kind="strategy", **on("held_on", 3)).removeprefix(desk.case)


def test_a_meeting_is_written_down_on_one_page_that_stays(desk: Desk) -> None:
    part = planned(desk)
    typed = {"kind": "strategy", "attendees": "Sample Chair, county\nSample Sergeant, police", **on("held_on", 3)}
    assert desk.send(part, version="1", stay="1", **typed, **ROW).endswith(part)
    page = desk.page(part)
    assert "Saved on" in page
    assert "Ring the school" in page
    later = {**typed, "told": "The school, of nothing yet", **on("next_on", 1, 7, 2100)}
    assert desk.send(part, version=version_on(page), finish="1", **later) == desk.case
    case = desk.page()
    for words in ("Sample Sergeant, police", "The school, of nothing yet", "1 July 2100", "Ring the school"):
        assert words in case
    assert case.count("Ring the school</span> (") == 1


def test_an_action_that_is_half_written_is_refused_and_all_is_kept(desk: Desk) -> None:
    part = planned(desk)
    half = {"kind": "strategy", "notes": "Kept notes", "actions-1-words": "Half", **on("held_on", 3)}
    refused = desk.send(part, 422, version="1", **half)
    assert "Enter by whom it is to be done" in refused
    assert "Enter the date by which it is to be done" in refused
    assert "Kept notes" in refused


def test_the_first_meeting_has_the_name_that_the_office_gave_it(desk: Desk) -> None:
    desk.client.post(
        "/allegations/office", data={"contact": "01865 000000", "meeting_name": "Joint evaluation meeting"}
    )
    part = planned(desk)
    assert "Joint evaluation meeting, 3 June 2026" in desk.page(part)


def test_whoever_saves_a_meeting_second_is_shown_what_was_saved(desk: Desk) -> None:
    part = planned(desk)
    typed = {"kind": "strategy", **on("held_on", 3)}
    desk.send(part, version="1", notes="What the first wrote", **typed)
    second = desk.send(part, 422, version="1", notes="What the second wrote", **typed, **ROW)
    assert "What the first wrote" in second
    assert "What the second wrote" in second
    assert "Ring the school" in second


def test_what_a_meeting_said_before_it_was_written_over_stays_in_the_chronology(desk: Desk) -> None:
    part = planned(desk)
    typed = {"kind": "strategy", **on("held_on", 3)}
    desk.send(part, version="1", told="The father was told", notes="Police attend.", **typed)
    desk.send(part, version="2", told="The father was told", notes="Police attend. So does the school.", **typed)
    assert "Notes before" not in desk.page("/chronology")  # written on
    desk.send(part, version="3", told="Nobody was told", notes="Police attend. So does the school.", **typed)
    assert "Who was told what before: The father was told" in desk.page("/chronology")


def test_who_was_told_what_at_a_meeting_is_in_the_log_with_its_basis(desk: Desk) -> None:
    part = planned(desk)
    typed = {"kind": "strategy", "attendees": "Sample Chair\nSample Sergeant", **on("held_on", 3)}
    desk.send(part, version="1", finish="1", **typed)
    assert "Sample Chair" not in desk.page("/told")
    desk.send(part, version="2", finish="1", told="The operator, of the meeting", **typed)
    assert "Not recorded" in desk.page("/told")
    told = {**typed, "told": "The operator, of the meeting", "basis": "crime_and_disorder"}
    desk.send(part, version="3", finish="1", **told)
    page = desk.page("/told")
    for said in (
        "Sample Chair; Sample Sergeant",
        "The operator, of the meeting",
        "Crime and Disorder Act",
        "3 June 2026",
    ):
        assert said in page
    assert "Crime and Disorder Act" in desk.page()


def test_what_a_colleague_saved_is_shown_in_words(desk: Desk) -> None:
    part = planned(desk)
    typed = {"kind": "strategy", **on("held_on", 3)}
    desk.send(part, version="1", finish="1", **typed, attendees="First", **ROW)
    refused = desk.send(part, 422, version="1", finish="1", **typed, attendees="Second")
    card = refused.split("What your colleague saved", 1)[1].split("<form", 1)[0]
    assert "Allegations strategy meeting" in card
    for data in ("&#39;words&#39;", "None", "strategy<"):
        assert data not in card


def test_an_action_is_done_with_words_and_once(desk: Desk) -> None:
    desk.send("/actions/new", words="Look at the log", owner="Sample Operator", **on("due_on", 1, 5))
    assert "Overdue" in desk.page()
    part = desk.first(ACTION)
    desk.send(part, words="Seen", **on("done_on", 2))
    assert "Done on 2 June 2026: Seen" in desk.page()
    assert desk.client.get(f"{desk.case}{part}").status_code == 404


def test_what_was_typed_when_the_session_ended_is_offered_back_and_saved(app: Flask, desk: Desk) -> None:
    part = planned(desk)
    token = accounts.open_session(desk.officer)
    client = cast(CheckingClient, app.test_client())
    client.set_cookie("session", token)
    let_idle(token)
    typed = {"kind": "strategy", "notes": "Typed for an hour", "version": "1", **on("held_on", 3), **ROW}
    assert "/sign-in" in client.post(f"{desk.case}{part}", data=typed).location
    offered = desk.client.get("/take-up").text
    assert "Typed for an hour" in offered
    desk.send(part, taken_up="yes", **typed)
    assert "Typed for an hour" in desk.page()


def test_the_question_for_the_purpose_does_not_lose_what_was_typed(app: Flask, desk: Desk) -> None:
    part = planned(desk)
    other = desks.colleague(app, desk)
    typed = {"kind": "strategy", "notes": "Typed by a colleague", "version": "1", **on("held_on", 3)}
    asked = other.send(part, **typed)
    assert "/purpose" in asked
    led = other.client.post(asked, data={"purpose": "meeting"}).location
    assert led == "/take-up"
    assert "Typed by a colleague" in other.client.get(led).text
    other.send(part, taken_up="yes", **typed)
    assert "Typed by a colleague" in desk.page()


def test_what_is_to_be_done_names_no_child_either(desk: Desk) -> None:
    part = planned(desk)
    typed = {"kind": "strategy", **on("held_on", 3), **ROW, "actions-0-words": "Ring Sample Childname, aged 9"}
    refused = desk.send(part, 422, version="1", finish="1", **typed)
    assert "This may name a child" in refused
    assert "There is a problem" in refused
    assert desk.send(part, version="1", finish="1", sure="y", **typed) == desk.case
