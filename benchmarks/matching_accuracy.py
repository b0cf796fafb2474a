"""How many of the people asked about are found, and how sure the bands are, on labelled enquiries.

    python benchmarks/matching_accuracy.py DIR [--limit N] [--only NAME] [--answers FOLDER]

DIR holds register_NAME.csv (or .csv.gz) and queries_NAME.csv, or register.csv and queries.csv, with the columns id or
qid, given_names, family_name, dob, postcode, nino, licence_no (the driving licence number), vrm; enquiries also
expected_id (empty: not on the register) and stratum. Keys are held in memory in place of the database.

recall@k         share of the enquiries about somebody on the register that name the right record among the first k
strong           the bands strong and certain together: the share of their rows that are right; and the share of
                 enquiries with a date of birth about somebody on the register that have the right row in them
exact            the same for a search by exact name and date of birth (by name, or by number, where that is all)
"""

import argparse
import csv
import gc
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from licensing.matching.bands import Band  # noqa: E402
from licensing.matching.candidates import Candidate, Match  # noqa: E402
from licensing.matching.identifiers import IdentifierKind, normalise  # noqa: E402
from licensing.matching.keys import asking_keys, record_keys  # noqa: E402
from licensing.matching.records import Enquiry, Record  # noqa: E402
from licensing.matching.scoring import rank  # noqa: E402
from licensing.matching.statistics import Statistics  # noqa: E402

Row = dict[str, str]

# The sets are synthetic or long dead: their keys protect nobody.
SECRET = b"benchmark secret, not for use"
IDENTIFIER_COLUMNS = {
    "nino": IdentifierKind.NI_NUMBER,
    "licence_no": IdentifierKind.DRIVER_NUMBER,
    "vrm": IdentifierKind.REGISTRATION_MARK,
}


class Register:
    """A register held in memory: its keys, its statistics, and where exact search would look."""

    def __init__(self, rows: list[Row]) -> None:
        records = [_record(row) for row in rows]
        self.statistics = Statistics.gather(records, SECRET)
        self.by_key: defaultdict[int, list[Candidate]] = defaultdict(list)
        for record in records:
            candidate = Candidate(record)
            for key in record_keys(record, SECRET):
                self.by_key[key].append(candidate)
        self.exact: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in rows:
            for looked_up in (_exact(row, row["dob"]), _exact(row, ""), *_exact_identifiers(row)):
                self.exact[looked_up].append(row["id"])

    def check(self, row: Row) -> tuple[list[Match], int]:
        """The matches, and how many candidates were scored."""
        enquiry = _enquiry(row)
        found: dict[str, Candidate] = {}
        for key, cap in asking_keys(enquiry, self.statistics, SECRET):
            for candidate in self.by_key.get(key, ())[:cap]:
                found[candidate.record.ref] = candidate
        return rank(enquiry, found.values(), self.statistics), len(found)

    def check_exactly(self, row: Row) -> list[str]:
        """What a search by exact name and date of birth finds, or by exact number where only a number is known."""
        if row["given_names"] or row["family_name"]:
            return self.exact.get(_exact(row, row["dob"]), [])
        return [ref for looked_up in _exact_identifiers(row) for ref in self.exact.get(looked_up, [])]


