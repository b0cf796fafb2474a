"""Public registers: what is published, answered by one function for each, and the licences of a dual document."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect, within

revision: str = "0014"
down_revision: str | None = "0013"

READ, EDIT, SETTINGS = within("register.read"), within("register.edit"), within("settings.change")

LICENCE_KINDS = (
    "hackney_carriage_driver",
    "private_hire_driver",
    "dual_driver",
    "hackney_carriage_vehicle",
    "private_hire_vehicle",
    "private_hire_operator",
    "county_transport_badge",
    "premises_licence",
    "club_premises_certificate",
    "personal_licence",
    "hmo_licence",
    "food_registration",
    "gambling_premises",
    "sexual_entertainment_venue",
    "street_trading",
)
STATUSES = (
    "applied",
    "not_started",
    "in_force",
    "suspension_pending",
    "suspended",
    "revocation_pending",
    "revoked",
    "refused",
    "withdrawn",
    "expired",
    "rejected",
    "fee_suspended",
    "interim_authority",
    "surrendered",
    "lapsed",
    "ceased_immigration",
    "ceased_death",
    "void",
)
REGISTERS = (
    "private-hire-drivers",
    "private-hire-vehicles",
    "private-hire-operators",
    "hackney-carriages",
    "premises-licences",
    "club-premises-certificates",
    "personal-licences",
    "hmo-licences",
)
KNOWN = ", ".join(f"'{register}'" for register in REGISTERS)

# Granted and not ended; of these the second line is not in force, and nobody is told why.
IN_FORCE = "'in_force', 'suspension_pending', 'revocation_pending', 'interim_authority'"
ON_REGISTER = f"{IN_FORCE}, 'not_started', 'suspended', 'fee_suspended'"

# Whoever has a part today: a row for each, with who they are now if their record was merged into another.
PART = """
    SELECT h.person_id, h.organisation_id, h.written_name FROM position_held h
    WHERE h.{column} = l.{thing} AND h.kind = '{part}' AND h.superseded_at IS NULL
      AND (h.from_on IS NULL OR h.from_on <= today) AND (h.until_on IS NULL OR h.until_on >= today)
"""
HOLDER = "SELECT l.person_id, l.organisation_id, NULL::text AS written_name"
NAMES = """
    LEFT JOIN LATERAL (
        SELECT string_agg(n.name, '; ' ORDER BY n.name) AS names,
            bool_or(n.organisation IS NULL) IS NOT FALSE AS has_individual,
            string_agg(CASE WHEN n.organisation IS NOT NULL OR chosen.individuals_addresses THEN n.address END,
                '; ' ORDER BY n.name) AS addresses
        FROM (
            SELECT DISTINCT coalesce(s.id, p.id) AS person, o.id AS organisation,
                coalesce(btrim(s.given_names || ' ' || s.family_name), btrim(p.given_names || ' ' || p.family_name),
                    o.name, w.written_name) AS name,
                {address} AS address
            FROM ({whom}) w
            LEFT JOIN person p ON p.id = w.person_id
            LEFT JOIN person s ON s.id = p.merged_into_id AND s.authority_id = p.authority_id
            LEFT JOIN organisation o ON o.id = w.organisation_id
            WHERE num_nonnulls(w.person_id, w.organisation_id, w.written_name) > 0
        ) n
    ) {called} ON true
