"""Returns: what a council's licensing service is asked for, counted by the functions of the figures.

A licensing service is given the counts of its own council by the functions that count for briefings; of the designated
officer's cases, of clocks and of disruption it is not. And under which names the national register of taxis and private
hire vehicles knows a council is kept.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect, within

revision: str = "0057"
down_revision: str | None = "0056"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
ASKS = "(given_from date, given_until date, given_at timestamptz)"
COUNTS = "RETURNS TABLE (authority_id uuid, code text, number bigint)"
AREA = "IN (SELECT returns_area())"
DRIVERS = "('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')"
VEHICLES = "('hackney_carriage_vehicle', 'private_hire_vehicle')"
ADVERSE = "('refused', 'renewal_refused', 'suspended', 'revoked')"
STANDS = "{0}.recorded_at <= given_at AND ({0}.superseded_at IS NULL OR {0}.superseded_at > given_at)"
DAY = "coalesce(e.decided_on, e.notified_on, e.effective_on, e.starts_on)"

# Whoever makes returns counts for their own council alone: a county's licensing service not for its districts.
RETURNS_AREA = f"""
CREATE FUNCTION returns_area() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT figures_area() UNION SELECT a.id FROM authority a WHERE a.id = acting_authority('returns.make')
$$
"""
# What was in force on a day, as it was believed at a moment: as migration 0053 has it, with the licence.
IN_FORCE_AS_AT = f"""
CREATE FUNCTION in_force_as_at(given_day date, given_at timestamptz)
RETURNS TABLE (authority_id uuid, person_id uuid, kind text, licence_id uuid)
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
    SELECT b.authority_id, b.person_id, b.kind, b.licence_id FROM believed b JOIN licence l ON l.id = b.licence_id
    WHERE l.recorded_at <= given_at
      AND b.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
