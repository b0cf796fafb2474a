"""The story where JavaScript is off or has not arrived."""

from browser.conftest import OpenPage
from browser.signing_in import new_person, sign_in
from playwright.sync_api import Page, expect

NEW_DRIVER = """Reference,First name,Surname,D.O.B.,Licence Number,Licence type,Status,Start date,Expiry Date
N1,Ines,Exemplária,12/05/1988,OX/PH/7001,Private Hire,Current,01/02/2026,31/01/2029
"""


def bring_in(page: Page) -> None:
    page.get_by_role("link", name="Imports").click()
    page.get_by_role("button", name="Bring in a file").click()
    page.get_by_label("Driver licences").check()
    file = {"name": "drivers.csv", "mimeType": "text/csv", "buffer": NEW_DRIVER.encode()}
    page.get_by_label("The file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Preview")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("The file was brought in")).to_be_visible()


def check(page: Page) -> None:
    page.get_by_role("link", name="Driver check").click()
    page.get_by_role("button", name="Check a driver").click()
    page.get_by_label("Name", exact=True).fill("Ines Exemplaria")
    for part, number in (("Day", "12"), ("Month", "5"), ("Year", "1988")):
        page.get_by_label(part).fill(number)
    page.get_by_label("Renewal").check()
    page.get_by_label("Your reference").fill("none yet")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="Ines Exemplária, Oxford City Council")).to_be_visible()


def test_the_story_needs_no_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    sign_in(page, new_person())
    bring_in(page)
    check(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_error_is_told_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your email address")
    page.get_by_role("link", name="Enter your email address").click()
    expect(page.get_by_label("Email address")).to_be_focused()
