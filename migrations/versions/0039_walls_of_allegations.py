"""The walls around allegations.

A row of a case is given only to whoever may know of the case, and only after their look at it was committed in the
restricted trail: in this session, in an earlier transaction, in the last few minutes. Whoever can alter a query cannot
alter that. Access, flags, releases and what is written back by others go through procedures that check who calls.
"""

from alembic import op

from licensing.row_security import allow_call, protect, within

revision: str = "0039"
down_revision: str | None = "0038"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
LATELY = "now() - interval '5 minutes'"

# Designated officers, but one who has a conflict; somebody named; a deputy for an hour. A table that this reads is
# protected like the rest, and closed to the application.
KNOWN_CASES = f"""
CREATE FUNCTION known_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE c.authority_id = (SELECT acting_authority('allegations.work'))
      AND NOT EXISTS (
        SELECT FROM case_access x
        WHERE x.case_id = c.id AND x.kind = 'closed' AND x.ended_at IS NULL AND x.user_id = (SELECT acting_user()))
    UNION
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL
      AND x.until_at > now()
$$
"""
# How the acting user stands to a case, or nothing where they may not know of it.
CASE_STANDING = f"""
CREATE FUNCTION case_standing(given_case uuid) RETURNS text
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT CASE
        WHEN c.owner_id = acting_user() THEN 'owner'
        WHEN c.authority_id = acting_authority('allegations.work') THEN 'officer'
        WHEN acting_authority('allegations.deputise') IS NOT NULL THEN 'emergency'
        ELSE 'named' END
    FROM lado_case c WHERE c.id = given_case AND c.id IN (SELECT known_cases())
$$
"""
# What this session looked at, listed or searched for lately; committed, since the entry is not of this transaction.
LOOKED = f"""
CREATE FUNCTION looked_lately(given_kind text, given_actions text[]) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT e.object_id FROM restricted_entry e
    WHERE e.session_id = acting_session() AND e.object_kind = given_kind AND e.action = ANY (given_actions)
      AND e.at > {LATELY} AND e.transaction_id IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
$$
"""
OPEN_CASES = f"""
CREATE FUNCTION open_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT id FROM known_cases() k (id)
    WHERE id IN (SELECT looked_lately('allegation', '{{looked}}'))
$$
"""
# All that a designated officer may know of, once that they listed them is kept.
LISTED_CASES = f"""
CREATE FUNCTION listed_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT id FROM known_cases() k (id)
    WHERE EXISTS (SELECT FROM looked_lately('allegation', '{{listed}}'))
      AND coalesce(acting_authority('allegations.work'), acting_authority('allegations.deputise')) IS NOT NULL
    UNION
    SELECT open_cases()
$$
"""
# Whoever is named reads; a designated officer writes, and so does a deputy in an emergency.
WORKED_CASES = f"""
CREATE FUNCTION worked_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT k.id FROM open_cases() k (id)
    JOIN lado_case c ON c.id = k.id
    WHERE c.authority_id = coalesce(
        (SELECT acting_authority('allegations.work')), (SELECT acting_authority('allegations.deputise')))
$$
"""

# The trail decides by who acts and what it is about, not the caller: whatever writes an entry, now or later, is covered.
# What was refused to others stays in the ordinary trail: it says nothing of whether there is such a record. Entries of a
# restricted record are for the designated officers of its authority, whoever makes them.
DIVERT = f"""
CREATE FUNCTION divert_restricted() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := coalesce(acting_authority('allegations.work'), acting_authority('allegations.deputise'));
    whose uuid;
BEGIN
    IF NEW.category = 'records' AND (
        (mine IS NOT NULL AND NEW.action IN (
            'looked', 'listed', 'searched', 'refused', 'checked', 'disclosed', 'printed', 'exported'))
        OR (NEW.object_kind IN ('allegation', 'consultation', 'setting', 'release') AND NEW.action <> 'refused')
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

# Who changed a row and when is the database's word, and so is the count by which two who write at once are told apart.
STAMP_CHANGE = """
CREATE FUNCTION stamp_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) THEN
        NEW.changed_by := acting_user();
        NEW.changed_at := now();
        NEW.version := CASE TG_OP WHEN 'UPDATE' THEN OLD.version + 1 ELSE 1 END;
    END IF;
    RETURN NEW;
