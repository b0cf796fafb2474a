"""Approvals: what one person proposes and another decides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect

revision: str = "0007"
down_revision: str | None = "0006"

KINDS = (
    "role_grant",
    "second_factor_reset",
    "merge",
    "unmerge",
    "cross_merge",
    "cross_unmerge",
    "correction",
    "void",
    "purge",
    "export",
)
OBJECT_KINDS = (
    "user",
    "authority",
    "person",
    "licence",
    "premises",
    "organisation",
    "vehicle",
    "merge",
    "link",
    "proposal",
    "task",
    "job",
    "driver_check",
    "import",
    "audit",
    "page",
)
STATUSES = ("open", "approved", "refused", "withdrawn", "expired")

# The proposer, and whoever may decide for one of the authorities that must agree.
READABLE = """
    proposed_by = (SELECT acting_user())
    OR (permission = ANY ((SELECT acting_permissions())::text[]) AND (SELECT acting_authority()) = ANY (authorities))
"""

ACTING_PERMISSIONS = """
CREATE FUNCTION acting_permissions() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT p.permission), '{}')
    FROM user_session s
    JOIN role_held h ON h.user_id = s.user_id AND h.ended_at IS NULL
    JOIN role_permission p ON p.role = h.role
    WHERE s.id = acting_session()
