"""What led to a Need to Know that was withdrawn is open again, with its task, as on the day on which it was found."""

from alembic import op

revision: str = "0072"
down_revision: str | None = "0071"

OFFER_AGAIN = """
CREATE FUNCTION offer_fact_again() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    WITH again AS (
        UPDATE need_to_know_fact f SET settled_on = NULL, settled_by = NULL, note_id = NULL
        WHERE f.note_id = NEW.id RETURNING f.id, f.authority_id
    )
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
    SELECT gen_random_uuid(), a.authority_id, 'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4)),
        'raise_need_to_know', '', 'The note about this was withdrawn. Draft another, or say why there is none.',
        'need_to_know_fact', a.id, CASE WHEN EXISTS (
            SELECT FROM role_held h JOIN user_account u ON u.id = h.user_id AND u.status = 'active'
            WHERE u.authority_id = a.authority_id AND h.role = 'briefing_author' AND h.ended_at IS NULL)
            THEN 'briefing_author' ELSE 'licensing_manager' END, current_date + 1
    FROM again a CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text || a.id::text) AS h) r;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(OFFER_AGAIN)
    op.execute("REVOKE ALL ON FUNCTION offer_fact_again() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER offer_fact_again AFTER UPDATE ON need_to_know FOR EACH ROW"
        " WHEN (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn') EXECUTE FUNCTION offer_fact_again()"
    )
