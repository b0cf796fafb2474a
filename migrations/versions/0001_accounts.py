"""Authorities, users, roles, sessions, and how the database knows who is acting."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect

revision: str = "0001"
down_revision: str | None = None

OWN = "user_id = (SELECT acting_user())"

# Who is acting is asked by every policy. The functions run as their owner because the application's role
# cannot read token hashes; a pinned search_path keeps them from being led to other tables.
LIVE_SESSION = """
CREATE FUNCTION acting_session() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text := current_setting('licensing.token', true);
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT s.id
        FROM user_session s
        JOIN user_account u ON u.id = s.user_id
        JOIN authority a ON a.id = u.authority_id
        WHERE s.token_hash = sha256(convert_to(told, 'UTF8'))
          AND s.ended_at IS NULL
          AND s.expires_at > now()
          AND (s.kind <> 'web' OR s.last_seen_at > now() - interval '15 minutes')
          AND u.status = 'active'
          AND (a.valid_to IS NULL OR a.valid_to >= current_date)
    );
END $$
"""

ACTING_USER = """
CREATE FUNCTION acting_user() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT user_id FROM user_session WHERE id = acting_session()
$$
"""

ACTING_AUTHORITY = """
CREATE FUNCTION acting_authority(wanted text DEFAULT 'signed_in') RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.authority_id
    FROM user_session s
    JOIN user_account u ON u.id = s.user_id
    WHERE s.id = acting_session()
      AND (wanted = 'signed_in' OR EXISTS (
        SELECT FROM role_held h JOIN role_permission p ON p.role = h.role
        WHERE h.user_id = u.id AND h.ended_at IS NULL AND p.permission = wanted
      ))
