"""The monthly report from the month's notes to three signatures and what readers ask; and who was briefed on what."""

from datetime import timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, briefings, need_to_know
from factories.disruption import as_user
from flask import Flask
from journeys.reading import boxes, error_links, links, pdf_text, words
from sqlalchemy import select, text

from licensing import dates
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.need_to_know import queries
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks.models import Task
from licensing.tasks.rules import For, TaskKind

COUNTY, CHERWELL = accounts.COUNTY, accounts.CHERWELL


@pytest.fixture
def author(app: Flask) -> UUID:
    return accounts.user(Role.BRIEFING_AUTHOR, COUNTY)


@pytest.fixture
def approver(author: UUID) -> UUID:
    return accounts.user(Role.BRIEFING_APPROVER, COUNTY)


def sent(app: Flask, user_id: UUID, address: str, **data: object) -> str:
    """The page that follows a form that was taken."""
    browser = browsers.of_user(app, user_id)
    answer = browser.post(address, data=data)
    assert answer.status_code == 302, error_links(answer.text)
    return browser.get(answer.location).text


def of_oxford(*, for_county: bool) -> UUID:
    """A note that Oxford issued to a reader of its own."""
    oxford = [accounts.user(one) for one in (Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER, Role.BRIEFING_READER)]
    texts = {**need_to_know.WORDS, "what": f"A place was closed, {'for all' if for_county else 'for us'}."}
    return need_to_know.issue(*oxford, for_county=for_county, words=texts)


def test_a_report_collects_the_months_notes_and_is_signed_by_three_and_what_they_ask_is_a_task(
    app: Flask, author: UUID, approver: UUID
) -> None:
    of_oxford(for_county=True)
    of_oxford(for_county=False)
    today = dates.today()
    typed = {"overview": "Two closures.", "mark": "official", "handling": "Do not forward."}
    begun = sent(app, author, "/need-to-know/reports/put-together", month=today.replace(day=1).isoformat(), **typed)
    page = next(one.removesuffix("/pdf") for one in links(begun) if one.endswith("/pdf"))
    assert "A place was closed, for all." in begun
    assert "for us" not in begun
    issuing = browsers.of_user(app, approver)
    assert "Nobody is to sign it as lead member" in words(issuing.post(f"{page}/issue").text)
    readers = {
        one: accounts.user(Role.BRIEFING_READER, COUNTY) for one in ("lead_member", "chief_executive", "director")
    }
    for office, reader in readers.items():
        sent(app, author, f"{page}/readers", reader=str(reader), office=office)
    assert browsers.of_user(app, readers["director"]).get(page).status_code == 404
    sent(app, approver, f"{page}/issue")
    shown = [sent(app, reader, f"{page}/sign") for reader in readers.values()][-1]
    assert words(shown).count("In this service") == 3
    assert "A place was closed, for all." in shown
    listed = words(browsers.of_user(app, author).get("/need-to-know/reports").text)
    assert "3 of 3" in listed
    printed = pdf_text(browsers.of_user(app, readers["director"]).get(f"{page}/pdf").data)
    assert "Signed, director" in printed
    assert "A place was closed, for all." in printed
    # What one asked for is somebody's task, who says what was done.
    due = today + timedelta(days=14)
    asked = {
        "words": "Count the late answers.",
        "whom": str(For(user_id=author)),
        **boxes("due_on", due.day, due.month, due.year),
    }
    assert "Count the late answers." in sent(app, readers["director"], f"{page}/ask", **asked)
    printed = " ".join(pdf_text(browsers.of_user(app, readers["director"]).get(f"{page}/pdf").data).split())
    assert "What each asked for, and who does it" in printed
    assert "Director: Count the late answers." in printed
    assert "not done yet" in printed
    with owner_session() as session:
        [task] = session.scalars(select(Task).where(Task.kind == TaskKind.ASKED_BY_READER))
        assert (task.for_user_id, task.due_on, "late" in task.why) == (author, due, False)
    request = next(one for one in links(browsers.of_user(app, author).get(page).text) if "/requests/" in one)
    sent(app, author, f"{request}/done", words="Four, all answered now.")
    assert "Four, all answered now." in browsers.of_user(app, readers["director"]).get(request).text
    with owner_session() as session:
        assert session.get_one(Task, task.id).settled


