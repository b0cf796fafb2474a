"""A whole case, from the telephone call to its closing, with nothing but a keyboard and without JavaScript."""

from browser.conftest import OpenPage
from browser.keyboard import choose, follow, on, pick, press, reach, tick, write
from browser.signing_in import new_person
from browser.stories import licensed, open_sharing, weigh
from factories import accounts
from playwright.sync_api import Page, expect

from licensing import dates
from licensing.permissions import Role


def record_the_call(page: Page) -> None:
    page.goto("/allegations")
    press(page, "Record a call")
    press(page, "Start recording")
    pick(page, "referrer_kind", "School tr")
    write(page, "organisation", "School transport (sample)")
    press(page, "Save and continue")
    choose(page, "at_risk", "no")
    choose(page, "police", "yes")
    press(page, "Save and continue")
    write(page, "name", "Sample Fullcaseová")
    press(page, "Find the person")
    reach(page, page.locator("input[name=person]").first)
    page.keyboard.press("Space")
    press(page, "Save and continue")
    reach(page, page.locator("input[value=risk]"))
    page.keyboard.press("Space")
    pick(page, "category", "Cond")
    write(page, "words", "Lifts off the meter, at night, more than once.")
    press(page, "Save and continue")
    pick(page, "sector", "Licensed dr")
    press(page, "Save and continue")
    write(page, "child_references", "CH-SAMPLE-1")
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the referral")
    press(page, "Record the referral")


def open_the_case(page: Page) -> None:
    press(page, "Decide on the threshold")
    choose(page, "decision", "open")
    on(page, "decided_on", dates.today())
    write(page, "words", "Limb C. Police and social care agree.")
    press(page, "Save the decision")
    expect(page.get_by_text("Referral recorded.")).to_be_visible()


def hold_the_meeting(page: Page) -> None:
    """Written while chairing, with an action that is done afterwards."""
    follow(page, "Plan or record a meeting")
    choose(page, "kind", "strategy")
    on(page, "held_on", dates.today())
    press(page, "Continue")
    write(page, "attendees", "A. Sample, police")
    write(page, "told", "The police: what the caller said.")
    pick(page, "basis", "Children Act 2004")
    write(page, "actions-0-words", "Ask the operator for the trip log")
    write(page, "actions-0-owner", "Sample Owner, licensing")
    on(page, "actions-0-due_on", dates.today())
    press(page, "Save and finish")
    expect(page.get_by_text("Ask the operator for the trip log").first).to_be_visible()
    reach(page, page.get_by_role("main").locator("a[href$='/done']").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    on(page, "done_on", dates.today())
    write(page, "words", "The log came, and was read.")
    press(page, "Record it")


def tell_the_council(page: Page) -> None:
    """Its officers are to speak to the designated officer first; and the case is looked over."""
    case = page.url
    open_sharing(page)
    follow(page, "Set, raise, lower or withdraw a level")
    tick(page, "authorities", str(accounts.authority_id(accounts.OXFORD)))
    choose(page, "level", "contact")
    weigh(page, "They decide about the renewal next week.")
    press(page, "Set this level")
    page.goto(case)
    expect(page.get_by_text("L1: contact me first").first).to_be_visible()
    follow(page, "Record a review")
    write(page, "words", "Everybody who must know knows.")
    press(page, "Save the review")


def settle(page: Page) -> None:
    """The outcome, the three strands, and every message that is owed."""
    follow(page, "Record the outcome")
    choose(page, "outcome", "unsubstantiated")
    on(page, "outcome_on", dates.today())
    write(page, "words", "The log bears out neither account. All agreed.")
    press(page, "Save the outcome")
    for strand in ("Child protection (section 47)", "Police", "Employer or licensing authority"):
        follow(page, f"Change ({strand})")
        choose(page, "state", "finished")
        press(page, "Save")
    owed = page.get_by_role("main").locator("a[href*='/duties/']:not([href$='/new'])")
    while count := owed.count():
        reach(page, owed.first)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        choose(page, "state", "done")
        write(page, "words", "Told by telephone.")
        if page.locator("input[name=recipient]").count():
            write(page, "recipient", "Sample Recipient, manager")
            pick(page, "basis", "UK GDPR")
        on(page, "settled_on", dates.today())
        press(page, "Save")
        assert owed.count() < count, page.get_by_role("main").inner_text()


def close(page: Page) -> None:
    follow(page, "Close the case")
    write(page, "words", "Nothing more can be found out; reviewed if he comes up again.")
    on(page, "closed_on", dates.today())
    if page.locator("input[name=keep]").count():
        choose(page, "keep", "end")
    press(page, "Close the case")


def test_a_case_is_run_from_the_call_to_its_closing(open_page: OpenPage) -> None:
    licensed("Fullcaseová", "FULLCASE/1")
    page = open_page(new_person(Role.DESIGNATED_OFFICER).token, java_script_enabled=False)
    record_the_call(page)
    open_the_case(page)
    hold_the_meeting(page)
    tell_the_council(page)
    settle(page)
    close(page)
    expect(page.get_by_role("definition").filter(has_text="Closed").first).to_be_visible()
