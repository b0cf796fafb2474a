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
from licensing.figures.catalogue import catalogue
from licensing.figures.gathering import figures, told_over
from licensing.figures.queries import Area
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.measures.rules import MEASURES, SHOWN, quarter_of
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
        made, held = [], []
        for audience in Audience:
            made.append((audience.label, _timed(lambda audience=audience: _brief(audience))))
            held.append(_memory())
        month, quarters = _timed(_month), _timed(_quarters)
    rows = [
        ("one scan of the same tables", scan),
        ("all figures of three periods", counted),
        *made,
        ("the month's drafts, of one count", month),
        ("measures of eight quarters", quarters),
    ]
    show_times("A county's briefings, beside one scan of the tables that they count", rows, scan)
    first, last = held[0], held[-1]
    show_rows("Memory held after the first audience and after the last", [
        ("first, last", f"{first / 1024:.0f} MB, {last / 1024:.0f} MB"),
        ("last beside first", f"{last / first:.2f} x"),
    ])  # fmt: skip


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


def _month() -> None:
    """Every audience's draft from one count, as the job of the month makes them; a draft has no PDF yet."""
    at, period = datetime.now(UTC), Period(MONTH.replace(month=10), MONTH.replace(month=10, day=31))
    with owner_session() as session:
        found, places = figures(session, period, at), contents.columns(queries.places_counted(session))
    for audience in Audience:
        chosen = contents.selected(found, audience)
        contents.fingerprint(
            Content(audience, "Oxfordshire", True, places, period, at, chosen, Words(), "BR-0000-0000", 1, "Bench")
        )


def _quarters() -> None:
    """What the page of measures asks for."""
    with owner_session() as session:
        places = queries.places_counted(session)
        area = Area(next(one for one in places if one.is_county), places)
        wanted = [catalogue()[code] for code in MEASURES]
        periods = [one.period(MONTH) for one in quarter_of(MONTH).up_to(SHOWN)]
        told_over(session, area, periods, datetime.now(UTC), wanted)


def _memory() -> int:
    """What this process holds now, in kilobytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    main()
