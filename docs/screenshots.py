"""Takes the README's pictures from the product itself, on sample data:  python docs/screenshots.py

Starts an installation of its own, serves it, walks through the tour as the sample users, and writes
docs/screenshots/*.png. Needs Chromium.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
ADDRESS = "http://127.0.0.1:5097"
OXFORD = "E07000178"
DESKTOP, PHONE = ViewportSize(width=1200, height=900), ViewportSize(width=375, height=800)
TALL = ViewportSize(width=1000, height=1750)

DRIVERS = """Reference,First name,Surname,D.O.B.,Post code,Licence Number,Licence type,Status,Start date,Expiry Date
S1,Zofia,Przykładowa,12/05/1988,OX99 1AA,OX/PH/9001,Private Hire,Current,01/02/2026,31/01/2029
S2,Tomasz,Wymyślony,31/02/1990,OX99 1AB,OX/PH/9002,Private Hire,Current,01/02/2026,31/01/2029
S3,Chidi,Okexample,14/07/1979,OX99 1AD,OX/DD/9004,Dual,Suspended,01/02/2026,31/01/2029
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="licensing-pictures-") as folder:
        os.environ["LICENSING_INSTANCE"] = folder
        drivers = Path(folder) / "drivers.csv"
        drivers.write_text(DRIVERS, encoding="utf-8")
        _flask("setup")
        _flask("sample", "load")
        server = subprocess.Popen([*FLASK, "serve", "--port", ADDRESS.rpartition(":")[2]], cwd=ROOT)
        try:
            _wait(server)
            with sync_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("chromium-browser")
                arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
                _walk(playwright.chromium.launch(executable_path=chromium, args=arguments), drivers)
        finally:
            server.terminate()
            server.wait()


def _walk(browser: Browser, drivers: Path) -> None:
    PICTURES.mkdir(exist_ok=True)
    officer = _signed_in(browser, "officer@oxford.example.org")
    officer.goto(f"{ADDRESS}/imports/new")
    officer.check("input[value=drivers]")
    officer.set_input_files("input[type=file]", drivers)
    officer.get_by_role("button", name="Show the preview").click()
    officer.wait_for_url("**/imports/*-*")
    _picture(officer, "import-preview")
    officer.get_by_role("button", name="Bring it in").click()
    officer.goto(f"{ADDRESS}/checks/new")
    officer.fill("#name", "Mohd. Aslam Kahn")
    for part, value in (("day", "4"), ("month", "3"), ("year", "1980")):
        officer.fill(f"#date_of_birth-{part}", value)
    officer.check("input[value=new_application]")
    officer.fill("#case_reference", "none yet")
    officer.get_by_role("button", name="Check", exact=True).click()
    officer.wait_for_url("**/checks/*-*")
    _picture(officer, "driver-check")
    officer.set_viewport_size(PHONE)
    _picture(officer, "driver-check-phone", whole=False)
    officer.set_viewport_size(DESKTOP)
    _find_and_open(officer)
    officer.goto(f"{ADDRESS}/work")
    _picture(officer, "work", whole=False)
    officer.goto(ADDRESS)
    _picture(officer, "home")
    _ask_for_a_merge(officer)
    manager = _signed_in(browser, "manager@oxford.example.org")
    manager.goto(f"{ADDRESS}/approvals")
    manager.get_by_role("link", name="Merge two records").click()
    manager.wait_for_url("**/approvals/*-*")
    _picture(manager, "approval")
    manager.goto(f"{ADDRESS}/decisions?state=to_notify")
    manager.locator("tbody a").first.click()
    manager.get_by_role("button", name="Issue the notice").or_(
        manager.get_by_role("link", name="Issue the notice")
    ).first.click()
    manager.wait_for_url("**/notice")
    _picture(manager, "notice", whole=False)
    fire = _signed_in(browser, "fire@oxfordshire.example.org")
    _open_first(fire, "actions", "Fire safety prohibition notice")
    _picture(fire, "action", whole=False)
    reader = _signed_in(browser, "reader@oxfordshire.example.org")
    _open_first(reader, "briefings", "Chief executives")
    _picture(reader, "briefing", whole=False)
    anybody = browser.new_context(viewport=DESKTOP).new_page()
    anybody.goto(f"{ADDRESS}/public-registers/{OXFORD}/hackney-carriages")
    _picture(anybody, "public-register", whole=False)
    auditor = _signed_in(browser, "auditor@oxford.example.org")
    auditor.goto(f"{ADDRESS}/audit")
    _picture(auditor, "audit", whole=False)
    browser.close()


def _open_first(page: Page, listed: str, name: str) -> None:
    """The first record of that name in a list, on a window that shows all that matters of it."""
    page.goto(f"{ADDRESS}/{listed}")
    page.locator("tbody tr", has_text=name).get_by_role("link").first.click()
    page.wait_for_url(f"**/{listed}/*-*")
    page.set_viewport_size(TALL)


def _find_and_open(officer: Page) -> None:
    """A search, and the record of somebody with a licence that was revoked."""
    officer.fill("#search-box", "Khan")
    officer.get_by_role("search").get_by_role("button").click()
    officer.wait_for_url("**/find/*-*")
    _picture(officer, "search", whole=False)
    officer.goto(f"{ADDRESS}/people?status=revoked")
    officer.locator("tbody a").first.click()
    officer.wait_for_url("**/people/*-*")
    _picture(officer, "record")


def _ask_for_a_merge(officer: Page) -> None:
    officer.goto(f"{ADDRESS}/people/duplicates")
    officer.get_by_role("link", name="Compare the two").first.click()
    officer.fill("#reason", "The same photograph and driving licence")
    officer.get_by_role("button", name="Ask for approval").click()
    officer.get_by_text("A second person has been asked to agree").wait_for()


def _signed_in(browser: Browser, email: str) -> Page:
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(f"{ADDRESS}/sign-in")
    page.fill("#email", email)
    page.fill("#password", _password())
    page.fill("#code", _flask("sample", "code", email))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{ADDRESS}/")
    return page


def _password() -> str:
    from licensing.sample.users import PASSWORD

    return PASSWORD


def _picture(page: Page, name: str, *, whole: bool = True) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


def _flask(*words: str) -> str:
    return subprocess.run([*FLASK, *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _wait(server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{ADDRESS}/sign-in")
            return
        except urllib.error.URLError:
            continue
    raise RuntimeError("The server did not start.")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
