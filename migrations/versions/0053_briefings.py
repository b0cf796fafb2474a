"""Figures across councils as counts alone, and briefings that are approved by a second person and then frozen.

Nobody who reads a briefing sees a record by it: each function below counts, for every council in the area of whoever
asks, and gives numbers. As at a moment is what had been recorded by then; so what a licence's status was believed to
be is kept when it is derived anew.
"""

import sqlalchemy as sa
from alembic import op


from licensing.row_security import allow_call, protect

revision: str = "0053"
down_revision: str | None = "0049"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
ASKS = "(given_from date, given_until date, given_at timestamptz)"
COUNTS = "RETURNS TABLE (authority_id uuid, code text, number bigint)"
AREA = "IN (SELECT figures_area())"

# For a county its districts too, and for a district itself. The console connects as the owner, and counts everything.
FIGURES_AREA = f"""
CREATE FUNCTION figures_area() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT b.id FROM authority a JOIN authority b ON b.id = a.id OR (a.tier = 'county' AND b.tier = 'district')
    WHERE a.id = acting_authority('figures.read')
    UNION
    SELECT id FROM authority WHERE session_user = current_user
$$
"""
KEEP_PERIODS = f"""
CREATE FUNCTION keep_licence_periods() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    INSERT INTO licence_period_kept (licence_id, from_on, until_on, authority_id, person_id, status, kind, replaced_at)
    SELECT g.licence_id, g.from_on, g.until_on, g.authority_id, g.person_id, g.status, g.kind, now() FROM gone g
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
# What was in force on a day, as it was believed at a moment: the periods that stood then, replaced since or not.
IN_FORCE_AS_AT = f"""
CREATE FUNCTION in_force_as_at(given_day date, given_at timestamptz)
RETURNS TABLE (authority_id uuid, person_id uuid, kind text)
LANGUAGE sql STABLE {PINNED} AS $$
    WITH since AS MATERIALIZED (
        SELECT k.licence_id, min(k.replaced_at) AS replaced_at FROM licence_period_kept k
        WHERE k.replaced_at > given_at GROUP BY k.licence_id
    ), believed AS (
        SELECT p.licence_id, p.authority_id, p.person_id, p.kind::text, p.status FROM licence_period p
        WHERE p.from_on <= given_day AND p.until_on > given_day AND p.authority_id {AREA}
          AND NOT EXISTS (SELECT FROM since s WHERE s.licence_id = p.licence_id)
        UNION ALL
        SELECT k.licence_id, k.authority_id, k.person_id, k.kind, k.status FROM licence_period_kept k
        JOIN since s ON s.licence_id = k.licence_id AND s.replaced_at = k.replaced_at
        WHERE k.from_on <= given_day AND k.until_on > given_day AND k.authority_id {AREA}
    )
    SELECT b.authority_id, b.person_id, b.kind FROM believed b JOIN licence l ON l.id = b.licence_id
    WHERE l.recorded_at <= given_at
      AND b.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
