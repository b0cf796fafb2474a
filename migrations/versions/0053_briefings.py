"""Figures across councils as counts alone, and briefings that are approved by a second person and then frozen.

Nobody who reads a briefing sees a record by it: each function below counts, for every council in the area of whoever
asks, and gives numbers. As at a moment is what had been recorded by then; so what a licence's status was believed to
be is kept when it is derived anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect, within

revision: str = "0053"
down_revision: str | None = "0052"

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
# What agencies count and awareness work reached, where it is recorded: nothing stands for not known. Counts of a period
# that lies within the one asked about are added up.
PREVENTION = f"""
CREATE FUNCTION figures_of_prevention{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT i.authority_id, CASE i.code WHEN 'MASH_ENQUIRIES' THEN 'mash.enquiries'
            WHEN 'MASH_ASSESSMENTS' THEN 'mash.assessments' ELSE 'indicators.' || lower(i.code) END, sum(i.value)::bigint
        FROM indicator_count i WHERE i.authority_id {AREA} AND i.period_start >= given_from AND i.period_end <= given_until
          AND {STANDS.format("i")}
        GROUP BY 1, 2
    UNION ALL
    SELECT w.authority_id, 'awareness.reach', sum(w.reach)::bigint FROM awareness_activity w
        WHERE w.authority_id {AREA} AND w.held_on BETWEEN given_from AND given_until AND {STANDS.format("w")}
        GROUP BY 1
$$
"""
COUNTING = {
    "figures_of_holders": HOLDERS,
    "figures_of_decisions": DECISIONS,
    "figures_of_clocks": CLOCKS,
    "figures_of_disruption": DISRUPTION,
    "figures_of_sharing": SHARING,
    "figures_of_allegations": LADO,
    "figures_of_prevention": PREVENTION,
}

OFFICE = within("figures.read")
ADDRESSED = "IN (SELECT briefings_addressed())"
BRIEFINGS_ADDRESSED = f"""
CREATE FUNCTION briefings_addressed() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT r.briefing_id FROM briefing_reader r JOIN briefing b ON b.id = r.briefing_id
    WHERE r.user_id = acting_user() AND b.published_at IS NOT NULL AND acting_authority('briefings.read') IS NOT NULL
$$
"""
# Of a county's summary also the districts' readers; of a council's own edition nobody else's.
BRIEFING_PEOPLE = f"""
CREATE FUNCTION briefing_people() RETURNS TABLE (id uuid, name text, authority_id uuid, council text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT u.id, u.name, a.id, a.name FROM user_account u JOIN authority a ON a.id = u.authority_id
    WHERE u.status = 'active' AND u.authority_id IN (SELECT figures_area())
      AND EXISTS (SELECT FROM role_held h WHERE h.user_id = u.id AND h.ended_at IS NULL AND h.role = 'briefing_reader')
    ORDER BY a.name, u.name, u.id
$$
"""
# A draft is anybody's of the office to change, and whoever did never approves it. What is approved stays as it is, and
# the database itself compares the kept pages with their hash.
GUARD_BRIEFING = f"""
CREATE FUNCTION guard_briefing() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    me uuid := acting_user();
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.drafted_at := now();
        NEW.authors := ARRAY[me];
        IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM briefing b WHERE b.id = NEW.supersedes_id AND b.published_at IS NOT NULL
              AND b.authority_id = NEW.authority_id AND b.audience = NEW.audience AND b.version = NEW.version - 1)
        THEN
            RAISE EXCEPTION 'a briefing supersedes one that was published' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.approved_at IS NOT NULL THEN
        IF OLD.published_at IS NOT NULL OR to_jsonb(OLD) - 'published_at' IS DISTINCT FROM to_jsonb(NEW) - 'published_at'
        THEN
            RAISE EXCEPTION 'an approved briefing stays as it is' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.published_at := now();
    ELSIF NEW.approved_at IS NOT NULL THEN
        IF me = ANY (OLD.authors) OR acting_authority('briefings.approve') IS NULL THEN
            RAISE EXCEPTION 'a second person approves a briefing' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.sha256 IS DISTINCT FROM encode(sha256(NEW.pdf), 'hex') OR NEW.content IS DISTINCT FROM OLD.content
            OR NEW.published_at IS NOT NULL
        THEN
            RAISE EXCEPTION 'what is approved is what was drafted' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.approved_at := now();
        NEW.approved_by := me;
        NEW.authors := OLD.authors;
    ELSE
        IF acting_authority('briefings.draft') IS NULL THEN
            RAISE EXCEPTION 'an author changes a draft' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.authors := CASE WHEN me = ANY (OLD.authors) THEN OLD.authors ELSE OLD.authors || me END;
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    for table in ("audit_entry", "task", "proposal", "clock", "relied_item"):
        admit_also(table, "object_kind", "object_kind", "briefing")
    admit_also("flag_seen", "through", "through", "briefing")
    keep_periods()
    op.execute(FIGURES_AREA)
    allow_call("figures_area()")
    op.execute(IN_FORCE_AS_AT)
    op.execute("REVOKE ALL ON FUNCTION in_force_as_at(date, timestamptz) FROM PUBLIC")
    for name, definition in COUNTING.items():
        op.execute(definition)
        allow_call(f"{name}(date, date, timestamptz)")
    create_briefings()
    protect_briefings()


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


def create_briefings() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "chief_executives",
                "director",
                "lead_member",
                "safeguarding_partnership",
                "community_safety_partnership",
                "scrutiny",
                "police_and_crime_commissioner",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("authors", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_briefing_in_order")),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (pdf IS NULL) AND (approved_at IS NULL) = (sha256 IS NULL)"
            " AND (published_at IS NULL OR approved_at IS NOT NULL)",
            name=op.f("ck_briefing_frozen"),
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["user_account.id"], name=op.f("fk_briefing_approved_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_briefing_authority_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["briefing.id", "briefing.authority_id"],
            name=op.f("fk_briefing_supersedes_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
        sa.UniqueConstraint("id", "authority_id", name="uq_briefing_id_authority_id"),
        sa.UniqueConstraint("authority_id", "reference", "version", name="uq_briefing_authority_id_reference_version"),
        sa.UniqueConstraint("supersedes_id", name="uq_briefing_supersedes_id"),
    )
    op.create_table(
        "briefing_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("briefing_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["briefing_id", "authority_id"],
            ["briefing.id", "briefing.authority_id"],
            name=op.f("fk_briefing_comment_briefing_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_briefing_comment_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_comment")),
    )
    op.create_index("ix_briefing_comment_briefing_id", "briefing_comment", ["briefing_id"], unique=False)
    op.create_table(
        "briefing_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("briefing_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["briefing_id", "authority_id"],
            ["briefing.id", "briefing.authority_id"],
            name=op.f("fk_briefing_reader_briefing_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_briefing_reader_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_reader")),
        sa.UniqueConstraint("briefing_id", "user_id", name="uq_briefing_reader_briefing_id_user_id"),
    )
    op.create_index("ix_briefing_reader_user_id", "briefing_reader", ["user_id"], unique=False)


def protect_briefings() -> None:
    for definition in (BRIEFINGS_ADDRESSED, BRIEFING_PEOPLE, GUARD_BRIEFING):
        op.execute(definition)
    allow_call("briefings_addressed()")
    allow_call("briefing_people()")
    op.execute("REVOKE ALL ON FUNCTION guard_briefing() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON briefing FOR EACH ROW EXECUTE FUNCTION guard_briefing()"
    )
    for table, arguments in {"briefing_comment": "'by_id', 'at'", "briefing_reader": "'', 'told_at'"}.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    op.execute(
        "CREATE TRIGGER keep_read_at BEFORE UPDATE ON briefing_reader FOR EACH ROW EXECUTE FUNCTION keep_settled('read_at')"
    )
    protect(
        "briefing",
        select=f"{OFFICE} OR id {ADDRESSED}",
        insert=within("briefings.draft"),
        insert_columns=(
            "id",
            "authority_id",
            "reference",
            "version",
            "supersedes_id",
            "audience",
            "from_on",
            "until_on",
            "computed_at",
            "content",
            "fingerprint",
        ),
        update=OFFICE,
        update_columns=(
            "computed_at",
            "content",
            "fingerprint",
            "approved_by",
            "approved_at",
            "pdf",
            "sha256",
            "published_at",
        ),
    )
    protect("briefing_comment", select=OFFICE, insert=OFFICE)
    mine = "user_id = (SELECT acting_user())"
    readers = f"{OFFICE} AND user_id IN (SELECT p.id FROM briefing_people() p)"
    protect("briefing_reader", select=f"{OFFICE} OR {mine}", insert=readers, update=mine, update_columns=("read_at",))
