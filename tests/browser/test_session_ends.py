"""The warning before a session ends, the cover once it has, and what becomes of a form that was being filled in."""

import re
from datetime import datetime

import pytest
from browser.conftest import OpenPage
from browser.signing_in import Person, new_person, sign_in
from browser.world import let_idle
from playwright.sync_api import Page, expect
from sqlalchemy import select

from licensing.accounts.acting import token_hash
from licensing.accounts.models import UserSession
from licensing.setup import owner_session

BEFORE_THE_WARNING = "12:59"
INTO_THE_WARNING = "00:02"
PAST_THE_END = "02:00"

# What one tab says to another is heard in the order in which it was said, so whatever came before the mark was heard.
HEAR_A_MARK = """() => { window.marked = new Promise((heard) =>
  new BroadcastChannel("session").addEventListener("message", ({ data }) => data === "mark" && heard())); }"""
SAY_A_MARK = "new BroadcastChannel('session').postMessage('mark')"


@pytest.fixture
def person(open_page: OpenPage) -> Person:
    return new_person()


@pytest.fixture
def page(open_page: OpenPage, person: Person) -> Page:
    """The driver check's form, half filled in, with a clock that only the test moves on."""
    page = open_page(person.token)
    page.clock.install()
    page.goto("/checks/new")
    page.get_by_label("Name", exact=True).fill("Mohd. Aslam Kahn")
    page.get_by_label("New application").check()
    page.get_by_label("Your reference").fill("none yet")
    return page


def last_seen(token: str) -> datetime:
    with owner_session() as session:
        mine = UserSession.token_hash == token_hash(token)
        return session.scalars(select(UserSession.last_seen_at).where(mine)).one()


def warn(page: Page) -> None:
    page.clock.fast_forward(BEFORE_THE_WARNING)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.fast_forward(INTO_THE_WARNING)
    expect(page.get_by_role("dialog")).to_contain_text("You are about to be signed out")


def end(page: Page) -> None:
    warn(page)
    page.clock.fast_forward(PAST_THE_END)
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Check", exact=True).click()


def test_staying_signed_in_prolongs_the_session(page: Page, person: Person) -> None:
    warn(page)
    before = last_seen(person.token)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert last_seen(person.token) > before
    warn(page)


def test_once_the_session_has_ended_the_page_is_covered_and_stays_so(page: Page) -> None:
    end(page)
    cover = page.get_by_role("dialog").evaluate("dialog => getComputedStyle(dialog, '::backdrop').backgroundColor")
    assert cover.startswith("rgb(")  # no alpha: nothing of the record shows through
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()


def test_a_form_sent_after_the_end_is_kept_and_sent_after_signing_in(page: Page, person: Person) -> None:
    let_idle(person.token)
    send(page)
    expect(page.get_by_text("What you had typed is kept")).to_be_visible()
    sign_in(page, person)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers were kept")
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="What was asked")).to_be_visible()
    expect(page.get_by_text("Mohd. Aslam Kahn").first).to_be_visible()
    page.goto("/take-up")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Today"))


def test_a_page_left_open_is_uncovered_and_can_be_sent_once_its_holder_signs_in_in_another_tab(
    page: Page, person: Person
) -> None:
    end(page)
    let_idle(person.token)
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    sign_in(popup.value, person)
    expect(page.get_by_role("dialog")).to_be_hidden()
    send(page)
    expect(page.get_by_role("heading", name="What was asked")).to_be_visible()


def test_a_page_left_open_stays_covered_when_somebody_else_signs_in(page: Page, person: Person) -> None:
    end(page)
    let_idle(person.token)
    page.evaluate(HEAR_A_MARK)
    other = page.context.new_page()
    other.goto("/sign-in")
    sign_in(other, new_person())
    expect(other.get_by_role("heading", level=1)).to_have_text(re.compile("^Today"))
    other.evaluate(SAY_A_MARK)
    page.evaluate("marked")
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()
