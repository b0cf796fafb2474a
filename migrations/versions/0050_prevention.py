"""Prevention: counts of agencies and what makes people aware; and files of disruption, awareness and indicators.

Counts are plain, so everybody who works on disruption reads every council's; the council that recorded a row corrects
it by another. Files of these kinds are brought in by whoever works on disruption. One of actions may name people whom
only some agencies may know of, so that it is seen by nobody but whoever brought it. The key that a file gives an
action is an agency's own: another agency of the same council, which may not know of the action, is not told that the
key is taken.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role, protect, within

revision: str = "0050"
down_revision: str | None = "0049"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
WORK = "disruption.work"
KINDS = ("disruption", "awareness", "indicators")
COUNTED = ("indicator_count", "awareness_activity")
WHOSE_FILE = f"""CASE
    WHEN kind = 'disruption' THEN {within(WORK)} AND staged_by = (SELECT acting_user())
    WHEN kind IN ('awareness', 'indicators') THEN {within(WORK)}
    ELSE {within("imports.make")} END"""
OF_A_FILE = "import_id IN (SELECT i.id FROM import i)"

# The places of the registers that have exactly such a name and postcode: many at once, and what places_found tells.
PLACES_NAMED = f"""
CREATE FUNCTION places_named(names text[], postcodes text[])
RETURNS TABLE (id uuid, authority_id uuid, name text, postcode text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id, p.authority_id, g.name, g.postcode
    FROM (SELECT DISTINCT * FROM unnest(names, postcodes)) AS g (name, postcode)
    JOIN premises p ON p.sort_name = g.name AND replace(lower(p.postcode), ' ', '') = g.postcode
    WHERE EXISTS (SELECT acting_agencies()) AND g.postcode <> ''
    ORDER BY p.sort_name, p.id
$$
"""


def upgrade() -> None:
    create_tables()
    for table in COUNTED:
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION stamp_row('recorded_by', 'recorded_at')"
        )
        op.execute(
            f"CREATE TRIGGER keep_superseded_at BEFORE UPDATE ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION keep_settled('superseded_at')"
        )
        op.execute(
            f"CREATE CONSTRAINT TRIGGER need_successor AFTER UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW WHEN (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL"
            f" AND NOT acts_as_owner_of('{table}'::regclass)) EXECUTE FUNCTION need_successor()"
        )
        protect(
            table,
            select=f"(SELECT acting_authority('{WORK}')) IS NOT NULL",
            insert=within(WORK),
            update=within(WORK),
            update_columns=("superseded_at",),
        )
    let_files_in()
    op.execute(PLACES_NAMED)
    allow_call("places_named(text[], text[])")


def let_files_in() -> None:
    for kind in KINDS:
        admit_also("import", "kind", "import_kind", kind)
    for command, clause in {
        "select": f"USING ({WHOSE_FILE})",
        "insert": f"WITH CHECK ({WHOSE_FILE})",
        "update": f"USING ({WHOSE_FILE}) WITH CHECK ({WHOSE_FILE})",
    }.items():
        renew("import", command, clause)
    renew("import_chunk", "select", f"USING ({OF_A_FILE})")
    renew("import_chunk", "insert", f"WITH CHECK ({OF_A_FILE})")
    op.drop_constraint("uq_disruption_action_authority_id_source_id", "disruption_action")
    op.create_unique_constraint(
        "uq_disruption_action_recording_agency_id_source_id", "disruption_action", ["recording_agency_id", "source_id"]
    )


def renew(table: str, command: str, clause: str) -> None:
    """Another condition in place of the one that a table's policy has."""
    name = f"{table}_{command}"
    op.execute(f"DROP POLICY {name} ON {table}")
    op.execute(f"CREATE POLICY {name} ON {table} FOR {command.upper()} TO {app_role()} {clause}")


def create_tables() -> None:
    op.create_table(
        "indicator_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        *recorded("indicator_count"),
        sa.CheckConstraint("value >= 0", name=op.f("ck_indicator_count_counted")),
        sa.CheckConstraint("period_end >= period_start", name=op.f("ck_indicator_count_begins_first")),
    )
    standing = sa.text("superseded_at IS NULL")
    op.create_index(
        "uq_indicator_count_standing",
        "indicator_count",
        ["authority_id", "code", "agency_id", "period_start", "period_end"],
        unique=True,
        postgresql_where=standing,
    )
    op.create_index("ix_indicator_count_period_end", "indicator_count", ["period_end", "id"], unique=False)
    op.create_index("ix_indicator_count_agency_id", "indicator_count", ["agency_id"], unique=False)
    op.create_table(
        "awareness_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("kind", word("awareness_kind", AWARENESS_KINDS), nullable=False),
        sa.Column("audience", word("awareness_audience", AUDIENCES), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        *recorded("awareness_activity"),
        sa.CheckConstraint("reach >= 0", name=op.f("ck_awareness_activity_counted")),
    )
    op.create_index(
        "uq_awareness_activity_source_id",
        "awareness_activity",
        ["authority_id", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL AND superseded_at IS NULL"),
    )
    op.create_index("ix_awareness_activity_held_on", "awareness_activity", ["held_on", "id"], unique=False)
    op.create_index("ix_awareness_activity_agency_id", "awareness_activity", ["agency_id"], unique=False)


AWARENESS_KINDS = (
    "campaign",
    "visit",
    "briefing",
    "training",
    "workshop",
    "learning_event",
    "publication",
    "other",
)
AUDIENCES = (
    "hotels",
    "drivers",
    "operators",
    "licensed_premises",
    "takeaways",
    "housing_associations",
    "councillors",
    "parish_councils",
    "children",
    "parents",
    "schools",
    "workforce",
    "faith_groups",
    "stakeholders",
    "public",
    "other",
)


def word(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def recorded(table: str) -> list[sa.schema.SchemaItem]:
    """Whose it is, who recorded it, and what it takes the place of."""
    return [
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f(f"fk_{table}_recorded_by")),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            [f"{table}.id", f"{table}.authority_id"],
            name=op.f(f"fk_{table}_supersedes_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", "authority_id", name=f"uq_{table}_id_authority_id"),
    ]