$$
"""

DRIVERS = "('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')"
STANDS = "{0}.recorded_at <= given_at AND ({0}.superseded_at IS NULL OR {0}.superseded_at > given_at)"

HOLDERS = f"""
CREATE FUNCTION figures_of_holders{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM in_force_as_at(given_until, given_at)
    ), driver AS MATERIALIZED (
        SELECT DISTINCT h.authority_id, h.person_id FROM held h WHERE h.kind IN {DRIVERS} AND h.person_id IS NOT NULL
    ), passed AS (
        SELECT r.person_id AS own_id FROM training_record r
        WHERE {STANDS.format("r")} AND r.result = 'passed' AND r.audience = 'driver'
          AND r.completed_on <= given_until AND (r.expires_on IS NULL OR r.expires_on >= given_until)
        UNION
        SELECT ends.own_id FROM (
            SELECT s.first_person_id, s.first_authority_id, s.second_person_id FROM same_person s
            WHERE s.since <= given_at AND (s.ended_at IS NULL OR s.ended_at > given_at) AND NOT s.repeats
            UNION ALL
            SELECT s.second_person_id, s.second_authority_id, s.first_person_id FROM same_person s
            WHERE s.since <= given_at AND (s.ended_at IS NULL OR s.ended_at > given_at) AND NOT s.repeats
        ) ends (own_id, authority_id, other_id)
        JOIN training_record r ON r.person_id = ends.other_id
        WHERE {STANDS.format("r")} AND r.result = 'passed' AND r.audience = 'driver'
          AND r.completed_on <= given_until AND (r.expires_on IS NULL OR r.expires_on >= given_until)
          AND coalesce((
            SELECT a.accepted FROM course_version v JOIN course_acceptance a ON a.course_id = v.course_id
            WHERE v.id = r.course_version_id AND a.authority_id = ends.authority_id AND a.valid_from <= given_until
              AND a.recorded_at <= given_at
            ORDER BY a.valid_from DESC, a.recorded_at DESC LIMIT 1), false)
    ), looked AS (
        SELECT DISTINCT c.person_id FROM vetting_check c
        WHERE {STANDS.format("c")} AND c.kind IN ('enhanced_dbs', 'dbs_status') AND c.result = 'satisfied'
          AND c.checked_on <= given_until AND c.checked_on > given_until - interval '6 months'
    )
    SELECT h.authority_id, 'licences.' || h.kind || '.in_force', count(*) FROM held h GROUP BY 1, 2
    UNION ALL SELECT d.authority_id, 'holders.drivers', count(*) FROM driver d GROUP BY 1
    UNION ALL SELECT d.authority_id, 'vetting.dbs_current', count(*) FROM driver d
        JOIN looked c ON c.person_id = d.person_id GROUP BY 1
    UNION ALL SELECT d.authority_id, 'training.in_date', count(*) FROM driver d
        JOIN passed t ON t.own_id = d.person_id GROUP BY 1
    UNION ALL SELECT d.authority_id, 'quality.no_date_of_birth', count(*) FROM driver d
        JOIN person p ON p.id = d.person_id AND p.date_of_birth IS NULL GROUP BY 1
