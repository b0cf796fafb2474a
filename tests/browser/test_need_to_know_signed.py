"""From a draft to a signed Need to Know with nothing but a keyboard: four people, each in a window of their own."""

from browser.conftest import OpenPage, Site
from browser.test_keyboard import follow, tab_to, type_in
from factories import accounts, need_to_know
from playwright.sync_api import Locator, Page, expect

from licensing import dates
from licensing.permissions import Role

COUNTY = accounts.COUNTY
TEXTS = {
    "What happened?": "A hotel was given a notice.",
    "Who knows?": "The police and licensing.",
    "What was done at once to keep people safe?": "Rooms are checked each night.",
    "Where do the licence and the police stand?": "The notice runs for three months.",
    "What is the media and legal risk?": "An appeal within 21 days.",
    "What decision is needed, and of whom?": "None.",
}


def choose(page: Page, label: str, beginning: str) -> None:
    """From a list that opens: by typing how the choice begins."""
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(beginning)


def press(page: Page, name: str, then: str) -> None:
    """Press a button, and wait until the page says that it is done."""
    button: Locator = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_text(then)).to_be_visible()


def write_draft(page: Page) -> None:
    page.goto("/need-to-know")
    tab_to(page, page.get_by_role("button", name="Draft a note"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft")
    choose(page, "Why is the note raised?", "A hotel")
    today = dates.today()
    for part, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        tab_to(page, page.get_by_role("group", name="When did it become known?").get_by_label(part))
        page.keyboard.type(str(number))
    for label, words in TEXTS.items():
        type_in(page, label, words)
    press(page, "Save the draft", "The draft is saved.")


def test_a_note_is_drafted_approved_issued_acknowledged_and_its_report_signed_by_keyboard(
    site: Site, open_page: OpenPage
) -> None:
    people = {role: accounts.user(role, COUNTY) for role in (Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER)}
    readers = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    author = open_page(accounts.open_session(people[Role.BRIEFING_AUTHOR]))
    approver = open_page(accounts.open_session(people[Role.BRIEFING_APPROVER]))
    reader = open_page(accounts.open_session(readers[0]))
    write_draft(author)
    expect(author.get_by_text("Nobody has been told")).to_be_visible()
    address = author.url
    follow(author, "Add a reader")
    tab_to(author, author.get_by_label("Who reads it?"))
    author.get_by_label("Who reads it?").select_option(str(readers[0]))
    choose(author, "In which office?", "Lead")
    press(author, "Add the reader", "The reader is added.")
    approver.goto(address)
    follow(approver, "Approve it")
    press(approver, "Approve the note", "The note is approved.")
    author.goto(address)
    follow(author, "Issue it to its readers")
    press(author, "Issue the note", "The note is issued.")
    reader.goto(address)
    follow(reader, "Acknowledge that you have read it")
    press(reader, "I have read it", "You have acknowledged the note.")
    expect(reader.get_by_role("cell", name="In this service")).to_be_visible()
    report = need_to_know.report(people[Role.BRIEFING_AUTHOR], people[Role.BRIEFING_APPROVER], readers)
    reader.goto(f"/need-to-know/reports/{report}")
    expect(reader.get_by_text(TEXTS["What happened?"])).to_be_visible()
    follow(reader, "Sign the report")
    press(reader, "Sign the report", "You have signed the report.")
    expect(reader.get_by_role("cell", name="In this service")).to_have_count(1)