END $$
"""

# The settings of an office are any of its officers' to change; who did is the database's word.
STAMP_OFFICE = """
CREATE FUNCTION stamp_office() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) THEN
        NEW.changed_by := acting_user();
        NEW.changed_at := now();
    END IF;
    RETURN NEW;
END $$
"""

# The rule of changes.closing, for whoever would write around it.
GUARD_CLOSING = f"""
CREATE FUNCTION guard_closing() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF NEW.stage = 'closed' AND OLD.stage <> 'closed' AND (
        NOT EXISTS (SELECT FROM case_duty d WHERE d.case_id = NEW.id)
        OR EXISTS (SELECT FROM case_duty d WHERE d.case_id = NEW.id AND d.state = 'owed')
        OR EXISTS (SELECT FROM allegation a WHERE a.case_id = NEW.id AND a.outcome IN ('open', 'police_ongoing'))
    ) THEN
        RAISE EXCEPTION 'something is owed yet' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

# One person is named at a time. A conflict closes a case to one officer, never to the last who could work on it.
GIVE_ACCESS = f"""
CREATE PROCEDURE give_access(
    IN given_case uuid, IN given_id uuid, IN given_user uuid, IN given_kind text, IN given_reason bytea,
    IN given_until timestamptz
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := acting_authority('allegations.work');
BEGIN
    PERFORM FROM lado_case c WHERE c.id = given_case AND c.authority_id = mine AND c.id IN (SELECT worked_cases())
    FOR UPDATE;
    IF NOT FOUND OR given_kind NOT IN ('named', 'closed')
        OR NOT EXISTS (SELECT FROM user_account u WHERE u.id = given_user AND u.status = 'active') THEN
        RAISE EXCEPTION 'this access is not to be given' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF given_kind = 'named' AND (given_until IS NULL OR given_until > now() + interval '1 year' OR EXISTS (
        SELECT FROM case_access x WHERE x.case_id = given_case AND x.kind = 'named' AND x.ended_at IS NULL
          AND x.until_at > now())) THEN
        RAISE EXCEPTION 'somebody is named already' USING ERRCODE = 'check_violation';
    END IF;
    IF given_kind = 'closed' AND NOT EXISTS (
        SELECT FROM role_held h JOIN user_account u ON u.id = h.user_id
        WHERE h.role = 'designated_officer' AND h.ended_at IS NULL AND u.status = 'active' AND u.authority_id = mine
          AND u.id <> given_user AND NOT EXISTS (
            SELECT FROM case_access x WHERE x.case_id = given_case AND x.kind = 'closed' AND x.ended_at IS NULL
              AND x.user_id = u.id)) THEN
        RAISE EXCEPTION 'somebody must be able to work on it' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO case_access (id, authority_id, case_id, user_id, kind, reason_sealed, given_by, until_at)
    VALUES (given_id, mine, given_case, given_user, given_kind, given_reason, acting_user(),
        CASE given_kind WHEN 'named' THEN given_until END);
END $$
"""
END_ACCESS = f"""
CREATE PROCEDURE end_access(IN given_access uuid, INOUT ended boolean DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE case_access x SET ended_at = now(), ended_by = acting_user()
    WHERE x.id = given_access AND x.ended_at IS NULL AND x.user_id <> acting_user()
      AND x.authority_id = acting_authority('allegations.work') AND x.case_id IN (SELECT worked_cases());
    ended := FOUND;
END $$
"""
# A deputy finds a case by its reference or by who it is about, after the second factor and a kept search; it opens for
# an hour. Whether there was one is the answer.
BREAK_GLASS = f"""
CREATE PROCEDURE break_glass(
    IN given_access uuid, IN given_reference text, IN given_keys bytea[], IN given_reason bytea,
    IN given_review_due date, INOUT opened uuid DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := acting_authority('allegations.deputise');
BEGIN
    IF mine IS NULL OR coalesce(acting_second_factor_at() < now() - interval '6 minutes', true)
        OR NOT EXISTS (SELECT FROM looked_lately('allegation', '{{searched}}')) THEN
        RAISE EXCEPTION 'this is not an emergency' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT c.id INTO opened FROM lado_case c
    WHERE c.authority_id = mine AND (c.reference = given_reference OR c.subject_key = ANY (given_keys))
      AND c.id NOT IN (SELECT closed_to_me())
    ORDER BY c.closed_on NULLS FIRST, c.recorded_at DESC LIMIT 1;
    IF opened IS NOT NULL THEN
        INSERT INTO case_access (id, authority_id, case_id, user_id, kind, reason_sealed, given_by, until_at,
            review_due_on)
        VALUES (given_access, mine, opened, acting_user(), 'emergency', given_reason, acting_user(), now() + interval '1 hour',
            least(given_review_due, current_date + 7));
    END IF;
END $$
"""
REVIEW_ACCESS = f"""
CREATE PROCEDURE review_emergency(IN given_access uuid, IN given_words bytea, INOUT reviewed boolean DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE case_access x SET reviewed_at = now(), reviewed_by = acting_user(), review_sealed = given_words
    WHERE x.id = given_access AND x.kind = 'emergency' AND x.reviewed_at IS NULL AND x.user_id <> acting_user()
      AND x.authority_id = acting_authority('allegations.work') AND x.case_id IN (SELECT worked_cases());
    reviewed := FOUND;
END $$
"""

