"""Every day: what the registers themselves show needs somebody's attention becomes a task, once."""

from alembic import op

from licensing.enum_checks import admit
from licensing.row_security import allow_call

revision: str = "0015"
down_revision: str | None = "0014"

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
)

# Runs for nobody, across councils, in the job that was made for it; what it writes are tasks without a word of a
# record, which row-level security then shows to the team of the record's own council.
WATCH = """
CREATE PROCEDURE watch_registers(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('watch_registers') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_registers does this' USING ERRCODE = '42501';
    END IF;
    WITH seen (authority_id, kind, object_kind, object_id, team, why) AS (
        -- Immigration Act 2016: the licence ceased by itself; nobody decided it, so nobody was told.
        SELECT p.authority_id, 'licence_ceased', 'licence', p.licence_id, 'licensing_officer',
            'Permission to work ended, and the licence with it. Ask for the badge, and whether leave was extended.'
        FROM licence_period p
        WHERE p.status = 'ceased_immigration' AND p.from_on BETWEEN given_day - 7 AND given_day
        UNION ALL
        -- Licensing Act 2003 s.19: no alcohol without a designated premises supervisor.
        SELECT l.authority_id, 'no_supervisor', 'licence', l.id, 'licensing_officer',
            'Alcohol is licensed here and no designated premises supervisor is recorded.'
        FROM licence l
        JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= given_day AND given_day < s.until_on
        WHERE l.activities && ARRAY['alcohol_on_sales', 'alcohol_off_sales'] AND l.kind = 'premises_licence'
          AND s.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
          AND NOT EXISTS (
            SELECT FROM position_held h WHERE h.of_licence_id = l.id AND h.kind = 'premises_supervisor'
              AND h.superseded_at IS NULL AND (h.from_on IS NULL OR h.from_on <= given_day)
              AND (h.until_on IS NULL OR given_day <= h.until_on))
        UNION ALL
        -- A driver who has a part in premises or in alcohol too: for the licensing lead alone.
        SELECT DISTINCT l.authority_id, 'several_parts', 'person', l.person_id, 'licensing_manager',
            'A driver who also has a part in premises or holds a licence for alcohol.'
        FROM licence l
        JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= given_day AND given_day < s.until_on
        WHERE l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
          AND s.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'suspended')
          AND (EXISTS (SELECT FROM licence o WHERE o.person_id = l.person_id
                 AND o.kind IN ('personal_licence', 'premises_licence'))
            OR EXISTS (SELECT FROM position_held h WHERE h.person_id = l.person_id AND h.superseded_at IS NULL
                 AND (h.until_on IS NULL OR given_day <= h.until_on)
                 AND (h.of_premises_id IS NOT NULL OR h.kind = 'premises_supervisor')))
    ), fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), seen.authority_id,
            'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)),
            seen.kind, '', seen.why, seen.object_kind, seen.object_id, seen.team, given_day + 5
        FROM seen CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE seen.object_id IS NOT NULL) r
        WHERE NOT EXISTS (SELECT FROM task t WHERE t.kind = seen.kind AND t.object_id = seen.object_id
            AND (t.done_at IS NULL OR t.kind <> 'no_supervisor' OR t.done_at > given_day - 28))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""


def upgrade() -> None:
    admit("task", "kind", "task_kind", TASK_KINDS)
    op.execute(WATCH)
    allow_call("watch_registers(date, int)", "PROCEDURE")
