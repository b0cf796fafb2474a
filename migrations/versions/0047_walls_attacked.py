"""The walls around allegations, after an attack on them: what whoever runs statements of their own could still do."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, app_role, within

revision: str = "0047"
down_revision: str | None = "0046"

# Days are England's, whatever clock the server keeps.
PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
THIS_TRANSACTION = "pg_current_xact_id_if_assigned()::text::bigint"

# When access, a look or somebody's session is over is asked of the clock: a transaction that is held open begins no
# later by that. A job or a command may outlast its session within the transaction in which it works.
ACTING_SESSION = f"""
CREATE OR REPLACE FUNCTION acting_session() RETURNS uuid
LANGUAGE plpgsql STABLE {PINNED} AS $$
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
          AND s.expires_at > CASE s.kind WHEN 'web' THEN clock_timestamp() ELSE now() END
          AND (s.kind <> 'web' OR s.last_seen_at > clock_timestamp() - interval '15 minutes')
          AND u.status = 'active'
          AND (a.valid_to IS NULL OR a.valid_to >= current_date)
    );
END $$
"""
LOOKED = f"""
CREATE OR REPLACE FUNCTION looked_lately(given_kind text, given_actions text[]) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT e.object_id FROM restricted_entry e
    WHERE e.session_id = acting_session() AND e.object_kind = given_kind AND e.action = ANY (given_actions)
      AND e.at > clock_timestamp() - interval '5 minutes' AND e.transaction_id IS DISTINCT FROM {THIS_TRANSACTION}
$$
"""
# As with a look: access counts once it is committed, since what is rolled back was never given, told or reviewed.
KNOWN_CASES = f"""
CREATE OR REPLACE FUNCTION known_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE c.authority_id = (SELECT acting_authority('allegations.work'))
    UNION
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL
      AND x.until_at > clock_timestamp() AND x.transaction_id IS DISTINCT FROM {THIS_TRANSACTION}
    EXCEPT
    SELECT closed_to_me()
$$
"""
EMERGENCY_CASES = f"""
CREATE OR REPLACE FUNCTION emergency_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind = 'emergency' AND x.ended_at IS NULL AND x.until_at > clock_timestamp()
      AND x.authority_id = (SELECT acting_authority('allegations.deputise'))
      AND x.transaction_id IS DISTINCT FROM {THIS_TRANSACTION}
$$
"""
# A deputy finds a case by its reference or by who it is about, after the second factor and a kept search. It answers
# nothing: whether there was one is read once it is committed, and with it that the glass was broken. One at a time, each
# after a second factor of its own, and none while one that an officer cut short waits for its review.
BREAK_GLASS = f"""
CREATE PROCEDURE break_glass(
    IN given_access uuid, IN given_reference text, IN given_keys bytea[], IN given_reason bytea, IN given_review_due date
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := acting_authority('allegations.deputise');
    found_case uuid;
BEGIN
    IF mine IS NULL OR coalesce(acting_second_factor_at() < clock_timestamp() - interval '6 minutes', true)
        OR NOT EXISTS (SELECT FROM looked_lately('allegation', '{{searched}}')) THEN
        RAISE EXCEPTION 'this is not an emergency' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_current_xact_id();  -- in either case, so that its having one tells nothing
    PERFORM pg_advisory_xact_lock(hashtextextended(acting_user()::text, 0));
    -- A second one of this transaction is passed over: a refusal would tell that the first was found.
    IF EXISTS (SELECT FROM case_access x
        WHERE x.user_id = acting_user() AND x.kind = 'emergency' AND x.transaction_id = {THIS_TRANSACTION}) THEN
        RETURN;
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' OR EXISTS (SELECT FROM case_access x
        WHERE x.user_id = acting_user() AND x.kind = 'emergency' AND (x.given_at >= acting_second_factor_at()
            OR (x.ended_at IS NULL AND x.until_at > clock_timestamp())
            OR (x.ended_at < x.until_at AND x.reviewed_at IS NULL))) THEN
        RAISE EXCEPTION 'another emergency stands' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO case_access (id, authority_id, case_id, user_id, kind, reason_sealed, given_by, given_at, until_at,
        review_due_on)
    SELECT given_access, mine, c.id, acting_user(), 'emergency', given_reason, acting_user(), clock_timestamp(),
        clock_timestamp() + interval '1 hour', least(given_review_due, current_date + 7)
    FROM lado_case c
    WHERE c.authority_id = mine AND (c.reference = given_reference OR c.subject_key = ANY (given_keys))
      AND c.id NOT IN (SELECT closed_to_me())
    ORDER BY c.closed_on NULLS FIRST, c.recorded_at DESC LIMIT 1
    ON CONFLICT (id) DO NOTHING
    RETURNING case_id INTO found_case;
    IF found_case IS NOT NULL THEN
        INSERT INTO audit_entry (id, action, category, object_kind, object_id, details)
        VALUES (gen_random_uuid(), 'access_given', 'records', 'allegation', found_case,
                jsonb_build_object('access', 'emergency', 'user', acting_user())),
            (gen_random_uuid(), 'glass_broken', 'records', 'user', acting_user(), NULL);
    END IF;
