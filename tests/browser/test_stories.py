"""Stories of a designated officer and the councils that license, by keyboard alone and without JavaScript."""

from browser.conftest import OpenPage
from browser.keyboard import choose, follow, on, open_row, pick, press, tick, write
from browser.stories import (
    CONTACT,
    consider,
    driver,
    licensed_twice,
    look_up,
    officer_at,
    open_case_of,
    open_sharing,
    page_of,
    weigh,
)
from factories import accounts, allegations, register, shared_cases
from playwright.sync_api import Page, expect

from licensing import dates
from licensing.allegations.words_of_sharing import Level, ReleaseKind
from licensing.permissions import Role


def record_outcome(page: Page, outcome: str) -> None:
    follow(page, "Record the outcome")
    choose(page, "outcome", outcome)
    on(page, "outcome_on", dates.today())
    write(page, "words", "The final meeting agreed.")
    press(page, "Save the outcome")


def set_contact_level(page: Page, code: str, why: str) -> None:
    """Level L1 for one council, from the page of what councils may know."""
    follow(page, "Set, raise, lower or withdraw a level")
    tick(page, "authorities", str(accounts.authority_id(code)))
    choose(page, "level", "contact")
    weigh(page, why)
    press(page, "Set this level")
    expect(page.get_by_text("The level is set.")).to_be_visible()


def test_story_12_a_consultation_names_nobody_and_nothing_reaches_licensing(open_page: OpenPage) -> None:
    register.add(driver("Consultson", "CONSULT/1"), accounts.OXFORD)
    lado = officer_at(open_page, accounts.COUNTY, Role.DESIGNATED_OFFICER)
    lado.goto("/consultations")
    press(lado, "Record a consultation")
    expect(lado.locator("#name")).to_have_count(0)
    on(lado, "asked_on", dates.today())
    pick(lado, "referrer_kind", "School")
    write(lado, "employer", "Sample Cars")
    pick(lado, "sector", "Licensed dr")
    write(lado, "question", "May a driver give sweets to the pupils?")
    write(lado, "advice", "Two adults in the vehicle, and a word with the operator.")
    press(lado, "Save the consultation")
    expect(lado.get_by_role("alert")).to_contain_text("Enter how many minutes")
    write(lado, "minutes", "20")
    press(lado, "Save the consultation")
    open_row(lado, "20 minutes")
    expect(lado.get_by_text("Two adults in the vehicle")).to_be_visible()
    for role in (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER):
        officer = officer_at(open_page, role=role)
        look_up(officer, "Consultson")
        expect(officer.get_by_role("main")).not_to_contain_text("designated officer")
        officer.goto("/work")
        expect(officer.get_by_role("main")).not_to_contain_text("sweets")
        officer.goto("/released")
        expect(officer.get_by_text("Nothing is released to you now.")).to_be_visible()


def test_story_13_each_of_two_councils_is_told_by_itself_and_each_has_its_own_log(open_page: OpenPage) -> None:
    ours, _ = licensed_twice("Twiceson")
    officer_id = allegations.officer()
    allegations.open_case(officer_id, ours)
    lado = page_of(open_page, officer_id)
    open_case_of(lado, "Sample Subject")
    expect(lado.get_by_role("main")).to_contain_text("Cherwell District Council")
    open_sharing(lado)
    set_contact_level(lado, accounts.CHERWELL, "He drives there at night.")
    oxford, cherwell = officer_at(open_page), officer_at(open_page, accounts.CHERWELL)
    look_up(oxford, "Twiceson")
    expect(oxford.get_by_role("main")).not_to_contain_text("designated officer")
    look_up(cherwell, "Twiceson")
    expect(cherwell.get_by_text(CONTACT)).to_be_visible()
    set_contact_level(lado, accounts.OXFORD, "He drives to a school here.")
    oxford.reload()
    expect(oxford.get_by_text(CONTACT)).to_have_count(1)
    for page, other in ((oxford, "Cherwell"), (cherwell, "Oxford City")):
        expect(page.locator(".govuk-warning-text").filter(has_text=CONTACT)).not_to_contain_text(other)
    follow(lado, "Who was told what")
    for council, why in (("Cherwell District", "drives there at night"), ("Oxford City", "drives to a school here")):
        rows = lado.get_by_role("row").filter(has_text=f"{council} Council")
        expect(rows.filter(has_text="Level set: L1").filter(has_text=why)).to_have_count(1)
        expect(rows.filter(has_text="Read the flag, on the page of a person")).to_have_count(1)
