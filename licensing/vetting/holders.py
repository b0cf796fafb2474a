"""The lists behind the figures: those who are asked for a check, one row for each, and what stands of it.

The list runs kind of licence by kind of licence and check by check, as the figures do: first who was never checked,
then the others, the longest ago first; by name where that is alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from licensing.db import CountedPages, db
from licensing.register.catalogue import LicenceKind
from licensing.vetting import asked, coverage, rules
from licensing.vetting.asked import Bucket, Needed, Wanted
from licensing.vetting.coverage import Line
from licensing.vetting.rules import Held, Policy, Result, Standing

PER_PAGE = 25
_AT_ONCE = 2_000


@dataclass(frozen=True)
class Holder:
    """Somebody who is asked for a check. `organisation` is the holder of the licence where they direct it."""

    person_id: UUID
    given_names: str
    family_name: str
    reference: str
    licence: LicenceKind
    number: str
    organisation: str | None
    standing: Standing

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


def holders_page(policies: Iterable[Policy], wanted: Wanted, day: date, page: int) -> CountedPages:
    """One page of holders; how many there are in all is what the figures say."""
    lines = coverage.lines(policies, day, wanted)
    shown = min(max(page, 1), db.LAST_PAGE)
    on_page, skipped = _of_page(lines, wanted.bucket, (shown - 1) * PER_PAGE)
    rows = list(_listed(on_page, wanted.bucket, day, PER_PAGE, skipped)) if on_page else []
    total = sum(line.number_in(wanted.bucket) for line in lines)
    return CountedPages(page=shown, per_page=PER_PAGE, total=total, items=rows)


def all_holders(policies: Iterable[Policy], wanted: Wanted, day: date) -> Iterator[Holder]:
    """Every row of the list."""
    return _listed(asked.needed(policies, day, wanted), wanted.bucket, day, None, 0)


def _of_page(lines: Sequence[Line], bucket: Bucket | None, skipped: int) -> tuple[list[Needed], int]:
    """The checks that a page is about, and how many rows of the first of them are before it: no other is read."""
    found = []
    most = PER_PAGE
    for line in lines:
        number = line.number_in(bucket)
        if not found and skipped >= number:
            skipped -= number
        elif number and most > 0:
            found.append(Needed(line.licence, line.policy))
            most -= number - (skipped if len(found) == 1 else 0)
    return found, skipped


def _listed(
    needed: Sequence[Needed], bucket: Bucket | None, day: date, most: int | None, skipped: int
) -> Iterator[Holder]:
    given = asked.values(needed, day) | {"most": most, "skipped": skipped}
    statement = _LISTED[bucket].execution_options(yield_per=_AT_ONCE)
    return (_holder(row, needed[row.place].policy, day) for row in db.session.execute(statement, given))


def _holder(row: Any, policy: Policy, day: date) -> Holder:
    settled, pending = (Result(one) if one else None for one in (row.settled, row.pending))
    held = Held(settled, row.settled_on, row.counted_from, row.ends_on, pending, row.pending_since)
    return Holder(
        row.person_id,
        row.given_names,
        row.family_name,
        row.reference,
        LicenceKind(row.licence),
        row.number,
        row.organisation,
        rules.standing(policy, held, day),
    )


def _list_of(condition: str) -> Any:
    """Only those who are shown are read in full."""
    order = "good IS NOT NULL, counted_from NULLS FIRST, sort_name, person_id, licence_id"
    return text(f"""
        {asked.ASKED}, chosen AS (
            SELECT a.*, p.sort_name, p.given_names, p.family_name, p.reference
            FROM asked a JOIN person p ON p.id = a.person_id WHERE {condition}
            ORDER BY place, {order} LIMIT :most OFFSET :skipped
        )
        SELECT a.*, c.number, o.name AS organisation, s.settled, s.settled_on, s.pending, s.pending_since
        FROM chosen a JOIN licence c ON c.id = a.licence_id LEFT JOIN organisation o ON o.id = a.organisation_id
        LEFT JOIN vetting_standing s ON s.person_id = a.person_id AND s.kind = a."check"
        ORDER BY a.place, {order.replace("counted", "a.counted").replace("person_id", "a.person_id")}
    """)


_LISTED = {None: _list_of("true"), **{bucket: _list_of(condition) for bucket, condition in asked.IN_BUCKET.items()}}