END $$
"""
# Whoever ends somebody's access ends all that they have to the case; opening it again to an officer is apart from that.
END_ACCESS = f"""
CREATE OR REPLACE PROCEDURE end_access(IN given_access uuid, INOUT ended boolean DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE case_access y SET ended_at = clock_timestamp(), ended_by = acting_user()
    FROM case_access x
    WHERE x.id = given_access AND x.ended_at IS NULL AND x.user_id <> acting_user()
      AND x.authority_id = acting_authority('allegations.work') AND x.case_id IN (SELECT worked_cases())
      AND y.case_id = x.case_id AND y.user_id = x.user_id AND y.ended_at IS NULL
      AND (y.kind = 'closed') = (x.kind = 'closed')
      AND (y.id = x.id OR y.kind = 'closed' OR y.until_at > clock_timestamp());
    ended := FOUND;
END $$
"""
# Of one's own access, what is committed: a row of one's own transaction would answer what its procedure does not.
OWN_ACCESS = (
    "case_id IN (SELECT open_cases())"
    " OR (user_id = (SELECT acting_user()) AND kind <> 'closed'"
    f" AND transaction_id IS DISTINCT FROM {THIS_TRANSACTION})"
)

# As it was, but that what somebody was refused stays in the ordinary trail whoever they are: of a case that is closed to
# an officer they would else not find their own refusal in the restricted one, and of no case they would.
DIVERT = f"""
CREATE OR REPLACE FUNCTION divert_restricted() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := coalesce(acting_authority('allegations.work'), acting_authority('allegations.deputise'));
    whose uuid;
BEGIN
    IF NEW.category = 'records' AND NEW.action <> 'refused' AND (
        (mine IS NOT NULL AND NEW.action IN (
            'looked', 'listed', 'searched', 'checked', 'disclosed', 'printed', 'exported'))
        OR NEW.object_kind IN ('allegation', 'consultation', 'setting', 'release')
    ) THEN
        whose := CASE NEW.object_kind
            WHEN 'allegation' THEN (SELECT c.authority_id FROM lado_case c WHERE c.id = NEW.object_id)
            WHEN 'release' THEN (SELECT r.authority_id FROM case_release r WHERE r.id = NEW.object_id)
        END;
        INSERT INTO restricted_entry (id, authority_id, of_authority_id, action, object_kind, object_id, purpose,
            reference, details)
        VALUES (NEW.id, coalesce(whose, mine, NEW.authority_id), NEW.authority_id, NEW.action, NEW.object_kind,
            NEW.object_id, NEW.purpose, NEW.reference, NEW.details);
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$
"""
# As it was, but that nobody is asked to name a contact because somebody raised a concern.
RAISE_STAFF = f"""
CREATE OR REPLACE PROCEDURE raise_staff_concern(
    IN given_id uuid, IN given_to uuid, IN given_reference text, IN given_unnamed boolean, IN given_words bytea,
    IN given_when bytea, IN given_contact bytea, INOUT raised boolean DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF acting_user() IS NULL OR NOT EXISTS (SELECT FROM authority a WHERE a.id = given_to
        AND (a.valid_to IS NULL OR a.valid_to >= current_date)
        AND (a.id = acting_authority() OR a.agreement_signed_on <= current_date))
    THEN
        RAISE EXCEPTION 'a concern is not delivered there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO staff_concern (id, authority_id, reference, words_sealed, when_sealed, contact_sealed, raised_by,
        raised_by_name, raised_on)
    SELECT given_id, given_to, given_reference, given_words, given_when, given_contact, u.id, u.name, current_date
    FROM (VALUES (1)) one LEFT JOIN user_account u ON u.id = acting_user() AND NOT given_unnamed
    ON CONFLICT (id) DO NOTHING;
    raised := FOUND;
END $$
"""
# Each day every council that works here and has no contact is asked for one, whether or not there is a concern: else
# the request would tell the administrators that one was raised, and when.
WATCH_CONTACTS = f"""
CREATE PROCEDURE watch_staff_contacts(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF acting_job('watch_staff_contacts') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_staff_contacts does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), a.id, 'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4)), 'name_contact', '',
            'No contact is named who would receive concerns about staff. Name one in the settings.', 'authority', a.id,
            'administrator', given_day + 5
        FROM authority a CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE a.id IS NOT NULL) r
        WHERE (a.valid_to IS NULL OR a.valid_to >= given_day) AND NOT has_staff_contact(a.id)
          AND EXISTS (SELECT FROM user_account u JOIN role_held h ON h.user_id = u.id AND h.ended_at IS NULL
              WHERE u.authority_id = a.id AND u.status = 'active' AND h.role = 'administrator')
          AND NOT EXISTS (SELECT FROM task t
              WHERE t.authority_id = a.id AND t.kind = 'name_contact' AND t.done_at IS NULL)
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""
# Of concerns about staff, as of a case: the contact's list says which there are, and a look that is committed opens one.
STAFF_RECEIVED = f"""
CREATE FUNCTION staff_concerns_received() RETURNS TABLE (id uuid, reference text, raised_by_name text, raised_on date,
    acknowledged_on date, closed_on date)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT s.id, s.reference, s.raised_by_name, s.raised_on, s.acknowledged_on, s.closed_on
    FROM staff_concern s WHERE s.authority_id = acting_staff_contact()
$$
"""
STAFF_OPENED = f"""
CREATE FUNCTION staff_concerns_opened() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT s.staff_concern_id FROM staff_concern_step s
    WHERE s.authority_id = (SELECT acting_staff_contact()) AND s.session_id = (SELECT acting_session())
      AND s.kind = 'looked'
      AND s.at > clock_timestamp() - interval '5 minutes' AND s.transaction_id IS DISTINCT FROM {THIS_TRANSACTION}
$$
"""
STAMP_STEP = """
CREATE FUNCTION stamp_staff_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.session_id := acting_session();
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$
"""
# An answer and a closing are of the day on which they are written, and a step of the same transaction says who wrote it.
STAMP_STAFF = """
CREATE FUNCTION stamp_staff_concern() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) THEN
        NEW.acknowledged_on := CASE WHEN NEW.acknowledged_on IS NULL THEN NULL
            ELSE coalesce(OLD.acknowledged_on, today) END;
        NEW.closed_on := CASE WHEN NEW.closed_on IS NULL THEN NULL ELSE coalesce(OLD.closed_on, today) END;
    END IF;
    RETURN NEW;
END $$
"""
NEED_STEP = f"""
CREATE FUNCTION need_staff_step() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM staff_concern_step s WHERE s.staff_concern_id = NEW.id
        AND s.kind = TG_ARGV[0] AND s.transaction_id = {THIS_TRANSACTION}) THEN
        RAISE EXCEPTION 'what is done with a concern is kept as a step' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""
STAFF_STEPS = {"acknowledged_on": "acknowledged", "closed_on": "closed"}
CONTACTS = "authority_id = (SELECT acting_staff_contact())"
# As it was, but for a deputy in an emergency alone: to break the glass the ids that match a search are enough.
LADO_PEOPLE = f"""
CREATE OR REPLACE FUNCTION lado_people(given_people uuid[])
RETURNS TABLE (person_id uuid, authority_id uuid, given_names text, family_name text, date_of_birth date,
    deceased_on date, merged_into_id uuid, licences jsonb, positions jsonb)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id, p.authority_id, p.given_names, p.family_name, p.date_of_birth, p.deceased_on, p.merged_into_id,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'number', l.number, 'status', s.status,
                    'expires_on', l.expires_on) ORDER BY l.expires_on DESC NULLS LAST, l.id), '[]')
         FROM licence l
         JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= current_date AND current_date < s.until_on
         WHERE l.person_id = p.id),
        (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', h.kind, 'of', coalesce(o.name, m.name, ''))
                    ORDER BY h.kind, h.id), '[]')
         FROM position_held h
         LEFT JOIN organisation o ON o.id = h.of_organisation_id
         LEFT JOIN premises m ON m.id = h.of_premises_id
         WHERE h.person_id = p.id AND h.superseded_at IS NULL AND (h.until_on IS NULL OR h.until_on >= current_date))
    FROM person p
    WHERE p.id = ANY (given_people) AND p.authority_id IN (SELECT lado_authorities())
      AND ((SELECT acting_authority('allegations.work')) IS NOT NULL OR EXISTS (SELECT FROM emergency_cases()))
