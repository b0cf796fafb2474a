"""Working a page with nothing but a keyboard: Tab to what is wanted, then type, press Space, Enter or an arrow."""

from datetime import date

from playwright.sync_api import Locator, Page

MOST_TABS = 200
HAS_FOCUS = "element => element === document.activeElement"
# How often Tab is pressed at the least before it is looked where the focus is: a look costs as much as a key.
AHEAD = """wanted => {
  const stops = "a[href], button, select, textarea, summary, input:not([type=hidden]):not([type=radio])";
  const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const from = document.activeElement;
  return [...document.querySelectorAll(stops)].filter(
    (one) => one.checkVisibility() && (from === document.body || after(from, one)) && after(one, wanted)
  ).length;
}"""


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(wanted.evaluate(AHEAD)):
        page.keyboard.press("Tab")
    for _ in range(MOST_TABS):
        if wanted.evaluate(HAS_FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def follow(page: Page, name: str) -> None:
    reach(page, page.get_by_role("main").get_by_role("link", name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    reach(page, page.get_by_role("main").get_by_role("button", name=name))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    """Type into the box of a question, by its name in the form."""
    reach(page, page.locator(f"#{name}"))
    page.keyboard.type(words)


def choose(page: Page, name: str, value: str) -> None:
    """One of a group of options: Tab to the group, then the arrows."""
    reach(page, page.locator(f"input[name={name}]").first)
    page.keyboard.press("Space")
    wanted = page.locator(f"input[name={name}][value='{value}']")
    while not wanted.evaluate(HAS_FOCUS):
        page.keyboard.press("ArrowDown")


def pick(page: Page, name: str, words: str) -> None:
    """From a list that opens, by typing how the option begins."""
    reach(page, page.locator(f"#{name}"))
    page.keyboard.type(words)


def on(page: Page, name: str, day: date) -> None:
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        write(page, f"{name}-{part}", str(number))


def tick(page: Page, name: str, value: str = "") -> None:
    """A box, or one of several under the same question."""
    which = f"[value='{value}']" if value else ""
    reach(page, page.locator(f"input[type=checkbox][name={name}]{which}"))
    page.keyboard.press("Space")


def open_row(page: Page, words: str) -> None:
    """Follow the first link of the row of a table, or of the item of a list, that says this."""
    found = page.get_by_role("main").locator("tr, li").filter(has_text=words)
    reach(page, found.first.get_by_role("link").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
