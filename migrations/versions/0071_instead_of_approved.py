"""A briefing that was approved and not published: another version may be drafted instead, and then it never is.

Figures of it may have become untellable beside what was published meanwhile, or wrong.
"""

from alembic import op

revision: str = "0071"
down_revision: str | None = "0070"

GUARD = """
CREATE OR REPLACE FUNCTION guard_briefing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    me uuid := acting_user();
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.drafted_at := now();
        NEW.authors := array_remove(ARRAY[me], NULL);
        IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM briefing b WHERE b.id = NEW.supersedes_id AND b.approved_at IS NOT NULL
              AND b.authority_id = NEW.authority_id AND b.audience = NEW.audience AND b.version = NEW.version - 1
              AND b.reference = NEW.reference AND (b.from_on, b.until_on) = (NEW.from_on, NEW.until_on))
        THEN
            RAISE EXCEPTION 'a briefing supersedes one that was approved' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.approved_at IS NOT NULL THEN
        IF OLD.published_at IS NOT NULL OR to_jsonb(OLD) - 'published_at' IS DISTINCT FROM to_jsonb(NEW) - 'published_at'
        THEN
            RAISE EXCEPTION 'an approved briefing stays as it is' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF EXISTS (SELECT FROM briefing later WHERE later.supersedes_id = OLD.id) THEN
            RAISE EXCEPTION 'another version takes the place of this' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.published_at := now();
    ELSIF NEW.approved_at IS NOT NULL THEN
        IF me = ANY (OLD.authors) OR cardinality(OLD.authors) = 0 OR acting_authority('briefings.approve') IS NULL THEN
            RAISE EXCEPTION 'a second person approves a briefing' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.sha256 IS DISTINCT FROM encode(sha256(NEW.pdf), 'hex') OR NEW.content IS DISTINCT FROM OLD.content
            OR NEW.published_at IS NOT NULL
        THEN
            RAISE EXCEPTION 'what is approved is what was drafted' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.approved_at := now();
        NEW.approved_by := me;
        NEW.authors := OLD.authors;
    ELSE
        IF acting_authority('briefings.draft') IS NULL THEN
            RAISE EXCEPTION 'an author changes a draft' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.authors := CASE WHEN me = ANY (OLD.authors) THEN OLD.authors ELSE OLD.authors || me END;
    END IF;
    RETURN NEW;
END $$
"""

# As in 0066, and where versions between were approved and never published.
SUPERSEDED = """
CREATE OR REPLACE FUNCTION briefings_superseded(given_ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT b.id FROM briefing b
    WHERE b.id = ANY (given_ids)
      AND (b.authority_id = acting_authority('figures.read') OR b.id IN (SELECT briefings_addressed()))
      AND EXISTS (SELECT FROM briefing later WHERE later.authority_id = b.authority_id
        AND later.reference = b.reference AND later.version > b.version AND later.published_at IS NOT NULL)
    ORDER BY b.id
$$
"""


def upgrade() -> None:
    op.execute(GUARD)
    op.execute(SUPERSEDED)