$$
"""
# For the policy of the trail, of one entry at a time: a list of what is closed to oneself would give away the cases' ids.
# Whether a record is closed to anybody is asked first, since it hardly ever is.
IS_CLOSED_TO_ME = f"""
CREATE FUNCTION is_closed_to_me(given_object uuid) RETURNS boolean
LANGUAGE plpgsql STABLE {PINNED} AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM case_access x WHERE x.kind = 'closed' AND x.ended_at IS NULL AND x.case_id IN (
        SELECT given_object UNION ALL SELECT r.case_id FROM case_release r WHERE r.id = given_object))
    THEN
        RETURN false;
    END IF;
    RETURN given_object IN (SELECT closed_to_me());
END $$
"""
# Every record that stands for the same people: merged into one, or linked by councils. Ids alone. A designated officer
# goes from any record, once their search or look is kept; an officer from their own council's records, and from those
# that a check of theirs found, which is on the trail. Of another record nothing is told but itself.
SAME_RECORDS = f"""
CREATE OR REPLACE FUNCTION same_records(given_people uuid[]) RETURNS TABLE (asked uuid, person_id uuid)
LANGUAGE sql STABLE {PINNED} AS $$
    WITH RECURSIVE mine (id) AS (
        SELECT coalesce(acting_authority('casework.work'), acting_authority('driver_check.make'))
    ), seeks (told) AS (
        SELECT coalesce(acting_authority('allegations.work'), acting_authority('allegations.deputise')) IS NOT NULL
            AND EXISTS (SELECT FROM looked_lately('allegation', '{{searched,looked}}'))
    ), reached (asked, id) AS (
        SELECT g.id, g.id FROM unnest(given_people) AS g (id)
        WHERE (SELECT told FROM seeks)
            OR EXISTS (SELECT FROM person p WHERE p.id = g.id AND p.authority_id = (SELECT id FROM mine))
            OR EXISTS (SELECT FROM check_result r JOIN driver_check c ON c.id = r.check_id
                WHERE r.person_id = g.id AND r.band IN ('certain', 'strong') AND c.authority_id = (SELECT id FROM mine)
                  AND c.transaction_id IS DISTINCT FROM {THIS_TRANSACTION})
        UNION
        SELECT r.asked, n.id FROM reached r CROSS JOIN LATERAL (
            SELECT p.merged_into_id FROM person p WHERE p.id = r.id AND p.merged_into_id IS NOT NULL
            UNION ALL
            SELECT p.id FROM person p WHERE p.merged_into_id = r.id
            UNION ALL
            SELECT s.second_person_id FROM same_person s WHERE s.first_person_id = r.id AND s.ended_at IS NULL
            UNION ALL
            SELECT s.first_person_id FROM same_person s WHERE s.second_person_id = r.id AND s.ended_at IS NULL
        ) n (id)
    )
    SELECT g.id, g.id FROM unnest(given_people) AS g (id)
    UNION
    SELECT r.asked, r.id FROM reached r ORDER BY 1, 2