def test_a_report_passes_on_no_note_that_its_writer_was_sent_as_a_reader(app: Flask) -> None:
    compiler, approver = (accounts.user(Role.LICENSING_MANAGER, CHERWELL) for _ in range(2))
    accounts.give_role(compiler, Role.BRIEFING_READER)
    oxford = [accounts.user(one) for one in (Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER)]
    note_id = need_to_know.issue(*oxford, compiler, for_county=False)
    assert browsers.of_user(app, compiler).get(f"/need-to-know/{note_id}").status_code == 200
    typed = {"overview": "Nothing here.", "mark": "official", "handling": "Do not forward."}
    month = dates.today().replace(day=1).isoformat()
    begun = sent(app, compiler, "/need-to-know/reports/put-together", month=month, **typed)
    assert "No note was issued in this month." in begun
    assert browsers.of_user(app, approver).get(f"/need-to-know/{note_id}").status_code == 404


def test_whoever_changed_a_report_does_not_issue_it_though_another_saved_it_since(
    app: Flask, author: UUID, approver: UUID
) -> None:
    accounts.give_role(approver, Role.BRIEFING_AUTHOR)
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    page = f"/need-to-know/reports/{need_to_know.report(author, approver, readers, issued=False)}"
    typed = {"overview": "More came.", "mark": "official", "handling": "Do not forward."}
    for one in (approver, author):
        sent(app, one, f"{page}/change", **typed)
    refused = browsers.of_user(app, approver).post(f"{page}/issue")
    assert refused.status_code == 422
    assert "Somebody else issues it: you put it together, or changed it." in words(refused.text)
    sent(app, accounts.user(Role.BRIEFING_APPROVER, COUNTY), f"{page}/issue")


def test_there_is_one_report_of_a_month_and_a_draft_collects_what_came_since(
    app: Flask, author: UUID, approver: UUID
) -> None:
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    report_id = need_to_know.report(author, approver, readers, issued=False)
    month = {"month": dates.today().replace(day=1).isoformat()}
    typed = {"overview": "More came.", "mark": "official", "handling": "Do not forward."}
    browser = browsers.of_user(app, author)
    refused = browser.post("/need-to-know/reports/put-together", data={**month, **typed})
    assert error_links(refused.text) == [("#month", "There is a report of this month already")]
    of_oxford(for_county=True)
    shown = sent(app, author, f"/need-to-know/reports/{report_id}/change", **typed)
    assert "A place was closed, for all." in shown


def test_what_was_issued_after_the_report_of_its_month_is_in_the_next(app: Flask, author: UUID, approver: UUID) -> None:
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    early = need_to_know.report(author, approver, readers)
    note_id = need_to_know.issue(author, approver, readers[0])
    with owner_session() as session:  # as if all of that were of the month before
        for table in ("need_to_know_report", "need_to_know"):
            session.execute(text(f"UPDATE {table} SET issued_at = issued_at - interval '1 month'"))
        session.execute(text("UPDATE need_to_know_report SET month = (month - interval '1 month')::date"))
        session.commit()
    assert collected_by(author, need_to_know.report(author, approver, readers, issued=False)) == [note_id]
    with owner_session() as session:
        session.execute(text("UPDATE need_to_know_report SET month = '2020-01-01' WHERE id <> :id"), {"id": early})
        session.commit()
    assert collected_by(author, need_to_know.report(author, approver, readers, issued=False)) == []


def collected_by(author: UUID, report_id: UUID) -> list[UUID]:
    with as_user(author):
        return [one.note_id for one in queries.report(report_id).collected]