# Every record that stands for the same people: merged into one, or linked by councils. Ids alone.
SAME_RECORDS = f"""
CREATE FUNCTION same_records(given_people uuid[]) RETURNS TABLE (asked uuid, person_id uuid)
LANGUAGE sql STABLE {PINNED} AS $$
    WITH RECURSIVE reached (asked, id) AS (
        SELECT g.id, g.id FROM unnest(given_people) AS g (id)
        WHERE coalesce((SELECT acting_authority('allegations.work')), (SELECT acting_authority('driver_check.make')),
            (SELECT acting_authority('allegations.deputise'))) IS NOT NULL
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
    SELECT r.asked, r.id FROM reached r ORDER BY 1, 2
$$
"""

# As check_candidates of 0004, for a designated officer or a deputy whose search is kept in the restricted trail.
LADO_CANDIDATES = f"""
CREATE FUNCTION lado_candidates(given_keys bigint[], given_caps int[])
RETURNS TABLE (person_id uuid, names text[], date_of_birth date, postcodes text[], identifiers bigint[])
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT m.person_id, m.names, m.date_of_birth, m.postcodes, m.identifiers
    FROM (
        SELECT DISTINCT k.person_id
        FROM unnest(given_keys, given_caps) AS asked(key, cap)
        CROSS JOIN lado_authorities() AS s(authority_id)
        CROSS JOIN LATERAL (
            SELECT f.person_id FROM match_key f
            WHERE f.key = asked.key AND f.authority_id = s.authority_id
            ORDER BY f.person_id LIMIT least(asked.cap, 5000)
        ) k
    ) found
    JOIN person_match m ON m.person_id = found.person_id
$$
"""
# The authorities whose holders a designated officer sees: those that share. None before a search or a look is kept.
LADO_AUTHORITIES = f"""
CREATE FUNCTION lado_authorities() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT a.id FROM authority a
    WHERE coalesce((SELECT acting_authority('allegations.work')), (SELECT acting_authority('allegations.deputise')))
        IS NOT NULL
      AND EXISTS (SELECT FROM looked_lately('allegation', '{{searched,looked}}'))
      AND (a.agreement_signed_on <= current_date OR a.id = (SELECT acting_authority()))
      AND a.valid_from <= current_date AND (a.valid_to IS NULL OR a.valid_to >= current_date)
$$
"""
# Holders by name, date of birth and licence status, and what part they have in premises and firms.
LADO_PEOPLE = f"""
CREATE FUNCTION lado_people(given_people uuid[])
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
$$
"""