@dataclass
class Tally:
    """Counts over all enquiries of one set."""

    on_register: int = 0
    dated: int = 0
    first: int = 0
    in_ten: int = 0
    strong_rows: int = 0
    strong_right: int = 0
    strong_dated: int = 0
    exact_first: int = 0
    exact_rows: int = 0
    exact_right: int = 0
    candidates: list[int] = field(default_factory=list)
    microseconds: list[float] = field(default_factory=list)

    def add(self, row: Row, matches: list[Match], exact: list[str]) -> None:
        """Count one enquiry."""
        expected = row["expected_id"]
        refs = [match.ref for match in matches]
        strong = [match.ref for match in matches if match.band in (Band.CERTAIN, Band.STRONG)]
        self.strong_rows += len(strong)
        self.exact_rows += len(exact)
        if not expected:
            return
        self.on_register += 1
        self.first += refs[:1] == [expected]
        self.in_ten += expected in refs
        self.strong_right += expected in strong
        self.exact_first += exact[:1] == [expected]
        self.exact_right += expected in exact
        if row["dob"]:
            self.dated += 1
            self.strong_dated += expected in strong

    def lines(self) -> Iterator[str]:
        """The figures, one to a line."""
        yield f"recall@1            {self.first / self.on_register:.4f}"
        yield f"recall@10           {self.in_ten / self.on_register:.4f}"
        yield f"strong: precision   {self.strong_right / max(self.strong_rows, 1):.4f}"
        yield f"strong: recall, dated {self.strong_dated / max(self.dated, 1):.4f}"
        yield f"exact: recall@1     {self.exact_first / self.on_register:.4f}"
        yield f"exact: precision    {self.exact_right / max(self.exact_rows, 1):.4f}"
        yield f"candidates          mean {sum(self.candidates) / len(self.candidates):.0f}, {_spread(self.candidates)}"
        yield f"microseconds        {_spread(self.microseconds)}"


def main() -> None:
    """Run every set in the folder."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--limit", type=int, help="only the first N enquiries of each set")
    arguments.add_argument("--only", help="only the set of this name, such as county")
    arguments.add_argument("--answers", type=Path, default=Path(gettempdir()), help="folder for answers_NAME.csv")
    given = arguments.parse_args()
    for queries in sorted(given.folder.glob("queries*.csv")):
        name = queries.stem.removeprefix("queries").strip("_")
        if given.only and name != given.only:
            continue
        tally = _run(queries, given.answers / f"answers_{name or given.folder.name}.csv", given.limit)
        print(name or given.folder.name, *tally.lines(), sep="\n  ")


def _run(queries: Path, answers: Path, limit: int | None) -> Tally:
    """Check every enquiry of a set and write the answers: qid, rank, id, p."""
    stem = queries.with_name(queries.name.replace("queries", "register"))
    register = Register(list(_rows(stem if stem.exists() else stem.with_name(f"{stem.name}.gz"))))
    tally = Tally()
    # In place of a database the register is in memory, where collecting it would be timed with the checks.
    gc.collect()
    gc.freeze()
    with answers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["qid", "rank", "id", "p"])
        for row in list(_rows(queries))[:limit]:
            started = perf_counter()
            matches, candidates = register.check(row)
            tally.microseconds.append((perf_counter() - started) * 1e6)
            tally.candidates.append(candidates)
            tally.add(row, matches, register.check_exactly(row))
            for place, match in enumerate(matches, start=1):
                writer.writerow([row["qid"], place, match.ref, f"{match.probability:.6f}"])
    return tally


def _record(row: Row) -> Record:
    return Record.of(row["id"], _names(row), _date(row["dob"]), [row["postcode"]], _identifiers(row), SECRET)


def _enquiry(row: Row) -> Enquiry:
    return Enquiry.of(_names(row), _date(row["dob"]), [row["postcode"]], _identifiers(row), SECRET)


def _names(row: Row) -> list[tuple[str, str]]:
    return [(row["given_names"], row["family_name"])]


def _identifiers(row: Row) -> list[tuple[IdentifierKind, str]]:
    return [(kind, row[column]) for column, kind in IDENTIFIER_COLUMNS.items()]


def _date(written: str) -> date | None:
    """A date, or None for an empty one and for one that never was: some sets hold 31 February."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _exact(row: Row, dated: str) -> tuple[str, ...]:
    return (row["given_names"].casefold(), row["family_name"].casefold(), dated)


def _exact_identifiers(row: Row) -> list[tuple[str, ...]]:
    return [(kind, normalise(row[column])) for column, kind in IDENTIFIER_COLUMNS.items() if row[column]]


def _rows(path: Path) -> Iterator[Row]:
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _spread(figures: list[int] | list[float]) -> str:
    ordered = sorted(figures)
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"p50 {middle:.0f}, p95 {high:.0f}, most {ordered[-1]:.0f}"


if __name__ == "__main__":
    main()
