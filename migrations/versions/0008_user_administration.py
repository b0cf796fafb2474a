"""Users: what administrators do, resets by link, recovery codes, step-up, access reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect, within

revision: str = "0008"
down_revision: str | None = "0007"

LINK_KINDS = ("invitation", "password_reset", "second_factor_reset")

IS_PRIVILEGED = """
CREATE FUNCTION is_privileged(given_role text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT given_role IN ('designated_officer', 'licensing_manager', 'auditor', 'administrator')
$$
"""

SECOND_FACTOR_AT = """
CREATE FUNCTION acting_second_factor_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT second_factor_at FROM user_session WHERE id = acting_session()
$$
"""

# Both rows are locked before anything is asked, in one order: of two administrators who suspend each other at
# once, the second is one no longer when it is their turn. So nobody is ever the last to go.
# A minute more than the page allows, so that no form fails between the page's question and this one.
CHECK_ADMINISTERS = """
CREATE FUNCTION check_administers(given_user uuid) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM user_account WHERE id IN (given_user, acting_user()) ORDER BY id FOR UPDATE;
    IF given_user = acting_user()
        OR NOT EXISTS (SELECT FROM user_account u
                       WHERE u.id = given_user AND u.authority_id = acting_authority('users.manage'))
        OR coalesce(acting_second_factor_at() < now() - interval '6 minutes', true)
    THEN
        RAISE EXCEPTION 'only another administrator of the council does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$
"""

# now() is the beginning of the transaction: the acting user gave the last approval in this very one.
CHECK_APPROVED = """
CREATE FUNCTION check_approved(given_proposal uuid, given_kind text) RETURNS proposal
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    one proposal;
BEGIN
    SELECT p.* INTO one FROM proposal p JOIN proposal_part d ON d.proposal_id = p.id
    WHERE p.id = given_proposal AND p.kind = given_kind AND p.status = 'approved'
      AND d.decided_by = acting_user() AND d.decided_at = now();
    IF one.id IS NULL THEN
        RAISE EXCEPTION 'nobody has just approved this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN one;
END $$
"""

# A code counts once: the same statement refuses and remembers, also of two at the same moment.
TAKE_SECOND_FACTOR = """
CREATE FUNCTION take_second_factor(given_user uuid, given_step bigint, given_code_hash bytea) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE credential SET totp_last_step = given_step
    WHERE user_id = given_user AND totp_last_step < given_step;
    IF NOT FOUND THEN
        UPDATE recovery_code SET used_at = now()
        WHERE user_id = given_user AND code_hash = given_code_hash AND used_at IS NULL;
    END IF;
    RETURN FOUND;
END $$
"""

END_SESSIONS = """
CREATE FUNCTION end_sessions_of(given_user uuid, given_kept uuid DEFAULT NULL) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    UPDATE user_session SET ended_at = now()
    WHERE user_id = given_user AND ended_at IS NULL AND id IS DISTINCT FROM given_kept
$$
"""

WRITE_LINK = """
CREATE FUNCTION write_link(
    given_user uuid, given_kind text, given_token_hash bytea, given_expiry timestamptz, given_proposal uuid
) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    UPDATE invitation SET used_at = now() WHERE user_id = given_user AND kind = given_kind AND used_at IS NULL;
    INSERT INTO invitation (id, user_id, kind, token_hash, expires_at, proposal_id)
    VALUES (gen_random_uuid(), given_user, given_kind, given_token_hash,
        least(given_expiry, now() + CASE given_kind WHEN 'invitation' THEN interval '7 days' ELSE interval '1 hour' END),
        given_proposal);
$$
"""

# What an administrator does.

INVITE_USER = """
CREATE PROCEDURE invite_user(
    IN given_id uuid, IN given_email text, IN given_name text, IN given_totp bytea, IN given_token_hash bytea,
    IN given_expiry timestamptz, INOUT invited boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO user_account (id, authority_id, email, name, status, is_sample)
    SELECT given_id, u.authority_id, given_email, given_name, 'invited', u.is_sample
    FROM user_account u WHERE u.id = acting_user() AND u.authority_id = acting_authority('users.manage')
    ON CONFLICT (email) DO NOTHING;
    invited := FOUND;
    IF invited THEN
        PERFORM check_administers(given_id);
        INSERT INTO credential (user_id, totp_sealed, totp_last_step) VALUES (given_id, given_totp, 0);
        PERFORM write_link(given_id, 'invitation', given_token_hash, given_expiry, NULL);
    ELSIF acting_authority('users.manage') IS NULL THEN
        RAISE EXCEPTION 'only an administrator invites' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$
"""

ISSUE_LINK = """
CREATE PROCEDURE issue_link(
    IN given_user uuid, IN given_kind text, IN given_token_hash bytea, IN given_expiry timestamptz,
    INOUT issued boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_administers(given_user);
    IF given_kind = 'second_factor_reset' AND EXISTS (
        SELECT FROM role_held h WHERE h.user_id = given_user AND h.ended_at IS NULL AND is_privileged(h.role))
    THEN
        RAISE EXCEPTION 'this needs a second person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    issued := EXISTS (SELECT FROM user_account u WHERE u.id = given_user
        AND u.status = CASE given_kind WHEN 'invitation' THEN 'invited' ELSE 'active' END);
    IF issued THEN
        PERFORM write_link(given_user, given_kind, given_token_hash, given_expiry, NULL);
    END IF;
END $$
"""

ISSUE_APPROVED_RESET = """
CREATE PROCEDURE issue_approved_reset(
    IN given_proposal uuid, IN given_token_hash bytea, IN given_expiry timestamptz, INOUT issued boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, 'second_factor_reset');
BEGIN
    issued := EXISTS (SELECT FROM user_account u WHERE u.id = one.object_id AND u.status = 'active');
    IF issued THEN
        PERFORM write_link(one.object_id, 'second_factor_reset', given_token_hash, given_expiry, one.id);
    END IF;
END $$
"""

WITHDRAW_LINKS = """
CREATE PROCEDURE withdraw_links(IN given_user uuid, INOUT withdrawn boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_administers(given_user);
    UPDATE invitation SET used_at = now() WHERE user_id = given_user AND used_at IS NULL AND expires_at > now();
    withdrawn := FOUND;
END $$
"""

SET_USER_STATUS = """
CREATE PROCEDURE set_user_status(IN given_user uuid, IN given_status text, INOUT changed boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_administers(given_user);
    UPDATE user_account SET status = given_status
    WHERE id = given_user AND (status, given_status) IN (
        ('active', 'suspended'), ('suspended', 'active'),
        ('invited', 'closed'), ('active', 'closed'), ('suspended', 'closed'));
    changed := FOUND;
    IF changed AND given_status <> 'active' THEN
        PERFORM end_sessions_of(given_user);
        UPDATE invitation SET used_at = now() WHERE user_id = given_user AND used_at IS NULL;
    END IF;
    IF changed AND given_status = 'closed' THEN
        UPDATE role_held SET ended_at = now(), ended_by = acting_user()
        WHERE user_id = given_user AND ended_at IS NULL;
    END IF;
END $$
"""

GRANT_ROLE = """
CREATE PROCEDURE grant_role(IN given_user uuid, IN given_role text, INOUT granted boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_administers(given_user);
    IF is_privileged(given_role) THEN
        RAISE EXCEPTION 'this role needs a second person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO role_held (id, user_id, role, granted_by)
    SELECT gen_random_uuid(), u.id, given_role, acting_user() FROM user_account u
    WHERE u.id = given_user AND u.status <> 'closed'
    ON CONFLICT (user_id, role) WHERE ended_at IS NULL DO NOTHING;
    granted := FOUND;
END $$
"""

GRANT_APPROVED_ROLE = """
CREATE PROCEDURE grant_approved_role(IN given_proposal uuid, INOUT granted boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, 'role_grant');
BEGIN
    INSERT INTO role_held (id, user_id, role, granted_by, proposal_id)
    SELECT gen_random_uuid(), u.id, one.code, one.proposed_by, one.id FROM user_account u
    WHERE u.id = one.object_id AND u.status <> 'closed'
    ON CONFLICT (user_id, role) WHERE ended_at IS NULL DO NOTHING;
    granted := FOUND;
END $$
"""

END_ROLE = """
CREATE PROCEDURE end_role(IN given_user uuid, IN given_role text, INOUT ended boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_administers(given_user);
    UPDATE role_held SET ended_at = now(), ended_by = acting_user()
    WHERE user_id = given_user AND role = given_role AND ended_at IS NULL;
    ended := FOUND;
END $$
"""

END_USER_SESSIONS = """
CREATE PROCEDURE end_user_sessions(IN given_user uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_administers(given_user);
    PERFORM end_sessions_of(given_user);
END $$
"""

USERS_SEEN = """
CREATE FUNCTION users_seen() RETURNS TABLE (
    user_id uuid, last_seen_at timestamptz, live_sessions bigint, has_second_factor boolean,
    recovery_codes_left bigint, link_expires_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.id,
        (SELECT max(s.last_seen_at) FROM user_session s WHERE s.user_id = u.id),
        (SELECT count(*) FROM user_session s WHERE s.user_id = u.id AND s.ended_at IS NULL AND s.expires_at > now()
            AND (s.kind <> 'web' OR s.last_seen_at > now() - interval '15 minutes')),
        EXISTS (SELECT FROM credential c WHERE c.user_id = u.id AND c.password_hash IS NOT NULL),
        (SELECT count(*) FROM recovery_code r WHERE r.user_id = u.id AND r.used_at IS NULL),
        (SELECT max(i.expires_at) FROM invitation i
            WHERE i.user_id = u.id AND i.used_at IS NULL AND i.expires_at > now())
    FROM user_account u WHERE u.authority_id = acting_authority('users.read')
$$
"""

# What everybody does with their own account.

OWN_SESSIONS = """
CREATE FUNCTION own_sessions() RETURNS TABLE (
    id uuid, kind text, started_at timestamptz, last_seen_at timestamptz, is_this boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.kind::text, s.started_at, s.last_seen_at, s.id = acting_session() FROM user_session s
    WHERE s.user_id = acting_user() AND s.ended_at IS NULL AND s.expires_at > now()
      AND (s.kind <> 'web' OR s.last_seen_at > now() - interval '15 minutes')
$$
"""

OWN_CREDENTIAL = """
CREATE PROCEDURE own_credential(
    IN given_account bytea,
    INOUT password_hash text DEFAULT NULL, INOUT totp_sealed bytea DEFAULT NULL, INOUT throttled boolean DEFAULT NULL,
    INOUT codes_left bigint DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := acting_user();
BEGIN
    SELECT c.password_hash, c.totp_sealed INTO password_hash, totp_sealed FROM credential c WHERE c.user_id = me;
    throttled := (SELECT count(*) >= 5 FROM sign_in_attempt t WHERE t.account = given_account
        AND NOT t.succeeded AND t.tried_at > now() - interval '15 minutes');
    codes_left := (SELECT count(*) FROM recovery_code r WHERE r.user_id = me AND r.used_at IS NULL);
END $$
"""

STEP_UP = """
CREATE PROCEDURE step_up(
    IN given_step bigint, IN given_code_hash bytea, IN given_token_hash bytea, INOUT stepped boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this uuid := acting_session();
BEGIN
    stepped := take_second_factor(acting_user(), given_step, given_code_hash);
    IF stepped THEN
        UPDATE user_session SET second_factor_at = now(), token_hash = given_token_hash WHERE id = this;
    END IF;
END $$
"""

# The trail and receipts call people by name: nobody takes that of somebody who has or had an account beside theirs.
CHANGE_OWN_NAME = """
CREATE PROCEDURE change_own_name(IN given_name text, INOUT changed boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE user_account u SET name = given_name
    WHERE u.id = acting_user() AND NOT EXISTS (
        SELECT FROM user_account o
        WHERE o.authority_id = u.authority_id AND o.id <> u.id
          AND regexp_replace(lower(btrim(o.name)), '[[:space:]]+', ' ', 'g')
            = regexp_replace(lower(btrim(given_name)), '[[:space:]]+', ' ', 'g'));
    changed := FOUND;
END $$
"""

# Whoever had a session or a link before has none after it.
CHANGE_OWN_PASSWORD = """
CREATE PROCEDURE change_own_password(IN given_password_hash text, IN given_token_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this uuid := acting_session();
    me uuid := acting_user();
BEGIN
    UPDATE credential SET password_hash = given_password_hash WHERE user_id = me;
    PERFORM end_sessions_of(me, this);
    UPDATE invitation SET used_at = now() WHERE user_id = me AND used_at IS NULL;
    UPDATE user_session SET token_hash = given_token_hash WHERE id = this;
END $$
"""

CHANGE_OWN_AUTHENTICATOR = """
CREATE PROCEDURE change_own_authenticator(
    IN given_step bigint, IN given_code_hash bytea, IN given_totp bytea, IN given_new_step bigint,
    IN given_token_hash bytea, INOUT changed boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this uuid := acting_session();
    me uuid := acting_user();
BEGIN
    changed := take_second_factor(me, given_step, given_code_hash);
    IF changed THEN
        UPDATE credential SET totp_sealed = given_totp, totp_last_step = given_new_step WHERE user_id = me;
        DELETE FROM recovery_code WHERE user_id = me;
        UPDATE invitation SET used_at = now() WHERE user_id = me AND used_at IS NULL;
        PERFORM end_sessions_of(me, this);
        UPDATE user_session SET second_factor_at = now(), token_hash = given_token_hash WHERE id = this;
    END IF;
END $$
"""

MAKE_RECOVERY_CODES = """
CREATE PROCEDURE make_recovery_codes(IN given_hashes bytea[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := acting_user();
BEGIN
    IF coalesce(acting_second_factor_at() < now() - interval '6 minutes', true) THEN
        RAISE EXCEPTION 'the second factor is asked for first' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM recovery_code WHERE user_id = me;
    INSERT INTO recovery_code (id, user_id, code_hash) SELECT gen_random_uuid(), me, h FROM unnest(given_hashes) AS h;
END $$
"""

END_OWN_SESSION = """
CREATE PROCEDURE end_own_session(IN given_session uuid, INOUT ended boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE user_session SET ended_at = now()
    WHERE id = given_session AND user_id = acting_user() AND ended_at IS NULL;
    ended := FOUND;
END $$
"""

# What nobody who is signed in does: signing in with a recovery code, and following a link.

OPEN_SESSION_BY_RECOVERY = """
CREATE PROCEDURE open_session_by_recovery(
    IN given_user uuid, IN given_token_hash bytea, IN given_expiry timestamptz, IN given_code_hash bytea,
    INOUT opened uuid DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF take_second_factor(given_user, NULL, given_code_hash) THEN
        INSERT INTO user_session (id, user_id, kind, token_hash, expires_at)
        VALUES (gen_random_uuid(), given_user, 'web', given_token_hash, least(given_expiry, now() + interval '10 hours'))
        RETURNING id INTO opened;
    END IF;
END $$
"""

# Whether the account is known or not, the same is written down; asking too often is answered like the first time. What
# was refused does not count: a stranger who never stops asking would else keep the owner from asking for ever.
ASK_FOR_PASSWORD_RESET = """
CREATE PROCEDURE ask_for_password_reset(
    IN given_email text, IN given_account bytea, IN given_address bytea, IN given_token_hash bytea,
    INOUT user_id uuid DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    since timestamptz := now() - interval '1 hour';
    too_often boolean;
BEGIN
    too_often :=
        (SELECT count(*) >= 3 FROM sign_in_attempt t WHERE t.account = given_account AND t.tried_at > since)
        OR (SELECT count(*) >= 20 FROM sign_in_attempt t WHERE t.address = given_address AND t.tried_at > since);
    IF NOT too_often THEN
        INSERT INTO sign_in_attempt (account, address, succeeded) VALUES (given_account, given_address, false);
    END IF;
    SELECT u.id INTO user_id FROM user_account u JOIN authority a ON a.id = u.authority_id
    WHERE u.email = given_email AND u.status = 'active' AND NOT too_often
      AND (a.valid_to IS NULL OR a.valid_to >= current_date);
    IF user_id IS NOT NULL THEN
        PERFORM write_link(user_id, 'password_reset', given_token_hash, now() + interval '1 hour', NULL);
    END IF;
END $$
"""

# Five wrong answers spend a link: whoever finds one in a mailbox cannot try all codes.
LINK_DETAILS = """
CREATE PROCEDURE link_details(
    IN given_token_hash bytea, IN given_kind text,
    INOUT user_id uuid DEFAULT NULL, INOUT email text DEFAULT NULL, INOUT name text DEFAULT NULL,
    INOUT password_hash text DEFAULT NULL, INOUT totp_sealed bytea DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT u.id, u.email, u.name, c.password_hash, c.totp_sealed
    INTO user_id, email, name, password_hash, totp_sealed
    FROM invitation i JOIN user_account u ON u.id = i.user_id JOIN credential c ON c.user_id = u.id
    JOIN authority a ON a.id = u.authority_id
    WHERE i.token_hash = given_token_hash AND i.kind = given_kind AND given_kind <> 'invitation'
      AND i.used_at IS NULL AND i.expires_at > now() AND i.failures < 5
      AND u.status = 'active' AND (a.valid_to IS NULL OR a.valid_to >= current_date);
END $$
"""

OPEN_LINK = """
CREATE FUNCTION open_link(given_token_hash bytea, given_kind text) RETURNS invitation
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT i.* FROM invitation i JOIN user_account u ON u.id = i.user_id
    WHERE i.token_hash = given_token_hash AND i.kind = given_kind AND i.used_at IS NULL AND i.expires_at > now()
      AND i.failures < 5 AND u.status = 'active'
    FOR UPDATE OF i
$$
"""

RESET_PASSWORD = """
CREATE PROCEDURE reset_password(
    IN given_token_hash bytea, IN given_password_hash text, IN given_step bigint, IN given_code_hash bytea,
    INOUT outcome text DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    link invitation := open_link(given_token_hash, 'password_reset');
BEGIN
    IF link.id IS NULL THEN
        outcome := 'gone';
    ELSIF NOT take_second_factor(link.user_id, given_step, given_code_hash) THEN
        UPDATE invitation SET failures = failures + 1 WHERE id = link.id;
        outcome := 'wrong';
    ELSE
        UPDATE credential SET password_hash = given_password_hash WHERE user_id = link.user_id;
        UPDATE invitation SET used_at = now() WHERE user_id = link.user_id AND used_at IS NULL;
        PERFORM end_sessions_of(link.user_id);
        outcome := 'done';
    END IF;
END $$
"""

# The password was compared by the application, which alone can: here its answer is counted.
RESET_SECOND_FACTOR = """
CREATE PROCEDURE reset_second_factor(
    IN given_token_hash bytea, IN given_password_right boolean, IN given_totp bytea, IN given_step bigint,
    INOUT outcome text DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    link invitation := open_link(given_token_hash, 'second_factor_reset');
BEGIN
    IF link.id IS NULL THEN
        outcome := 'gone';
    ELSIF NOT given_password_right THEN
        UPDATE invitation SET failures = failures + 1 WHERE id = link.id;
        outcome := 'wrong';
    ELSE
        UPDATE credential SET totp_sealed = given_totp, totp_last_step = given_step WHERE user_id = link.user_id;
        DELETE FROM recovery_code WHERE user_id = link.user_id;
        UPDATE invitation SET used_at = now() WHERE user_id = link.user_id AND used_at IS NULL;
        PERFORM end_sessions_of(link.user_id);
        outcome := 'done';
    END IF;
END $$
"""

# The authenticator's secret comes with the acceptance: every view of an invitation shows a fresh one.
INVITATION_DETAILS = """
CREATE OR REPLACE PROCEDURE invitation_details(
    IN given_token_hash bytea,
    INOUT user_id uuid DEFAULT NULL, INOUT email text DEFAULT NULL, INOUT name text DEFAULT NULL,
    INOUT totp_sealed bytea DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT u.id, u.email, u.name, c.totp_sealed INTO user_id, email, name, totp_sealed
    FROM invitation i JOIN user_account u ON u.id = i.user_id JOIN credential c ON c.user_id = u.id
    WHERE i.token_hash = given_token_hash AND i.kind = 'invitation' AND i.used_at IS NULL AND i.expires_at > now()
      AND u.status = 'invited';
END $$
"""
ACCEPT_INVITATION = """
CREATE PROCEDURE accept_invitation(
    IN given_token_hash bytea, IN given_name text, IN given_password_hash text, IN given_totp bytea,
    IN given_step bigint, INOUT accepted boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    invited uuid;
BEGIN
    UPDATE invitation i SET used_at = now()
    FROM user_account u
    WHERE i.token_hash = given_token_hash AND i.kind = 'invitation' AND i.used_at IS NULL AND i.expires_at > now()
      AND u.id = i.user_id AND u.status = 'invited'
    RETURNING i.user_id INTO invited;
    accepted := invited IS NOT NULL;
    IF accepted THEN
        UPDATE user_account SET status = 'active', name = given_name WHERE id = invited;
        UPDATE credential SET password_hash = given_password_hash, totp_sealed = given_totp, totp_last_step = given_step
        WHERE user_id = invited;
    END IF;
END $$
"""

# The owner, who renews the keys, may seal what was asked and answered anew, and change nothing else.
STAMP_DRIVER_CHECK = """
CREATE OR REPLACE FUNCTION stamp_driver_check() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID)
            AND to_jsonb(NEW) - ARRAY['asked_sealed', 'answer_sealed']
                = to_jsonb(OLD) - ARRAY['asked_sealed', 'answer_sealed']
        THEN
            RETURN NEW;
        END IF;
        IF OLD.answered_at IS NOT NULL THEN
            RAISE EXCEPTION 'a driver check is answered once';
        END IF;
        NEW.answered_at := clock_timestamp();
        RETURN NEW;
    END IF;
    NEW.made_at := clock_timestamp();
    NEW.made_by := acting_user();
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    NEW.answered_at := NULL;
    RETURN NEW;
END $$
"""

# Called by the procedures below alone.
INNER = {
    "is_privileged(text)": IS_PRIVILEGED,
    "check_administers(uuid)": CHECK_ADMINISTERS,
    "check_approved(uuid, text)": CHECK_APPROVED,
    "take_second_factor(uuid, bigint, bytea)": TAKE_SECOND_FACTOR,
    "end_sessions_of(uuid, uuid)": END_SESSIONS,
    "write_link(uuid, text, bytea, timestamptz, uuid)": WRITE_LINK,
    "open_link(bytea, text)": OPEN_LINK,
}
FUNCTIONS = {
    "acting_second_factor_at()": SECOND_FACTOR_AT,
    "users_seen()": USERS_SEEN,
    "own_sessions()": OWN_SESSIONS,
}
PROCEDURES = {
    "invite_user(uuid, text, text, bytea, bytea, timestamptz, boolean)": INVITE_USER,
    "issue_link(uuid, text, bytea, timestamptz, boolean)": ISSUE_LINK,
    "issue_approved_reset(uuid, bytea, timestamptz, boolean)": ISSUE_APPROVED_RESET,
    "withdraw_links(uuid, boolean)": WITHDRAW_LINKS,
    "set_user_status(uuid, text, boolean)": SET_USER_STATUS,
    "grant_role(uuid, text, boolean)": GRANT_ROLE,
    "grant_approved_role(uuid, boolean)": GRANT_APPROVED_ROLE,
    "end_role(uuid, text, boolean)": END_ROLE,
    "end_user_sessions(uuid)": END_USER_SESSIONS,
    "own_credential(bytea, text, bytea, boolean, bigint)": OWN_CREDENTIAL,
    "step_up(bigint, bytea, bytea, boolean)": STEP_UP,
    "change_own_name(text, boolean)": CHANGE_OWN_NAME,
    "change_own_password(text, bytea)": CHANGE_OWN_PASSWORD,
    "change_own_authenticator(bigint, bytea, bytea, bigint, bytea, boolean)": CHANGE_OWN_AUTHENTICATOR,
    "make_recovery_codes(bytea[])": MAKE_RECOVERY_CODES,
    "end_own_session(uuid, boolean)": END_OWN_SESSION,
    "open_session_by_recovery(uuid, bytea, timestamptz, bytea, uuid)": OPEN_SESSION_BY_RECOVERY,
    "ask_for_password_reset(text, bytea, bytea, bytea, uuid)": ASK_FOR_PASSWORD_RESET,
    "link_details(bytea, text, uuid, text, text, text, bytea)": LINK_DETAILS,
    "reset_password(bytea, text, bigint, bytea, text)": RESET_PASSWORD,
    "reset_second_factor(bytea, boolean, bytea, bigint, text)": RESET_SECOND_FACTOR,
    "accept_invitation(bytea, text, text, bytea, bigint, boolean)": ACCEPT_INVITATION,
}


def upgrade() -> None:
    change_tables()
    op.execute("DROP PROCEDURE accept_invitation(bytea, text, text, bigint, boolean)")
    op.execute(INVITATION_DETAILS)
    op.execute(STAMP_DRIVER_CHECK)
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for signature, definition in INNER.items():
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    for signature, definition in PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    protect("recovery_code")
    by_reviewer = f"{within('users.manage')} AND reviewed_by = (SELECT acting_user())"
    protect("access_review", select=within("users.read"), insert=by_reviewer)
    of_own_review = f"{within('users.manage')} AND review_id IN (SELECT id FROM access_review)"
    protect("access_review_entry", select=within("users.read"), insert=of_own_review)


def change_tables() -> None:
    op.add_column(
        "user_session",
        sa.Column("second_factor_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    for name in ("granted_by", "ended_by"):
        op.add_column("role_held", sa.Column(name, sa.Uuid(), nullable=True))
        op.create_foreign_key(f"fk_role_held_{name}", "role_held", "user_account", [name], ["id"])
    op.create_index(
        "uq_role_held_current",
        "role_held",
        ["user_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    kinds = sa.Enum(*LINK_KINDS, name="link_kind", native_enum=False, create_constraint=True, length=40)
    op.add_column("invitation", sa.Column("kind", kinds, server_default="invitation", nullable=False))
    op.add_column("invitation", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    for table in ("role_held", "invitation"):  # an approval is used once
        op.add_column(table, sa.Column("proposal_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(f"fk_{table}_proposal_id", table, "proposal", ["proposal_id"], ["id"])
        op.create_unique_constraint(f"uq_{table}_proposal_id", table, ["proposal_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_recovery_code_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        sa.UniqueConstraint("user_id", "code_hash", name="uq_recovery_code_user_id_code_hash"),
    )
    create_access_reviews()


def create_access_reviews() -> None:
    op.create_table(
        "access_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_access_review_authority_id"),
        sa.ForeignKeyConstraint(["reviewed_by"], ["user_account.id"], name="fk_access_review_reviewed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_access_review"),
    )
    op.create_index("ix_access_review_authority_id_reviewed_on", "access_review", ["authority_id", "reviewed_on"])
    op.create_table(
        "access_review_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_access_review_entry_authority_id"),
        sa.ForeignKeyConstraint(["review_id"], ["access_review.id"], name="fk_access_review_entry_review_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_access_review_entry_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_access_review_entry"),
    )
    op.create_index("ix_access_review_entry_review_id", "access_review_entry", ["review_id"])