"""
NO_ADDRESS = "NULL::text"
ABODE = """CASE WHEN o.id IS NOT NULL THEN concat_ws(', ', nullif(replace(o.address_lines, chr(10), ', '), ''),
                    nullif(o.postcode, ''))
                ELSE (SELECT concat_ws(', ', nullif(replace(d.lines, chr(10), ', '), ''), nullif(d.postcode, ''))
                    FROM person_address d WHERE d.person_id = coalesce(s.id, p.id) AND d.superseded_at IS NULL
                      AND d.until_on IS NULL ORDER BY d.recorded_at DESC, d.id LIMIT 1) END"""

# A document for two licences is on the register of private hire drivers with the status of that one of the two.
PRIVATE_HIRE_STATUS = """coalesce((SELECT e.status FROM entitlement_period e
            WHERE e.licence_id = l.id AND e.entitlement = 'private_hire_driver'
              AND e.from_on <= today AND e.until_on > today), s.status)"""

# The licences that a search may be about: by number, or by any name with the longest of its words, in whatever part.
# What is found is narrowed again by the words of what the register shows, so that nobody is found by a hidden part.
# The badge of a driver is hidden too: only where the register shows the plate is it among the numbers.
LIKELY = """
    WITH people AS MATERIALIZED (
        SELECT p.id FROM person p
        WHERE p.authority_id = chosen.authority_id AND p.merged_into_id IS NULL
          AND strpos(lower(p.given_names || ' ' || p.family_name), longest) > 0
        UNION ALL
        SELECT p.id FROM person p LEFT JOIN person s ON s.id = p.merged_into_id AND s.authority_id = p.authority_id
        WHERE p.authority_id = chosen.authority_id AND p.merged_into_id IS NOT NULL AND strpos(lower(coalesce(
            s.given_names || ' ' || s.family_name, p.given_names || ' ' || p.family_name)), longest) > 0
    ), bodies AS MATERIALIZED (
        SELECT o.id FROM organisation o
        WHERE o.authority_id = chosen.authority_id AND strpos(lower(o.name), longest) > 0
    ), parts AS MATERIALIZED (
        SELECT h.of_licence_id, h.of_vehicle_id, h.of_premises_id FROM position_held h
        WHERE h.authority_id = chosen.authority_id
          AND (h.person_id IN (SELECT id FROM people) OR h.organisation_id IN (SELECT id FROM bodies)
               OR strpos(lower(h.written_name), longest) > 0)
    )
    SELECT l.id FROM licence l
    WHERE l.authority_id = chosen.authority_id AND l.kind = ANY (kinds) AND (
        given_number IN ({numbers})
        OR l.person_id IN (SELECT id FROM people) OR l.organisation_id IN (SELECT id FROM bodies)
        OR l.premises_id IN (SELECT m.id FROM premises m
            WHERE m.authority_id = chosen.authority_id AND strpos(lower(m.name), longest) > 0)
        OR l.id IN (SELECT of_licence_id FROM parts) OR l.vehicle_id IN (SELECT of_vehicle_id FROM parts)
        OR l.premises_id IN (SELECT of_premises_id FROM parts))
"""

# Each kind is read in the order of its own index, so that a page reads no more than it shows.
ENTRIES = """
CREATE FUNCTION {function}(
    given_code text, given_words text[], given_number text, given_after text, given_limit int
)
RETURNS TABLE (place text, {types})
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    chosen public_register_settings;
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    kinds text[] := ARRAY[{kinds}];
    longest text := (SELECT w FROM unnest(given_words) w ORDER BY length(w) DESC LIMIT 1);
    likely uuid[];
    after_number text := split_part(coalesce(given_after, ''), '/', 1);
BEGIN
    SELECT c.* INTO chosen FROM public_register_settings c JOIN authority a ON a.id = c.authority_id
    WHERE a.code = given_code AND '{register}' = ANY (c.published)
      AND (a.valid_to IS NULL OR a.valid_to >= today);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF longest IS NOT NULL THEN
        likely := ARRAY({likely});
    END IF;
    RETURN QUERY
    SELECT r.* FROM unnest(kinds) AS k(kind) CROSS JOIN LATERAL (
        SELECT l.number_key || '/' || l.kind AS place, {columns}
        FROM licence l
        CROSS JOIN LATERAL (
            SELECT {status} AS status FROM licence_period s
            WHERE s.licence_id = l.id AND s.from_on <= today AND s.until_on > today
            OFFSET 0
        ) t
        {joins}
        WHERE l.authority_id = chosen.authority_id AND l.kind = k.kind AND l.number_key >= after_number
          AND (given_after IS NULL OR l.number_key > after_number OR l.kind > split_part(given_after, '/', 2))
          AND t.status IN ({on_register}) AND (likely IS NULL OR l.id = ANY (likely))
          AND (given_words IS NULL OR given_number IN ({numbers}) OR NOT EXISTS (
              SELECT FROM unnest(given_words) AS w WHERE strpos(lower(coalesce({searched}, '')), w) = 0))
        ORDER BY l.number_key
        LIMIT least(given_limit, 5000)
    ) r ORDER BY r.place COLLATE "C" LIMIT least(given_limit, 5000);
