"""Stories of a designated officer and the councils that license, by keyboard alone and without JavaScript."""

from datetime import timedelta
from uuid import UUID

from browser.conftest import OpenPage
from browser.keyboard import choose, follow, on, open_row, pick, press, reach, tick, write
from browser.stories import (
    CONTACT,
    case_about,
    consider,
    licensed,
    licensed_twice,
    look_up,
    officer_at,
    open_case_of,
    open_sharing,
    page_of,
    weigh,
)
from factories import accounts, allegations, shared_cases
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
    licensed("Consultson", "CONSULT/1")
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
    officer_id = allegations.officer()
    case_about(officer_id, licensed_twice("Twiceson"), "Twiceson")
    lado = page_of(open_page, officer_id)
    open_case_of(lado, "Twiceson")
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


def test_story_26_licensing_merges_a_person_of_a_hidden_case_and_the_designated_officer_may_reverse_it(
    open_page: OpenPage,
) -> None:
    kept, merged = (licensed("Mergeson", number) for number in ("MERGE/1", "MERGE/2"))
    officer_id = allegations.officer()
    case_id = case_about(officer_id, merged, "Mergeson")
    shared_cases.share(officer_id, case_id, accounts.OXFORD)
    officer, manager = officer_at(open_page), officer_at(open_page, role=Role.LICENSING_MANAGER)
    officer.goto(f"/people/{kept}")
    follow(officer, "Records like this one")
    follow(officer, "Compare the two")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Merge two records")
    write(officer, "reason", "Same photograph and driving licence.")
    press(officer, "Ask for approval")
    manager.goto("/approvals")
    open_row(manager, "Mergeson")
    tick(manager, "checked")
    for page in (officer, manager):
        expect(page.get_by_role("main")).not_to_contain_text("designated officer")
    press(manager, "Approve")
    expect(manager.get_by_role("main")).not_to_contain_text("designated officer")
    officer.goto(f"/people/{kept}")
    expect(officer.get_by_text(CONTACT)).to_be_visible()

    lado = page_of(open_page, officer_id)
    lado.goto("/allegations")
    expect(lado.locator(".due-list")).to_contain_text("Licensing merged the person’s record")
    open_case_of(lado, "Mergeson")
    expect(lado.get_by_text("Licensing has merged this person’s record into another since.")).to_be_visible()
    open_sharing(lado)
    follow(lado, "Keep the case to the former record")
    press(lado, "Save")
    officer.reload()
    expect(officer.get_by_role("main")).not_to_contain_text("designated officer")


def released(officer_id: UUID, person_id: UUID, family_name: str) -> UUID:
    """Both councils may know of a case, and an item was released to somebody: a manager at Oxford."""
    case_id, manager = case_about(officer_id, person_id, family_name), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.share(officer_id, case_id, accounts.OXFORD, accounts.CHERWELL, level=Level.ITEMS)
    shared_cases.release(officer_id, case_id, accounts.OXFORD, manager, ReleaseKind.ITEM, "Two accounts.")
    return manager


def read_release(page: Page) -> None:
    """From the home page to what was released last."""
    page.goto("/")
    follow(page, "released to you by a designated officer")
    open_row(page, "Item from Oxfordshire County Council")
    press(page, "I have read it")
    expect(page.get_by_text("The designated officer sees that you have it.")).to_be_visible()


def rely(page: Page) -> None:
    follow(page, "We rely on this in a decision")
    reach(page, page.locator("input[name=about]").first)
    page.keyboard.press("Space")
    press(page, "Keep a copy there")


def test_an_item_is_released_read_and_relied_on(open_page: OpenPage) -> None:
    person = licensed("Itemson", "ITEM/1")
    consider(person)
    officer_id, manager_id = allegations.officer(), accounts.user(Role.LICENSING_MANAGER)
    case_id = case_about(officer_id, person, "Itemson")
    shared_cases.share(officer_id, case_id, accounts.OXFORD, level=Level.ITEMS)
    lado, manager = page_of(open_page, officer_id), page_of(open_page, manager_id)
    open_case_of(lado, "Itemson")
    open_sharing(lado)
    follow(lado, "Release something to somebody")
    choose(lado, "authority", str(accounts.authority_id(accounts.OXFORD)))
    choose(lado, "kind", "item")
    press(lado, "Continue")
    write(lado, "title", "Note of a meeting")
    write(lado, "words", "Two accounts agree.")
    write(lado, "source", "The school")
    choose(lado, "to_user", str(manager_id))
    pick(lado, "basis", "Children Act 2004")
    choose(lado, "onward", "deciders")
    on(lado, "expires_on", dates.today() + timedelta(days=30))
    press(lado, "Check before you release it")
    expect(lado.get_by_role("main")).to_contain_text("Only Test Licensing manager of Oxford City Council reads it")
    press(lado, "Release it")
    read_release(manager)
    rely(manager)
    expect(manager.get_by_role("heading", name="Relied on, from a designated officer")).to_be_visible()
    expect(manager.get_by_text("Two accounts agree.")).to_be_visible()
    lado.reload()
    expect(lado.get_by_role("main")).to_contain_text("Acknowledged")


