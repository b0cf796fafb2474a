"""Pages of a whole county's registers over HTTP: every list, every kind of record, vetting and training, the check and
the public pages.

    python -m benchmarks.registers

On samples of the county's scale: 50,000 holders, 60,000 vehicles and 10,000 places at five districts, two workers.
"""

import tempfile
import time
from pathlib import Path

from benchmarks.browsing import Browser
from benchmarks.tables import show_rows, show_times
from benchmarks.world import OFFICER, World
from licensing.sample.councils import OXFORD, Scale

VISITS, FILES = 100, 8
_ID = "[0-9a-f-]{36}"
_PUBLIC = f"/public-registers/{OXFORD.code}"
_LISTS = {
    "people": ["/people"],
    "people, page 400": ["/people?page=400"],
    "people, filtered by status": ["/people?status=in_force", "/people?status=revoked", "/people?status=expired"],
    "people, by licence and status": ["/people?kind=dual_driver&status=in_force"],
    "vehicles": ["/vehicles"],
    "organisations": ["/organisations"],
    "premises": ["/premises"],
    "premises, filtered by kind": ["/premises?kind=pub", "/premises?kind=guesthouse"],
}
# What the holders of Oxford's 20,000 licences were checked for, and how they are trained.
_CASEWORK = {
    "vetting, the figures": ["/vetting"],
    "holders and their checks": ["/vetting/holders"],
    "holders and their checks, page 400": ["/vetting/holders?page=400"],
    "holders behind a figure of vetting": [
        f"/vetting/holders?licence=private_hire_driver&check={check}&bucket={bucket}"
        for check in ("dbs_status", "medical")
        for bucket in ("in_date", "due_60", "overdue", "never", "adverse")
    ],
    "checks that are overdue": ["/vetting/holders?bucket=overdue"],
    "training, the figures": ["/training"],
    "holders and their training": ["/training/people"],
    "holders and their training, page 400": ["/training/people?page=400"],
    "holders behind a figure of training": [
        *(f"/training/people?kind=private_hire_driver&status={one}" for one in ("passed", "expired", "not_started")),
        "/training/people?kind=private_hire_driver&lapsing=60",
    ],
}
_RECORDS = {
    "a person": ("/people", f"/people/{_ID}"),
    "a vehicle": ("/vehicles", f"/vehicles/{_ID}"),
    "an organisation": ("/organisations", f"/organisations/{_ID}"),
    "a place": ("/premises", f"/premises/{_ID}"),
}
_CHECK = {"name": "Mohd. Aslam Kahn", "purpose": "new_application", "case_reference": "benchmark"}
_BORN = {"date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1980"}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="licensing-bench-") as folder:
        started = time.perf_counter()
        with World(Path(folder), Scale.COUNTY) as world:
            loaded = time.perf_counter() - started
            run(world)
            show_rows("Samples of a county", [("set up and loaded", f"{loaded:.0f} s")])


def run(world: World) -> None:
    with world.server() as address:
        officer = Browser(world, address, OFFICER)
        account = _timed(officer, ["/account"])
        times = [("one's own account (no register)", account)]
        times += [(name, _timed(officer, paths)) for name, paths in (_LISTS | _CASEWORK | _records(officer)).items()]
        times.append(("a check, to its answer", [officer.post("/checks/new", {**_CHECK, **_BORN}) for _ in range(50)]))
        before = world.peak_memory()
        times += _public_times(officer)
        rows = officer.lines(f"{_PUBLIC}/private-hire-drivers.csv")
        grown = world.peak_memory() - before
    show_times("A county's registers over HTTP, beside a signed-in page without them", times, account)
    show_rows(
        "A public register as a file",
        [("lines", f"{rows:,}"), ("peak memory of the workers grew by", f"{grown / 1024:.1f} MB")],
    )


def _records(officer: Browser) -> dict[str, list[str]]:
    """The addresses of the records on the first page of each list, and of the licences on those people's pages."""
    found = {name: officer.links(page, pattern) for name, (page, pattern) in _RECORDS.items()}
    found["a licence"] = [one for person in found["a person"][:10] for one in officer.links(person, f"/licences/{_ID}")]
    return found


def _public_times(browser: Browser) -> list[tuple[str, list[float]]]:
    return [
        ("public register, a page", _timed(browser, [f"{_PUBLIC}/private-hire-drivers"])),
        ("public register, a search", _timed(browser, [f"{_PUBLIC}/private-hire-drivers?q=ahmed"], FILES)),
        ("public register as CSV", _timed(browser, [f"{_PUBLIC}/private-hire-drivers.csv"], FILES)),
    ]


def _timed(browser: Browser, paths: list[str], visits: int = VISITS) -> list[float]:
    return [browser.get(paths[number % len(paths)]) for number in range(visits)]


if __name__ == "__main__":
    main()
