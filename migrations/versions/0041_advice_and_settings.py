"""Advice below the threshold, settings that are assured, and the figures of the annual report."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, protect

revision: str = "0041"
down_revision: str | None = "0040"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"

# As with cases: nothing is read before it is committed that somebody looked.
HAS_LOOKED = f"""
CREATE FUNCTION has_looked(given_kind text) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT EXISTS (SELECT FROM looked_lately(given_kind, '{{looked,listed}}'))
$$
"""

# Counts of the cases that whoever lists them may know of, by part and word.
FIGURES = f"""
CREATE FUNCTION lado_figures(given_from date, given_until date) RETURNS TABLE (part text, word text, number bigint)
LANGUAGE sql STABLE {PINNED} AS $$
    WITH known AS MATERIALIZED (
        SELECT c.* FROM lado_case c
        WHERE c.id IN (SELECT listed_cases()) AND c.authority_id = (SELECT acting_authority('allegations.work'))
    ), referred AS (
        SELECT * FROM known k WHERE k.referred_on BETWEEN given_from AND given_until
    ), counted (part, word) AS (
        SELECT 'referral', 'all' FROM referred
        UNION ALL SELECT 'sector', coalesce(r.sector, 'other') FROM referred r
        UNION ALL SELECT 'referrer', coalesce(r.referrer_kind, 'other') FROM referred r
        UNION ALL SELECT 'threshold', CASE r.threshold_met WHEN true THEN 'met' WHEN false THEN 'not_met'
            ELSE 'undecided' END FROM referred r
        UNION ALL SELECT 'police', 'yes' FROM referred r WHERE r.police_involved
        UNION ALL SELECT 'category', a.category FROM allegation a JOIN referred r ON r.id = a.case_id
        UNION ALL SELECT 'outcome', a.outcome FROM allegation a JOIN known k ON k.id = a.case_id
            WHERE a.outcome_on BETWEEN given_from AND given_until
        UNION ALL SELECT 'meeting', m.kind FROM case_meeting m JOIN known k ON k.id = m.case_id
            WHERE m.held_on BETWEEN given_from AND given_until
        UNION ALL SELECT 'timeliness', CASE
            WHEN k.closed_on <= k.referred_on + interval '1 month' THEN 'month'
            WHEN k.closed_on <= k.referred_on + interval '3 months' THEN 'quarter'
            WHEN k.closed_on <= k.referred_on + interval '12 months' THEN 'year' ELSE 'longer' END
            FROM known k WHERE k.stage = 'closed' AND k.closed_on BETWEEN given_from AND given_until
        UNION ALL SELECT 'told_licensing', r.kind FROM case_release r JOIN known k ON k.id = r.case_id
            WHERE r.released_at::date BETWEEN given_from AND given_until
        UNION ALL SELECT 'dbs', d.state FROM case_duty d JOIN known k ON k.id = d.case_id
            WHERE d.kind = 'dbs' AND d.state = 'done' AND d.settled_on BETWEEN given_from AND given_until
        UNION ALL SELECT 'consultation', n.sector FROM lado_consultation n
            WHERE n.asked_on BETWEEN given_from AND given_until
              AND n.authority_id = (SELECT acting_authority('allegations.work'))
              AND EXISTS (SELECT FROM looked_lately('allegation', '{{listed}}'))
    )
    SELECT c.part, c.word, count(*) FROM counted c GROUP BY 1, 2 ORDER BY 1, 2
$$
"""

OFFICE = "authority_id = (SELECT acting_authority('allegations.work'))"


def upgrade() -> None:
    create_tables()
    op.execute(HAS_LOOKED)
    allow_call("has_looked(text)")
    op.execute(FIGURES)
    allow_call("lado_figures(date, date)")
    of_advice = f"{OFFICE} AND (SELECT has_looked('consultation'))"
    of_settings = f"{OFFICE} AND (SELECT has_looked('setting'))"
    protect("lado_consultation", select=of_advice, insert=OFFICE)
    protect(
        "assured_setting",
        select=of_settings,
        insert=OFFICE,
        update=of_settings,
        update_columns=("kind", "name_sealed", "place_sealed", "contact_sealed", "ended_on"),
    )
    protect("setting_visit", select=of_settings, insert=of_settings)
    for table in ("lado_consultation", "assured_setting", "setting_visit"):
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION stamp_row('recorded_by', 'recorded_at')"
        )


def word(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def create_tables() -> None:
    op.create_table(
        "assured_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            word(("mosque", "madrassa", "church", "other_worship", "club", "tuition", "other"), "setting_kind"),
            nullable=False,
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_assured_setting_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_assured_setting_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_assured_setting"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_assured_setting_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_assured_setting_id_authority_id"),
    )
    op.create_table(
        "lado_consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "referrer_kind",
            word(
                (
                    "licensing",
                    "school_transport",
                    "operator",
                    "school",
                    "police",
                    "social_care",
                    "health",
                    "public",
                    "other_officer",
                    "regulator",
                    "other",
                ),
                "referrer_kind",
            ),
            nullable=False,
        ),
        sa.Column(
            "sector",
            word(
                (
                    "licensed_driver",
                    "operator_staff",
                    "passenger_assistant",
                    "accommodation_provider",
                    "licensed_premises",
                    "other_transport",
                    "education",
                    "early_years",
                    "foster_care",
                    "residential",
                    "health",
                    "faith",
                    "sport",
                    "police",
                    "other",
                ),
                "sector",
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            word(("physical", "emotional", "sexual", "neglect", "conduct", "suitability", "online"), "category"),
            nullable=True,
        ),
        sa.Column("employer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("advice_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name="some_minutes"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_lado_consultation_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_lado_consultation_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_lado_consultation"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_lado_consultation_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_lado_consultation_id_authority_id"),
    )
    op.create_index(
        "ix_lado_consultation_authority_id_asked_on", "lado_consultation", ["authority_id", "asked_on", "id"]
    )
    op.create_table(
        "setting_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("dbs", word(("in_place", "partly", "missing", "not_seen"), "dbs"), nullable=False),
        sa.Column("training", word(("in_place", "partly", "missing", "not_seen"), "training"), nullable=False),
        sa.Column("policy", word(("in_place", "partly", "missing", "not_seen"), "policy"), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("next_on > visited_on", name="next_is_later"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_setting_visit_recorded_by"),
        sa.ForeignKeyConstraint(
            ["setting_id", "authority_id"],
            ["assured_setting.id", "assured_setting.authority_id"],
            name="fk_setting_visit_setting_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_setting_visit"),
    )
    op.create_index("ix_setting_visit_setting_id", "setting_visit", ["setting_id", "visited_on"])
