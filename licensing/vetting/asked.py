"""Of whom each needed check is asked, and what stands of it: one question for the figures and for the lists.

Which rule counts is found in one place (rules.needed). The database is told what follows from it: for each check of
each kind of licence, the last day on which a check must have been made to be overdue now, or due soon.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from licensing.dates import SOON
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import IN_FORCE
from licensing.vetting import rules
from licensing.vetting.rules import OFFICERS, CheckKind, Policy, Result


class Bucket(StrEnum):
    """Where a holder stands with one check. Due in 30 or 60 days is in date still."""

    IN_DATE = "in_date"
    DUE_30 = "due_30"
    DUE_60 = "due_60"
    OVERDUE = "overdue"
    NEVER = "never"
    ADVERSE = "adverse"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Bucket.IN_DATE: "In date",
    Bucket.DUE_30: "Due in 30 days",
    Bucket.DUE_60: "Due in 60 days",
    Bucket.OVERDUE: "Overdue",
    Bucket.NEVER: "Never checked",
    Bucket.ADVERSE: "Unsatisfactory",
}


@dataclass(frozen=True)
class Wanted:
    """What figures or a list are narrowed to; empty means everything."""

    licence: LicenceKind | None = None
    check: CheckKind | None = None
    bucket: Bucket | None = None


@dataclass(frozen=True)
class Needed:
    """A check that a kind of licence needs, by the rule that counts on a day."""

    licence: LicenceKind
    policy: Policy


def needed(policies: Iterable[Policy], day: date, wanted: Wanted) -> list[Needed]:
    """Every needed check of every kind of licence, in the order of the vocabularies."""
    every = list(policies)
    kinds = [kind for kind in LicenceKind if wanted.licence in (None, kind)]
    found = ((kind, one) for kind in kinds for one in rules.needed(every, kind, day).values())
    return [Needed(kind, one) for kind, one in found if wanted.check in (None, one.check)]


def values(asked: Sequence[Needed], day: date) -> dict[str, Any]:
    """What ASKED is to be run with."""
    lines = [_line(place, one, day) for place, one in enumerate(asked)]
    kinds = {one.licence for one in asked} | set(DRIVER_KINDS)
    checks = {one.policy.check for one in asked}
    return {"lines": json.dumps(lines), "day": day, "kinds": sorted(kinds), "checks": sorted(checks)}


def _line(place: int, one: Needed, day: date) -> dict[str, Any]:
    last = {name: rules.counted_before(one.policy, day + timedelta(days=days)) for name, days in _DAYS_AHEAD.items()}
    return {
        "place": place,
        "licence": one.licence,
        "check": one.policy.check,
        "unless_driver": one.policy.unless_driver,
        "of_officers": one.policy.is_asked_of_officers,
        **{name: found.isoformat() if found else None for name, found in last.items()},
    }


# A check that is overdue was good until before the day; one that is due in 30 days, until before the 31st day after it.
_DAYS_AHEAD = {Bucket.OVERDUE: 0, **{Bucket(f"due_{days}"): days + 1 for days in SOON}}


def _words(some: Iterable[str]) -> str:
    return ", ".join(f"'{one}'" for one in sorted(some))


_IN_FORCE = f"p.status IN ({_words(IN_FORCE)}) AND p.from_on <= :day AND p.until_on > :day"
# Who holds a licence in force, once for each of their licences; and those who direct an organisation that holds one,
# once for each kind of licence that it holds. OFFSET 0 lets the database read what stands of a check once, and not once
# for each holder: it cannot know how many of them there are.
ASKED = f"""
    WITH line AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(CAST(:lines AS jsonb)) AS l (place int, licence text, "check" text,
            unless_driver boolean, of_officers boolean, overdue date, due_30 date, due_60 date)
    ), officer AS MATERIALIZED (
        SELECT DISTINCT o.person_id, o.of_organisation_id FROM position_held o
        WHERE o.kind IN ({_words(OFFICERS)}) AND o.person_id IS NOT NULL AND o.of_organisation_id IS NOT NULL
          AND o.superseded_at IS NULL
          AND coalesce(o.from_on, :day) <= :day AND coalesce(o.until_on, :day) >= :day
    ), directed AS (
        SELECT l.licence AS kind, one.licence_id, o.id AS organisation_id
        FROM (SELECT DISTINCT of_organisation_id FROM officer) o (id)
        CROSS JOIN (SELECT licence FROM line WHERE of_officers) l
        CROSS JOIN LATERAL (
            SELECT p.licence_id FROM licence c JOIN licence_period p ON p.licence_id = c.id AND {_IN_FORCE}
            WHERE c.organisation_id = o.id AND c.kind = l.licence ORDER BY c.number_key LIMIT 1
        ) one
    ), holder AS MATERIALIZED (
        SELECT p.kind, p.person_id, p.licence_id, CAST(NULL AS uuid) AS organisation_id
        FROM licence_period p WHERE p.person_id IS NOT NULL AND p.kind = ANY (:kinds) AND {_IN_FORCE}
        UNION ALL
        SELECT d.kind, o.person_id, d.licence_id, d.organisation_id
        FROM directed d JOIN officer o ON o.of_organisation_id = d.organisation_id
    ), driver AS (
        SELECT person_id FROM holder WHERE organisation_id IS NULL AND kind IN ({_words(DRIVER_KINDS)})
    ), stands AS (
        SELECT s.person_id, s.kind, s.settled IN ({_words((Result.SATISFIED, Result.NOT_NEEDED))}) AS good,
            s.counted_from, s.ends_on
        FROM vetting_standing s WHERE s.kind = ANY (:checks) OFFSET 0
    ), asked AS (
        SELECT l.*, h.person_id, h.licence_id, h.organisation_id, s.good, s.counted_from, s.ends_on
        FROM holder h JOIN line l ON l.licence = h.kind AND (l.of_officers OR h.organisation_id IS NULL)
          AND NOT (l.unless_driver AND h.person_id IN (SELECT d.person_id FROM driver d))
        LEFT JOIN stands s ON s.person_id = h.person_id AND s.kind = l."check"
    )
"""


def _due_before(bucket: Bucket) -> str:
    return f"(counted_from <= {bucket} OR ends_on < CAST(:day AS date) + {_DAYS_AHEAD[bucket]})"


# What puts a row of ASKED into a bucket. Without a last day on either side nothing is due.
IN_BUCKET = {
    Bucket.IN_DATE: f"good AND {_due_before(Bucket.OVERDUE)} IS NOT TRUE",
    **{
        soon: f"good AND {_due_before(soon)} AND {_due_before(Bucket.OVERDUE)} IS NOT TRUE"
        for soon in (Bucket.DUE_30, Bucket.DUE_60)
    },
    Bucket.OVERDUE: f"good AND {_due_before(Bucket.OVERDUE)}",
    Bucket.NEVER: "good IS NULL",
    Bucket.ADVERSE: "NOT good",
}