$$
"""
# As it was, but in a transaction with a number of its own whether or not there is a flag.
MEET_FLAGS = f"""
CREATE OR REPLACE PROCEDURE meet_flags(IN given_keys bytea[], IN given_through text, IN given_object uuid)
LANGUAGE sql {PINNED} AS $$
    SELECT pg_current_xact_id();
    INSERT INTO flag_seen (id, authority_id, case_id, share_id, for_authority_id, through, object_id, seen_by, seen_name,
        seen_at, transaction_id)
    SELECT gen_random_uuid(), s.authority_id, s.case_id, s.id, s.for_authority_id, given_through, given_object,
        u.id, u.name, clock_timestamp(), pg_current_xact_id()::text::bigint
    FROM case_share s JOIN user_account u ON u.id = acting_user()
    WHERE s.ended_at IS NULL AND s.level <> 'nothing' AND s.subject_keys && given_keys
      AND s.for_authority_id = coalesce(acting_authority('casework.work'), acting_authority('driver_check.make'))
$$
"""
# A look opens what was looked at. A list opens the list, and is kept as one.
HAS_LISTED = f"""
CREATE FUNCTION has_listed(given_kind text) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT EXISTS (SELECT FROM looked_lately(given_kind, '{{listed}}'))
$$
"""
LOOKED_AT = f"""
CREATE FUNCTION looked_at(given_kind text) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT looked_lately(given_kind, '{{looked}}')
$$
"""
OFFICE = "authority_id = (SELECT acting_authority('allegations.work'))"
SETTING_LOOKED_AT = "IN (SELECT looked_at('setting'))"
# Table -> command -> rule.
OF_THE_OFFICE = {
    "lado_consultation": {"SELECT": "(SELECT has_listed('consultation')) OR id IN (SELECT looked_at('consultation'))"},
    "assured_setting": {
        "SELECT": f"(SELECT has_listed('setting')) OR id {SETTING_LOOKED_AT}",
        "UPDATE": f"id {SETTING_LOOKED_AT}",
    },
    "setting_visit": {
        "SELECT": f"(SELECT has_listed('setting')) OR setting_id {SETTING_LOOKED_AT}",
        "INSERT": f"setting_id {SETTING_LOOKED_AT}",
    },
}
# What the pages do with a case, for whoever would write around them: it begins as a referral, goes from stage to stage,
# and keeps when it was referred, how its threshold was decided and how it ended. A deputy does its work; whose it is,
# how long it is kept and whether it is taken up again is for designated officers.
KEEP_CASE = """
CREATE FUNCTION keep_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    moves boolean := TG_OP = 'UPDATE' AND NEW.stage <> OLD.stage;
    reopens boolean := moves AND OLD.closed_on IS NOT NULL;
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'recording' OR num_nonnulls(NEW.referred_on, NEW.threshold_met, NEW.threshold_on,
            NEW.threshold_sealed, NEW.review_on, NEW.closing_sealed, NEW.retain_until, NEW.hold_sealed,
            NEW.held_since) > 0
        THEN
            RAISE EXCEPTION 'a case begins with a referral' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF moves AND (OLD.stage, NEW.stage) NOT IN (('recording', 'considering'), ('considering', 'open'),
        ('considering', 'advice_only'), ('considering', 'passed_on'), ('open', 'closed'), ('closed', 'open'),
        ('advice_only', 'considering'), ('passed_on', 'considering'))
    THEN
        RAISE EXCEPTION 'a case does not go from % to %', OLD.stage, NEW.stage
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.referred_on IS NOT NULL AND NEW.referred_on IS DISTINCT FROM OLD.referred_on
        OR (NEW.threshold_met, NEW.threshold_on, NEW.threshold_sealed)
            IS DISTINCT FROM (OLD.threshold_met, OLD.threshold_on, OLD.threshold_sealed)
            AND NOT (moves AND 'considering' IN (OLD.stage, NEW.stage))
        OR NEW.stage = 'considering'
            AND num_nonnulls(NEW.threshold_met, NEW.threshold_on, NEW.threshold_sealed) > 0
        OR OLD.stage = 'considering' AND moves AND (NEW.threshold_sealed IS NULL
            OR (NEW.stage = 'open') IS DISTINCT FROM NEW.threshold_met)
        OR (NEW.closed_on, NEW.closing_sealed, NEW.retain_until)
            IS DISTINCT FROM (OLD.closed_on, OLD.closing_sealed, OLD.retain_until) AND NOT moves
    THEN
        RAISE EXCEPTION 'what was decided of a case stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF acting_authority('allegations.work') IS NULL AND (reopens
        OR (NEW.owner_id, NEW.hold_sealed, NEW.held_since) IS DISTINCT FROM (OLD.owner_id, OLD.hold_sealed, OLD.held_since))
    THEN
        RAISE EXCEPTION 'this is for a designated officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
