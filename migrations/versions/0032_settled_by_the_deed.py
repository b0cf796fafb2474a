"""Tasks that the deed itself settles: when it is recorded, and by the daily jobs where their cause is gone."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit, admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0032"
down_revision: str | None = "0031"

DRIVERS = "'hackney_carriage_driver', 'private_hire_driver', 'dual_driver'"
# Nothing ever opened "ask_other_council".
TASK_KINDS = (
    "check_details",
    "ask_for_documents",
    "contact_holder",
    "contact_council",
    "visit",
    "review",
    "other",
    "licence_ceased",
    "no_supervisor",
    "several_parts",
    "tell_of_correction",
    "review_immediate",
    "consider_marker",
    "training_lapsed",
    "vetting_due",
    "badge_chase",
    "suspension_review",
    "refer_to_dbs",
    "defective_notice",
    "tell_requesters",
    "court_outcome",
    "consider_fitness",
    "decide",
)
# What runs by the clock in England, whatever the server's own is.
PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
MINE = "user_id = (SELECT acting_user())"
ONLY = """
    IF acting_job('{job}') IS NULL THEN
        RAISE EXCEPTION 'only the job {job} does this' USING ERRCODE = '42501';
    END IF;
"""

# Whoever does the deed settles the task, whomever it was for: a colleague's that they may not see too. What somebody
# opened by hand asks for more than a record can show, and stays.
SETTLE = f"""
CREATE PROCEDURE settle_tasks(
    IN given_kind text, IN given_object_kind text, IN given_object uuid, IN given_words text,
    INOUT settled uuid[] DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    WITH done AS (
        UPDATE task t SET done_at = now(), done_by = acting_user(), outcome = given_words, settled = true
        WHERE t.kind = given_kind AND t.object_kind = given_object_kind AND t.object_id = given_object
          AND t.done_at IS NULL AND t.authority_id = acting_authority('tasks.use')
          AND (t.opened_by IS NULL OR t.kind NOT IN ('check_details', 'ask_for_documents', 'contact_holder',
            'contact_council', 'visit', 'review', 'other'))
        RETURNING t.id, t.authority_id
    ), noted AS (
        INSERT INTO task_change (id, authority_id, task_id, kind, details, reason, by_id)
        SELECT gen_random_uuid(), d.authority_id, d.id, 'settled', '{{}}', given_words, acting_user() FROM done d
    )
    SELECT coalesce(array_agg(d.id ORDER BY d.id), '{{}}') INTO settled FROM done d;
END $$
"""

# Not for the application: the jobs' own routines say of which records the cause is still there.
SETTLE_GONE = f"""
CREATE FUNCTION settle_gone(given_kind text, still_there uuid[], given_words text) RETURNS void
LANGUAGE sql {PINNED} AS $$
    WITH done AS (
        UPDATE task t SET done_at = now(), outcome = given_words, settled = true
        WHERE t.kind = given_kind AND t.done_at IS NULL AND t.opened_by IS NULL
          AND t.object_id <> ALL (coalesce(still_there, '{{}}'))
        RETURNING t.id, t.authority_id
    )
    INSERT INTO task_change (id, authority_id, task_id, kind, details, reason)
    SELECT gen_random_uuid(), d.authority_id, d.id, 'settled', '{{}}', given_words FROM done d
$$
"""

# A task of the service's own, without a word of a record.
OPEN = """
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
    SELECT gen_random_uuid(), {seen}.authority_id, 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)), {columns}
    FROM {seen} CROSS JOIN LATERAL (
        SELECT md5(gen_random_uuid()::text) AS h WHERE {seen}.authority_id IS NOT NULL) r
