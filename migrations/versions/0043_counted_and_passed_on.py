"""A concern that is passed on keeps its first day; the report counts its own section."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0043"
down_revision: str | None = "0042"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
# The work that this service licenses: whoever else is alleged about is counted by the office's own report.
SECTION = (
    """('licensed_driver', 'operator_staff', 'passenger_assistant', 'accommodation_provider', 'licensed_premises')"""
)

# As before, but that the days of raising it stay, since the periods run from them, and that it says whence it came.
PASS_ON = f"""
CREATE OR REPLACE PROCEDURE pass_on_concern(
    IN given_concern uuid, IN given_id uuid, IN given_to uuid, IN given_reference text, IN given_what bytea,
    IN given_words bytea, IN given_when bytea, IN given_contact bytea, IN given_case bytea, IN given_due date,
    IN given_step uuid, IN given_step_words bytea
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    one concern;
BEGIN
    SELECT * INTO one FROM concern c
    WHERE c.id = given_concern AND c.authority_id = acting_authority('casework.work') AND c.closed_on IS NULL
      AND c.authority_id <> given_to
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this concern is not to be passed on' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, words_sealed, to_authority_id, by_id)
    VALUES (given_step, one.authority_id, one.id, 'passed_on', current_date, given_step_words, given_to, acting_user());
    one.passed_from_id := one.id;
    one.passed_by_authority_id := one.authority_id;
    one.passed_on_day := current_date;
    one.id := given_id;
    one.authority_id := given_to;
    one.reference := given_reference;
    one.council_known := true;
    one.what_sealed := given_what;
    one.words_sealed := given_words;
    one.when_sealed := given_when;
    one.contact_sealed := given_contact;
    one.case_sealed := given_case;
    one.acknowledged_on := NULL;
    one.acknowledged_by := NULL;
    one.acknowledgement_sealed := NULL;
    one.lado_authority_id := NULL;
    one.lado_referred_on := NULL;
    one.lado_receipt := NULL;
    one.lado_acknowledged_on := NULL;
    IF NOT add_concern(one, given_due) THEN
        RAISE EXCEPTION 'this concern was passed on before' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$
"""

# Of the section alone: other sectors beside a total would give back what is withheld. Open cases with a licence link
# are of any sector, as at the last day or today: from the threshold to the closing, and by then a message was owed to a
# licensing authority.
FIGURES = f"""
CREATE OR REPLACE FUNCTION lado_figures(given_from date, given_until date)
RETURNS TABLE (part text, word text, number bigint)
LANGUAGE sql STABLE {PINNED} AS $$
    WITH every_case AS MATERIALIZED (
        SELECT c.* FROM lado_case c
        WHERE c.id IN (SELECT listed_cases()) AND c.authority_id = (SELECT acting_authority('allegations.work'))
    ), known AS (
        SELECT * FROM every_case c WHERE c.sector IN {SECTION}
    ), referred AS (
        SELECT * FROM known k WHERE k.referred_on BETWEEN given_from AND given_until
    ), counted (part, word) AS (
        SELECT 'referral', 'all' FROM referred
        UNION ALL SELECT 'sector', r.sector FROM referred r
        UNION ALL SELECT 'referrer', coalesce(r.referrer_kind, 'other') FROM referred r
        UNION ALL SELECT 'threshold', CASE r.threshold_met WHEN true THEN 'met' WHEN false THEN 'not_met'
            ELSE 'undecided' END FROM referred r
        UNION ALL SELECT 'police', 'yes' FROM referred r WHERE r.police_involved
        UNION ALL SELECT 'category', a.category FROM allegation a JOIN referred r ON r.id = a.case_id
        UNION ALL SELECT 'outcome', a.outcome FROM allegation a JOIN known k ON k.id = a.case_id
            WHERE a.outcome_on BETWEEN given_from AND given_until
        UNION ALL SELECT 'meeting', m.kind FROM case_meeting m JOIN known k ON k.id = m.case_id
            WHERE m.held_on BETWEEN given_from AND given_until
        UNION ALL SELECT 'told_licensing', r.kind FROM case_release r JOIN known k ON k.id = r.case_id
            WHERE r.released_at::date BETWEEN given_from AND given_until
        UNION ALL SELECT 'dbs', 'done' FROM (
            SELECT DISTINCT d.case_id FROM case_duty d JOIN known k ON k.id = d.case_id
            WHERE d.kind = 'dbs' AND d.state = 'done'
              AND d.settled_on BETWEEN given_from AND given_until) referred_on
        UNION ALL SELECT 'regulator', 'done' FROM (
            SELECT DISTINCT d.case_id, d.for_authority_id FROM case_duty d JOIN known k ON k.id = d.case_id
            WHERE d.kind = 'licensing_authority' AND d.state = 'done'
              AND d.settled_on BETWEEN given_from AND given_until) told
        UNION ALL SELECT 'open_linked', 'all' FROM every_case k
            WHERE k.threshold_met AND k.threshold_on <= least(given_until, current_date)
              AND (k.closed_on IS NULL OR k.closed_on > least(given_until, current_date))
              AND EXISTS (SELECT FROM case_duty d WHERE d.case_id = k.id AND d.kind = 'licensing_authority'
                AND d.recorded_at::date <= least(given_until, current_date))
        UNION ALL SELECT 'consultation', n.sector FROM lado_consultation n
            WHERE n.asked_on BETWEEN given_from AND given_until AND n.sector IN {SECTION}
              AND n.authority_id = (SELECT acting_authority('allegations.work'))
              AND EXISTS (SELECT FROM looked_lately('allegation', '{{listed}}'))
    )
    SELECT c.part, c.word, count(*) FROM counted c GROUP BY 1, 2 ORDER BY 1, 2
$$
"""
# Ids alone, as of the cases about a person: a look at one case leads to the others of the same call.
OF_REFERRAL = f"""
CREATE FUNCTION cases_of_referral(given_referral uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE c.referral_id = given_referral AND c.id IN (SELECT known_cases())
      AND EXISTS (SELECT FROM looked_lately('allegation', '{{looked,listed}}'))
    ORDER BY c.recorded_at, c.id
$$
"""


def upgrade() -> None:
    op.add_column("concern", sa.Column("passed_by_authority_id", sa.Uuid(), nullable=True))
    op.add_column("concern", sa.Column("passed_on_day", sa.Date(), nullable=True))
    op.create_foreign_key(
        "fk_concern_passed_by_authority_id", "concern", "authority", ["passed_by_authority_id"], ["id"]
    )
    op.execute(PASS_ON)
    op.execute(FIGURES)
    op.execute(OF_REFERRAL)
    allow_call("cases_of_referral(uuid)")