# Where an officer meets somebody of whom they found a record: the flags that are set for their authority on any of its
# keys are noted as seen, and told after that is committed. The keys cannot be guessed: they are made outside.
MEET_FLAGS = f"""
CREATE PROCEDURE meet_flags(IN given_keys bytea[], IN given_through text, IN given_object uuid)
LANGUAGE sql {PINNED} AS $$
    INSERT INTO flag_seen (id, authority_id, case_id, share_id, for_authority_id, through, object_id, seen_by, seen_name,
        seen_at, transaction_id)
    SELECT gen_random_uuid(), s.authority_id, s.case_id, s.id, s.for_authority_id, given_through, given_object,
        u.id, u.name, clock_timestamp(), pg_current_xact_id()::text::bigint
    FROM case_share s JOIN user_account u ON u.id = acting_user()
    WHERE s.ended_at IS NULL AND s.level <> 'nothing' AND s.subject_keys && given_keys
      AND s.for_authority_id = coalesce(acting_authority('casework.work'), acting_authority('driver_check.make'))
$$
"""
FLAGS_MET = f"""
CREATE FUNCTION flags_met(given_keys bytea[], given_through text, given_object uuid)
RETURNS TABLE (met bytea, council text, contact text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT DISTINCT k.met, a.name, coalesce(o.contact, '')
    FROM flag_seen f
    JOIN case_share s ON s.id = f.share_id AND s.ended_at IS NULL
    JOIN authority a ON a.id = s.authority_id
    LEFT JOIN lado_office o ON o.authority_id = a.id
    CROSS JOIN LATERAL unnest(given_keys) AS k (met)
    WHERE k.met = ANY (s.subject_keys)
      AND f.seen_by = acting_user() AND f.through = given_through AND f.object_id = given_object
      AND f.seen_at > {LATELY} AND f.transaction_id IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
    ORDER BY 1, 2
$$
"""

# A recipient's own side of a release.
HELD_RELEASES = f"""
CREATE FUNCTION releases_held() RETURNS TABLE (id uuid, council text, kind text, released_at timestamptz,
    expires_on date, acknowledged_at timestamptz, answered_at timestamptz, chased_on date)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT r.id, a.name, r.kind, r.released_at, r.expires_on, r.acknowledged_at, r.answered_at, r.chased_on
    FROM case_release r JOIN authority a ON a.id = r.authority_id
    WHERE r.to_user_id = acting_user() AND r.ended_at IS NULL AND r.expires_on >= current_date
    ORDER BY r.released_at DESC, r.id
$$
"""
READ_RELEASES = f"""
CREATE FUNCTION read_releases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT h.id FROM releases_held() h WHERE h.id IN (SELECT looked_lately('release', '{{looked}}'))
$$
"""
MAY_READ_RELEASE = f"""
CREATE FUNCTION may_read_release(given_release uuid) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT EXISTS (SELECT FROM releases_held() h WHERE h.id = given_release)
$$
"""
ACKNOWLEDGE = f"""
CREATE PROCEDURE acknowledge_release(IN given_release uuid, INOUT acknowledged boolean DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE case_release r SET acknowledged_at = now()
    WHERE r.id = given_release AND r.acknowledged_at IS NULL AND r.id IN (SELECT read_releases());
    acknowledged := FOUND;
END $$
"""
ANSWER_RELEASE = f"""
CREATE PROCEDURE answer_release(IN given_release uuid, IN given_answer bytea, INOUT answered boolean DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE case_release r
    SET answered_at = now(), answer_sealed = given_answer, acknowledged_at = coalesce(r.acknowledged_at, now())
    WHERE r.id = given_release AND r.answered_at IS NULL AND r.id IN (SELECT read_releases());
    answered := FOUND;
END $$
"""
# A copy, sealed for its own row, becomes the authority's record; the designated officer sees that it was relied on.
RELY_ON_RELEASE = f"""
CREATE PROCEDURE rely_on_release(
    IN given_release uuid, IN given_id uuid, IN given_kind text, IN given_object uuid, IN given_content bytea
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := acting_authority('casework.work');
BEGIN
    UPDATE case_release r SET relied_on_at = coalesce(r.relied_on_at, now())
    WHERE r.id = given_release AND r.for_authority_id = mine AND r.id IN (SELECT read_releases());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this is not released to you' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO relied_item (id, authority_id, release_id, object_kind, object_id, content_sealed, relied_by)
    VALUES (given_id, mine, given_release, given_kind, given_object, given_content, acting_user());
END $$
"""

