"""Premises of concern: what the agencies that work in an area may know of its places, and the duties they check.

A place is known to whoever works for an agency in its area, and to whoever knows of something that was done there. What
is told of it is public in itself: its name and address, what it is rated for food, the licences that hang on it, and
which of its duties somebody checked. Who owns, runs or manages it stays with the register.

A closure order on a licensed place is told to the council that licenses it, which must review the licence.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0051"
down_revision: str | None = "0050"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
TASK_REFERENCE = (
    "(SELECT 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)) FROM md5(gen_random_uuid()::text) h)"
)
# In whose area an agency works: its council's, and of a county every district's; a partner's as those of the council
# that keeps its details. Wider than acting_area(): a place is no secret from the police, what is done there may be.
PLACE_AREA = f"""
CREATE FUNCTION place_area() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT b.id FROM authority a JOIN authority b ON b.id = a.id OR (a.tier = 'county' AND b.tier = 'district')
    WHERE a.id = acting_authority('disruption.work') AND EXISTS (SELECT acting_agencies())
$$
"""
KNOWN_PLACES = f"""
CREATE FUNCTION known_places() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id FROM premises p WHERE p.authority_id IN (SELECT place_area())
    UNION
    SELECT p.id FROM premises p JOIN disruption_target t ON t.record_id = p.id AND t.kind = 'premises'
    WHERE t.action_id IN (SELECT known_actions())
    UNION
    SELECT p.id FROM premises p JOIN operation_place o ON o.record_id = p.id
    WHERE o.operation_id IN (SELECT known_operations())
    UNION
    SELECT p.id FROM premises p JOIN test_purchase t ON t.record_id = p.id
    WHERE t.recording_agency_id IN (SELECT acting_agencies()) OR t.operation_id IN (SELECT known_operations())
$$
"""
# `checked` are the duties of which something is known: a check, the food register, or a licence that hangs on it.
PLACES_KNOWN = f"""
CREATE FUNCTION places_known(given_kinds text[], given_places uuid[])
RETURNS TABLE (id uuid, authority_id uuid, name text, sort_name text, kind text, address_lines text, postcode text,
    uprn bigint, rooms integer, food_rating text, food_rated_on date, food_seen_on date, checked text[])
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id, p.authority_id, p.name, p.sort_name, p.kind::text, p.address_lines, p.postcode, p.uprn, p.rooms,
        r.rating, r.rated_on, f.extracted_on,
        ARRAY(SELECT DISTINCT c.obligation::text FROM obligation_check c WHERE c.premises_id = p.id)
        || CASE WHEN f.id IS NULL THEN '{{}}' ELSE '{{food_registration}}' END::text[]
        || ARRAY(SELECT DISTINCT 'licensable_activity' FROM licence l WHERE l.premises_id = p.id
                 AND l.kind IN ('premises_licence', 'club_premises_certificate'))
    FROM premises p
    LEFT JOIN food_registration f ON f.premises_id = p.id
    LEFT JOIN LATERAL (
        SELECT g.rating, g.rated_on FROM food_rating g WHERE g.registration_id = f.id
        ORDER BY g.extracted_on DESC, g.id LIMIT 1) r ON true
    WHERE p.id IN (SELECT known_places()) AND (given_places IS NULL OR p.id = ANY (given_places))
      AND (given_kinds IS NULL OR p.kind = ANY (given_kinds))
$$
"""
# What stands in registers that anybody may read: Licensing Act 2003 s.8, Housing Act 2004 s.232.
PLACE_LICENCES = f"""
CREATE FUNCTION place_licences(given_place uuid, given_day date)
RETURNS TABLE (id uuid, kind text, number text, status text, starts_on date, expires_on date)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT l.id, l.kind::text, l.number, s.status::text, l.starts_on, l.expires_on
    FROM licence l
    LEFT JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= given_day AND given_day < s.until_on
    WHERE l.premises_id = given_place AND given_place IN (SELECT known_places())
    ORDER BY l.kind, l.number, l.id
$$
"""
FUNCTIONS = {
    "place_area()": PLACE_AREA,
    "known_places()": KNOWN_PLACES,
    "places_known(text[], uuid[])": PLACES_KNOWN,
    "place_licences(uuid, date)": PLACE_LICENCES,
}
# Licensing Act 2003 s.167: the court tells the licensing authority, which reviews within 28 days of the court's notice.
# Whoever records the order works elsewhere as a rule, and neither reads nor writes that council's work.
ASK_FOR_REVIEW = f"""
CREATE PROCEDURE ask_for_review(IN given_action uuid)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
    SELECT gen_random_uuid(), l.authority_id, {TASK_REFERENCE}, 'review', '',
        'A court closed the place on ' || to_char(a.in_force_on, 'FMDD FMMonth YYYY') || '. Open a review of the licence'
        || ' when the court’s notice comes: it is determined within 28 days (Licensing Act 2003 section 167).',
        'licence', l.id, 'licensing_officer', a.in_force_on + 28
    FROM disruption_action a JOIN power w ON w.id = a.power_id
    JOIN disruption_target t ON t.action_id = a.id AND t.kind = 'premises'
    JOIN licence l ON l.premises_id = t.record_id AND l.kind IN ('premises_licence', 'club_premises_certificate')
    JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= current_date AND current_date < s.until_on
    WHERE a.id = given_action AND a.id IN (SELECT worked_actions()) AND w.code = 'ASBCO'
      AND a.in_force_on IS NOT NULL AND s.status IN ('in_force', 'suspension_pending', 'suspended',
        'revocation_pending', 'fee_suspended', 'interim_authority')
      AND NOT EXISTS (
        SELECT FROM task k WHERE k.object_id = l.id AND k.authority_id = l.authority_id AND k.kind = 'review'
          AND k.opened_by IS NULL AND k.done_at IS NULL);
END $$
"""


def upgrade() -> None:
    admit_also("obligation_check", "obligation", "obligation", "hotel_watch")
    # Since others than the register's own council record checks on it, each says who did.
    op.add_column("obligation_check", sa.Column("recorded_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_obligation_check_recorded_by"), "obligation_check", "user_account", ["recorded_by"], ["id"]
    )
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT ON obligation_check FOR EACH ROW"
        " EXECUTE FUNCTION stamp_row('recorded_by', 'recorded_at')"
    )
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    op.execute(ASK_FOR_REVIEW)
    allow_call("ask_for_review(uuid)", "PROCEDURE")
    for command, clause in (("SELECT", "USING"), ("INSERT", "WITH CHECK")):
        op.execute(
            f"CREATE POLICY obligation_check_{command.lower()}_disruption ON obligation_check FOR {command}"
            f" TO {app_role()} {clause} (premises_id IN (SELECT known_places()))"
        )
