"""All that counts of people's training, as the database gathers it: one place for a page, a list and its figures."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.sql import TextClause

from licensing.register.catalogue import Family, LicenceKind, kinds_of
from licensing.register.events import IN_FORCE
from licensing.training.rules import NO_END, Audience, TrainingStatus

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

COVERAGE = text("SELECT * FROM training_figures(:day)")

_COUNTED_ROWS = ", ".join(f"('{kind}', '{one}')" for kind, audiences in COUNTED.items() for one in audiences)
# Everybody who holds a licence in force, with what their training comes to: once for each kind that they hold. The few
# records of other councils are read once, and gone through for those alone who have any.
_HOLDERS = """
    WITH counted (kind, audience) AS (VALUES {counted}),
    linked AS MATERIALIZED (SELECT * FROM linked_training(NULL, :day)),
    holder AS (
        SELECT p.sort_name, h.kind, h.person_id
        FROM {people} p
        CROSS JOIN LATERAL (
            SELECT h.kind, h.person_id FROM licence_period h
            WHERE h.person_id = p.id AND h.authority_id = :authority AND h.kind = ANY (:kinds)
              AND h.status = ANY (:in_force) AND h.from_on <= :day AND h.until_on > :day
        ) h
        WHERE true {narrowed} {cut}
    ),
    known AS (
        SELECT h.*, f.*,
            training_status(f.passed_until, f.booked_for, f.exempt, f.unverified, f.failed, :day) AS status
        FROM holder h CROSS JOIN LATERAL (
            SELECT {gathered} FROM (
                SELECT r.audience, r.result, r.booked_for, r.expires_on FROM training_record r
                WHERE r.authority_id = :authority AND r.person_id = h.person_id AND r.superseded_at IS NULL
                UNION ALL
                SELECT l.audience, l.result, l.booked_for, l.expires_on FROM linked l
                WHERE l.person_id = h.person_id AND h.person_id IN (SELECT one.person_id FROM linked one)
            ) k WHERE (h.kind, k.audience) IN (SELECT * FROM counted)
        ) f
    )
"""
_BY_NAME = "ORDER BY sort_name, person_id, kind"
_PAGE = f"{_BY_NAME} LIMIT :most OFFSET :skipped"
_NAMED = f"""
    SELECT f.*, p.given_names, p.family_name, p.reference
    FROM {{0}} f JOIN person p ON p.id = f.person_id {_BY_NAME.replace("sort_name", "f.sort_name")}
"""
_PEOPLE = "SELECT id, sort_name FROM person WHERE authority_id = :authority AND merged_into_id IS NULL"
# One after another by name, until the page is full; or as the database finds best, from those who can be meant at all.
_ONE_BY_ONE, _TOGETHER = f"({_PEOPLE} ORDER BY sort_name, id OFFSET 0)", f"({_PEOPLE})"
_AMONG = """
    AND p.id IN (
        SELECT r.person_id FROM training_record r
        WHERE r.authority_id = :authority AND r.superseded_at IS NULL AND {which}
        UNION SELECT r.person_id FROM linked r WHERE {which}
    )
"""
# A status follows from such a record at least.
_FOLLOWS_FROM = {
    TrainingStatus.PASSED: "r.result = 'passed'",
    TrainingStatus.EXPIRED: "r.result = 'passed' AND r.expires_on < :day",
    TrainingStatus.EXPIRED_BOOKED: "r.result = 'booked' AND r.booked_for >= :day",
    TrainingStatus.BOOKED: "r.result = 'booked' AND r.booked_for >= :day",
    TrainingStatus.EXEMPT: "r.result = 'exempt'",
    TrainingStatus.CERTIFICATE_UNVERIFIED: "r.result = 'certificate_unverified'",
    TrainingStatus.ATTENDED_FAILED: "r.result = 'attended_failed'",
}
_LAPSES = "r.result = 'passed' AND r.expires_on >= :day AND r.expires_on < CAST(:day AS date) + :lapsing"


def everybody_listed(*, one_by_one: bool) -> TextClause:
    """Holders of the kinds asked for, by name; what is known is gathered for those alone who are shown."""
    people = _ONE_BY_ONE if one_by_one else _TOGETHER
    return text(f"{_holders(people, cut=_PAGE)} {_NAMED.format('known')}")


def holders_listed(status: TrainingStatus, *, lapsing: bool, one_by_one: bool) -> TextClause:
    """Those of a status, by name, or of the ones in date those whose training lapses within so many days."""
    among = _LAPSES if lapsing else _FOLLOWS_FROM.get(status)
    if one_by_one:
        found = _holders(_ONE_BY_ONE)
    else:
        found = _holders(_TOGETHER, narrowed=_AMONG.format(which=among) if among else "")
    soon = "AND s.passed_until < CAST(:day AS date) + :lapsing" if lapsing else ""
    page = f"(SELECT * FROM known s WHERE s.status = :status {soon} {_PAGE})"
    return text(f"{found} {_NAMED.format(page)}")


def _holders(people: str, narrowed: str = "", cut: str = "") -> str:
    return _HOLDERS.format(counted=_COUNTED_ROWS, gathered=_GATHERED, people=people, narrowed=narrowed, cut=cut)


def asked_of_holders(authority_id: UUID, day: date, kinds: tuple[LicenceKind, ...] = KINDS) -> dict[str, Any]:
    """The values that the questions about holders need."""
    return {"authority": authority_id, "day": day, "kinds": list(kinds), "in_force": sorted(IN_FORCE)}