# What settles a row is written to one that stands: the arguments are the columns that are empty when it is added.
BORN_UNSETTLED = """
CREATE FUNCTION born_unsettled() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID)
        AND EXISTS (SELECT FROM jsonb_each_text(to_jsonb(NEW)) c WHERE c.key = ANY (TG_ARGV) AND c.value IS NOT NULL)
    THEN
        RAISE EXCEPTION 'a row is not settled as it is added' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
UNSETTLED = {
    "allegation": ("outcome_on", "outcome_sealed"),
    "case_action": ("done_on", "done_sealed"),
    "case_release": (
        "acknowledged_at",
        "chased_on",
        "relied_on_at",
        "answered_at",
        "answer_sealed",
        "taken_at",
        "ended_at",
        "ended_sealed",
    ),
    "case_share": ("ended_at",),
}
# A message is settled on a day since the case is known. One that is settled as it is added follows one that was withheld.
KEEP_DUTY = """
CREATE FUNCTION keep_duty() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND NEW.settled_on IS NOT NULL
        AND (TG_OP = 'INSERT' OR OLD.settled_on IS NULL)
        AND (TG_OP = 'INSERT' AND NEW.supersedes_id IS NULL OR NOT EXISTS (
            SELECT FROM lado_case c WHERE c.id = NEW.case_id AND NEW.settled_on BETWEEN
                least((c.called_at AT TIME ZONE 'Europe/London')::date, c.known_on, c.referred_on)
                AND (now() AT TIME ZONE 'Europe/London')::date))
    THEN
        RAISE EXCEPTION 'a message is settled on a day of its case' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