"""
# Whoever has a licence that stands, on the day.
STANDS = "from_on <= given_day AND given_day < {}.until_on AND {}.status IN ({})"


def standing(alias: str, *statuses: str) -> str:
    """The condition that a period holds on the day with one of these statuses."""
    return f"{alias}." + STANDS.format(alias, alias, ", ".join(f"'{one}'" for one in statuses))


IN_FORCE = ("in_force", "suspension_pending", "revocation_pending")

NO_SUPERVISOR = f"""
    SELECT l.authority_id, 'no_supervisor', 'licence', l.id, 'licensing_officer',
        'Alcohol is licensed here and no designated premises supervisor is recorded.'
    FROM licence l
    JOIN licence_period s ON s.licence_id = l.id AND {standing("s", *IN_FORCE, "interim_authority")}
    WHERE l.activities && ARRAY['alcohol_on_sales', 'alcohol_off_sales'] AND l.kind = 'premises_licence'
      AND NOT EXISTS (
        SELECT FROM position_held h WHERE h.of_licence_id = l.id AND h.kind = 'premises_supervisor'
          AND h.superseded_at IS NULL AND (h.from_on IS NULL OR h.from_on <= given_day)
          AND (h.until_on IS NULL OR given_day <= h.until_on))
"""
SEVERAL_PARTS = f"""
    SELECT DISTINCT l.authority_id, 'several_parts', 'person', l.person_id, 'licensing_manager',
        'A driver who also has a part in premises or holds a licence for alcohol.'
    FROM licence l
    JOIN licence_period s ON s.licence_id = l.id AND {standing("s", *IN_FORCE, "suspended")}
    WHERE l.kind IN ({DRIVERS}) AND l.person_id IS NOT NULL
      AND (EXISTS (SELECT FROM licence o WHERE o.person_id = l.person_id
             AND o.kind IN ('personal_licence', 'premises_licence'))
        OR EXISTS (SELECT FROM position_held h WHERE h.person_id = l.person_id AND h.superseded_at IS NULL
             AND (h.until_on IS NULL OR given_day <= h.until_on)
             AND (h.of_premises_id IS NOT NULL OR h.kind = 'premises_supervisor')))
