"""The pages of tasks: the list with its filters, one task, and what is typed kept when a rule refuses it."""

from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import trail
from factories import accounts, register
from flask import Flask
from sqlalchemy import text
from tasks.conftest import LONG_AGO, OpenTask, acting

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks import changes
from licensing.tasks.rules import For, TaskKind

DUE = {"due_on-day": "1", "due_on-month": "6", "due_on-year": "2100"}


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def browser(app: Flask, officer: UUID) -> Browser:
    return browsers.of_user(app, officer)


def test_a_task_is_opened_from_a_person_s_page_and_finished(browser: Browser, officer: UUID) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    assert f"/work/new?about=person:{person}" in browser.get(f"/people/{person}").text
    form = browser.get(f"/work/new?about=person:{person}").text
    assert "Mohammed Aslam Khan" in form
    asked = {"kind": "contact_holder", "whom": f"user:{officer}", "why": "The badge was found", **DUE}
    opened = browser.post("/work/new", data={**asked, "about": f"person:{person}"})
    page = browser.get(opened.location).text
    assert "Speak to the holder" in page
    assert "Mohammed Aslam Khan" in page
    assert "1 June 2100" in page

    assert browser.post(f"{opened.location}/finish", data={"outcome": "Spoken to"}).location == "/work"
    assert "The task is done" in browser.get("/work").text
    assert f'href="{opened.location}"' not in browser.get("/work").text
    assert f'href="{opened.location}"' in browser.get("/work?when=done").text
    done = browser.get(opened.location).text
    assert "Spoken to" in done
    assert "Finish the task" not in done


def test_a_second_task_like_it_is_not_opened_and_what_was_typed_is_kept(browser: Browser, officer: UUID) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    asked = {"kind": "visit", "whom": f"user:{officer}", "about": f"person:{person}", **DUE}
    assert browser.post("/work/new", data={**asked, "why": "First"}).status_code == 302
    again = browser.post("/work/new", data={**asked, "why": "Quite another reason"})
    assert again.status_code == 422
    assert "is open about this record already: TK-" in again.text
    assert "Quite another reason" in again.text


def test_the_name_of_the_record_is_told_to_those_who_may_know_it(
    app: Flask, browser: Browser, officer: UUID, open_task: OpenTask
) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    task = open_task(officer, For(team=Role.DISRUPTION_OFFICER), about=(ObjectKind.PERSON, person))
    assert "Khan" in browser.get(f"/work/{task}").text
    other = browsers.of_role(app, Role.DISRUPTION_OFFICER)
    for page in (f"/work/{task}", "/work"):
        told = other.get(page).text
        assert "A record that is not shown to you" in told
        assert "Khan" not in told
        assert str(person) not in told


@pytest.mark.parametrize("about", ["person", "person:", "person:1", "cat:{}", "user:{}", "person:{}"])
def test_a_task_about_nothing_that_one_may_see_cannot_be_begun(app: Flask, browser: Browser, about: str) -> None:
    elsewhere = register.add(register.KHAN, accounts.WEST)
    assert browser.get(f"/work/new?about={about.format(elsewhere)}").status_code == 404
    assert browser.post("/work/new", data={"about": about.format(elsewhere)}).status_code == 404


