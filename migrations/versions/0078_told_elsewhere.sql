-- What papers told of each council that whoever asks has figures of, as it stood in them: each count of a county's
-- published briefings by place, of each council's own briefings with the two periods beside it, and of answers to the
-- public. Of a county's tables also what was withheld, because they have a total; and nothing for each council that a
-- total of the two periods beside covers. Not what a restricted edition told its own leaders, and without the briefings
-- of `but_for`.
CREATE FUNCTION figures_told(given_codes text[], but_for uuid)
RETURNS TABLE (place text, code text, from_on date, until_on date, which text, shown text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH area AS MATERIALIZED (
        SELECT a.id, a.code::text FROM authority a WHERE a.id IN (SELECT returns_area())
    ), paper AS MATERIALIZED (
        SELECT b.id, b.authority_id, b.from_on, b.until_on, (b.content ->> 'is_county')::boolean AS is_county, b.content
        FROM briefing b
        WHERE b.published_at IS NOT NULL AND b.authority_id IS DISTINCT FROM but_for
          AND NOT coalesce((b.content ->> 'is_exact')::boolean, NOT (b.content ->> 'is_county')::boolean)
    ), figure AS (
        SELECT p.authority_id, p.from_on, p.until_on, p.is_county, f.kept
        FROM paper p CROSS JOIN LATERAL jsonb_array_elements(p.content -> 'figures') f (kept)
        WHERE f.kept ->> 'code' = ANY (given_codes) AND f.kept ->> 'unit' = 'count'
    )
    SELECT a.code, f.kept ->> 'code', f.from_on, f.until_on, w.which, w.shown
    FROM figure f JOIN area a ON a.id = f.authority_id AND NOT f.is_county
    CROSS JOIN LATERAL (VALUES
        ('value', f.kept ->> 'shown'), ('previous', f.kept ->> 'previous_shown'), ('last_year', f.kept ->> 'last_year_shown')
    ) w (which, shown) WHERE w.shown ~ '^[0-9,]+$'
    UNION
    SELECT a.code, f.kept ->> 'code', f.from_on, f.until_on, 'value', n.shown
    FROM figure f CROSS JOIN LATERAL jsonb_each_text(f.kept -> 'by_place') n (place, shown)
    JOIN area a ON a.code = n.place AND f.is_county
    UNION
    SELECT a.code, f.kept ->> 'code', f.from_on, f.until_on, w.which, NULL
    FROM figure f CROSS JOIN LATERAL (VALUES
        ('previous', f.kept ->> 'previous_shown'), ('last_year', f.kept ->> 'last_year_shown')
    ) w (which, shown) JOIN area a ON f.kept -> 'by_place' ? a.code AND f.is_county WHERE w.shown ~ '^[0-9,]+$'
    UNION
    SELECT a.code, l.code, g.from_on, g.until_on, 'value', l.shown
    FROM answer_given g JOIN area a ON a.id = g.authority_id
    CROSS JOIN LATERAL jsonb_array_elements(g.tables) t (kept)
    CROSS JOIN LATERAL jsonb_to_recordset(t.kept -> 'lines') l (code text, shown text)
    WHERE l.code = ANY (given_codes) AND l.shown ~ '^[0-9,]+$'
$$;
