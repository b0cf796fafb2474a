"""Who is told that something awaits their approval; and what long lists of people are read from."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0017"
down_revision: str | None = "0016"

LICENCE_KINDS = (
    "hackney_carriage_driver",
    "private_hire_driver",
    "dual_driver",
    "hackney_carriage_vehicle",
    "private_hire_vehicle",
    "private_hire_operator",
    "county_transport_badge",
    "premises_licence",
    "club_premises_certificate",
    "personal_licence",
    "hmo_licence",
    "food_registration",
    "gambling_premises",
    "sexual_entertainment_venue",
    "street_trading",
)

# Of the proposal that the running job is about, and of no other: everybody who may decide it now, as 0007 has it.
APPROVERS_TO_TELL = """
CREATE FUNCTION approvers_to_tell() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('tell_approvers') IS NULL THEN
        RAISE EXCEPTION 'only the job tell_approvers does this' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
        SELECT u.id
        FROM procrastinate_jobs j
        JOIN proposal p ON p.id::text = j.args ->> 'proposal_id'
        JOIN proposal_part d ON d.proposal_id = p.id AND d.decided_at IS NULL
        JOIN user_account u ON u.authority_id = d.authority_id AND u.status = 'active'
        WHERE j.id = acting_job('tell_approvers')
          AND p.status = 'open' AND p.expires_at > now() AND u.id NOT IN (p.proposed_by, p.object_id)
          AND EXISTS (SELECT FROM role_held h JOIN role_permission r ON r.role = h.role
                      WHERE h.user_id = u.id AND h.ended_at IS NULL AND r.permission = p.permission)
        ORDER BY u.id;
END $$
"""


def upgrade() -> None:
    op.execute(APPROVERS_TO_TELL)
    allow_call("approvers_to_tell()")
    add_kind_to_periods()
    make_indexes()


def add_kind_to_periods() -> None:
    op.add_column("licence_period", sa.Column("kind", sa.String(length=40), nullable=True))
    op.execute("UPDATE licence_period p SET kind = l.kind FROM licence l WHERE l.id = p.licence_id")
    op.alter_column("licence_period", "kind", nullable=False)
    listed = ", ".join(f"'{kind}'" for kind in LICENCE_KINDS)
    op.create_check_constraint("licence_kind", "licence_period", f"kind IN ({listed})")


def make_indexes() -> None:
    op.drop_index("ix_licence_period_authority_id_status", "licence_period")
    op.create_index(
        "ix_licence_period_authority_id_status",
        "licence_period",
        ["authority_id", "status", "kind", "from_on", "until_on", "person_id"],
    )
    op.create_index(
        "ix_licence_period_person_id",
        "licence_period",
        ["person_id"],
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.drop_index("ix_person_authority_id_sort_name", "person")
    op.create_index(
        "ix_person_authority_id_sort_name",
        "person",
        ["authority_id", "sort_name", "id"],
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
