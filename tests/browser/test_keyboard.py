"""The story with nothing but a keyboard, and where the keyboard's focus is after a skip or an error."""

import pytest
from browser.conftest import OpenPage, Site
from browser.signing_in import new_person
from factories import accounts
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from licensing.permissions import Role

MOST_TABS = 60
HAS_FOCUS = "element => element === document.activeElement"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody does who cannot use a mouse."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def type_in(page: Page, label: str, words: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(words)


def follow(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("main").get_by_role("link", name=name))
    page.keyboard.press("Enter")


def sign_in(page: Page) -> None:
    page.goto("/")
    type_in(page, "Email address", new_person().email)
    type_in(page, "Password", accounts.PASSWORD)
    type_in(page, "Code from your authenticator", accounts.code_now())
    page.keyboard.press("Enter")
    page.wait_for_url("**/")


def check_kahn(page: Page) -> None:
    type_in(page, "Name", "Mohd. Aslam Kahn")
    for part, number in (("Day", "4"), ("Month", "3"), ("Year", "1980")):
        type_in(page, part, number)
    tab_to(page, page.get_by_label("New application"))
    page.keyboard.press("Space")
    type_in(page, "Your reference", "none yet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checks/*-*")


def test_a_driver_is_checked_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page)
    follow(page, "Check a driver")
    page.wait_for_url("**/checks/new")
    check_kahn(page)
    expect(page.get_by_role("heading", name="Mohammed Aslam Khan, Cherwell District Council")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Download the receipt (PDF)"))
    with page.expect_download() as download:
        page.keyboard.press("Space")
    receipt = PdfReader(download.value.path()).pages[0].extract_text()
    assert "Mohammed Aslam Khan" in " ".join(receipt.split())


def test_the_first_tab_offers_to_skip_to_the_content(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.world.tokens[Role.LICENSING_OFFICER])
    page.goto("/people")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_an_error_takes_the_focus_to_its_summary_and_its_link_to_the_box(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.world.tokens[Role.LICENSING_OFFICER])
    page.goto("/checks/new")
    tab_to(page, page.get_by_role("button", name="Check", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    follow(page, "Enter your reference")
    expect(page.get_by_label("Your reference")).to_be_focused()


@pytest.mark.parametrize(
    ("day", "month", "year", "wrong"),
    [("31", "2", "1980", "Day"), ("4", "13", "1980", "Month"), ("4", "3", "80", "Year"), ("4", "", "1980", "Month")],
)
def test_the_link_of_a_wrong_date_goes_to_the_box_to_mend(
    site: Site, open_page: OpenPage, day: str, month: str, year: str, wrong: str
) -> None:
    page = open_page(site.world.tokens[Role.LICENSING_OFFICER])
    page.goto("/checks/new")
    for part, number in (("Day", day), ("Month", month), ("Year", year)):
        type_in(page, part, number)
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    follow(page, "Date of birth")
    expect(page.get_by_label(wrong, exact=True)).to_be_focused()
