"""An operation from its plan to its debrief on a phone, by touch and by keyboard, through a line that drops."""

from datetime import timedelta

from browser import keyboard
from browser.conftest import OpenPage, Site
from browser.looking import PHONE
from browser.signing_in import new_person
from factories import accounts, operations
from factories.disruption import agency
from playwright.sync_api import Page, expect

from licensing import dates
from licensing.disruption.words import AgencyKind
from licensing.permissions import Role

KEPT = "Object.keys(sessionStorage).filter((name) => name.startsWith('kept:'))"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def touch(page: Page, name: str, role: str = "link") -> None:
    """Tap a link or a button of the page's own part."""
    page.get_by_role("main").get_by_role(role, name=name, exact=True).tap()  # type: ignore[arg-type]


def write_date(page: Page, days: int = 0) -> None:
    day = dates.today() + timedelta(days=days)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part).fill(str(number))


def plan(page: Page) -> None:
    page.goto("/operations")
    touch(page, "Plan an operation", "button")
    page.get_by_label("Patrol").tap()
    page.get_by_label("Name of the operation").fill("Night watch")
    write_date(page)
    page.get_by_label("Begins at").fill("22:00")
    page.get_by_label("What is it to achieve?").fill("To see who waits by the station.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    touch(page, "Night watch")


def brief_and_begin(page: Page) -> None:
    touch(page, "Add a place to visit")
    page.get_by_label("Name of the place").fill("Station Rooms")
    page.get_by_label("Postcode").fill("OX1 1ZW")
    touch(page, "Add", "button")
    touch(page, "Brief those who go out")
    page.get_by_label("What are those who go out told?").fill("Two cars at the bridge.")
    touch(page, "Keep the briefing", "button")
    touch(page, "Begin the operation", "button")
    touch(page, "Begin", "button")
    expect(page.get_by_role("heading", name="Record what is found", level=1)).to_be_visible()


def write_finding(page: Page) -> None:
    page.get_by_label("Person", exact=True).tap()
    page.get_by_label("Name or registration mark").fill("Rowan Sampleton")
    page.get_by_label("What was seen?").fill("Waited outside for an hour.")
    page.get_by_label("Yes").tap()


def test_an_operation_is_recorded_on_a_phone_through_a_line_that_drops(site: Site, open_page: OpenPage) -> None:
    agency(AgencyKind.LICENSING)
    page = open_page(new_person().token, viewport=PHONE, has_touch=True, is_mobile=True)
    plan(page)
    brief_and_begin(page)
    assert page.evaluate(SIDEWAYS) == 0
    for button in page.get_by_role("main").get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    write_finding(page)
    page.context.set_offline(True)
    touch(page, "Save", "button")
    expect(page.get_by_text("There is no connection")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    touch(page, "Put it back", "button")
    expect(page.get_by_label("Person", exact=True)).to_be_checked()
    expect(page.get_by_label("What was seen?")).to_have_value("Waited outside for an hour.")
    touch(page, "Save", "button")
    expect(page.get_by_role("heading", name="1. Person: Rowan Sampleton")).to_be_visible()
    assert page.evaluate(KEPT) == []
    follow_up_and_close(page)
    begin_another_and_sign_out(page)


def test_a_night_is_recorded_by_keyboard_alone_on_a_phone(site: Site, open_page: OpenPage) -> None:
    agency(AgencyKind.LICENSING)
    who = accounts.user(Role.LICENSING_OFFICER)
    stop = operations.plan(who)
    operations.begin(who, stop)
    page = open_page(accounts.open_session(who), viewport=PHONE)
    page.goto(f"/operations/{stop}")
    keyboard.press(page, "Record what is found")
    keyboard.choose(page, "kind", "person")
    keyboard.write(page, "name", "Rowan Sampleton")
    keyboard.write(page, "what", "Waited outside for an hour.")
    keyboard.choose(page, "follow_up", "yes")
    keyboard.press(page, "Save")
    keyboard.follow(page, "Say who follows it up")
    keyboard.reach(page, page.locator("#whom"))
    page.keyboard.press("ArrowDown")
    keyboard.write(page, "what", "Speak to the manager.")
    keyboard.on(page, "due_on", dates.today() + timedelta(days=7))
    keyboard.press(page, "Save")
    keyboard.follow(page, "Debrief and close")
    keyboard.write(page, "worked", "Joint teams did.")
    keyboard.write(page, "following", "Again in May.")
    keyboard.press(page, "Close the operation")
    expect(page.get_by_text("The operation is closed.")).to_be_visible()


def follow_up_and_close(page: Page) -> None:
    page.get_by_role("link", name="Say who follows it up").tap()
    page.get_by_label("Who follows it up?").select_option(index=1)
    page.get_by_label("What is to be done?").fill("Speak to the manager.")
    write_date(page, 7)
    touch(page, "Save", "button")
    touch(page, "Debrief and close")
    page.get_by_label("What worked, and what did not?").fill("Joint teams did.")
    page.get_by_label("What comes next?").fill("Again in May.")
    touch(page, "Close the operation", "button")
    expect(page.get_by_text("The operation is closed.")).to_be_visible()


def begin_another_and_sign_out(page: Page) -> None:
    """A name that was typed and not sent goes with signing out."""
    plan(page)
    brief_and_begin(page)
    write_finding(page)
    assert len(page.evaluate(KEPT)) == 1
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url("**/sign-in**")
    assert page.evaluate(KEPT) == []