def review_own(page: Page, considered: str) -> None:
    """From the list of work to what is to be looked at again, which says no more than that something is in doubt."""
    page.goto("/work")
    open_row(page, considered)
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at it again")
    expect(page.get_by_role("main")).to_contain_text("in doubt")
    expect(page.get_by_role("main")).not_to_contain_text("alleg")
    follow(page, considered)


def test_story_10_malicious_takes_the_flag_off_everywhere_and_licensing_reviews_its_own_decision(
    open_page: OpenPage,
) -> None:
    officer_id, person = allegations.officer(), licensed_twice("Falseson")
    considered = consider(person)
    manager_id = released(officer_id, person, "Falseson")
    manager, lado = page_of(open_page, manager_id), page_of(open_page, officer_id)
    read_release(manager)
    rely(manager)
    officers = [officer_at(open_page), officer_at(open_page, accounts.CHERWELL)]
    for page in officers:
        look_up(page, "Falseson")
        expect(page.get_by_text(CONTACT)).to_be_visible()
    open_case_of(lado, "Falseson")
    record_outcome(lado, "malicious")
    for page in officers:
        page.reload()
        expect(page.get_by_role("main")).not_to_contain_text("designated officer")
    owed = lado.get_by_role("table", name="Messages owed")
    expect(owed.get_by_role("row").filter(has_text="Tell the person")).to_contain_text("Owed")
    expect(lado.get_by_role("main")).to_contain_text("Malicious")
    manager.goto("/released")
    open_row(manager, "Outcome from Oxfordshire County Council")
    expect(manager.get_by_role("main")).to_contain_text("Malicious")
    review_own(manager, considered)
    expect(manager.get_by_text("Record whether your own decision still stands on other evidence")).to_be_visible()


def revoke(page: Page) -> None:
    """A manager revokes the licence of whom their page shows, on reasons of the council's own."""
    open_row(page, "Private hire driver")
    follow(page, "Decide")
    choose(page, "kind", "revoke")
    press(page, "Continue")
    on(page, "decided_on", dates.today())
    choose(page, "maker", "manager")
    choose(page, "power", "S61")
    tick(page, "grounds", "reasonable_cause")
    write(page, "reasons", "Two passengers and the meter's log bear each other out.")
    choose(page, "relevant_information", "wholly")
    tick(page, "limbs", "harm")
    press(page, "Continue")
    press(page, "Make this decision")
    expect(page.get_by_text("The decision is made.")).to_be_visible()


def test_story_11_the_council_revokes_on_its_own_reasons_and_tells_the_designated_officer(
    open_page: OpenPage,
) -> None:
    officer_id = allegations.officer()
    manager_id = released(officer_id, licensed("Ownreason", "OWN/1"), "Ownreason")
    manager, lado = page_of(open_page, manager_id), page_of(open_page, officer_id)
    open_case_of(lado, "Ownreason")
    record_outcome(lado, "unsubstantiated")
    look_up(manager, "Ownreason")
    revoke(manager)
    read_release(manager)
    follow(manager, "Answer the designated officer")
    made = manager.get_by_label("Revoke").get_attribute("value")
    assert made
    choose(manager, "about", made)
    write(manager, "words", "We revoked on evidence of our own.")
    press(manager, "Send to the designated officer")
    open_sharing(lado)
    follow(lado, "Put the answer on the strand")
    press(lado, "Save")
    open_case_of(lado, "Ownreason")
    strand = lado.locator(".govuk-summary-card").filter(has_text="Employer or licensing authority")
    own = strand.filter(has_text="We revoked on evidence of our own.")
    expect(own).to_contain_text("Oxford City Council")
    expect(own).to_contain_text(f"decided on {dates.in_words(dates.today())}")
    expect(own).not_to_contain_text("the meter's log")