$$
"""

# Which permission decides a kind is the database's word too: no proposal can name an easier approver.
APPROVING_PERMISSION = """
CREATE FUNCTION approving_permission(given_kind text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN given_kind IN ('role_grant', 'second_factor_reset') THEN 'roles.approve' ELSE 'changes.approve' END
$$
"""

# Who may ask for a kind: whoever lost this, or the account, since they asked no longer takes part in the decision.
PROPOSING_PERMISSION = """
CREATE FUNCTION proposing_permission(given_kind text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN given_kind IN ('role_grant', 'second_factor_reset') THEN 'users.manage'
        WHEN given_kind = 'cross_merge' THEN 'driver_check.make' ELSE 'register.edit' END
$$
"""

# What concerns somebody's account is proposed by an administrator of that account's authority, for it alone.
PROPOSE = """
CREATE PROCEDURE propose(
    IN given_id uuid, IN given_kind text, IN given_object_kind text, IN given_object uuid, IN given_code text,
    IN given_payload bytea, IN given_reason bytea, IN given_authorities uuid[], IN given_expiry timestamptz,
    INOUT proposed boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine uuid := acting_authority(proposing_permission(given_kind));
    me uuid := acting_user();
    asked uuid[];
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION 'who acts may not propose this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    asked := ARRAY(SELECT DISTINCT unnest(mine || given_authorities) ORDER BY 1);
    IF approving_permission(given_kind) = 'roles.approve' AND (
        asked <> ARRAY[mine] OR NOT EXISTS (
            SELECT FROM user_account u
            WHERE u.id = given_object AND u.authority_id = acting_authority('users.manage') AND u.id <> me))
    THEN
        RAISE EXCEPTION 'only an administrator proposes this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE proposal SET status = 'expired', ended_at = expires_at
    WHERE kind = given_kind AND object_id = given_object AND code = given_code
      AND status = 'open' AND expires_at <= now();
    INSERT INTO proposal (id, authority_id, kind, object_kind, object_id, code, permission, authorities, status,
        payload_sealed, reason_sealed, proposed_by, proposed_by_name, expires_at)
    SELECT given_id, mine, given_kind, given_object_kind, given_object, given_code,
        approving_permission(given_kind), asked, 'open', given_payload, given_reason, u.id, u.name,
        least(given_expiry, now() + interval '14 days')
    FROM user_account u WHERE u.id = me
    ON CONFLICT (kind, object_id, code) WHERE status = 'open' DO NOTHING;
    proposed := FOUND;
    IF proposed THEN
        INSERT INTO proposal_part (id, proposal_id, authority_id)
        SELECT gen_random_uuid(), given_id, a FROM unnest(asked) AS a;
    END IF;
END $$
"""

# Who is told that it is waiting already: whoever acts for an authority that must agree.
OPEN_PROPOSAL = """
CREATE FUNCTION open_proposal(given_kind text, given_object uuid, given_code text)
RETURNS TABLE (id uuid, proposed_by_name text, proposed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.proposed_by_name, p.proposed_at FROM proposal p
    WHERE p.kind = given_kind AND p.object_id = given_object AND p.code = given_code
      AND p.status = 'open' AND p.expires_at > now() AND acting_authority() = ANY (p.authorities)
$$
"""

# The lock makes one of two who decide at once wait for the other, and then find it decided. Two people agree to what
# is approved: it is not, while whoever asked could not ask for it today.
DECIDE = """
CREATE PROCEDURE decide_proposal(
    IN given_proposal uuid, IN given_approved boolean, IN given_refusal bytea,
    INOUT taken boolean DEFAULT NULL, INOUT proposer_may boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal;
    mine uuid;
    me uuid := acting_user();
BEGIN
    SELECT * INTO one FROM proposal WHERE id = given_proposal FOR UPDATE;
    mine := acting_authority(one.permission);
    IF mine IS NULL OR mine <> ALL (one.authorities) OR me IN (one.proposed_by, one.object_id) THEN
        RAISE EXCEPTION 'this is for others to decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    taken := false;
    proposer_may := EXISTS (
        SELECT FROM user_account u JOIN authority a ON a.id = u.authority_id
        JOIN role_held h ON h.user_id = u.id AND h.ended_at IS NULL
        JOIN role_permission p ON p.role = h.role
        WHERE u.id = one.proposed_by AND u.status = 'active' AND (a.valid_to IS NULL OR a.valid_to >= current_date)
          AND p.permission = proposing_permission(one.kind));
    IF one.status <> 'open' OR one.expires_at <= now() OR (given_approved AND NOT proposer_may) THEN
        RETURN;
    END IF;
    UPDATE proposal_part SET approved = given_approved, decided_at = now(), decided_by = me,
        decided_by_name = (SELECT u.name FROM user_account u WHERE u.id = me)
    WHERE proposal_id = one.id AND authority_id = mine AND decided_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    taken := true;
    IF NOT given_approved THEN
        UPDATE proposal SET status = 'refused', ended_at = now(), refusal_sealed = given_refusal WHERE id = one.id;
    ELSIF NOT EXISTS (SELECT FROM proposal_part p WHERE p.proposal_id = one.id AND p.approved IS NOT TRUE) THEN
        UPDATE proposal SET status = 'approved', ended_at = now() WHERE id = one.id;
    END IF;
END $$
"""

WITHDRAW = """
CREATE PROCEDURE withdraw_proposal(IN given_proposal uuid, INOUT taken boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE proposal SET status = 'withdrawn', ended_at = now()
    WHERE id = given_proposal AND proposed_by = acting_user() AND status = 'open';
    taken := FOUND;
END $$
"""

# These hold for the owner as well, whatever procedure is written later. Sealed columns may be sealed anew.
GUARD_PROPOSAL = """
CREATE FUNCTION guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'open' THEN
        RAISE EXCEPTION 'a proposal ends once';
    END IF;
    IF (NEW.kind, NEW.object_id, NEW.code, NEW.permission, NEW.authorities, NEW.proposed_by)
        IS DISTINCT FROM (OLD.kind, OLD.object_id, OLD.code, OLD.permission, OLD.authorities, OLD.proposed_by) THEN
        RAISE EXCEPTION 'what was proposed does not change';
    END IF;
    RETURN NEW;
END $$
"""
GUARD_PART = """
CREATE FUNCTION guard_proposal_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'a proposal is decided once';
    END IF;
    IF EXISTS (SELECT FROM proposal p WHERE p.id = NEW.proposal_id
               AND (p.status <> 'open' OR NEW.decided_by IN (p.proposed_by, p.object_id))) THEN
        RAISE EXCEPTION 'nobody decides their own proposal, or one that has ended';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER guard BEFORE UPDATE OF status, kind, object_id, code, permission, authorities, proposed_by"
    " ON proposal FOR EACH ROW EXECUTE FUNCTION guard_proposal()",
    "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON proposal_part FOR EACH ROW EXECUTE FUNCTION guard_proposal_part()",
)

FUNCTIONS = {
    "acting_permissions()": ACTING_PERMISSIONS,
    "open_proposal(text, uuid, text)": OPEN_PROPOSAL,
}
PROCEDURES = {
    "propose(uuid, text, text, uuid, text, bytea, bytea, uuid[], timestamptz, boolean)": PROPOSE,
    "decide_proposal(uuid, boolean, bytea, boolean, boolean)": DECIDE,
    "withdraw_proposal(uuid, boolean)": WITHDRAW,
}


def upgrade() -> None:
    create_tables()
    op.execute(APPROVING_PERMISSION)
    op.execute(PROPOSING_PERMISSION)
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for signature, definition in PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    for statement in (GUARD_PROPOSAL, GUARD_PART, *TRIGGERS):
        op.execute(statement)
    protect("proposal", select=READABLE)
    protect("proposal_part", select="proposal_id IN (SELECT id FROM proposal)")


def create_tables() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _word(KINDS, "proposal_kind"), nullable=False),
        sa.Column("object_kind", _word(OBJECT_KINDS, "object_kind"), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("authorities", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("status", _word(STATUSES, "proposal_status"), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("refusal_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_proposal_authority_id"),
        sa.ForeignKeyConstraint(["proposed_by"], ["user_account.id"], name="fk_proposal_proposed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index(
        "uq_proposal_open",
        "proposal",
        ["kind", "object_id", "code"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_proposal_status_proposed_at", "proposal", ["status", "proposed_at"])
    op.create_index("ix_proposal_proposed_by", "proposal", ["proposed_by"])
    op.create_table(
        "proposal_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_proposal_part_authority_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name="fk_proposal_part_decided_by"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_part_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_part"),
        sa.UniqueConstraint("proposal_id", "authority_id", name="uq_proposal_part_proposal_id_authority_id"),
    )


def _word(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