FOLLOWING = ("case_duty", "case_entry")


def upgrade() -> None:
    say_in_which_transaction_access_was_given()
    op.execute("DROP PROCEDURE break_glass(uuid, text, bytea[], bytea, date, uuid)")
    op.execute(BREAK_GLASS)
    allow_call("break_glass(uuid, text, bytea[], bytea, date)", "PROCEDURE")
    for definition in (
        ACTING_SESSION,
        LOOKED,
        KNOWN_CASES,
        EMERGENCY_CASES,
        END_ACCESS,
        SAME_RECORDS,
        MEET_FLAGS,
        DIVERT,
        LADO_PEOPLE,
        RAISE_STAFF,
    ):
        op.execute(definition)
    op.execute(WATCH_CONTACTS)
    allow_call("watch_staff_contacts(date, int)", "PROCEDURE")
    hold_writing_to_what_the_pages_do()
    open_by_a_look_what_was_looked_at()
    name_no_case_that_is_closed()
    open_a_concern_about_staff_by_a_look()


def hold_writing_to_what_the_pages_do() -> None:
    for routine in (KEEP_CASE, BORN_UNSETTLED, KEEP_DUTY):
        op.execute(routine)
    for table, routine in (("lado_case", "keep_case"), ("case_duty", "keep_duty")):
        op.execute(
            f"CREATE TRIGGER {routine} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {routine}()"
        )
    for table, columns in UNSETTLED.items():
        listed = ", ".join(f"'{column}'" for column in columns)
        op.execute(
            f"CREATE TRIGGER born_unsettled BEFORE INSERT ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION born_unsettled({listed})"
        )
    for table in FOLLOWING:  # what takes the place of another row is of the same case
        op.create_unique_constraint(f"uq_{table}_id_case_id", table, ["id", "case_id"])
        op.drop_constraint(f"fk_{table}_supersedes_id_authority_id", table)
        op.create_foreign_key(
            f"fk_{table}_supersedes_id_case_id", table, table, ["supersedes_id", "case_id"], ["id", "case_id"]
        )


