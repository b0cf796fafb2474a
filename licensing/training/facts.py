"""All that counts of people's training, as the database gathers it: one place for a page, a list and its figures."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.sql import TextClause

from licensing.register.catalogue import Family, LicenceKind, kinds_of
from licensing.register.events import IN_FORCE
from licensing.training.rules import LAPSING_DAYS, NO_END, Audience, TrainingStatus

# The courses that count for the holder of each kind of licence.
COUNTED: dict[LicenceKind, tuple[Audience, ...]] = {
    **dict.fromkeys(kinds_of(Family.DRIVER), (Audience.DRIVER,)),
    **dict.fromkeys(kinds_of(Family.BADGE), (Audience.DRIVER, Audience.PASSENGER_ASSISTANT)),
    **dict.fromkeys(kinds_of(Family.OPERATOR), (Audience.OPERATOR_STAFF,)),
}
KINDS = tuple(COUNTED)

# Own records by row-level security, and through links what other councils recorded of the same people.
_KNOWN = """
    SELECT r.person_id, r.audience, r.result, r.booked_for, r.expires_on FROM training_record r
    WHERE r.authority_id = :authority AND r.superseded_at IS NULL {own}
    UNION ALL
    SELECT l.person_id, l.audience, l.result, l.booked_for, l.expires_on FROM linked_training({people}, :day) l
"""
_GATHERED = f"""
    max(coalesce(k.expires_on, DATE '{NO_END}')) FILTER (WHERE k.result = 'passed') AS passed_until,
    min(k.booked_for) FILTER (WHERE k.result = 'booked' AND k.booked_for >= :day) AS booked_for,
    coalesce(bool_or(k.result = 'exempt'), false) AS exempt,
    coalesce(bool_or(k.result = 'certificate_unverified'), false) AS unverified,
    coalesce(bool_or(k.result = 'attended_failed'), false) AS failed
"""
OF_PEOPLE = text(f"""
    WITH known AS ({_KNOWN.format(own="AND r.person_id = ANY (:people)", people=":people")})
    SELECT k.person_id, {_GATHERED} FROM known k WHERE k.audience = ANY (:audiences) GROUP BY k.person_id
""")

# rules.standing in the words of the database; tests hold the two together.
_STATUS = f"""
    CASE WHEN f.passed_until >= :day THEN '{TrainingStatus.PASSED}'
        WHEN f.exempt THEN '{TrainingStatus.EXEMPT}'
        WHEN f.passed_until IS NOT NULL AND f.booked_for IS NOT NULL THEN '{TrainingStatus.EXPIRED_BOOKED}'
        WHEN f.passed_until IS NOT NULL THEN '{TrainingStatus.EXPIRED}'
        WHEN f.booked_for IS NOT NULL THEN '{TrainingStatus.BOOKED}'
        WHEN f.unverified THEN '{TrainingStatus.CERTIFICATE_UNVERIFIED}'
        WHEN f.failed THEN '{TrainingStatus.ATTENDED_FAILED}'
        ELSE '{TrainingStatus.NOT_STARTED}' END
"""
_COUNTED_ROWS = ", ".join(f"('{kind}', '{one}')" for kind, audiences in COUNTED.items() for one in audiences)
# Everybody who holds a licence in force, with what their training comes to: once for each kind that they hold.
_HOLDERS = f"""
    WITH counted (kind, audience) AS (VALUES {_COUNTED_ROWS}),
    holder AS (
        SELECT p.kind, p.person_id FROM licence_period p
        WHERE p.authority_id = :authority AND p.kind = ANY (:kinds) AND p.status = ANY (:in_force)
          AND p.from_on <= :day AND p.until_on > :day AND p.person_id IS NOT NULL
    ),
    known AS ({_KNOWN.format(own="", people="NULL")}),
    gathered AS (
        SELECT h.kind, h.person_id, {_GATHERED}
        FROM holder h LEFT JOIN known k ON k.person_id = h.person_id AND (h.kind, k.audience) IN (SELECT * FROM counted)
        GROUP BY h.kind, h.person_id
    ),
    standing AS (
        SELECT f.kind, f.person_id, f.passed_until, f.booked_for, f.unverified, {_STATUS} AS status FROM gathered f
    )
"""
_LAPSING = ", ".join(
    f"count(*) FILTER (WHERE status = '{TrainingStatus.PASSED}' AND passed_until < CAST(:day AS date) + {days})"
    f" AS lapsing_{days}"
    for days in LAPSING_DAYS
)
_BY_STATUS = ", ".join(f"count(*) FILTER (WHERE status = '{one}') AS {one}" for one in TrainingStatus)
COVERAGE = text(f"{_HOLDERS} SELECT kind, count(*) AS holders, {_BY_STATUS}, {_LAPSING} FROM standing GROUP BY kind")


def holders_listed(*, status: bool, lapsing: bool) -> TextClause:
    """Holders of the kinds asked for, by name, narrowed by status or by what lapses soon; with how many there are."""
    conditions = ["s.status = :status"] if status else []
    if lapsing:
        conditions += [f"s.status = '{TrainingStatus.PASSED}'", "s.passed_until < CAST(:day AS date) + :lapsing"]
    narrowed = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return text(f"""
        {_HOLDERS}
        SELECT s.*, p.given_names, p.family_name, p.reference, count(*) OVER () AS total
        FROM standing s JOIN person p ON p.id = s.person_id {narrowed}
        ORDER BY p.sort_name, p.id, s.kind LIMIT :most OFFSET :skipped
    """)


def asked_of_holders(authority_id: UUID, day: date, kinds: tuple[LicenceKind, ...] = KINDS) -> dict[str, Any]:
    """The values that the questions about holders need."""
    return {"authority": authority_id, "day": day, "kinds": list(kinds), "in_force": sorted(IN_FORCE)}
