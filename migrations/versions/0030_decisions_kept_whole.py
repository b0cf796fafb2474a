"""Decisions: the minute, why nothing was relied on, a second look at what others decided, and who may decide today."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role, within

revision: str = "0030"
down_revision: str | None = "0029"

READ = within("casework.work")
# A delegation holds on the day of the decision and on the day it is recorded: it is not back-dated. What was decided
# elsewhere is recorded by whoever works on cases, and another person confirms it.
MAY_DECIDE = """
CREATE FUNCTION may_decide(given_maker text, given_immediate boolean, given_day date, given_elsewhere boolean)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT acting_authority('decisions.make') IS NOT NULL
        OR (acting_authority('casework.work') IS NOT NULL
            AND (given_elsewhere OR given_maker IN ('sub_committee', 'court')))
        OR (given_maker = 'officer' AND given_immediate AND EXISTS (
            SELECT FROM delegation d
            CROSS JOIN (VALUES (given_day), ((now() AT TIME ZONE 'Europe/London')::date)) AS on_day (day)
            WHERE d.user_id = acting_user() AND d.authority_id = acting_authority('casework.work')
              AND d.from_on <= on_day.day AND (d.until_on IS NULL OR on_day.day <= d.until_on)
            GROUP BY d.id HAVING count(*) = 2))
$$
"""
# Whoever recommended, in the question that is answered or in one that is open about the licence, does not decide.
NOT_THE_RECOMMENDER = """(elsewhere OR maker IN ('sub_committee', 'court') OR NOT EXISTS (
    SELECT FROM recommendation r
    LEFT JOIN consideration c ON c.id = r.consideration_id
    LEFT JOIN application a ON a.id = r.application_id
    WHERE r.by_id = (SELECT acting_user())
      AND (r.consideration_id = decision.consideration_id OR r.application_id = decision.application_id
        OR (c.licence_id = decision.licence_id AND c.closed_on IS NULL)
        OR (a.licence_id = decision.licence_id AND a.decided_on IS NULL AND a.withdrawn_on IS NULL))))"""
NOT_THE_DECIDER = """(kind NOT IN ('immediate', 'confirmation') OR NOT EXISTS (
    SELECT FROM decision d WHERE d.id = decision_review.decision_id AND d.decided_by = (SELECT acting_user())))
    AND (kind <> 'confirmation' OR (SELECT acting_authority('decisions.make')) IS NOT NULL)"""


def upgrade() -> None:
    op.add_column("decision", sa.Column("minute_ref", sa.Text(), nullable=True))
    op.add_column("decision", sa.Column("not_relied_sealed", sa.LargeBinary(), nullable=True))
    for table in ("clock", "clock_rule"):
        for code in ("CONFIRM_RECORD", "HCV_APPEAL", "HMO_APPEAL"):
            admit_also(table, "code", "clock_code", code)
    admit_also("decision_review", "kind", "review_kind", "confirmation")
    admit_also("appeal", "outcome", "appeal_outcome", "abated")
    op.execute(MAY_DECIDE)
    allow_call("may_decide(text, boolean, date, boolean)")
    _insert("decision", "decided_by", f"may_decide(maker, immediate, decided_on, elsewhere) AND {NOT_THE_RECOMMENDER}")
    _insert("decision_review", "reviewed_by", NOT_THE_DECIDER)
    op.execute("DROP FUNCTION may_decide(text, boolean, date)")


def _insert(table: str, by: str, condition: str) -> None:
    op.execute(f"DROP POLICY {table}_insert ON {table}")
    check = f"{READ} AND {by} = (SELECT acting_user()) AND {condition}"
    op.execute(f"CREATE POLICY {table}_insert ON {table} FOR INSERT TO {app_role()} WITH CHECK ({check})")