def open_by_a_look_what_was_looked_at() -> None:
    for signature, definition in (("has_listed(text)", HAS_LISTED), ("looked_at(text)", LOOKED_AT)):
        op.execute(definition)
        allow_call(signature)
    for table, rules in OF_THE_OFFICE.items():
        for command, rule in rules.items():
            whole, name = f"{OFFICE} AND ({rule})", f"{table}_{command.lower()}"
            using = f"USING ({whole})" if command != "INSERT" else ""
            check = f"WITH CHECK ({whole})" if command != "SELECT" else ""
            op.execute(f"ALTER POLICY {name} ON {table} {using} {check}")
    op.execute("DROP FUNCTION has_looked(text)")


def name_no_case_that_is_closed() -> None:
    op.execute(IS_CLOSED_TO_ME)
    allow_call("is_closed_to_me(uuid)")
    open_to_me = "(object_id IS NULL OR NOT is_closed_to_me(object_id))"
    op.execute(
        "ALTER POLICY restricted_entry_select ON restricted_entry"
        f" USING ({within('restricted_trail.read')} AND {open_to_me})"
    )
    op.execute(f"REVOKE ALL ON FUNCTION closed_to_me() FROM {app_role()}")


def open_a_concern_about_staff_by_a_look() -> None:
    add_transaction("staff_concern_step")
    op.add_column("staff_concern_step", sa.Column("session_id", sa.Uuid(), nullable=True))
    for routine in (STAFF_RECEIVED, STAFF_OPENED, STAMP_STEP, STAMP_STAFF, NEED_STEP):
        op.execute(routine)
    for signature in ("staff_concerns_received()", "staff_concerns_opened()"):
        allow_call(signature)
    op.execute("REVOKE ALL ON FUNCTION need_staff_step() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER stamp_step BEFORE INSERT ON staff_concern_step FOR EACH ROW EXECUTE FUNCTION stamp_staff_step()"
    )
    op.execute(
        "CREATE TRIGGER stamp_days BEFORE UPDATE ON staff_concern FOR EACH ROW EXECUTE FUNCTION stamp_staff_concern()"
    )
    for column, kind in STAFF_STEPS.items():
        op.execute(
            f"CREATE CONSTRAINT TRIGGER need_step_{column} AFTER UPDATE ON staff_concern DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW WHEN (OLD.{column} IS NULL AND NEW.{column} IS NOT NULL)"
            f" EXECUTE FUNCTION need_staff_step('{kind}')"
        )
    opened = f"{CONTACTS} AND id IN (SELECT staff_concerns_opened())"
    op.execute(f"ALTER POLICY staff_concern_select ON staff_concern USING ({opened})")
    op.execute(f"ALTER POLICY staff_concern_update ON staff_concern USING ({opened}) WITH CHECK ({opened})")
    op.execute(
        "ALTER POLICY staff_concern_step_select ON staff_concern_step"
        f" USING ({CONTACTS} AND staff_concern_id IN (SELECT staff_concerns_opened()))"
    )


def say_in_which_transaction_access_was_given() -> None:
    add_transaction("case_access")
    op.execute(f"ALTER POLICY case_access_select ON case_access USING ({OWN_ACCESS})")


def add_transaction(table: str) -> None:
    given = sa.text("pg_current_xact_id()::text::bigint")
    op.add_column(table, sa.Column("transaction_id", sa.BigInteger(), server_default=given, nullable=False))
