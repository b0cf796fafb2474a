"""All that counts of people's training, as the database gathers it: one place for a page, a list and its figures."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import text

from licensing.dates import SOON
from licensing.register.catalogue import Family, LicenceKind, kinds_of
from licensing.register.events import IN_FORCE
from licensing.training.rules import NO_END, Audience, Facts

# The courses that count for the holder of each kind of licence.
COUNTED: dict[LicenceKind, tuple[Audience, ...]] = {
    **dict.fromkeys(kinds_of(Family.DRIVER), (Audience.DRIVER,)),
    **dict.fromkeys(kinds_of(Family.BADGE), (Audience.DRIVER, Audience.PASSENGER_ASSISTANT)),
    **dict.fromkeys(kinds_of(Family.OPERATOR), (Audience.OPERATOR_STAFF,)),
}
KINDS = tuple(COUNTED)

# How the records of somebody are gathered, own and other councils' alike.
_GATHERED = f"""
    max(coalesce(k.expires_on, DATE '{NO_END}')) FILTER (WHERE k.result = 'passed') AS passed_until,
    min(k.booked_for) FILTER (WHERE k.result = 'booked' AND k.booked_for >= :day) AS booked_for,
    coalesce(bool_or(k.result = 'exempt'), false) AS exempt,
    coalesce(bool_or(k.result = 'certificate_unverified'), false) AS unverified,
    coalesce(bool_or(k.result = 'attended_failed'), false) AS failed
"""
# Own records by row-level security, and through links what other councils recorded of the same people.
OF_PEOPLE = text(f"""
    WITH known AS (
        SELECT r.person_id, r.audience, r.result, r.booked_for, r.expires_on FROM training_record r
        WHERE r.authority_id = :authority AND r.superseded_at IS NULL AND r.person_id = ANY (:people)
        UNION ALL
        SELECT l.person_id, l.audience, l.result, l.booked_for, l.expires_on FROM linked_training(:people, :day) l
    )
    SELECT k.person_id, {_GATHERED} FROM known k WHERE k.audience = ANY (:audiences) GROUP BY k.person_id
""")

# The days on which a span of last days in date begins: lapsed before the first; then those that lapse soon.
_SPANS = (0, *(days + 1 for days in SOON))


def states(day: date) -> dict[int, Facts]:
    """Every combination of facts that can be told apart on a day, by the number that the database gives it.

    What a combination comes to is for the rules to say: the database counts and finds them, and judges nothing.
    """
    ends = [day - timedelta(days=1), *(day + timedelta(days=days) for days in _SPANS[:-1]), NO_END, None]
    yes_or_no = (False, True)
    every = product(ends, yes_or_no, yes_or_no, yes_or_no, yes_or_no)
    return {
        number: Facts(until, day if booked else None, exempt, unverified, failed)
        for number, (until, booked, exempt, unverified, failed) in enumerate(every)
    }


def _words(some: Iterable[str]) -> str:
    return ", ".join(f"'{one}'" for one in sorted(some))


_COUNTED_ROWS = ", ".join(f"('{kind}', '{one}')" for kind, audiences in COUNTED.items() for one in audiences)
_STATE = f"""
    16 * coalesce(width_bucket(g.passed_until, CAST(:spans AS date[])), {len(_SPANS) + 1})
    + 8 * (g.booked_for IS NOT NULL)::int + 4 * g.exempt::int + 2 * g.unverified::int + g.failed::int
"""
# Everybody who holds a licence in force, with what is known of their training: once for each kind that they hold.
_HOLDERS = f"""
    WITH counted (kind, audience) AS (VALUES {_COUNTED_ROWS}),
    holder AS (
        SELECT DISTINCT p.kind, p.person_id FROM licence_period p
        WHERE p.person_id IS NOT NULL AND p.kind = ANY (:kinds)
          AND p.status IN ({_words(IN_FORCE)}) AND p.from_on <= :day AND p.until_on > :day
    ), known AS (
        SELECT r.person_id, r.audience, r.result, r.booked_for, r.expires_on FROM training_record r
        WHERE r.superseded_at IS NULL
        UNION ALL
        SELECT l.person_id, l.audience, l.result, l.booked_for, l.expires_on FROM linked_training(NULL, :day) l
    ), counting AS (
        SELECT c.kind, k.* FROM known k JOIN counted c ON c.audience = k.audience
    ), gathered AS (
        SELECT h.kind, h.person_id, {_GATHERED}
        FROM holder h LEFT JOIN counting k ON k.person_id = h.person_id AND k.kind = h.kind
        GROUP BY h.kind, h.person_id
    )
"""
COVERAGE = text(f"""
    {_HOLDERS} SELECT g.kind, {_STATE} AS state, count(*) AS number FROM gathered g GROUP BY 1, 2 ORDER BY 1, 2
""")
LISTED = text(f"""
    {_HOLDERS}
    SELECT g.*, p.given_names, p.family_name, p.reference FROM gathered g JOIN person p ON p.id = g.person_id
    WHERE {_STATE} = ANY (:states) ORDER BY p.sort_name, p.id, g.kind LIMIT :most OFFSET :skipped
""")


def values(day: date, kinds: Iterable[LicenceKind] = KINDS) -> dict[str, Any]:
    """What the questions about holders are to be asked with."""
    return {"day": day, "kinds": list(kinds), "spans": [day + timedelta(days=days) for days in _SPANS]}