"""
# As 0015 made it. What somebody said is done stays done: 28 days where alcohol has no supervisor, else for good. What
# was settled, because a supervisor came, is told of anew when that one goes too.
WATCH_REGISTERS = f"""
CREATE OR REPLACE PROCEDURE watch_registers(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    {ONLY.format(job="watch_registers")}
    PERFORM settle_gone('no_supervisor', ARRAY(SELECT n.object_id
        FROM ({NO_SUPERVISOR}) n (authority_id, kind, object_kind, object_id, team, why)),
        'A supervisor is recorded, or the licence is not in force.');
    PERFORM settle_gone('several_parts', ARRAY(SELECT n.object_id
        FROM ({SEVERAL_PARTS}) n (authority_id, kind, object_kind, object_id, team, why)),
        'They have no such part any more.');
    PERFORM settle_gone('licence_ceased', ARRAY(SELECT t.object_id FROM task t
        WHERE t.kind = 'licence_ceased' AND t.done_at IS NULL AND NOT EXISTS (SELECT FROM licence_period s
            WHERE s.licence_id = t.object_id AND {standing("s", *IN_FORCE, "suspended")})),
        'The licence runs on: what ended it was put right.');
    WITH seen (authority_id, kind, object_kind, object_id, team, why) AS (
        -- Immigration Act 2016: the licence ceased by itself; nobody decided it, so nobody was told.
        SELECT p.authority_id, 'licence_ceased', 'licence', p.licence_id, 'licensing_officer',
            'Permission to work ended, and the licence with it. Ask for the badge, and whether leave was extended.'
        FROM licence_period p
        WHERE p.status = 'ceased_immigration' AND p.from_on BETWEEN given_day - 7 AND given_day
        UNION ALL
        -- Licensing Act 2003 s.19: no alcohol without a designated premises supervisor.
        {NO_SUPERVISOR}
        UNION ALL
        -- A driver who has a part in premises or in alcohol too: for the licensing lead alone.
        {SEVERAL_PARTS}
    ), fresh AS (
        {
    OPEN.format(
        seen="seen",
        columns="seen.kind, '', seen.why, seen.object_kind, seen.object_id, seen.team, given_day + 5",
    )
}
        WHERE NOT EXISTS (SELECT FROM task t WHERE t.kind = seen.kind AND t.object_id = seen.object_id
            AND t.authority_id = seen.authority_id
            AND (t.done_at IS NULL OR t.kind = 'licence_ceased'
                OR (NOT t.settled AND (t.kind <> 'no_supervisor' OR t.done_at > given_day - 28))))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""

LAPSED = f"""
    SELECT h.authority_id, h.person_id, max(coalesce(k.expires_on, DATE '9999-12-31')) AS last_on
    FROM (
        SELECT DISTINCT p.authority_id, p.person_id FROM licence_period p
        WHERE p.kind IN ({DRIVERS}) AND p.person_id IS NOT NULL AND {standing("p", *IN_FORCE)}
    ) h
    JOIN (
        SELECT r.authority_id, r.person_id, r.result::text AS result, r.expires_on FROM training_record r
        WHERE r.audience = 'driver' AND r.superseded_at IS NULL
        UNION ALL
        SELECT a.id, k.person_id, k.result, k.expires_on
        FROM authority a CROSS JOIN LATERAL linked_training_for(a.id, given_day) k
        WHERE k.audience = 'driver'
    ) k ON k.authority_id = h.authority_id AND k.person_id = h.person_id
    WHERE k.result IN ('passed', 'exempt')
    GROUP BY h.authority_id, h.person_id
    HAVING max(coalesce(k.expires_on, DATE '9999-12-31')) < given_day
"""
# As 0031 has it: `rules` names for each council the licences whose holders are asked, and how long a status is good for.
DUE = f"""
    WITH holder AS (
        SELECT DISTINCT p.authority_id, p.kind, p.person_id FROM licence_period p
        WHERE p.person_id IS NOT NULL AND {standing("p", *IN_FORCE, "interim_authority")}
    )
    SELECT h.authority_id, h.person_id, min(least(s.ends_on, (s.counted_from + r.good_for)::date)) AS due_on
    FROM holder h
    JOIN jsonb_to_recordset(rules) AS r (council uuid, licence text, unless_driver boolean, good_for interval)
      ON r.council = h.authority_id AND r.licence = h.kind
    JOIN vetting_standing s ON s.person_id = h.person_id AND s.kind = 'dbs_status'
    WHERE s.settled IN ('satisfied', 'not_needed')
      AND NOT (r.unless_driver AND EXISTS (
        SELECT FROM holder d WHERE d.person_id = h.person_id AND d.kind IN ({DRIVERS})))
    GROUP BY h.authority_id, h.person_id
"""


def watch_people(job: str, kind: str, cause: str, day: str, why: str, gone: str, told: str, asked: str = "") -> str:
    """A daily routine that opens a task about each person of `cause` (authority, person, day), and settles the rest.

    What somebody looked at is told of once; what was settled is told of when it comes back.
    """
    columns = f"'{kind}', '', '{why}', 'person', found.person_id, 'licensing_officer', given_day + 5"
    return f"""
CREATE OR REPLACE PROCEDURE {job}(IN given_day date,{asked} INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    councils uuid[];
    people uuid[];
    days date[];
BEGIN
    {ONLY.format(job=job)}
    SELECT array_agg(c.authority_id), array_agg(c.person_id), array_agg(c.{day}) INTO councils, people, days
    FROM ({cause}) c;
    PERFORM settle_gone('{kind}', people, '{gone}');
    WITH found AS (
        SELECT * FROM unnest(councils, people, days) AS one (authority_id, person_id, on_day)
    ), fresh AS (
        {OPEN.format(seen="found", columns=columns)}
        WHERE NOT EXISTS (SELECT FROM task t WHERE t.kind = '{kind}' AND t.object_id = found.person_id
            AND t.authority_id = found.authority_id
            AND (t.done_at IS NULL OR (NOT t.settled AND {told})))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""


WATCH_TRAINING = watch_people(
    "watch_training",
    "training_lapsed",
    LAPSED,
    "last_on",
    "Safeguarding training has expired. What follows is for your policy to say.",
    "They are trained again, or hold no such licence.",
    "t.opened_at::date > found.on_day",
)
WATCH_VETTING = watch_people(
    "watch_vetting",
    "vetting_due",
    f"SELECT d.* FROM ({DUE}) d WHERE d.due_on <= given_day",
    "due_on",
    "The DBS status of a holder is due to be checked again.",
    "The status was checked, or is needed no longer.",
    "t.opened_at::date >= found.on_day",
    " IN rules jsonb,",
)

UNCONSIDERED = """
    SELECT DISTINCT m.authority_id, m.person_id FROM marked_elsewhere m
    WHERE NOT EXISTS (
        SELECT FROM marker_considered c
        WHERE c.person_id = m.person_id AND c.marked_by_id = m.marked_by_id AND c.marked_on = m.marked_on)
"""
TELL_OF_MARKERS = f"""
CREATE OR REPLACE PROCEDURE tell_of_markers(INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    {ONLY.format(job="seek_markers")}
    PERFORM settle_gone('consider_marker', ARRAY(SELECT u.person_id FROM ({UNCONSIDERED}) u),
        'It was considered, or no council asks for it any more.');
    opened := open_marker_tasks(NULL);
END $$
"""

# As 0024 made it, and without a task beside the clock of the answer that starts by itself.
DELIVER_REQUEST = f"""
CREATE PROCEDURE deliver_request(
    IN given_request uuid, IN given_id uuid, IN given_particulars bytea, IN given_words bytea,
    INOUT delivered boolean DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    one request_out;
    mine uuid := acting_authority('casework.work');
BEGIN
    SELECT * INTO one FROM request_out r
    WHERE r.id = given_request AND r.authority_id = mine AND r.method = 'service' AND r.sent_on IS NOT NULL
      AND r.to_authority_id IN (
        SELECT a.id FROM authority a
        WHERE a.id <> mine AND a.agreement_signed_on <= current_date AND 'driver_licensing' = ANY (a.functions)
          AND (a.valid_to IS NULL OR a.valid_to >= current_date))
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this is not to be delivered' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO request_in (id, authority_id, reference, kind, from_authority_id, from_request_id, from_body,
        from_contact, method, particulars_sealed, words_sealed, received_on)
    SELECT given_id, one.to_authority_id,
        (SELECT 'NR-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)) FROM md5(gen_random_uuid()::text) h),
        one.kind, mine, one.id, a.name,
        concat_ws(', ', nullif(a.licensing_contact, ''), nullif(a.licensing_email, ''), nullif(a.licensing_phone, '')),
        'service', given_particulars, given_words, current_date
    FROM authority a WHERE a.id = mine
    ON CONFLICT (from_request_id) DO NOTHING;
    delivered := FOUND;
END $$
"""

# How long another council's marker is told: as long as that council keeps what it rests on (2022 Act s.2(2)), reckoned
# by its own rule.
STILL_KEPT = f"""
CREATE FUNCTION nr3s_kept(given_authority uuid, given_on date, given_day date) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT (given_on + CASE c.unit
        WHEN 'years' THEN make_interval(years => c.length)
        WHEN 'months' THEN make_interval(months => c.length)
        ELSE make_interval(days => c.length) END)::date - (c.first_day = 'counts')::int >= given_day
    FROM clock_rule c
    WHERE c.code = 'NR3S_RETENTION' AND (c.authority_id IS NULL OR c.authority_id = given_authority)
      AND c.valid_from <= given_day AND (c.valid_until IS NULL OR c.valid_until > given_day)
    ORDER BY c.authority_id IS NULL, c.valid_from DESC, c.id LIMIT 1
$$
"""
# Routine, what it says, and what it says instead.
AMENDED = (
    (
        "watch_nr3s(date, int)",
        "d.notified_on > given_day - interval '11 years'",
        "nr3s_kept(d.authority_id, d.notified_on, given_day)",
    ),
    (
        "marked_in_check(uuid)",
        "(r.band IN ('certain', 'strong') OR m.authority_id = r.authority_id)",
        "(r.band IN ('certain', 'strong') OR m.authority_id = r.authority_id)\n"
        "          AND (m.authority_id = (SELECT c.authority_id FROM driver_check c WHERE c.id = given_check)"
        " OR nr3s_kept(m.authority_id, m.marked_on, current_date))",
    ),
)
# What asks for today, or for the day of a moment: the day in England.
BY_ENGLISH_DAYS = (
    "FUNCTION markers_of(uuid)",
    "FUNCTION marked_in_check(uuid)",
    "FUNCTION marked_people()",
    "FUNCTION open_marker_tasks(uuid[])",
    "FUNCTION tell_of_linked_markers()",
    "FUNCTION acted_elsewhere(uuid)",
    "FUNCTION disclosed_training(uuid)",
    "PROCEDURE meet_markers(uuid)",
    "PROCEDURE watch_operators(date, int)",
    "PROCEDURE watch_nr3s(date, int)",
    "PROCEDURE watch_decisions(date, int)",
    "PROCEDURE deliver_answer(uuid, bytea, boolean)",
)


def amend(routine: str, said: str, instead: str) -> None:
    """Put other words in a routine as it stands, whichever migration wrote it last."""
    bind = op.get_bind()
    found = sa.text("SELECT pg_get_functiondef(CAST(:routine AS regprocedure))")
    definition = str(bind.scalar(found, {"routine": routine}))
    if definition.count(said) != 1:
        raise RuntimeError(f"{routine} does not say once: {said}")
    bind.exec_driver_sql(definition.replace(said, instead))


def tell_no_longer_than_kept() -> None:
    """Another council's marker, and an entry that is still to be made."""
    op.execute(STILL_KEPT)
    op.execute("REVOKE ALL ON FUNCTION nr3s_kept(uuid, date, date) FROM PUBLIC")
    bind = op.get_bind()
    seen = str(bind.scalar(sa.text("SELECT pg_get_viewdef('marked_elsewhere'::regclass)"))).strip().rstrip(";")
    bind.exec_driver_sql(
        "CREATE OR REPLACE VIEW marked_elsewhere AS SELECT told.* FROM ("
        f"{seen}) told WHERE nr3s_kept(told.marked_by_id, told.marked_on, current_date)"
    )
    for routine, said, instead in AMENDED:
        amend(routine, said, instead)


# Said by a clock on the same list: what is to be done by when is said once.
DOUBLED = """
    UPDATE task t SET done_at = now(), outcome = 'The clock about the same record says by when.', settled = true
    WHERE t.done_at IS NULL AND (t.kind = 'review_immediate'
        OR (t.object_kind = 'nr3s_request' AND t.kind = 'consider_fitness')
        OR (t.object_kind = 'nr3s_request' AND t.kind = 'contact_council' AND t.opened_by IS NULL))
"""


def upgrade() -> None:
    op.add_column("task", sa.Column("settled", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_constraint(op.f("ck_task_ck_task_done_by_somebody"), "task")
    op.create_check_constraint(
        "done_by_somebody",
        "task",
        "CASE WHEN done_at IS NULL THEN done_by IS NULL AND NOT settled ELSE settled OR done_by IS NOT NULL END",
    )
    op.alter_column("task_change", "by_id", nullable=True)
    admit("task", "kind", "task_kind", TASK_KINDS)
    admit_also("task_change", "kind", "task_change_kind", "settled")
    op.execute(SETTLE)
    allow_call("settle_tasks(text, text, uuid, text, uuid[])", "PROCEDURE")
    op.execute(SETTLE_GONE)
    op.execute("REVOKE ALL ON FUNCTION settle_gone(text, uuid[], text) FROM PUBLIC")
    op.add_column("draft", sa.Column("led_to", sa.Text(), nullable=True))
    op.execute(f"GRANT UPDATE (sealed, led_to) ON draft TO {app_role()}")
    op.execute(f"CREATE POLICY draft_update ON draft FOR UPDATE TO {app_role()} USING ({MINE}) WITH CHECK ({MINE})")
    for routine in (WATCH_REGISTERS, WATCH_TRAINING, WATCH_VETTING, TELL_OF_MARKERS):
        op.execute(routine)
    op.execute("DROP PROCEDURE deliver_request(uuid, uuid, bytea, bytea, date, boolean)")
    op.execute(DELIVER_REQUEST)
    allow_call("deliver_request(uuid, uuid, bytea, bytea, boolean)", "PROCEDURE")
    op.execute(DOUBLED)
    tell_no_longer_than_kept()
    for routine in BY_ENGLISH_DAYS:
        op.execute(f"ALTER {routine} SET timezone = 'Europe/London'")
    op.drop_column("marker_match", "found_at")
    op.add_column("clock", sa.Column("met_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"GRANT UPDATE (met_at) ON clock TO {app_role()}")
    # What was recorded wrongly is put right once.
    for table in ("consideration_information", "conviction", "nr3s_search"):
        op.create_index(f"uq_{table}_supersedes_id", table, ["supersedes_id"], unique=True)
