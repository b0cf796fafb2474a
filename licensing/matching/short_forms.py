"""Given names and their short forms: Bill for William. Where the lists come from is in data/README.md."""

import csv
from collections import defaultdict
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "short_forms.csv"


def _read() -> dict[str, frozenset[str]]:
    related: defaultdict[str, set[str]] = defaultdict(set)
    with _TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            for short in row["short_forms"].split():
                related[row["name"]].add(short)
                related[short].add(row["name"])
    return {name: frozenset(forms) for name, forms in related.items()}


_FORMS = _read()
_NONE: frozenset[str] = frozenset()


def other_forms(token: str) -> frozenset[str]:
    """Names of which this is a short form, and short forms of this."""
    return _FORMS.get(token, _NONE)
