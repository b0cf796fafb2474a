"""Stories of a pattern at an operator and of a suspension by a neighbour, by keyboard and without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from browser.conftest import OpenPage, Site
from browser.keyboard import choose, follow, on, open_row, pick, press, tick, write
from browser.stories import licensed, look_up, officer_at, page_of
from factories import accounts, jobs, register, signals
from factories.disruption import agency
from playwright.sync_api import expect
from sqlalchemy import TextClause, text

from licensing import dates
from licensing.disruption.words import AgencyKind
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.sharing.jobs import start_nr3s_clocks

OPERATOR = "Story Sixteen Cars Ltd"
CONDUCT = "The vehicle was driven with no working brakes (CH-SAMPLE-34)."
ASKED_TO_DECIDE = "/work?kind=IMPOSED_SUSPENSION"
REASONS = "Suspended until the driver has been interviewed."


def test_story_16_an_operator_with_four_drivers_revoked_is_seen_audited_and_put_on_an_agenda(
    open_page: OpenPage,
) -> None:
    agency(AgencyKind.LICENSING)
    officer_id = accounts.user(Role.LICENSING_OFFICER)
    operator = register.add_operator(accounts.OXFORD, OPERATOR, officer_id)
    for number, days in enumerate((20, 75, 130, 260), 1601):
        signals.drives_for(officer_id, signals.revoked_driver(number, accounts.OXFORD, days), operator)
    meeting = signals.meet(officer_id, [agency(AgencyKind.COMMUNITY_SAFETY)], in_days=3)
    page = page_of(open_page, officer_id)
    page.goto("/signals?counted=revoked_drivers")
    open_row(page, OPERATOR)
    shown = page.get_by_role("main")
    expect(shown).to_contain_text("4 drivers’ licences revoked in 365 days")
    # An operator audit: the booking records are demanded, of this very operator.
    follow(page, "Consider an action: which powers could we use?")
    pick(page, "target", "Organisation")
    pick(page, "harm", "How an operator works")
    press(page, "Show powers")
    expect(shown).to_contain_text("Action on an operator’s licence")
    follow(page, "Demand for booking records")
    press(page, "Consider using it")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("Enter what it is to achieve")
    write(page, "objective", "To see its staff register and who dispatches.")
    press(page, "Continue")
    expect(page.get_by_role("table").first).to_contain_text(OPERATOR)
    # And agencies talk about it.
    page.goto("/signals?counted=revoked_drivers")
    open_row(page, OPERATOR)
    follow(page, "Put it on the agenda of a meeting")
    choose(page, "meeting", str(meeting))
    write(page, "why", "Four drivers in a year.")
    press(page, "Put it on the agenda")
    expect(page.get_by_role("table", name="Agenda")).to_contain_text(OPERATOR)


@contextmanager
def the_act_has_begun(since: date) -> Iterator[None]:
    """As if the law by which a neighbour's officer suspends were in force: for one story, on a database of many."""
    begin = text("UPDATE clock_rule SET valid_from = :day WHERE code = 'IMPOSED_SUSPENSION' AND authority_id IS NULL")
    try:
        for_now(begin, since)
        yield
    finally:
        for_now(begin, date(9999, 1, 1))


def for_now(statement: TextClause, day: date) -> None:
    with owner_session() as session:
        session.execute(statement, {"day": day})
        session.commit()


def test_story_34_a_neighbours_officer_suspends_and_the_council_that_issued_the_licence_decides(
    open_page: OpenPage, site: Site
) -> None:
    today = dates.today()
    licensed("Thirtyfourson", "STORY/34")
    accounts.agree(accounts.CHERWELL)
    cherwell, oxford = officer_at(open_page, accounts.CHERWELL), officer_at(open_page)
    with the_act_has_begun(today - timedelta(days=30)):
        cherwell.goto("/nr3s/requests?way=sent")
        follow(cherwell, "Report a concern about a driver licensed elsewhere")
        on(cherwell, "aware_on", today)
        write(cherwell, "words", CONDUCT)
        write(cherwell, "belief", "The public was put at risk.")
        pick(cherwell, "partner", "Oxford City")
        choose(cherwell, "method", "service")
        write(cherwell, "full_name", "Sample Thirtyfourson")
        on(cherwell, "suspended_on", today)
        tick(cherwell, "would_act")
        press(cherwell, "Record the concern")
        sent = cherwell.get_by_role("main")
        expect(sent).to_contain_text("Suspended on the spot by your officer")
        follow(cherwell, "Send it")
        pick(cherwell, "authorised_by", "Test")
        press(cherwell, "Send the report")
        jobs.do_only(site.app, start_nr3s_clocks)
        # Who imposed it is not who issued it: the licence stands until its own council decides, which is asked to.
        oxford.goto(ASKED_TO_DECIDE)
        open_row(oxford, "Decision on a licence that another authority suspended on the spot")
        shown = oxford.get_by_role("main")
        expect(shown).to_contain_text("Due soon")
    look_up(oxford, "Thirtyfourson")
    expect(shown).to_contain_text("In force")
    oxford.goto("/nr3s/requests")
    open_row(oxford, "Report of a concern (section 5) Cherwell District Council")
    expect(shown).to_contain_text("by Cherwell District Council. Your council issued the licence, and decides.")
    expect(shown).to_contain_text(CONDUCT)
    follow(oxford, "Answer")
    choose(oxford, "outcome", "suspended")
    write(oxford, "words", REASONS)
    write(oxford, "fields_told", "What was decided")
    write(oxford, "to_name", "Sample Officer")
    pick(oxford, "authorised_by", "Test")
    press(oxford, "Answer")
    cherwell.reload()
    expect(sent).to_contain_text(REASONS)
    oxford.goto(ASKED_TO_DECIDE)
    expect(shown).to_contain_text("Nothing fits this.")
