"""A note from its draft to the last acknowledgement, over HTTP; nothing goes out by itself, and nobody is named."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, jobs, need_to_know, register
from factories.disruption import as_user
from flask import Flask
from journeys.reading import boxes, error_links, links, pdf_text, words
from pypdf import PdfReader
from sealed_columns import columns_with, places_of, sealed_columns
from sqlalchemy import select, text

from licensing import dates
from licensing.need_to_know import jobs as room_jobs
from licensing.need_to_know import queries
from licensing.need_to_know.models import Fact, Reader
from licensing.need_to_know.words import How, Trigger
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind

COUNTY, OXFORD = accounts.COUNTY, accounts.OXFORD


@pytest.fixture
def author(app: Flask) -> UUID:
    return accounts.user(Role.BRIEFING_AUTHOR)


@pytest.fixture
def approver(author: UUID) -> UUID:
    return accounts.user(Role.BRIEFING_APPROVER)


@pytest.fixture
def reader(author: UUID) -> UUID:
    return accounts.user(Role.BRIEFING_READER, COUNTY)


def sent(app: Flask, user_id: UUID, address: str, **data: object) -> str:
    """The page that follows a form that was taken."""
    browser = browsers.of_user(app, user_id)
    answer = browser.post(address, data=data)
    assert answer.status_code == 302, error_links(answer.text)
    return browser.get(answer.location).text


def typed(**more: object) -> dict[str, object]:
    today = dates.today()
    return {
        "trigger": "immediate_revocation",
        **boxes("known_on", today.day, today.month, today.year),
        **need_to_know.WORDS,
        "mark": "official_sensitive",
        "handling": "Do not forward.",
        "for_county": "y",
        **more,
    }


def read_and_acknowledged(note_id: UUID, user_id: UUID) -> tuple[bool, How | None]:
    with owner_session() as session:
        one = session.scalars(select(Reader).where(Reader.note_id == note_id, Reader.user_id == user_id)).one()
        return one.read_at is not None, one.acknowledged_how


def test_a_note_is_drafted_approved_by_another_issued_read_and_acknowledged(
    app: Flask, author: UUID, approver: UUID, reader: UUID
) -> None:
    shown = sent(app, author, "/need-to-know/draft", **typed())
    address = next(one.removesuffix("/pdf") for one in links(shown) if one.endswith("/pdf"))
    sent(app, author, f"{address}/readers", reader=str(reader), office="director")
    note_id = UUID(address.rsplit("/", 1)[1])
    assert browsers.of_user(app, author).post(f"{address}/approve").status_code == 403
    assert browsers.of_user(app, reader).get(address).status_code == 404
    approving = browsers.of_user(app, approver)
    assert approving.post(f"{address}/issue").status_code == 422
    assert "1 Need to Know drafts to approve" in words(approving.get("/").text)
    sent(app, approver, f"{address}/approve")
    assert browsers.of_user(app, author).post(f"{address}/change", data=typed()).status_code == 422
    assert "send_mail" not in jobs.do_all(app)
    sent(app, author, f"{address}/issue")
    assert jobs.do_all(app) == ["send_mail"]
    mail = jobs.mail_of(app)[-1]
    assert address in mail
    assert not [one for one in need_to_know.WORDS.values() if one in mail]
    reading = browsers.of_user(app, reader)
    assert read_and_acknowledged(note_id, reader) == (False, None)
    assert "The badge was taken" in reading.get(address).text
    assert read_and_acknowledged(note_id, reader) == (True, None)
    sent(app, reader, f"{address}/acknowledge")
    assert read_and_acknowledged(note_id, reader) == (True, How.HERE)
    assert reading.post(f"{address}/acknowledge").status_code == 422
    assert "In this service" in words(browsers.of_user(app, author).get(address).text)


def test_the_page_and_the_pdf_say_the_same_on_one_page(app: Flask, author: UUID, approver: UUID, reader: UUID) -> None:
    longest = {name: "Words of a leader. " * 47 for name in need_to_know.WORDS if name != "next_update"}
    for texts in (need_to_know.WORDS, longest):
        note_id = need_to_know.issue(author, approver, reader, words=texts)
        browser = browsers.of_user(app, reader)
        page = words(browser.get(f"/need-to-know/{note_id}").text)
        answer = browser.get(f"/need-to-know/{note_id}/pdf")
        assert len(PdfReader(BytesIO(answer.data)).pages) == 1
        printed = pdf_text(answer.data)
        for one in (*texts.values(), "OFFICIAL-SENSITIVE", "Chief executive"):
            assert " ".join(one.split()) in page
            assert " ".join(one.split()) in printed
        assert answer.data == browser.get(f"/need-to-know/{note_id}/pdf").data


def test_a_note_names_neither_a_child_nor_whom_its_record_is_about(app: Flask, author: UUID) -> None:
    browser = browsers.of_user(app, author)
    child = browser.post("/need-to-know/draft", data=typed(what="Jo Sampleby, aged 14, was in the car."))
    assert "This may name a child" in child.text
    with owner_session() as session:
        assert not session.scalar(text("SELECT count(*) FROM need_to_know"))


def test_an_acknowledgement_on_the_telephone_is_recorded_with_when_and_by_whom(
    app: Flask, author: UUID, approver: UUID, reader: UUID
) -> None:
    note_id, today = need_to_know.issue(author, approver, reader), dates.today()
    [address] = [
        one
        for one in links(browsers.of_user(app, author).get(f"/need-to-know/{note_id}").text)
        if "acknowledged" in one
    ]
    tomorrow = today + timedelta(days=1)
    late = {"how": "telephone", **boxes("on", tomorrow.day, tomorrow.month, tomorrow.year), "at": "4:15pm"}
    assert browsers.of_user(app, author).post(address, data=late).status_code == 422
    shown = sent(app, author, address, **{**late, **boxes("on", today.day, today.month, today.year)})
    assert "at 4:15pm. On the telephone" in words(shown)
    with owner_session() as session:
        one = session.scalars(select(Reader).where(Reader.note_id == note_id)).one()
        assert (one.acknowledged_by, one.read_at) == (author, None)


def test_a_reader_who_works_on_a_draft_has_neither_read_nor_acknowledged_it_before_it_is_issued(
    app: Flask, author: UUID, approver: UUID
) -> None:
    accounts.give_role(author, Role.BRIEFING_READER)
    note_id = need_to_know.draft(author, author)
    need_to_know.approve(approver, note_id)
    page, reading = f"/need-to-know/{note_id}", browsers.of_user(app, author)
    assert f"{page}/acknowledge" not in links(reading.get(page).text)
    early = reading.post(f"{page}/acknowledge")
    assert early.status_code == 422
    assert "Only what was issued is acknowledged or signed." in words(early.text)
    with owner_session() as session:
        one = session.scalars(select(Reader).where(Reader.note_id == note_id)).one()
        assert (one.read_at, one.acknowledged_on) == (None, None)
    sent(app, author, f"{page}/issue")
    assert "In this service" in words(sent(app, author, f"{page}/acknowledge"))


def test_an_update_takes_the_place_of_the_note_when_it_is_issued_and_goes_to_the_same_readers(
    app: Flask, author: UUID, approver: UUID, reader: UUID
) -> None:
    first = need_to_know.issue(author, approver, reader)
    sent(app, author, f"/need-to-know/{first}/update", **typed(what="The driver has appealed."))
    with as_user(author):
        second = queries.update_of(first)
        assert second is not None
        assert (second.version, [one.user_id for one in second.readers]) == (2, [reader])
        second_id = second.id
    reading = browsers.of_user(app, reader)
    assert reading.get(f"/need-to-know/{second_id}").status_code == 404
    need_to_know.approve(approver, second_id)
    sent(app, author, f"/need-to-know/{second_id}/issue")
    assert "An update took the place" in words(reading.get(f"/need-to-know/{first}").text)
    assert "appealed" in reading.get(f"/need-to-know/{second_id}").text
    listed = links(reading.get("/need-to-know").text)
    assert f"/need-to-know/{second_id}" in listed
    assert f"/need-to-know/{first}" not in listed
    assert "Closed" in words(sent(app, author, f"/need-to-know/{second_id}/close", why="The appeal was withdrawn."))


def test_a_designated_officer_writes_their_part_where_they_are_asked_and_nobody_else_does(
    app: Flask, author: UUID, approver: UUID, reader: UUID
) -> None:
    lado = accounts.user(Role.DESIGNATED_OFFICER, COUNTY)
    unasked = need_to_know.draft(author, reader)
    asked = need_to_know.draft(author, reader, lado_asked=True)
    of_lado = browsers.of_user(app, lado)
    assert of_lado.get(f"/need-to-know/{unasked}").status_code == 404
    assert "1 Need to Know drafts that ask for your part" in words(of_lado.get("/").text)
    address = f"/need-to-know/{asked}/designated-officer"
    assert browsers.of_user(app, author).get(address).status_code == 403
    waits = "has not written it: after this they cannot"
    assert waits in words(browsers.of_user(app, approver).get(f"/need-to-know/{asked}/approve").text)
    sent(app, lado, address, words="A meeting was held. Nothing more can be said.")
    assert of_lado.post(address, data={"words": "Again."}).status_code == 422
    assert waits not in words(browsers.of_user(app, approver).get(f"/need-to-know/{asked}/approve").text)
    need_to_know.approve(approver, asked)
    sent(app, author, f"/need-to-know/{asked}/issue")
    assert "A meeting was held." in browsers.of_user(app, reader).get(f"/need-to-know/{asked}").text


def test_what_happened_proposes_a_note_once_and_is_settled_by_it_or_by_saying_why_not(app: Flask, author: UUID) -> None:
    person = register.add(register.KHAN, OXFORD)
    manager = accounts.user(Role.LICENSING_MANAGER)
    revoked = need_to_know.revoked_at_once(person, manager)
    for _ in range(2):
        jobs.do(app, room_jobs.watch_need_to_know)
    with owner_session() as session:
        [fact] = session.scalars(select(Fact))
        [task] = session.scalars(select(Task).where(Task.kind == TaskKind.RAISE_NEED_TO_KNOW))
        assert (fact.trigger, fact.object_id, task.object_id) == (Trigger.IMMEDIATE_REVOCATION, revoked, fact.id)
        assert task.for_team is Role.BRIEFING_AUTHOR
        fact_id = fact.id
    managing = browsers.of_user(app, manager)
    named = managing.post(f"/need-to-know/proposed/{fact_id}/raise", data=typed(what="Aslam Khan was revoked."))
    asks = "This may name somebody: “Mohammed Aslam Khan”. Take it out, or say below that it names nobody"
    assert error_links(named.text) == [("#what", asks)]
    sure = typed(what="Aslam Khan was revoked.") | {"nobody": "y"}
    refused = managing.post(f"/need-to-know/proposed/{fact_id}/raise", data=sure)
    assert error_links(refused.text) == [
        ("#what", "This names the person whom the record is about. A note names nobody")
    ]
    sent(app, manager, f"/need-to-know/proposed/{fact_id}/raise", **typed())
    again = managing.post(f"/need-to-know/proposed/{fact_id}/none", data={"why": "Known already."})
    assert "Somebody answered for this a moment ago" in again.text
    with owner_session() as session:
        assert session.get_one(Task, task.id).settled


def test_what_led_to_a_note_that_was_withdrawn_is_proposed_again(app: Flask, author: UUID) -> None:
    person, manager = register.add(register.KHAN, OXFORD), accounts.user(Role.LICENSING_MANAGER)
    need_to_know.revoked_at_once(person, manager)
    jobs.do(app, room_jobs.watch_need_to_know)
    with owner_session() as session:
        fact_id = session.scalars(select(Fact.id)).one()
    sent(app, manager, f"/need-to-know/proposed/{fact_id}/raise", **typed())
    with owner_session() as session:
        note_id = session.get_one(Fact, fact_id).note_id
    sent(app, manager, f"/need-to-know/{note_id}/withdraw", why="Written too soon.")
    with owner_session() as session:
        asked = session.scalars(select(Task).where(Task.kind == TaskKind.RAISE_NEED_TO_KNOW))
        assert sorted(bool(one.settled) for one in asked) == [False, True]
    sent(app, manager, f"/need-to-know/proposed/{fact_id}/none", why="It was not so.")
    with owner_session() as session:
        assert session.get_one(Fact, fact_id).settled_on == dates.today()


def test_everything_that_is_typed_is_sealed(app: Flask, author: UUID, approver: UUID, reader: UUID) -> None:
    canary = "Canary of a leader"
    need_to_know.issue(author, approver, reader, words=dict.fromkeys(need_to_know.WORDS, canary))
    assert places_of(canary) == []
    of_notes = {one for one in sealed_columns("need_to_know") if one[0] == "need_to_know"}
    assert columns_with(canary, of_notes) == of_notes
    assert len(of_notes) == len(need_to_know.WORDS)
