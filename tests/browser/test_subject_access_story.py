"""A driver asks what is held on them while an enquiry is live: from the request to the letter, by keyboard alone and
without JavaScript."""

from dataclasses import replace

from browser.conftest import OpenPage
from browser.signing_in import new_person
from browser.test_keyboard import follow, tab_to, type_in
from factories import accounts, allegations, disruption, register, shared_cases
from journeys.reading import pdf_text
from playwright.sync_api import Page, expect

from licensing import dates
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.permissions import Role
from licensing.subject_access.letters import STANDING


def somebody_asks_about() -> None:
    """A driver with a complaint, an action that their council's licensing service has under way, and a case that is
    shared with the council: of which nobody who answers them learns."""
    asks = replace(register.PLAIN, given_names="Rosa", family_name="Ejemplo", licences=())
    person_id = register.add(asks, accounts.OXFORD)
    licensing = disruption.agency(AgencyKind.LICENSING)
    member = disruption.officer_of(licensing)
    aim = Aim(TargetKind.PERSON, "Rosa Ejemplo", "", "", person_id, accounts.authority_id(accounts.OXFORD))
    disruption.consider(member, "LIC-D", aim, licensing)
    accounts.agree(accounts.OXFORD)
    lado = allegations.officer()
    case_id = allegations.open_case(lado, person_id, name="Rosa Ejemplo")
    shared_cases.share(lado, case_id, accounts.OXFORD)
    disruption.complain(accounts.user(Role.LICENSING_OFFICER), person_id, dates.today())


def choose(page: Page, first: str, down: int) -> None:
    """The option so many below the first of a question."""
    tab_to(page, page.get_by_label(first, exact=True))
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def press(page: Page, button: str) -> None:
    tab_to(page, page.get_by_role("main").get_by_role("button", name=button))
    page.keyboard.press("Enter")


def type_received(page: Page) -> None:
    today = dates.today()
    for part, number in (("day", today.day), ("month", today.month), ("year", today.year)):
        tab_to(page, page.locator(f"#received_on-{part}"))
        page.keyboard.type(str(number))


def record_request(page: Page) -> None:
    press(page, "Record a request")
    type_in(page, "Name", "Rosa Ejemplo")
    page.keyboard.press("Enter")
    choose(page, "Rosa Ejemplo", 0)
    type_received(page)
    choose(page, "Yes", 1)
    press(page, "Record the request")
    expect(page.get_by_role("heading", level=1)).to_have_text("Subject access request of Rosa Ejemplo")


def hold(page: Page, record: str) -> None:
    """Held by the exemption for crime, after trying to hold it by none."""
    follow(page, record)
    choose(page, "Give", 2)
    choose(page, "None: it is given", 0)
    type_in(page, "Who did the harm test? (optional)", "A. Sample")
    type_in(page, "Why? (optional)", "It would warn them")
    press(page, "Keep the decision")
    expect(page.get_by_role("link", name="Select the exemption by which it is held")).to_be_visible()
    expect(page.get_by_label("Why? (optional)", exact=True)).to_have_value("It would warn them")
    choose(page, "None: it is given", 1)
    press(page, "Keep the decision")
    expect(page.get_by_text("The decision is kept.")).to_be_visible()


def test_a_request_is_answered_by_keyboard_alone_and_without_javascript(open_page: OpenPage) -> None:
    page = open_page(new_person(Role.INFORMATION_OFFICER).token, java_script_enabled=False)
    somebody_asks_about()
    page.goto("/subject-access")
    record_request(page)
    follow(page, "Give what they gave or were given")
    press(page, "Give these records")
    expect(page.get_by_text("They are given.")).to_be_visible()
    hold(page, "Complaint")
    follow(page, "Answer the request")
    press(page, "Answer the request")
    expect(page.get_by_text("1 record waits for a decision. Decide about each before you answer.")).to_be_visible()
    page.goto(page.url.removesuffix("/answer"))
    hold(page, "Disruption action")
    follow(page, "Answer the request")
    press(page, "Answer the request")
    expect(page.get_by_text("The request is answered.")).to_be_visible()
    assert "esignated officer" not in page.get_by_role("main").inner_text()
    told = pdf_text(page.request.get(f"{page.url}/letter.pdf").body())
    assert STANDING in told
    assert "Details of the person" in told
    assert not any(word in told for word in ("Complaint", "Disruption", "exemption", "esignated", "llegation"))
