"""A check on paper: what it says, and nothing to press."""

from browser.conftest import OpenPage, Site
from playwright.sync_api import expect

from licensing.permissions import Role

TO_PRESS = "nav:visible, button:visible, .govuk-button:visible, [role=search]:visible, dialog:visible"


def test_a_check_prints_without_navigation_and_buttons(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.world.tokens[Role.LICENSING_OFFICER])
    page.goto("/checks/{check_found}".format(**site.world.names[Role.LICENSING_OFFICER]))
    assert page.locator(TO_PRESS).count() > 0
    page.emulate_media(media="print")
    expect(page.locator(TO_PRESS)).to_have_count(0)
    expect(page.get_by_text("Printed by Test Licensing officer, Oxford City Council")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Where we looked")).to_be_visible()