# What waits in the cases that somebody listed: by when, and in which; never what.
DUE = f"""
CREATE FUNCTION lado_due() RETURNS TABLE (source text, id uuid, case_id uuid, due_on date)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT d.* FROM (
        SELECT 'consider', c.id, c.id, c.consider_by FROM lado_case c WHERE c.stage IN ('recording', 'considering')
        UNION ALL
        SELECT 'review', c.id, c.id, c.review_on FROM lado_case c
        WHERE c.stage = 'open' OR (c.stage = 'closed' AND c.review_on IS NOT NULL)
        UNION ALL
        SELECT 'strand', s.id, s.case_id, s.next_on FROM case_strand s WHERE s.state NOT IN ('finished', 'not_needed')
        UNION ALL
        SELECT 'meeting', m.id, m.case_id, m.next_on FROM case_meeting m
        WHERE NOT EXISTS (SELECT FROM case_meeting n WHERE n.case_id = m.case_id AND n.held_on >= m.next_on)
        UNION ALL
        SELECT 'action', a.id, a.case_id, a.due_on FROM case_action a WHERE a.done_on IS NULL
        UNION ALL
        SELECT 'withheld', d.id, d.case_id, d.review_on FROM case_duty d WHERE d.state = 'withheld'
        UNION ALL
        SELECT 'release', r.id, r.case_id, coalesce(r.chased_on, r.released_at::date) + 2 FROM case_release r
        WHERE r.acknowledged_at IS NULL AND r.ended_at IS NULL
        UNION ALL
        SELECT 'emergency', x.id, x.case_id, x.review_due_on FROM case_access x
        WHERE x.kind = 'emergency' AND x.reviewed_at IS NULL
    ) d (source, id, case_id, due_on)
    JOIN lado_case c ON c.id = d.case_id AND (c.closed_on IS NULL OR d.source IN ('review', 'withheld', 'release', 'emergency'))
    WHERE d.due_on IS NOT NULL AND d.case_id IN (SELECT listed_cases())
    ORDER BY d.due_on, d.id
$$
"""
# The cases about somebody, by the keyed hashes of their records.
CASES_ABOUT = f"""
CREATE FUNCTION cases_about(given_keys bytea[]) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE c.subject_key = ANY (given_keys) AND c.id IN (SELECT known_cases())
      AND EXISTS (SELECT FROM looked_lately('allegation', '{{searched,looked,listed}}'))
    ORDER BY c.recorded_at DESC, c.id
$$
"""
# To whom at an authority something can be released: its licensing officers and managers, by name.
OFFICERS_OF = f"""
CREATE FUNCTION officers_of(given_authority uuid) RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT DISTINCT u.id, u.name
    FROM user_account u
    JOIN role_held h ON h.user_id = u.id AND h.ended_at IS NULL
    JOIN role_permission p ON p.role = h.role AND p.permission = 'casework.work'
    WHERE u.authority_id = given_authority AND u.status = 'active'
      AND (SELECT acting_authority('allegations.work')) IS NOT NULL
    ORDER BY 2, 1
$$
"""
# The cases that have a conflict with whoever acts; not for the application to ask.
CLOSED_TO_ME = f"""
CREATE FUNCTION closed_to_me() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind = 'closed' AND x.ended_at IS NULL
$$
"""

