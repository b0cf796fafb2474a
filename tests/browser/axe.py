"""Accessibility of a page in the browser, by axe-core (vendor/axe.min.js, MPL 2.0)."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, help, nodes }) =>
    ({ id, impact, help, places: nodes.map((node) => node.target.join(" ")) }));
}"""


@cache
def _axe() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def run_axe(page: Page) -> list[dict[str, Any]]:
    """The violations on the page as it stands: id, impact, help and the places (CSS selectors).

    Evaluated, not added as a script element, which the content policy of the page would refuse.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe())
    return page.evaluate(_RUN)
