"""Looking at one page as it stands in the browser, on a desktop and on a phone."""

from browser.axe import run_axe
from pages import check_page
from playwright.sync_api import ConsoleMessage, Page, Response

# What `make assurance` says of all pages together; test_looking.py breaks pages on purpose.
GOAL = "Pages as every role, on a desktop and a phone: axe violations and other faults"
PHONE = {"width": 375, "height": 740}

# Violations of the content policy reach the console too, but not all of them as errors.
_TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content policy: ${event.effectiveDirective} blocked ${event.blockedURI || event.sample}`));"""
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Looking:
    """Writes down what a page's console says from now on, and looks at each page that is opened in it."""

    def __init__(self, page: Page, *, axe_on_a_phone: bool = True) -> None:
        self.page = page
        self.axe, self.axe_on_a_phone = True, axe_on_a_phone
        self._said: list[str] = []
        page.add_init_script(_TELL_VIOLATIONS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._said.append(f"Script: {error}"))

    def open(self, address: str, status: int = 200) -> list[str]:
        """Open an address; returns what is wrong with its page."""
        return self.faults(self.page.goto(address), status)

    def send(self, button: str, status: int) -> list[str]:
        """Press a button that sends a form; returns what is wrong with the page that answers."""
        with self.page.expect_navigation() as navigation:
            self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        return self.faults(navigation.value, status)

    def faults(self, response: Response | None, status: int) -> list[str]:
        """What is wrong with the page that this response brought, as sentences that name its address."""
        assert response is not None
        found = [] if response.status == status else [f"It answers {response.status}, not {status}"]
        if response.request.redirected_from:
            found.append(f"It is where {response.request.redirected_from.url} leads")
        found += _html_faults(response)
        desktop = self.page.viewport_size
        assert desktop is not None
        found += self._picture_faults("desktop")
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        found += self._picture_faults("phone")
        self.page.set_viewport_size(desktop)
        expected = f"Failed to load resource: the server responded with a status of {status} "
        found += [said for said in self._said if status < 400 or not said.startswith(expected)]
        self._said.clear()
        return [f"{self.page.url}: {fault}" for fault in found]

    def _picture_faults(self, name: str) -> list[str]:
        is_judged = self.axe and (name == "desktop" or self.axe_on_a_phone)
        judged = run_axe(self.page) if is_judged else []
        violations = [f"axe, {name}: {one['id']} ({one['help']}) at {one['places']}" for one in judged]
        too_wide = self.page.evaluate(_TOO_WIDE)
        return [*violations, f"It scrolls sideways by {too_wide} px on a {name}"] if too_wide > 0 else violations

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._said.append(message.text)


def _html_faults(response: Response) -> list[str]:
    try:
        check_page(response.text())
    except AssertionError as problem:
        return [str(problem)]
    return []