INTERNAL = {
    "known_cases()": KNOWN_CASES,
    "looked_lately(text, text[])": LOOKED,
}
FUNCTIONS = {
    "case_standing(uuid)": CASE_STANDING,
    "open_cases()": OPEN_CASES,
    "listed_cases()": LISTED_CASES,
    "worked_cases()": WORKED_CASES,
    "same_records(uuid[])": SAME_RECORDS,
    "lado_authorities()": LADO_AUTHORITIES,
    "lado_candidates(bigint[], int[])": LADO_CANDIDATES,
    "lado_people(uuid[])": LADO_PEOPLE,
    "flags_met(bytea[], text, uuid)": FLAGS_MET,
    "releases_held()": HELD_RELEASES,
    "read_releases()": READ_RELEASES,
    "may_read_release(uuid)": MAY_READ_RELEASE,
    "lado_due()": DUE,
    "cases_about(bytea[])": CASES_ABOUT,
    "officers_of(uuid)": OFFICERS_OF,
    "closed_to_me()": CLOSED_TO_ME,
}
PROCEDURES = {
    "give_access(uuid, uuid, uuid, text, bytea, timestamptz)": GIVE_ACCESS,
    "end_access(uuid, boolean)": END_ACCESS,
    "break_glass(uuid, text, bytea[], bytea, date, uuid)": BREAK_GLASS,
    "review_emergency(uuid, bytea, boolean)": REVIEW_ACCESS,
    "meet_flags(bytea[], text, uuid)": MEET_FLAGS,
    "acknowledge_release(uuid, boolean)": ACKNOWLEDGE,
    "answer_release(uuid, bytea, boolean)": ANSWER_RELEASE,
    "rely_on_release(uuid, uuid, text, uuid, bytea)": RELY_ON_RELEASE,
}

# What is released needs a level that admits it, for the recipient's authority; an outcome is told at any level.
SHARED = """(kind = 'outcome' OR EXISTS (
    SELECT FROM case_share s WHERE s.case_id = case_release.case_id AND s.ended_at IS NULL
      AND s.for_authority_id = case_release.for_authority_id
      AND (s.level = 'items' OR (s.level = 'summary' AND case_release.kind = 'summary'))))"""
LISTED = "id IN (SELECT listed_cases())"
OPENED = "case_id IN (SELECT open_cases())"
WORKED = "case_id IN (SELECT worked_cases())"
OFFICE = "authority_id = (SELECT acting_authority('allegations.work'))"
CASE_COLUMNS = (
    "stage",
    "owner_id",
    "subject_sealed",
    "subject_key",
    "follows_merges",
    "known_on",
    "referred_on",
    "consider_by",
    "sector",
    "referrer_kind",
    "at_immediate_risk",
    "police_involved",
    "under_duty",
    "threshold_met",
    "threshold_on",
    "threshold_sealed",
    "review_on",
    "closed_on",
    "closing_sealed",
    "retain_until",
    "hold_sealed",
    "held_since",
    "version",
)
# Table of a case -> what may change of a row; nothing of it is ever deleted.
CHANGED = {
    "case_step": ("answers_sealed", "version"),
    "allegation": (
        "limbs",
        "category",
        "words_sealed",
        "alleged_on",
        "outcome",
        "outcome_on",
        "outcome_sealed",
        "version",
    ),
    "case_strand": ("state", "owner_sealed", "note_sealed", "next_on", "version"),
    "case_meeting": ("kind", "held_on", "attendees_sealed", "told_sealed", "notes_sealed", "next_on", "version"),
    "case_action": ("done_on", "done_sealed"),
    "case_entry": (),
    "case_share": ("ended_at",),
    "case_duty": ("state", "settled_on", "words_sealed", "review_on"),
}
VERSIONED = ("lado_case", "case_step", "allegation", "case_strand", "case_meeting")
# Who recorded a row, and who settled it.
STAMPED = {
    "lado_case": "'recorded_by', 'recorded_at'",
    "allegation": "'recorded_by', 'recorded_at'",
    "case_meeting": "'recorded_by', 'recorded_at'",
    "case_action": "'recorded_by', 'recorded_at'",
    "case_entry": "'recorded_by', 'recorded_at'",
    "case_share": "'set_by', 'set_at'",
    "case_release": "'released_by', 'released_at'",
    "case_duty": "'', 'recorded_at', 'settled_on', 'settled_by'",
}
KEPT = (("case_action", "done_on"), ("case_share", "ended_at"), ("case_release", "ended_at"))


