"""Stories of what councils tell one another, by keyboard alone and without JavaScript."""

from browser.conftest import OpenPage
from browser.keyboard import choose, follow, on, open_row, pick, press, reach, tick, write
from browser.stories import officer_at
from factories import accounts
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from licensing import dates

CONDUCT = "He left a pupil at the roadside (CH-SAMPLE-2)."
REASONS = "The driver was spoken to; two accounts bear out his own."


def report(page: Page, method: str) -> None:
    """A concern about a driver licensed elsewhere, which is not taken without the belief that section 5 asks for."""
    page.goto("/nr3s/requests?way=sent")
    follow(page, "Report a concern about a driver licensed elsewhere")
    on(page, "aware_on", dates.today())
    write(page, "words", CONDUCT)
    write(page, "belief", "A pupil was put at risk.")
    if method == "service":
        pick(page, "partner", "Cherwell")
    else:
        write(page, "body", "City of Sampleton Council")
    choose(page, "method", method)
    write(page, "full_name", "Sample Driver")
    press(page, "Record the concern")
    expect(page.get_by_role("alert")).to_contain_text("do not report under section 5")
    expect(page.locator("#words")).to_have_value(CONDUCT)
    tick(page, "would_act")
    press(page, "Record the concern")
    expect(page.get_by_role("main")).to_contain_text("To be reported by")


def send(page: Page, *, by_hand: bool = False) -> None:
    follow(page, "Send it")
    if by_hand:
        on(page, "sent_on", dates.today())
    pick(page, "authorised_by", "Test")
    press(page, "Send the report")


def test_story_15_a_concern_is_reported_received_and_replied_to_with_reasons(open_page: OpenPage) -> None:
    oxford, cherwell = officer_at(open_page), officer_at(open_page, accounts.CHERWELL)
    report(oxford, "service")
    send(oxford)
    expect(oxford.get_by_text("It is sent.")).to_be_visible()
    cherwell.goto("/nr3s/requests")
    open_row(cherwell, "Report of a concern (section 5) Oxford City Council")
    received = cherwell.get_by_role("main")
    expect(received).to_contain_text("Answer due by")
    expect(received).to_contain_text(CONDUCT)
    expect(received).not_to_contain_text("A pupil was put at risk.")
    follow(cherwell, "Answer")
    choose(cherwell, "outcome", "no_action")
    write(cherwell, "words", REASONS)
    write(cherwell, "fields_told", "What was done, two accounts without names")
    write(cherwell, "to_name", "Sample Officer")
    pick(cherwell, "authorised_by", "Test")
    press(cherwell, "Answer")
    oxford.reload()
    answer = oxford.get_by_role("main")
    expect(answer).to_contain_text("Considered, and nothing was done")
    expect(answer).to_contain_text(REASONS)


def test_story_15_a_council_outside_is_written_to_chased_and_its_reply_recorded(open_page: OpenPage) -> None:
    page = officer_at(open_page)
    report(page, "post")
    reference = page.get_by_role("heading", level=1).inner_text().split()[-1]
    with page.expect_download() as letter:
        reach(page, page.get_by_role("main").get_by_role("link", name="Download the letter (PDF)"))
        page.keyboard.press("Enter")
    words = " ".join(PdfReader(letter.value.path()).pages[0].extract_text().split())
    assert reference in words
    assert CONDUCT in words
    send(page, by_hand=True)
    follow(page, "Record that you reminded them")
    on(page, "chased_on", dates.today())
    write(page, "note", "Rang their duty officer.")
    press(page, "Record the reminder")
    follow(page, "Record the answer")
    choose(page, "outcome", "suspended")
    on(page, "answered_on", dates.today())
    write(page, "words", REASONS)
    press(page, "Record the answer")
    shown = page.get_by_role("main")
    for told in ("The licence was suspended", REASONS, "Rang their duty officer."):
        expect(shown).to_contain_text(told)
