"""Who is told that something awaits their approval; and indexes with which long lists are read in order."""

from alembic import op

from licensing.row_security import allow_call

revision: str = "0017"
down_revision: str | None = "0016"

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
