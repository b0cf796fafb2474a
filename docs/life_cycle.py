"""Draws docs/life_cycle.md from the table of transitions:  python -m docs.life_cycle"""

from pathlib import Path

from licensing.register.catalogue import Family, kinds_of
from licensing.register.events import EventKind, LicenceStatus
from licensing.register.life_cycle import Clock, Transition, of_family

PAGE = Path(__file__).with_suffix(".md")
_HEAD = """# The life of an authorisation

Drawn from the table in `licensing/register/life_cycle.py` by `python -m docs.life_cycle`. A status is never written
down by hand: it follows from dated events. “1976 Act” is the Local Government (Miscellaneous Provisions) Act 1976,
“2003 Act” the Licensing Act 2003. What was done otherwise is recorded too, and marked irregular.
"""


def page() -> str:
    """The document: for each family its kinds, its picture, and its transitions with the law of each."""
    return "\n".join([_HEAD, *(_section(family) for family in Family)])


def _section(family: Family) -> str:
    kinds = ", ".join(kind.label for kind in kinds_of(family))
    rows = of_family(family)
    lines = [f"## {family.capitalize()}", "", kinds, "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {_name(status)}: {status.label}" for status in LicenceStatus if _concerns(status, rows)]
    lines += sorted({line for row in rows for line in _arrows(row)})
    lines += ["```", "", "| From | What happens | To | Law |", "|---|---|---|---|"]
    lines += [_table_row(row) for row in rows]
    return "\n".join([*lines, ""])


def _concerns(status: LicenceStatus, rows: tuple[Transition, ...]) -> bool:
    return any(status in row.before | row.after for row in rows)


def _arrows(row: Transition) -> list[str]:
    pairs = [(before, after) for before in row.before for after in row.after if before is not after]
    return [f"    {_name(before)} --> {_name(after)}: {_words(row.trigger)}" for before, after in pairs]


def _table_row(row: Transition) -> str:
    after = _listed(row.after) if row.after else "stays as it is"
    return f"| {_listed(row.before)} | {_words(row.trigger)} | {after} | {row.law} |"


def _listed(statuses: frozenset[LicenceStatus]) -> str:
    return "any" if statuses >= set(LicenceStatus) else "; ".join(one.label for one in LicenceStatus if one in statuses)


def _words(trigger: EventKind | Clock) -> str:
    return trigger.label.replace(":", ",") if isinstance(trigger, EventKind) else trigger.value


def _name(status: LicenceStatus) -> str:
    return status.value


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