$$
"""
# Decisions on drivers by the kind of licence and by what the relevant information was about: of an event that was
# corrected, what the decision said that first made it. And whether anything is recorded at all that a figure rests on:
# of a register that is not kept here, none is no answer.
FIGURES_OF_RETURNS = f"""
CREATE FUNCTION figures_of_returns{ASKS} {COUNTS}
LANGUAGE sql STABLE {PINNED} AS $$
    WITH RECURSIVE happened AS MATERIALIZED (
        SELECT e.id, e.authority_id, e.kind, l.kind AS licence_kind, e.supersedes_id
        FROM licence_event e JOIN licence l ON l.id = e.licence_id
        WHERE e.authority_id {AREA} AND {STANDS.format("e")} AND l.kind IN {DRIVERS}
          AND e.kind IN ('granted', 'renewed', 'refused', 'renewal_refused', 'suspended', 'revoked')
          AND {DAY} BETWEEN given_from AND given_until
    ), said (id, said_id, before_id) AS (
        SELECT h.id, h.id, h.supersedes_id FROM happened h WHERE h.kind IN {ADVERSE}
        UNION ALL
        SELECT s.id, e.id, e.supersedes_id FROM said s JOIN licence_event e ON e.id = s.before_id
    ), limb AS (
        SELECT DISTINCT s.id, unnest(n.limbs) AS word FROM said s
        JOIN decision n ON n.event_id = s.said_id AND n.recorded_at <= given_at
    ), vehicle_held AS (
        SELECT f.authority_id, f.kind, v.wheelchair_accessible AS accessible FROM in_force_as_at(given_until, given_at) f
        JOIN licence l ON l.id = f.licence_id JOIN vehicle v ON v.id = l.vehicle_id WHERE f.kind IN {VEHICLES}
    ), counted AS (
        SELECT h.authority_id, 'decisions.' || h.kind || '.' || h.licence_kind AS code FROM happened h
        UNION ALL SELECT h.authority_id, 'decisions.renewed' FROM happened h WHERE h.kind = 'renewed'
        UNION ALL SELECT h.authority_id, 'decisions.' || h.kind || '.about.' || coalesce(b.word, 'not_recorded')
            FROM happened h LEFT JOIN limb b ON b.id = h.id WHERE h.kind IN {ADVERSE}
        UNION ALL SELECT v.authority_id, 'vehicles.' || v.kind || CASE WHEN v.accessible THEN '.accessible'
            WHEN NOT v.accessible THEN '.not_accessible' ELSE '.not_recorded' END FROM vehicle_held v
        UNION ALL SELECT l.authority_id, 'recorded.' || CASE WHEN l.kind IN {DRIVERS} THEN 'drivers'
                WHEN l.kind IN {VEHICLES} THEN 'vehicles' ELSE 'operators' END FROM licence l
            WHERE l.authority_id {AREA} AND l.recorded_at <= given_at
              AND l.kind IN ('private_hire_operator', 'hackney_carriage_vehicle', 'private_hire_vehicle',
                'hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
        UNION ALL SELECT e.authority_id, 'recorded.decisions' FROM licence_event e
            JOIN licence l ON l.id = e.licence_id AND l.kind IN {DRIVERS}
            WHERE e.authority_id {AREA} AND {STANDS.format("e")} AND {DAY} <= given_from
        UNION ALL SELECT s.authority_id, 'recorded.nr3s_searches' FROM nr3s_search s
            WHERE s.authority_id {AREA} AND s.recorded_at <= given_at AND s.searched_on <= given_until
        UNION ALL SELECT n.authority_id, 'recorded.nr3s_entries' FROM nr3s_entry n
            WHERE n.authority_id {AREA} AND n.recorded_at <= given_at
        UNION ALL SELECT c.authority_id, 'recorded.dbs' FROM vetting_check c
            WHERE c.authority_id {AREA} AND c.recorded_at <= given_at AND c.kind IN ('enhanced_dbs', 'dbs_status')
        UNION ALL SELECT r.authority_id, 'recorded.training' FROM training_record r
            WHERE r.authority_id {AREA} AND r.recorded_at <= given_at AND r.audience = 'driver'
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$
"""
# figures_of_holders counts what in_force_as_at gives, and so needs no change.
TOLD_TO_LICENSING = ("figures_of_decisions", "figures_of_sharing")


def upgrade() -> None:
    for table in ("audit_entry", "task", "proposal", "clock", "relied_item"):
        admit_also(table, "object_kind", "object_kind", "return")
    admit_also("flag_seen", "through", "through", "return")
    op.execute(RETURNS_AREA)
    allow_call("returns_area()")
    op.execute("DROP FUNCTION in_force_as_at(date, timestamptz)")
    op.execute(IN_FORCE_AS_AT)
    op.execute("REVOKE ALL ON FUNCTION in_force_as_at(date, timestamptz) FROM PUBLIC")
    for name in TOLD_TO_LICENSING:
        widen(name)
    op.execute(FIGURES_OF_RETURNS)
    allow_call("figures_of_returns(date, date, timestamptz)")
    keep_names()


def widen(name: str) -> None:
    """The same function, word for word, of the wider area: nothing is counted in a second way."""
    found = sa.text("SELECT pg_get_functiondef(CAST(:name AS regproc))")
    definition = str(op.get_bind().scalar(found, {"name": name}))
    if "figures_area()" not in definition:
        raise RuntimeError(f"{name} does not ask for the area")
    op.get_bind().exec_driver_sql(definition.replace("figures_area()", "returns_area()"))


def keep_names() -> None:
    op.create_table(
        "national_register_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("identifier ~ '^[A-Za-z0-9]+$'", name=op.f("ck_national_register_name_letters_and_digits")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 50", name=op.f("ck_national_register_name_short_enough")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_national_register_name_authority_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_national_register_name_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_register_name")),
    )
    op.create_index("ix_national_register_name_authority_id_at", "national_register_name", ["authority_id", "at"])
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON national_register_name"
        " FOR EACH ROW EXECUTE FUNCTION stamp_row('by_id', 'at')"
    )
    own = within("returns.make")
    protect("national_register_name", select=own, insert=own)
