"""Every audience's briefing of a whole county, beside one scan of the tables that it counts.

    python -m benchmarks.briefings

On samples of the county's scale. A briefing counts three periods, in seven groups of figures each, and makes its PDF.
"""

import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from benchmarks.tables import show_rows, show_times
from benchmarks.world import MONTH, World
from licensing.briefings import content as contents
from licensing.briefings.content import Content, Words
from licensing.briefings.documents import pdf_of
from licensing.figures import queries
from licensing.figures.gathering import figures
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.sample.councils import Scale
from licensing.setup import owner_session

RUNS = 5
PERIOD = Period(MONTH.replace(month=8), MONTH.replace(month=10, day=31))
_SCANNED = (
    "licence",
    "licence_period",
    "licence_event",
    "person",
    "training_record",
    "vetting_check",
    "clock",
    "decision",
    "disruption_action",
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="licensing-bench-") as folder, World(Path(folder), Scale.COUNTY) as world:
        run(world)


def run(world: World) -> None:
    with world.app.app_context():
        scan, counted = _timed(_scan), _timed(_count)
        before = _memory()
        made = [(audience.label, _timed(lambda audience=audience: _brief(audience))) for audience in Audience]
        grown = _memory() - before
    rows = [("one scan of the same tables", scan), ("all figures of three periods", counted), *made]
    show_times("A county's briefings, beside one scan of the tables that they count", rows, scan)
    show_rows("Memory", [("grown by all of them", f"{grown / 1024:.0f} MB")])


def _timed(work: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def _scan() -> None:
    with owner_session() as session:
        for table in _SCANNED:
            session.execute(text(f"SELECT authority_id, count(*), max(t::text) FROM {table} t GROUP BY 1")).all()


def _count() -> None:
    with owner_session() as session:
        figures(session, PERIOD, datetime.now(UTC))


def _brief(audience: Audience) -> bytes:
    at = datetime.now(UTC)
    with owner_session() as session:
        found = contents.selected(figures(session, PERIOD, at), audience)
        places = contents.columns(queries.places_counted(session))
    words = Words("A headline.", "A change.", "An exception.", "A decision.")
    return pdf_of(Content(audience, "Oxfordshire", True, places, PERIOD, at, found, words, "BR-0000-0000", 1, "Bench"))


def _memory() -> int:
    """The most that this process has held so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
