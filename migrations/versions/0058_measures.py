"""Figures that are exact as at a moment, the month's briefings drafted by themselves, and measures by quarter.

What a case of the designated officer's, an outcome and a date of birth were believed to be is kept from now on when it is
put right; `figures_exact` says since when. Nobody reads what is kept but the functions that count.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect, within

revision: str = "0058"
down_revision: str | None = "0057"

HERE = Path(__file__).parent
FOR_THE_MONTH = (
    "figures_places()",
    "briefings_due(date, int, text[])",
    "briefings_published(uuid)",
    "tell_of_monthly_drafts(uuid, uuid, date)",
    "briefings_drafting()",
)
# Whoever answers for a measure today, by the choice of their own council that holds.
OWNS_MEASURE = """
CREATE FUNCTION owns_measure(given_code text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT c.owner_id = acting_user() FROM measure_choice c
        WHERE c.authority_id = acting_authority('figures.read') AND c.code = given_code
          AND c.valid_from <= (now() AT TIME ZONE 'Europe/London')::date
        ORDER BY c.valid_from DESC, c.recorded_at DESC, c.id LIMIT 1), false)
$$
"""
OFFICER = "owner_id IN (SELECT u.id FROM user_account u)"
KEPT_CASE = ("sector", "referred_on", "threshold_met", "threshold_on", "closed_on")


def upgrade() -> None:
    keep_what_was_believed()
    run("0058_figures.sql")
    follow_what_is_put_right()
    create_schedule()
    run("0058_monthly.sql")
    for routine in FOR_THE_MONTH:
        allow_call(routine)
    allow_call("draft_briefing_of_month(jsonb)", "PROCEDURE")
    create_measures()
    admit_also("task", "kind", "task_kind", "briefings_drafted")


def run(name: str) -> None:
    """Several statements in one text, for the driver, as it stands. What is replaced keeps what was granted."""
    driver = op.get_bind().connection.driver_connection
    driver.execute((HERE / name).read_text(encoding="utf-8"))  # type: ignore[union-attr]  (a migration is connected)


def keep_what_was_believed() -> None:
    op.create_table(
        "lado_case_kept",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *_kept(),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("threshold_met", sa.Boolean(), nullable=True),
        sa.Column("threshold_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *_keyed("lado_case_kept", "case_id"),
    )
    op.create_table(
        "allegation_kept",
        sa.Column("allegation_id", sa.Uuid(), nullable=False),
        *_kept(),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        *_keyed("allegation_kept", "allegation_id"),
    )
    op.create_table(
        "person_birth_kept",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *_kept(),
        sa.Column("was_known", sa.Boolean(), nullable=False),
        *_keyed("person_birth_kept", "person_id"),
    )
    op.create_table(
        "figures_exact",
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("since", name="pk_figures_exact"),
    )
    op.execute("INSERT INTO figures_exact DEFAULT VALUES")
    for table in ("lado_case_kept", "allegation_kept", "person_birth_kept"):
        protect(table)
    protect("figures_exact", select="(SELECT acting_user()) IS NOT NULL")


def _kept() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
    )


def _keyed(table: str, column: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=f"fk_{table}_authority_id"),
        sa.PrimaryKeyConstraint(column, "replaced_at", name=f"pk_{table}"),
    )


def follow_what_is_put_right() -> None:
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in KEPT_CASE)
    for table, routine, of, when in (
        ("lado_case", "keep_case_as_believed", ", ".join(KEPT_CASE), changed),
        ("allegation", "keep_outcome_as_believed", "outcome", "OLD.outcome IS DISTINCT FROM NEW.outcome"),
        (
            "person",
            "keep_birth_as_believed",
            "date_of_birth",
            "(OLD.date_of_birth IS NULL) <> (NEW.date_of_birth IS NULL)",
        ),
    ):
        op.execute(f"REVOKE ALL ON FUNCTION {routine}() FROM PUBLIC")
        op.execute(
            f"CREATE TRIGGER {routine} AFTER UPDATE OF {of} ON {table} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION {routine}()"
        )


def create_schedule() -> None:
    """A council's own day of the month and audiences; the last row holds."""
    op.create_table(
        "briefing_schedule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("day_of_month", sa.Integer(), nullable=False),
        sa.Column("audiences", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("day_of_month BETWEEN 1 AND 28", name=op.f("ck_briefing_schedule_in_every_month")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_briefing_schedule_authority_id"),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name="fk_briefing_schedule_set_by"),
        sa.PrimaryKeyConstraint("id", name="pk_briefing_schedule"),
    )
    op.create_index("ix_briefing_schedule_authority_id_set_at", "briefing_schedule", ["authority_id", "set_at"])
    stamp("briefing_schedule", "'set_by', 'set_at'")
    protect("briefing_schedule", select=within("figures.read"), insert=within("briefings.approve"))


def stamp(table: str, arguments: str) -> None:
    op.execute(
        f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
    )


def create_measures() -> None:
    op.create_table(
        "measure_choice",
        *_of_measure(),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.Column(
            "better",
            sa.Enum("more", "fewer", "neither", name="better", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "target BETWEEN 0 AND 1000 AND tolerance BETWEEN 0 AND 1000", name=op.f("ck_measure_choice_in_bounds")
        ),
        *_keys("measure_choice", "owner_id", "recorded_by"),
    )
    op.create_index("ix_measure_choice_authority_id_code", "measure_choice", ["authority_id", "code", "valid_from"])
    op.create_table(
        "measure_comment",
        *_of_measure(),
        sa.Column("quarter_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *_keys("measure_comment", "by_id"),
    )
    op.create_index("ix_measure_comment_authority_id_code", "measure_comment", ["authority_id", "code", "quarter_on"])
    stamp("measure_choice", "'recorded_by', 'recorded_at'")
    stamp("measure_comment", "'by_id', 'at'")
    op.execute(OWNS_MEASURE)
    allow_call("owns_measure(text)")
    protect("measure_choice", select=within("figures.read"), insert=f"{within('briefings.approve')} AND {OFFICER}")
    comments = f"{within('figures.read')} AND owns_measure(code)"
    protect("measure_comment", select=within("figures.read"), insert=comments)


def _of_measure() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
    )


def _keys(table: str, *people: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=f"fk_{table}_authority_id"),
        *(sa.ForeignKeyConstraint([one], ["user_account.id"], name=f"fk_{table}_{one}") for one in people),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