$$
"""
DECISIONS = f"""
CREATE FUNCTION figures_of_decisions{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH happened AS MATERIALIZED (
        SELECT e.authority_id, e.kind, e.immediate, l.kind AS licence_kind, l.person_id
        FROM licence_event e JOIN licence l ON l.id = e.licence_id
        WHERE e.authority_id {AREA} AND {STANDS.format("e")}
          AND coalesce(e.decided_on, e.notified_on, e.effective_on, e.starts_on) BETWEEN given_from AND given_until
    ), of_driver AS (
        SELECT * FROM happened h WHERE h.licence_kind IN {DRIVERS}
    ), counted AS (
        SELECT d.authority_id, 'decisions.' || d.kind AS code FROM of_driver d
            WHERE d.kind IN ('granted', 'suspended', 'revoked', 'refused', 'renewal_refused')
        UNION ALL SELECT d.authority_id, 'decisions.' || d.kind || '_immediate' FROM of_driver d
            WHERE d.kind IN ('suspended', 'revoked') AND d.immediate
        UNION ALL SELECT d.authority_id, CASE d.kind WHEN 'appealed' THEN 'appeals.lodged'
                WHEN 'reinstated_by_court' THEN 'appeals.allowed' ELSE 'appeals.dismissed' END FROM of_driver d
            WHERE d.kind IN ('appealed', 'reinstated_by_court', 'appeal_dismissed')
        UNION ALL SELECT h.authority_id, 'decisions.premises_' || h.kind FROM happened h
            WHERE h.licence_kind IN ('premises_licence', 'club_premises_certificate')
              AND h.kind IN ('suspended', 'revoked')
        UNION ALL SELECT n.authority_id, 'decisions.immediate_all' FROM decision n
            WHERE n.authority_id {AREA} AND n.immediate AND n.recorded_at <= given_at
              AND n.decided_on BETWEEN given_from AND given_until
        UNION ALL SELECT n.authority_id, 'decisions.immediate_in_order' FROM decision n
            WHERE n.authority_id {AREA} AND n.immediate AND n.recorded_at <= given_at
              AND n.decided_on BETWEEN given_from AND given_until
              AND n.notified_on IS NOT NULL AND cardinality(n.irregularities) = 0
        UNION ALL SELECT o.authority_id, 'operators.two_revoked' FROM (
            SELECT w.authority_id, w.organisation_id FROM operator_driver w
            JOIN of_driver d ON d.person_id = w.person_id AND d.kind = 'revoked'
            WHERE w.at <= given_at
            GROUP BY 1, 2 HAVING count(DISTINCT w.person_id) >= 2) o
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$
"""
# Of the designated officer's clocks nothing: even how many there are would tell of a case.
CLOCKS = f"""
CREATE FUNCTION figures_of_clocks{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH known AS MATERIALIZED (
        SELECT c.authority_id, lower(c.code) AS code, c.started_on, c.due_on,
            CASE WHEN EXISTS (
                SELECT FROM clock_change h WHERE h.clock_id = c.id AND h.kind = 'met' AND h.at <= given_at
            ) THEN c.met_on END AS met_on,
            CASE WHEN c.ceased_at <= given_at THEN c.ceased_at::date END AS ceased_on,
            least(given_until, given_at::date) AS last_day
        FROM clock c
        WHERE c.authority_id {AREA} AND c.recorded_at <= given_at AND c.code NOT LIKE 'LADO%'
    ), counted AS (
        SELECT k.authority_id, 'clocks.' || k.code || '.met' AS code FROM known k
            WHERE k.met_on BETWEEN given_from AND given_until AND k.met_on <= k.due_on
        UNION ALL SELECT k.authority_id, 'clocks.' || k.code || '.missed' FROM known k
            WHERE k.due_on BETWEEN given_from AND given_until AND k.due_on < k.last_day
              AND (k.met_on IS NULL OR k.met_on > k.due_on) AND (k.ceased_on IS NULL OR k.ceased_on > k.due_on)
        UNION ALL SELECT k.authority_id, 'clocks.' || k.code || '.overdue' FROM known k
            WHERE k.due_on < k.last_day AND (k.met_on IS NULL OR k.met_on > k.last_day)
              AND (k.ceased_on IS NULL OR k.ceased_on > k.last_day)
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$
"""
# A place that is not linked to the register of premises is of the kind that its name says.
DISRUPTION = f"""
CREATE FUNCTION figures_of_disruption{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH used AS MATERIALIZED (
        SELECT a.id, coalesce(a.place_authority_id, a.authority_id) AS authority_id, p.code, p.closes, min(e.on_day) AS on_day
        FROM disruption_action a JOIN power p ON p.id = a.power_id
        JOIN disruption_event e ON e.action_id = a.id AND e.kind IN ('served', 'in_force') AND e.at <= given_at
        WHERE coalesce(a.place_authority_id, a.authority_id) {AREA} AND a.recorded_at <= given_at
        GROUP BY a.id, a.place_authority_id, a.authority_id, p.code, p.closes
    ), lately AS (
        SELECT * FROM used u WHERE u.on_day BETWEEN given_from AND given_until
    ), counted AS (
        SELECT u.authority_id, 'disruption.' || u.code AS code FROM lately u
        UNION ALL SELECT u.authority_id, 'disruption.premises_closed.' || coalesce(
            CASE WHEN l.kind IN ('guesthouse', 'bed_and_breakfast') THEN 'guesthouse'
                WHEN l.kind IN ('pub', 'hotel') THEN l.kind WHEN l.kind IS NOT NULL THEN 'other' END,
            CASE WHEN t.name ~* '(guest ?house|bed (and|&) breakfast|b ?& ?b)' THEN 'guesthouse'
                WHEN t.name ~* '(\\mhotel\\M)' THEN 'hotel'
                WHEN t.name ~* '(\\m(pub|inn|tavern|arms|public house|bar)\\M)' THEN 'pub' ELSE 'other' END)
            FROM lately u JOIN disruption_target t ON t.action_id = u.id AND t.kind = 'premises'
            LEFT JOIN premises l ON l.id = t.record_id
            WHERE u.closes AND t.added_at <= given_at
        UNION ALL SELECT u.authority_id, 'disruption.breached' FROM used u
            JOIN disruption_event e ON e.action_id = u.id AND e.kind = 'breached' AND e.at <= given_at
            WHERE e.on_day BETWEEN given_from AND given_until
        UNION ALL SELECT u.authority_id, 'disruption.effect.' || r.effect FROM used u
            JOIN effect_review r ON r.action_id = u.id AND r.at <= given_at
            WHERE r.reviewed_on BETWEEN given_from AND given_until
        UNION ALL SELECT coalesce(b.of_authority_id, b.authority_id), 'test_purchases.' || w.word
            FROM test_purchase b CROSS JOIN LATERAL (VALUES (b.result::text), ('all')) w (word)
            WHERE coalesce(b.of_authority_id, b.authority_id) {AREA} AND b.recorded_at <= given_at
              AND b.on_day BETWEEN given_from AND given_until
        UNION ALL SELECT o.authority_id, 'operations.held' FROM operation o
            WHERE o.authority_id {AREA} AND o.recorded_at <= given_at AND o.begun_at <= given_at
              AND o.on_day BETWEEN given_from AND given_until
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$
"""
SHARING = f"""
CREATE FUNCTION figures_of_sharing{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH counted AS (
        SELECT r.authority_id, 'sharing.concerns_sent' AS code FROM request_out r
            WHERE r.kind = 'concern' AND r.recorded_at <= given_at AND r.sent_on BETWEEN given_from AND given_until
        UNION ALL SELECT r.authority_id, 'sharing.concerns_received' FROM request_in r
            WHERE r.kind = 'concern' AND r.recorded_at <= given_at AND r.received_on BETWEEN given_from AND given_until
        UNION ALL SELECT s.authority_id, 'nr3s.searches' FROM nr3s_search s
            WHERE {STANDS.format("s")} AND s.searched_on BETWEEN given_from AND given_until
        UNION ALL SELECT n.authority_id, 'nr3s.entries' FROM nr3s_entry n
            WHERE n.recorded_at <= given_at AND n.state = 'entered' AND n.settled_on BETWEEN given_from AND given_until
        UNION ALL SELECT f.authority_id, 'quality.files' FROM freshness f WHERE f.imported_at <= given_at
        UNION ALL SELECT f.authority_id, 'quality.stale_imports' FROM freshness f
            WHERE f.imported_at <= given_at AND f.imported_at::date < least(given_until, given_at::date) - 35
        UNION ALL SELECT o.authority_id, 'quality.unmatched' FROM training_offer o
            WHERE o.offered_at <= given_at AND (o.settled_at IS NULL OR o.settled_at > given_at)
        UNION ALL SELECT c.authority_id, 'courts.trials' FROM court_case c
            WHERE c.at <= given_at AND c.ended_on BETWEEN given_from AND given_until
        UNION ALL SELECT c.authority_id, 'courts.under_way' FROM court_case c
            WHERE c.at <= given_at AND c.started_on <= given_until AND (c.ended_on IS NULL OR c.ended_on > given_until)
        UNION ALL SELECT c.authority_id, 'courts.' || CASE d.verdict WHEN 'guilty' THEN 'convicted' ELSE 'acquitted' END
            FROM court_case c JOIN court_defendant d ON d.case_id = c.id AND d.at <= given_at
            WHERE c.ended_on BETWEEN given_from AND given_until AND d.verdict IN ('guilty', 'not_guilty')
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c WHERE c.authority_id {AREA} GROUP BY 1, 2
    UNION ALL
    SELECT s.authority_id, 'courts.sentence_months', sum(s.months)::bigint FROM (
        SELECT c.authority_id, coalesce(sum(t.months) FILTER (WHERE t.kind = 'consecutive'), 0)
            + coalesce(max(t.months) FILTER (WHERE t.kind = 'concurrent'), 0) AS months
        FROM court_case c JOIN court_defendant d ON d.case_id = c.id AND d.at <= given_at
        JOIN court_sentence t ON t.defendant_id = d.id AND t.at <= given_at
          AND (t.superseded_at IS NULL OR t.superseded_at > given_at)
        WHERE c.authority_id {AREA} AND c.at <= given_at AND c.ended_on BETWEEN given_from AND given_until
        GROUP BY c.authority_id, d.id) s
    GROUP BY 1
$$
"""
# Of a county, over twelve months, so that no month tells of a case.
LADO = f"""
CREATE FUNCTION figures_of_allegations{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH known AS (
        SELECT c.*, least(given_until, given_at::date) AS last_day FROM lado_case c JOIN authority a ON a.id = c.authority_id
        WHERE c.authority_id {AREA} AND a.tier = 'county' AND c.recorded_at <= given_at
          AND c.sector IN ('licensed_driver', 'operator_staff', 'passenger_assistant')
    ), counted AS (
        SELECT k.authority_id, 'open' AS word FROM known k
            WHERE k.threshold_met AND k.threshold_on <= k.last_day AND (k.closed_on IS NULL OR k.closed_on > k.last_day)
        UNION ALL SELECT k.authority_id, 'referred' FROM known k
            WHERE k.referred_on > k.last_day - interval '12 months' AND k.referred_on <= k.last_day
        UNION ALL SELECT k.authority_id, w.word FROM known k CROSS JOIN LATERAL (VALUES ('closed', true),
                ('closed_in_3_months', k.closed_on <= k.referred_on + interval '3 months'),
                ('substantiated', EXISTS (
                    SELECT FROM allegation g WHERE g.case_id = k.id AND g.outcome = 'substantiated'))) w (word, holds)
            WHERE w.holds AND k.threshold_met
              AND k.closed_on > k.last_day - interval '12 months' AND k.closed_on <= k.last_day
    )
    SELECT c.authority_id, 'lado.licensed_transport.' || c.word, count(*) FROM counted c GROUP BY 1, 2
$$
"""
COUNTING = {
    "figures_of_holders": HOLDERS,
    "figures_of_decisions": DECISIONS,
    "figures_of_clocks": CLOCKS,
    "figures_of_disruption": DISRUPTION,
    "figures_of_sharing": SHARING,
    "figures_of_allegations": LADO,
}


def upgrade() -> None:
    keep_periods()
    op.execute(FIGURES_AREA)
    allow_call("figures_area()")
    op.execute(IN_FORCE_AS_AT)
    op.execute("REVOKE ALL ON FUNCTION in_force_as_at(date, timestamptz) FROM PUBLIC")
    for name, definition in COUNTING.items():
        op.execute(definition)
        allow_call(f"{name}(date, date, timestamptz)")


def keep_periods() -> None:
    op.create_table(
        "licence_period_kept",
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_licence_period_kept_authority_id"),
        sa.PrimaryKeyConstraint("licence_id", "replaced_at", "from_on", name="pk_licence_period_kept"),
    )
    op.create_index("ix_licence_period_kept_replaced_at", "licence_period_kept", ["replaced_at", "licence_id"])
    protect("licence_period_kept")
    op.execute(KEEP_PERIODS)
    op.execute("REVOKE ALL ON FUNCTION keep_licence_periods() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER keep_periods AFTER DELETE ON licence_period REFERENCING OLD TABLE AS gone"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_licence_periods()"
    )