$$
"""

ACTING_ACCOUNT = """
CREATE FUNCTION acting_account() RETURNS TABLE (
    id uuid, name text, email text, authority_id uuid, authority_name text, authority_code text,
    roles text[], session_id uuid, last_seen_at timestamptz, expires_at timestamptz, is_sample boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.id, u.name, u.email, a.id, a.name, a.code::text,
           ARRAY(SELECT h.role::text FROM role_held h
                 WHERE h.user_id = u.id AND h.ended_at IS NULL ORDER BY h.role),
           s.id, s.last_seen_at, s.expires_at, u.is_sample
    FROM user_session s
    JOIN user_account u ON u.id = s.user_id
    JOIN authority a ON a.id = u.authority_id
    WHERE s.id = acting_session()
$$
"""

# Procedures, because CALL cannot stand inside a SELECT: a flaw that lets somebody alter a query
# gives neither a password hash nor a session.
SIGN_IN_DETAILS = """
CREATE PROCEDURE sign_in_details(
    IN given_email text, IN given_account bytea, IN given_address bytea,
    INOUT user_id uuid DEFAULT NULL, INOUT password_hash text DEFAULT NULL,
    INOUT totp_sealed bytea DEFAULT NULL, INOUT throttled boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    since timestamptz := now() - interval '15 minutes';
    known_here boolean;
BEGIN
    SELECT u.id, c.password_hash, c.totp_sealed INTO user_id, password_hash, totp_sealed
    FROM user_account u JOIN credential c ON c.user_id = u.id JOIN authority a ON a.id = u.authority_id
    WHERE u.email = given_email AND u.status = 'active' AND c.password_hash IS NOT NULL
      AND (a.valid_to IS NULL OR a.valid_to >= current_date);
    -- At an address from which the owner has signed in before, only failures with this account count: neither
    -- strangers elsewhere nor colleagues behind the same address lock the owner out.
    known_here := EXISTS (
        SELECT FROM sign_in_attempt t WHERE t.account = given_account AND t.address = given_address
        AND t.succeeded AND t.tried_at > now() - interval '30 days');
    throttled :=
        (SELECT count(*) >= 5 FROM sign_in_attempt t WHERE t.account = given_account
            AND t.address = given_address AND NOT t.succeeded AND t.tried_at > since)
        OR (NOT known_here AND (
            (SELECT count(*) >= 30 FROM sign_in_attempt t WHERE t.address = given_address
                AND NOT t.succeeded AND t.tried_at > since)
            OR (SELECT count(*) >= 20 FROM sign_in_attempt t WHERE t.account = given_account
                AND NOT t.succeeded AND t.tried_at > since)));
END $$
"""

NOTE_ATTEMPT = """
CREATE PROCEDURE note_attempt(IN given_account bytea, IN given_address bytea, IN given_succeeded boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO sign_in_attempt (account, address, succeeded)
    VALUES (given_account, given_address, given_succeeded);
    DELETE FROM sign_in_attempt WHERE tried_at < now() - interval '30 days';
$$
"""

OPEN_SESSION = """
CREATE PROCEDURE open_session(
    IN given_user uuid, IN given_token_hash bytea, IN given_expiry timestamptz, IN given_step bigint,
    INOUT opened uuid DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- One statement both refuses and remembers: the same code cannot open two sessions, even at once.
    UPDATE credential SET totp_last_step = given_step
    WHERE user_id = given_user AND totp_last_step < given_step;
    IF FOUND THEN
        INSERT INTO user_session (id, user_id, kind, token_hash, expires_at)
        VALUES (gen_random_uuid(), given_user, 'web', given_token_hash, least(given_expiry, now() + interval '10 hours'))
        RETURNING id INTO opened;
    END IF;
END $$
"""

TOUCH_SESSION = """
CREATE PROCEDURE touch_session()
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE user_session SET last_seen_at = now() WHERE id = acting_session()
$$
"""

END_SESSION = """
CREATE PROCEDURE end_session()
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE user_session SET ended_at = now() WHERE id = acting_session()
$$
"""

KEEP_FORM = """
CREATE PROCEDURE keep_form(
    IN given_token_hash bytea, IN given_id uuid, IN given_path text, IN given_sealed bytea,
    INOUT kept boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    owner_id uuid;
BEGIN
    SELECT s.user_id INTO owner_id FROM user_session s
    WHERE s.token_hash = given_token_hash AND s.expires_at > now() - interval '1 day'
      AND s.ended_at IS NULL;
    kept := owner_id IS NOT NULL;
    IF kept THEN
        DELETE FROM kept_form WHERE user_id = owner_id;
        INSERT INTO kept_form (id, user_id, path, sealed) VALUES (given_id, owner_id, given_path, given_sealed);
    END IF;
END $$
"""

INVITATION_DETAILS = """
CREATE PROCEDURE invitation_details(
    IN given_token_hash bytea,
    INOUT user_id uuid DEFAULT NULL, INOUT email text DEFAULT NULL, INOUT name text DEFAULT NULL,
    INOUT totp_sealed bytea DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT u.id, u.email, u.name, c.totp_sealed INTO user_id, email, name, totp_sealed
    FROM invitation i JOIN user_account u ON u.id = i.user_id JOIN credential c ON c.user_id = u.id
    WHERE i.token_hash = given_token_hash AND i.used_at IS NULL AND i.expires_at > now()
      AND u.status = 'invited';
END $$
"""

ACCEPT_INVITATION = """
CREATE PROCEDURE accept_invitation(
    IN given_token_hash bytea, IN given_name text, IN given_password_hash text, IN given_step bigint,
    INOUT accepted boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    invited uuid;
BEGIN
    UPDATE invitation i SET used_at = now()
    FROM user_account u
    WHERE i.token_hash = given_token_hash AND i.used_at IS NULL AND i.expires_at > now()
      AND u.id = i.user_id AND u.status = 'invited'
    RETURNING i.user_id INTO invited;
    accepted := invited IS NOT NULL;
    IF accepted THEN
        UPDATE user_account SET status = 'active', name = given_name WHERE id = invited;
        UPDATE credential SET password_hash = given_password_hash, totp_last_step = given_step
        WHERE user_id = invited;
    END IF;
END $$
"""

FUNCTIONS = {
    "acting_session()": LIVE_SESSION,
    "acting_user()": ACTING_USER,
    "acting_authority(text)": ACTING_AUTHORITY,
    "acting_account()": ACTING_ACCOUNT,
}
PROCEDURES = {
    "sign_in_details(text, bytea, bytea, uuid, text, bytea, boolean)": SIGN_IN_DETAILS,
    "note_attempt(bytea, bytea, boolean)": NOTE_ATTEMPT,
    "open_session(uuid, bytea, timestamptz, bigint, uuid)": OPEN_SESSION,
    "touch_session()": TOUCH_SESSION,
    "end_session()": END_SESSION,
    "keep_form(bytea, uuid, text, bytea, boolean)": KEEP_FORM,
    "invitation_details(bytea, uuid, text, text, bytea)": INVITATION_DETAILS,
    "accept_invitation(bytea, text, text, bigint, boolean)": ACCEPT_INVITATION,
}


def upgrade() -> None:
    create_tables()
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for signature, definition in PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    protect("authority", select="(SELECT acting_user()) IS NOT NULL")
    protect("user_account", select="authority_id = (SELECT acting_authority())")
    protect("role_held", select="user_id IN (SELECT id FROM user_account)")
    protect("role_permission", select="true")
    protect("kept_form", select=OWN, delete=OWN)
    for closed in ("user_session", "credential", "invitation", "sign_in_attempt"):
        protect(closed)


def create_tables() -> None:
    op.create_table(
        "authority",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "county",
                "district",
                "unitary",
                "metropolitan",
                "london",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("functions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("licensing_contact", sa.Text(), nullable=False),
        sa.Column("licensing_email", sa.Text(), nullable=False),
        sa.Column("licensing_phone", sa.Text(), nullable=False),
        sa.Column("agreement_reference", sa.Text(), nullable=True),
        sa.Column("agreement_signed_on", sa.Date(), nullable=True),
        sa.Column("agreement_review_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["successor_id"], ["authority.id"], name="fk_authority_successor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_authority"),
        sa.UniqueConstraint("code", name="uq_authority_code"),
    )
    op.create_table(
        "role_permission",
        sa.Column(
            "role",
            sa.Enum(
                "licensing_officer",
                "licensing_manager",
                "designated_officer",
                "disruption_officer",
                "briefing_author",
                "briefing_approver",
                "briefing_reader",
                "administrator",
                "information_officer",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("role", "permission", name="pk_role_permission"),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "invited",
                "active",
                "suspended",
                "closed",
                name="user_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_user_account_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("email", name="uq_user_account_email"),
    )
    op.create_index("ix_user_account_authority_id", "user_account", ["authority_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_credential_user_id"),
        sa.PrimaryKeyConstraint("user_id", name="pk_credential"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_invitation_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_index("ix_invitation_user_id", "invitation", ["user_id"], unique=False)
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_kept_form_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_form"),
        sa.UniqueConstraint("user_id", name="uq_kept_form_user_id"),
    )
    op.create_table(
        "role_held",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "licensing_officer",
                "licensing_manager",
                "designated_officer",
                "disruption_officer",
                "briefing_author",
                "briefing_approver",
                "briefing_reader",
                "administrator",
                "information_officer",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "granted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_role_held_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_held"),
    )
    op.create_index("ix_role_held_user_id", "role_held", ["user_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "web",
                "console",
                name="session_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_user_session_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_user_session"),
        sa.UniqueConstraint("token_hash", name="uq_user_session_token_hash"),
    )
    op.create_index("ix_user_session_user_id", "user_session", ["user_id"], unique=False)