def test_whose_name_was_shown_to_begin_a_task_is_on_the_trail(app: Flask, browser: Browser) -> None:
    person, elsewhere = register.add(register.KHAN, accounts.OXFORD), register.add(register.KHAN, accounts.WEST)
    for one in (person, elsewhere):
        browser.get(f"/work/new?about=person:{one}")
    assert trail("action", "object_kind", "object_id")[-2:] == [
        ("looked", "person", person),
        ("refused", "person", elsewhere),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"mine", "team", "late", "opened"}),
        ("?whose=mine", {"mine", "late"}),
        ("?whose=team", {"team"}),
        ("?whose=opened", {"mine", "team", "late", "opened"}),
        ("?when=overdue", {"late"}),
        ("?when=today", {"team"}),
        ("?when=done", {"done"}),
        ("?kind=review", {"opened"}),
        ("?whose=mine&when=overdue", {"late"}),
        ("?whose=nonsense&when=1&kind=x", {"mine", "team", "late", "opened"}),
    ],
)
def test_the_list_is_narrowed_by_each_filter(
    browser: Browser, officer: UUID, open_task: OpenTask, query: str, shown: set[str]
) -> None:
    me, managers = For(user_id=officer), For(team=Role.LICENSING_MANAGER)
    open_task(officer, me, note="note-mine")
    open_task(officer, For(team=Role.LICENSING_OFFICER), note="note-team", due_on=dates.today())
    open_task(officer, me, note="note-late", due_on=LONG_AGO)
    open_task(officer, managers, TaskKind.REVIEW, note="note-opened")
    done = open_task(officer, me, note="note-done")
    with acting(officer) as user:
        changes.finish(user, done, "Done")
        db.session.commit()
    page = browser.get(f"/work{query}").text
    assert {name for name in ("mine", "team", "late", "opened", "done") if f"note-{name}" in page} == shown


def test_the_home_page_counts_what_is_mine_my_team_s_and_overdue(
    browser: Browser, officer: UUID, open_task: OpenTask
) -> None:
    open_task(officer, For(user_id=officer))
    open_task(officer, For(user_id=officer), due_on=LONG_AGO)
    for _ in range(3):
        open_task(officer, For(team=Role.LICENSING_OFFICER))
    home = browser.get("/").text
    for number, words in ((2, "for me"), (3, "for my team"), (1, "overdue"), (4, "due in 7 days")):
        assert f"{number}</strong> {words}</a>" in home


def test_handing_on_and_a_new_date_need_a_reason(browser: Browser, officer: UUID, open_task: OpenTask) -> None:
    task, colleague = open_task(officer, For(user_id=officer)), accounts.user(Role.LICENSING_OFFICER)
    for form, asked in (("hand-on", {"whom": f"user:{colleague}"}), ("due", DUE)):
        refused = browser.post(f"/work/{task}/{form}", data=asked)
        assert refused.status_code == 422
        assert "Enter why" in refused.text
        assert browser.post(f"/work/{task}/{form}", data={**asked, "reason": "On leave"}).status_code == 302
    page = browser.get(f"/work/{task}").text
    assert "Handed on to Test Licensing officer" in page
    assert "Now due on 1 June 2100" in page
    assert page.count("On leave") == 2


def test_nobody_outside_the_council_is_offered_or_accepted(
    browser: Browser, officer: UUID, open_task: OpenTask
) -> None:
    task, stranger = open_task(officer, For(user_id=officer)), accounts.user(Role.LICENSING_OFFICER, accounts.WEST)
    assert str(stranger) not in browser.get(f"/work/{task}/hand-on").text
    asked = {"whom": f"user:{stranger}", "reason": "Theirs"}
    assert browser.post(f"/work/{task}/hand-on", data=asked).status_code == 422
    assert (
        browser.post("/work/new", data={"kind": "visit", "why": "x", **DUE, "whom": f"user:{stranger}"}).status_code
        == 422
    )


def test_whoever_comes_second_is_told_who_finished_and_keeps_what_they_typed(
    app: Flask, browser: Browser, officer: UUID, open_task: OpenTask
) -> None:
    task = open_task(officer, For(team=Role.LICENSING_OFFICER))
    other = browsers.of_role(app, Role.LICENSING_OFFICER)
    assert other.post(f"/work/{task}/finish", data={"outcome": "Visited"}).status_code == 302
    late = browser.post(f"/work/{task}/finish", data={"outcome": "What I found out myself"})
    assert late.status_code == 422
    assert "finished this task on" in late.text
    assert "What I found out myself" in late.text


def test_a_look_at_a_task_is_on_the_trail(browser: Browser, officer: UUID, open_task: OpenTask) -> None:
    task = open_task(officer, For(user_id=officer))
    browser.get(f"/work/{task}")
    with owner_session() as session:
        kept = "SELECT count(*) FROM audit_entry WHERE action = 'looked' AND object_kind = 'task' AND object_id = :id"
        assert session.scalar(text(kept), {"id": task}) == 1