def test_whoever_was_named_by_mistake_is_taken_off_a_draft_and_another_named(
    app: Flask, author: UUID, approver: UUID
) -> None:
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    page = f"/need-to-know/reports/{need_to_know.report(author, approver, readers, issued=False)}"
    browser = browsers.of_user(app, author)
    off = next(one for one in links(browser.get(page).text) if one.endswith("/remove"))
    assert browser.post(off).status_code == 302
    assert browser.post(f"{page}/issue").status_code == 403
    waits = browsers.of_user(app, approver).post(f"{page}/issue")
    assert waits.status_code == 422
    assert browser.post(off).status_code == 422


def test_a_report_is_issued_with_the_last_version_of_every_note_of_its_month(
    app: Flask, author: UUID, approver: UUID
) -> None:
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    page = f"/need-to-know/reports/{need_to_know.report(author, approver, readers, issued=False)}"
    of_oxford(for_county=True)
    refused = browsers.of_user(app, approver).post(f"{page}/issue")
    assert refused.status_code == 422
    assert "Notes were issued since this was last changed" in words(refused.text)
    sent(app, author, f"{page}/change", overview="More came.", mark="official", handling="Do not forward.")
    sent(app, approver, f"{page}/issue")


def test_who_was_briefed_when_and_on_what_is_a_list_and_a_file(app: Flask, author: UUID, approver: UUID) -> None:
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    note_id = need_to_know.issue(author, approver, readers[0])
    need_to_know.draft(author, readers[1])
    need_to_know.report(author, approver, readers)
    sent(app, readers[0], f"/need-to-know/{note_id}/acknowledge")
    browser = browsers.of_user(app, author)
    listed = words(browser.get("/need-to-know/briefed").text)
    answer = browser.post("/need-to-know/briefed.csv")
    lines = answer.text.splitlines()
    assert lines[0] == "Office,Name,Council,What,From,Issued,Read,Acknowledged"
    assert len(lines) == 1 + 1 + 3
    [of_note] = [one for one in lines if "Need to Know NK-" in one]
    assert of_note.startswith("Chief executive,Test Briefing reader,")
    assert of_note.endswith("In this service")
    assert "Monthly report" in listed
    with owner_session() as session:
        [kept] = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EXPORTED))
        assert (kept.object_kind, (kept.details or {})["rows"]) == (ObjectKind.NEED_TO_KNOW, 4)
    assert browsers.of_user(app, readers[0]).get("/need-to-know/briefed").status_code == 403


def test_who_was_sent_a_briefing_opened_and_acknowledged_it_is_in_the_same_list(app: Flask, approver: UUID) -> None:
    office = briefings.office(COUNTY)
    reader = accounts.user(Role.BRIEFING_READER, COUNTY)
    need_to_know.issue(office.author, approver, reader)
    made = briefings.published(office)
    briefings.drafted(office)

    def listed(user_id: UUID) -> list[str]:
        lines = browsers.of_user(app, user_id).post("/need-to-know/briefed.csv").text.splitlines()[1:]
        return [one for one in lines if "Briefing BR-" in one]

    [sent_only] = listed(office.author)
    assert sent_only.startswith("Briefing for lead member for children’s services,Test Briefing reader,")
    assert sent_only.endswith(",–,Not yet")
    browsers.of_user(app, office.reader).get(f"/briefings/{made}")
    [opened] = listed(office.author)
    assert "–" not in opened
    assert opened.endswith(",Not yet")
    browsers.of_user(app, office.reader).post(f"/briefings/{made}/read")
    [acknowledged] = listed(office.author)
    assert acknowledged.endswith("In this service")
    page = words(browsers.of_user(app, office.author).get("/need-to-know/briefed").text)
    assert ("Briefing BR-" in page, "Need to Know NK-" in page) == (True, True)
    # A manager writes notes, and knows of no briefing.
    assert listed(accounts.user(Role.LICENSING_MANAGER, COUNTY)) == []
    assert listed(briefings.office(accounts.OXFORD).author) == []