END $$
"""

TERM = {
    "granted_on": (
        "date",
        """(SELECT max(coalesce(g.decided_on, g.starts_on)) FROM licence_event g
            WHERE g.licence_id = l.id AND g.kind IN ('granted', 'renewed') AND g.superseded_at IS NULL
              AND coalesce(g.decided_on, g.starts_on) <= today)""",
    ),
    "starts_on": ("date", "l.starts_on"),
    "expires_on": ("date", "l.expires_on"),
    "in_force": ("boolean", f"t.status IN ({IN_FORCE})"),
}
NUMBER, BY = {"number": ("text", "l.number")}, {"holder": ("text", "holder.names")}
VEHICLE = {
    "plate": ("text", "l.badge_no"),
    "registration": ("text", "CASE WHEN chosen.individuals_marks OR NOT holder.has_individual THEN v.vrm END"),
}
PREMISES = {
    "premises": ("text", "m.name"),
    "address": ("text", "concat_ws(', ', nullif(replace(m.address_lines, chr(10), ', '), ''), nullif(m.postcode, ''))"),
}
ACTIVITIES = {"activities": ("text[]", "l.activities")}

OF_LICENCE = {"column": "of_licence_id", "thing": "id", "part": "licence_holder"}
OF_VEHICLE = {"column": "of_vehicle_id", "thing": "vehicle_id", "part": "proprietor"}


def names(called: str, whom: str, address: str = NO_ADDRESS) -> str:
    return NAMES.format(called=called, whom=whom, address=address)


HELD = names("holder", f"{HOLDER} UNION ALL {PART.format(**OF_LICENCE)}")
OWNED = f"{HOLDER} UNION ALL {PART.format(**OF_VEHICLE)}"
MANAGED = " UNION ALL ".join(
    PART.format(column=column, thing=thing, part="manager")
    for column, thing in (("of_licence_id", "id"), ("of_premises_id", "premises_id"))
)
THE_VEHICLE = "JOIN vehicle v ON v.id = l.vehicle_id"
THE_PLACE = "JOIN premises m ON m.id = l.premises_id"

# Register -> the kinds on it, its columns, what they are read from, and the words that are searched.
SHAPES = {
    "private-hire-drivers": (("private_hire_driver", "dual_driver"), {**NUMBER, **BY, **TERM}, HELD, "holder.names"),
    "private-hire-vehicles": (
        ("private_hire_vehicle",),
        {**NUMBER, **VEHICLE, **BY, **TERM},
        f"{THE_VEHICLE} {names('holder', OWNED)}",
        "holder.names",
    ),
    "private-hire-operators": (("private_hire_operator",), {**NUMBER, **BY, **TERM}, HELD, "holder.names"),
    "hackney-carriages": (
        ("hackney_carriage_vehicle",),
        {**NUMBER, **VEHICLE, **BY, "holder_address": ("text", "holder.addresses"), **TERM},
        f"{THE_VEHICLE} {names('holder', OWNED, ABODE)}",
        "holder.names",
    ),
    "premises-licences": (
        ("premises_licence",),
        {**NUMBER, **PREMISES, **BY, **ACTIVITIES, **TERM},
        f"{THE_PLACE} {HELD}",
        "concat_ws(' ', m.name, holder.names)",
    ),
    "club-premises-certificates": (
        ("club_premises_certificate",),
        {**NUMBER, **PREMISES, **BY, **ACTIVITIES, **TERM},
        f"{THE_PLACE} {HELD}",
        "concat_ws(' ', m.name, holder.names)",
    ),
    "personal-licences": (("personal_licence",), {**NUMBER, **BY, **TERM}, HELD, "holder.names"),
    "hmo-licences": (
        ("hmo_licence",),
        {**NUMBER, **PREMISES, **BY, "manager": ("text", "manager.names"), **TERM},
        f"{THE_PLACE} {HELD} {names('manager', MANAGED)}",
        "concat_ws(' ', m.name, holder.names)",
    ),
}

PUBLISHED = """
CREATE FUNCTION published_registers() RETURNS TABLE (code text, authority text, register text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.code::text, a.name, unnest(c.published)
    FROM public_register_settings c JOIN authority a ON a.id = c.authority_id
    WHERE a.valid_to IS NULL OR a.valid_to >= current_date
$$
"""

# One row for an address and a quarter of an hour, shared by all workers; older rows go with the next new one.
COUNT_REQUEST = """
CREATE PROCEDURE count_public_request(
    IN given_address bytea, IN given_units int, IN given_most int, INOUT allowed boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    begun timestamptz := date_bin('15 minutes', now(), 'epoch');
    asked int;
BEGIN
    INSERT INTO public_request AS r (address, since, units) VALUES (given_address, begun, given_units)
    ON CONFLICT (address, since) DO UPDATE SET units = r.units + given_units
    RETURNING r.units INTO asked;
    IF asked = given_units THEN
        DELETE FROM public_request WHERE since < begun;
    END IF;
    allowed := asked <= given_most;
END $$
"""


def upgrade() -> None:
    create_tables()
    for register, shape in SHAPES.items():
        function = f"public_{register.replace('-', '_')}"
        op.execute(entries(register, function, *shape))
        allow_call(f"{function}(text, text[], text, text, int)")
    op.execute(PUBLISHED)
    allow_call("published_registers()")
    op.execute(COUNT_REQUEST)
    allow_call("count_public_request(bytea, int, int, boolean)", "PROCEDURE")
    protect("entitlement_period", select=READ, insert=EDIT, delete=EDIT)  # derived: made anew, not corrected
    protect(
        "public_register_settings",
        select=SETTINGS,
        insert=SETTINGS,
        update=SETTINGS,
        update_columns=("published", "individuals_marks", "individuals_addresses", "changed_at"),
    )
    protect("public_request")


def entries(
    register: str, function: str, kinds: tuple[str, ...], columns: dict[str, tuple[str, str]], joins: str, searched: str
) -> str:
    """The function of one register."""
    numbers = "l.number_key, l.badge_key" if "plate" in columns else "l.number_key"
    return ENTRIES.format(
        function=function,
        register=register,
        types=", ".join(f"{name} {kind}" for name, (kind, _) in columns.items()),
        kinds=", ".join(f"'{kind}'" for kind in kinds),
        likely=LIKELY.format(numbers=numbers),
        numbers=numbers,
        columns=", ".join(f"{source} AS {name}" for name, (_, source) in columns.items()),
        status=PRIVATE_HIRE_STATUS if "dual_driver" in kinds else "s.status",
        joins=joins,
        on_register=ON_REGISTER,
        searched=searched,
    )


def create_tables() -> None:
    op.create_table(
        "entitlement_period",
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("entitlement", _word(LICENCE_KINDS, "entitlement"), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("status", _word(STATUSES, "licence_status"), nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_entitlement_period_licence_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("licence_id", "entitlement", "from_on", name="pk_entitlement_period"),
    )
    op.create_table(
        "public_register_settings",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("published", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("individuals_marks", sa.Boolean(), nullable=False),
        sa.Column("individuals_addresses", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            f"published <@ ARRAY[{KNOWN}]::text[]",
            name=op.f("ck_public_register_settings_known_registers"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_public_register_settings_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", name="pk_public_register_settings"),
    )
    # Unlogged: a count that is lost with a crash costs nothing, and counting a reader costs no write to disk.
    op.create_table(
        "public_request",
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", "since", name="pk_public_request"),
        prefixes=["UNLOGGED"],
    )


def _word(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