def upgrade() -> None:
    for signature, definition in INTERNAL.items():
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for signature, definition in PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    protect_tables()
    for routine in (DIVERT, STAMP_CHANGE, STAMP_OFFICE, GUARD_CLOSING):
        op.execute(routine)
    for routine in ("guard_closing()", "divert_restricted()"):
        op.execute(f"REVOKE ALL ON FUNCTION {routine} FROM PUBLIC")
    # Triggers go by their names: an entry is diverted before it is stamped, and stamped where it stays.
    op.execute("CREATE TRIGGER divert BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION divert_restricted()")
    add_triggers()
    # Of a case that is closed to them, an officer does not read who looked at it either.
    open_to_me = "(object_id IS NULL OR object_id NOT IN (SELECT closed_to_me()))"
    readable = f"{within('restricted_trail.read')} AND {open_to_me}"
    op.execute(f"ALTER POLICY restricted_entry_select ON restricted_entry USING ({readable})")


def protect_tables() -> None:
    protect(
        "lado_case", select=LISTED, insert=OFFICE, update="id IN (SELECT worked_cases())", update_columns=CASE_COLUMNS
    )
    for table, columns in CHANGED.items():
        protect(table, select=OPENED, insert=WORKED, update=WORKED if columns else None, update_columns=columns)
    mine = "to_user_id = (SELECT acting_user()) AND id IN (SELECT read_releases())"
    protect(
        "case_release",
        select=f"{OPENED} OR ({mine})",
        insert=f"{WORKED} AND to_user_id IN (SELECT o.id FROM officers_of(for_authority_id) o) AND {SHARED}",
        update=WORKED,
        update_columns=("chased_on", "ended_at", "ended_sealed"),
    )
    protect("flag_seen", select=OPENED)
    protect("case_access", select=f"{OPENED} OR (user_id = (SELECT acting_user()) AND kind <> 'closed')")
    protect("relied_item", select=within("casework.work"))
    own_words = f"{OFFICE} AND changed_by = (SELECT acting_user())"
    protect(
        "lado_office",
        select=OFFICE,
        insert=own_words,
        update=OFFICE,
        update_columns=("contact", "meeting_name", "changed_by", "changed_at"),
    )


def add_triggers() -> None:
    for table in VERSIONED:
        op.execute(
            f"CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION stamp_change()"
        )
    for table, arguments in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    for table, settled in KEPT:
        op.execute(
            f"CREATE TRIGGER keep_{settled} BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION keep_settled('{settled}')"
        )
    op.execute(
        "CREATE TRIGGER stamp_office BEFORE INSERT OR UPDATE ON lado_office"
        " FOR EACH ROW EXECUTE FUNCTION stamp_office()"
    )
    op.execute("CREATE TRIGGER guard_closing BEFORE UPDATE ON lado_case FOR EACH ROW EXECUTE FUNCTION guard_closing()")
