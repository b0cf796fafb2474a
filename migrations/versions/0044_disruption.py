"""Disruption: agencies, powers, actions, their events and reviews, and what partners are asked.

Who may know of an action is decided by agencies (known_actions): those that lead it or join it, and, where it is
directed at premises, the services of the council in whose area the place is. A partner that is asked for a task sees
that task alone. Clocks of actions are seen by whoever knows the action.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role, protect, within

revision: str = "0044"
down_revision: str | None = "0043"

OBJECT_KINDS = (
    "agency",
    "disruption_action",
    "partner_task",
    "operation",
    "test_purchase",
    "hotel_notice",
    "signal",
    "subject_meeting",
    "indicator",
    "awareness",
)
TASK_KINDS = ("follow_up", "partner_silent")
CLOCKS = (
    "APPEAL_MAGISTRATES",
    "APPEAL_CROWN",
    "APPEAL_EMPLOYMENT",
    "APPEAL_TRIBUNAL",
    "APPEAL_HYGIENE",
    "APPEAL_COUNTY_COURT",
    "APPEAL_HIGH_COURT",
    "IWCN_HEAR",
    "TS_VISIT_NOTICE",
    "EFFECT_30",
    "EFFECT_90",
    "ACTION_ENDING",
    "PARTNER_ANSWER",
)

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
WORK = "disruption.work"
MINE = "IN (SELECT acting_agencies())"
AUTHORITY = f"authority_id = (SELECT acting_authority('{WORK}'))"

# For whom somebody acts. Licensing officers work for their council's licensing service without being listed there.
AGENCIES_OF = f"""
CREATE FUNCTION agencies_of(given_user uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT m.agency_id FROM agency_member m JOIN agency a ON a.id = m.agency_id
    WHERE m.user_id = given_user AND m.until_at IS NULL AND a.closed_on IS NULL
    UNION
    SELECT a.id FROM agency a JOIN user_account u ON u.authority_id = a.authority_id
    WHERE u.id = given_user AND a.kind = 'licensing' AND NOT a.is_partner AND a.closed_on IS NULL
      AND EXISTS (
        SELECT FROM role_held h JOIN role_permission p ON p.role = h.role
        WHERE h.user_id = u.id AND h.ended_at IS NULL AND p.permission = 'casework.work')
$$
"""
ACTING_AGENCIES = f"""
CREATE FUNCTION acting_agencies() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT a.id FROM agencies_of(acting_user()) a (id) WHERE acting_authority('{WORK}') IS NOT NULL
$$
"""
# In whose area a service of this council works: its own, and a county's in every district's. A partner has none: it
# knows what it leads or joins.
ACTING_AREA = f"""
CREATE FUNCTION acting_area() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT b.id FROM authority a JOIN authority b ON b.id = a.id OR (a.tier = 'county' AND b.tier = 'district')
    WHERE a.id = acting_authority('{WORK}')
      AND EXISTS (SELECT FROM agency g WHERE g.id IN (SELECT acting_agencies()) AND NOT g.is_partner)
$$
"""
KNOWN_ACTIONS = f"""
CREATE FUNCTION known_actions() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT g.action_id FROM disruption_action_agency g WHERE g.agency_id IN (SELECT acting_agencies())
    UNION
    SELECT a.id FROM disruption_action a WHERE a.directed_at = 'premises' AND a.place_authority_id IN (
        SELECT acting_area())
$$
"""
# Who leads or joins works on it; whoever only has the place in their area reads.
WORKED_ACTIONS = f"""
CREATE FUNCTION worked_actions() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT g.action_id FROM disruption_action_agency g WHERE g.agency_id IN (SELECT acting_agencies())
$$
"""
# Whoever records an action, for an agency of theirs, knows of it from then on; and so does the agency that leads.
JOIN = f"""
CREATE FUNCTION join_action() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    INSERT INTO disruption_action_agency (id, authority_id, action_id, agency_id, part)
    VALUES (gen_random_uuid(), NEW.authority_id, NEW.id, NEW.lead_agency_id, 'lead');
    INSERT INTO disruption_action_agency (id, authority_id, action_id, agency_id, part)
    VALUES (gen_random_uuid(), NEW.authority_id, NEW.id, NEW.recording_agency_id, 'partner')
    ON CONFLICT ON CONSTRAINT uq_disruption_action_agency_action_id_agency_id DO NOTHING;
    RETURN NULL;
END $$
"""
# How many of a licensing officer's records are about a target, without a word of any: reports before and after.
REPORTS_ABOUT = f"""
CREATE FUNCTION reports_about(given_action uuid, from_day date, until_day date) RETURNS integer
LANGUAGE sql STABLE {PINNED} AS $$
    WITH target AS (
        SELECT t.record_id FROM disruption_target t
        WHERE t.action_id = given_action AND t.record_id IS NOT NULL AND given_action IN (SELECT known_actions())
    )
    SELECT (
        (SELECT count(*) FROM complaint c
         WHERE (c.person_id IN (SELECT record_id FROM target) OR c.organisation_id IN (SELECT record_id FROM target)
                OR c.vehicle_id IN (SELECT record_id FROM target))
           AND c.received_on BETWEEN from_day AND until_day)
        + (SELECT count(DISTINCT s.concern_id) FROM concern_step s JOIN concern n ON n.id = s.concern_id
           WHERE s.kind = 'linked' AND s.object_id IN (SELECT record_id FROM target)
             AND n.raised_on BETWEEN from_day AND until_day)
    )::integer
$$
"""
# Places are found by whoever may act on them, by what is public of them: name, address, council.
PLACES_FOUND = f"""
CREATE FUNCTION places_found(words text, most integer)
RETURNS TABLE (id uuid, authority_id uuid, name text, address_lines text, postcode text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id, p.authority_id, p.name, p.address_lines, p.postcode FROM premises p
    WHERE EXISTS (SELECT acting_agencies()) AND length(words) >= 3
      AND (position(words IN p.sort_name) > 0 OR replace(lower(p.postcode), ' ', '') = replace(words, ' ', ''))
    ORDER BY p.sort_name, p.id LIMIT least(most, 50)
$$
"""
# Whom to write to at an agency: everybody who works for it.
AGENCY_PEOPLE = f"""
CREATE FUNCTION agency_people(given_agency uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT u.id FROM user_account u
    WHERE acting_authority('{WORK}') IS NOT NULL AND u.status = 'active'
      AND EXISTS (SELECT FROM agencies_of(u.id) a (id) WHERE a.id = given_agency)
    ORDER BY u.id
$$
"""
CALLED = {
    "agency_people(uuid)": AGENCY_PEOPLE,
    "acting_agencies()": ACTING_AGENCIES,
    "acting_area()": ACTING_AREA,
    "known_actions()": KNOWN_ACTIONS,
    "worked_actions()": WORKED_ACTIONS,
    "reports_about(uuid, date, date)": REPORTS_ABOUT,
    "places_found(text, integer)": PLACES_FOUND,
}

KNOWN = "IN (SELECT known_actions())"
WORKED = "IN (SELECT worked_actions())"
STAMPED = {
    "agency": "'', 'recorded_at'",
    "agency_member": "'added_by', 'from_at', 'until_at', 'ended_by'",
    "disruption_action": "'recorded_by', 'recorded_at'",
    "disruption_action_agency": "'', 'added_at'",
    "disruption_target": "'', 'added_at'",
    "disruption_event": "'by_id', 'at'",
    "effect_review": "'by_id', 'at'",
    "partner_task": "'asked_by', 'recorded_at'",
}
ANSWERED = "answer", "answered_on", "answer_sealed"


def upgrade() -> None:
    for kind in OBJECT_KINDS:
        for table in ("audit_entry", "task", "proposal", "clock", "relied_item"):
            admit_also(table, "object_kind", "object_kind", kind)
        admit_also("flag_seen", "through", "through", kind)
    for kind in TASK_KINDS:
        admit_also("task", "kind", "task_kind", kind)
    for table in ("clock", "clock_rule"):
        for code in CLOCKS:
            admit_also(table, "code", "clock_code", code)
    create_tables()
    op.execute(AGENCIES_OF)
    op.execute("REVOKE ALL ON FUNCTION agencies_of(uuid) FROM PUBLIC")
    for signature, definition in CALLED.items():
        op.execute(definition)
        allow_call(signature)
    for table, arguments in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    op.execute(JOIN)
    op.execute("REVOKE ALL ON FUNCTION join_action() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER join_agencies AFTER INSERT ON disruption_action FOR EACH ROW EXECUTE FUNCTION join_action()"
    )
    op.execute(
        "CREATE TRIGGER keep_until_at BEFORE UPDATE ON agency_member FOR EACH ROW"
        " EXECUTE FUNCTION keep_settled('until_at')"
    )
    protect_tables()
    share_clocks()


def protect_tables() -> None:
    everybody = f"(SELECT acting_authority('{WORK}')) IS NOT NULL OR {within('settings.change')}"
    protect("power", select="(SELECT acting_user()) IS NOT NULL")
    protect(
        "agency",
        select=everybody,
        insert=within("settings.change"),
        update=within("settings.change"),
        update_columns=("name", "contact", "email", "phone", "closed_on"),
    )
    protect(
        "agency_member",
        select=everybody,
        insert=f"{within('settings.change')} AND user_id IN (SELECT id FROM user_account)"
        " AND user_id <> (SELECT acting_user())",
        update=within("settings.change"),
        update_columns=("until_at",),
    )
    protect(
        "disruption_action",
        select=f"id {KNOWN}",
        insert=f"{AUTHORITY} AND recording_agency_id {MINE}",
        update=f"id {WORKED}",
        update_columns=(
            "place_authority_id",
            "objective_sealed",
            "threshold_sealed",
            "cases_sealed",
            "authorised_on",
            "served_on",
            "in_force_on",
            "ends_on",
            "ended_on",
            "state",
            "appeal_open",
        ),
    )
    protect("disruption_action_agency", select=f"action_id {KNOWN}", insert=f"action_id {WORKED}")
    protect("disruption_target", select=f"action_id {KNOWN}", insert=f"action_id {WORKED}")
    protect("disruption_event", select=f"action_id {KNOWN}", insert=f"action_id {WORKED}")
    protect("effect_review", select=f"action_id {KNOWN}", insert=f"action_id {WORKED}")
    asks = f"asked_by_agency_id {MINE}"
    protect(
        "partner_task",
        select=f"agency_id {MINE} OR {asks} OR action_id {KNOWN}",
        insert=f"{AUTHORITY} AND {asks} AND (action_id IS NULL OR action_id {WORKED})",
        update=f"agency_id {MINE}",
        update_columns=ANSWERED,
    )


def share_clocks() -> None:
    """Clocks of actions beside those of licensing, for whoever knows the action and whatever their council."""
    of_actions = "object_kind = 'disruption_action' AND object_id IN (SELECT {known}())"
    add = f"CREATE POLICY {{name}} ON {{table}} FOR {{command}} TO {app_role()} {{clause}}"
    known, worked = of_actions.format(known="known_actions"), of_actions.format(known="worked_actions")
    op.execute(add.format(name="clock_select_disruption", table="clock", command="SELECT", clause=f"USING ({known})"))
    op.execute(
        add.format(
            name="clock_insert_disruption",
            table="clock",
            command="INSERT",
            clause=f"WITH CHECK ({AUTHORITY} AND for_team = 'disruption_officer' AND {worked})",
        )
    )
    op.execute(
        add.format(
            name="clock_update_disruption",
            table="clock",
            command="UPDATE",
            clause=f"USING ({worked}) WITH CHECK ({worked})",
        )
    )
    op.execute(
        add.format(
            name="clock_change_insert_disruption",
            table="clock_change",
            command="INSERT",
            clause="WITH CHECK (by_id = (SELECT acting_user()) AND clock_id IN (SELECT c.id FROM clock c WHERE "
            + of_actions.format(known="worked_actions").replace("object_", "c.object_")
            + "))",
        )
    )


def create_tables() -> None:
    op.create_table(
        "power",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("used_by", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ranks", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("targets", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("harms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("needs", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("threshold", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("shortest", sa.Integer(), nullable=True),
        sa.Column(
            "shortest_unit",
            sa.Enum(
                "hours",
                "days",
                "working_days",
                "months",
                "years",
                name="clock_unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("longest", sa.Integer(), nullable=True),
        sa.Column(
            "longest_unit",
            sa.Enum(
                "hours",
                "days",
                "working_days",
                "months",
                "years",
                name="clock_unit_longest",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("alone", sa.Integer(), nullable=True),
        sa.Column(
            "alone_unit",
            sa.Enum(
                "hours",
                "days",
                "working_days",
                "months",
                "years",
                name="clock_unit_alone",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("beyond_ranks", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("starts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.Column("breach", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("publishable", sa.Boolean(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(alone IS NULL) = (alone_unit IS NULL)", name=op.f("ck_power_alone_whole")),
        sa.CheckConstraint("(longest IS NULL) = (longest_unit IS NULL)", name=op.f("ck_power_longest_whole")),
        sa.CheckConstraint("(shortest IS NULL) = (shortest_unit IS NULL)", name=op.f("ck_power_shortest_whole")),
        sa.CheckConstraint("active_to >= active_from", name=op.f("ck_power_begins_first")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power")),
        sa.UniqueConstraint("code", "active_from", name="uq_power_code_active_from"),
    )
    op.create_table(
        "agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "police",
                "trading_standards",
                "fire_and_rescue",
                "licensing",
                "environmental_health",
                "housing",
                "planning",
                "community_safety",
                "childrens_services",
                "immigration",
                "health_and_safety_executive",
                "national_crime_agency",
                "prosecution",
                "other",
                name="agency_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_partner", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_agency_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("authority_id", "name", name="uq_agency_authority_id_name"),
        sa.UniqueConstraint("id", "authority_id", name="uq_agency_id_authority_id"),
    )
    op.create_table(
        "agency_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "rank",
            sa.Enum(
                "constable",
                "sergeant",
                "inspector",
                "superintendent",
                "chief_officer",
                "authorised_officer",
                "head_of_service",
                "chief_executive",
                "immigration_officer",
                "chief_immigration_officer",
                "committee",
                "court",
                name="rank",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("from_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["user_account.id"], name=op.f("fk_agency_member_added_by")),
        sa.ForeignKeyConstraint(
            ["agency_id", "authority_id"],
            ["agency.id", "agency.authority_id"],
            name=op.f("fk_agency_member_agency_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["user_account.id"], name=op.f("fk_agency_member_ended_by")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_agency_member_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_member")),
    )
    op.create_index("ix_agency_member_user_id", "agency_member", ["user_id"], unique=False)
    op.create_index(
        "uq_agency_member_standing",
        "agency_member",
        ["agency_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_table(
        "disruption_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("power_id", sa.Uuid(), nullable=False),
        sa.Column(
            "directed_at",
            sa.Enum(
                "person",
                "premises",
                "vehicle",
                "organisation",
                "licence",
                "place",
                name="target_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place_authority_id", sa.Uuid(), nullable=True),
        sa.Column("lead_agency_id", sa.Uuid(), nullable=False),
        sa.Column("recording_agency_id", sa.Uuid(), nullable=False),
        sa.Column("objective_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("threshold_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cases_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("considered_on", sa.Date(), nullable=False),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "considered",
                "authorised",
                "served",
                "in_force",
                "complied",
                "breached",
                "ran_out",
                "ended",
                "not_used",
                "not_available",
                name="action_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("appeal_open", sa.Boolean(), nullable=False),
        sa.Column("renews_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("ends_on >= in_force_on", name=op.f("ck_disruption_action_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_disruption_action_authority_id")),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_disruption_action_lead_agency_id")),
        sa.ForeignKeyConstraint(
            ["place_authority_id"], ["authority.id"], name=op.f("fk_disruption_action_place_authority_id")
        ),
        sa.ForeignKeyConstraint(["power_id"], ["power.id"], name=op.f("fk_disruption_action_power_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_disruption_action_recorded_by")),
        sa.ForeignKeyConstraint(
            ["recording_agency_id"], ["agency.id"], name=op.f("fk_disruption_action_recording_agency_id")
        ),
        sa.ForeignKeyConstraint(["renews_id"], ["disruption_action.id"], name=op.f("fk_disruption_action_renews_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disruption_action")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_disruption_action_authority_id_reference"),
        sa.UniqueConstraint("authority_id", "source_id", name="uq_disruption_action_authority_id_source_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_disruption_action_id_authority_id"),
    )
    op.create_index(
        "ix_disruption_action_authority_id_considered_on",
        "disruption_action",
        ["authority_id", "considered_on", "id"],
        unique=False,
    )
    op.create_index("ix_disruption_action_lead_agency_id", "disruption_action", ["lead_agency_id"], unique=False)
    op.create_index(
        "ix_disruption_action_place_authority_id", "disruption_action", ["place_authority_id"], unique=False
    )
    op.create_table(
        "partner_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by_agency_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "completed",
                name="task_answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_partner_task_agency_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["user_account.id"], name=op.f("fk_partner_task_asked_by")),
        sa.ForeignKeyConstraint(["asked_by_agency_id"], ["agency.id"], name=op.f("fk_partner_task_asked_by_agency_id")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_partner_task_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_task")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_partner_task_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_partner_task_id_authority_id"),
    )
    op.create_index("ix_partner_task_action_id", "partner_task", ["action_id"], unique=False)
    op.create_index("ix_partner_task_agency_id", "partner_task", ["agency_id"], unique=False)
    op.create_table(
        "disruption_action_agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("lead", "partner", name="agency_part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id", "authority_id"],
            ["disruption_action.id", "disruption_action.authority_id"],
            name=op.f("fk_disruption_action_agency_action_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_disruption_action_agency_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disruption_action_agency")),
        sa.UniqueConstraint("action_id", "agency_id", name="uq_disruption_action_agency_action_id_agency_id"),
    )
    op.create_index("ix_disruption_action_agency_agency_id", "disruption_action_agency", ["agency_id"], unique=False)
    op.create_table(
        "disruption_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "considered",
                "authorised",
                "served",
                "at_court",
                "in_force",
                "complied",
                "breached",
                "varied",
                "extended",
                "appealed",
                "appeal_decided",
                "ended",
                "not_used",
                "not_available",
                name="action_event_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("officer", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "rank",
            sa.Enum(
                "constable",
                "sergeant",
                "inspector",
                "superintendent",
                "chief_officer",
                "authorised_officer",
                "head_of_service",
                "chief_executive",
                "immigration_officer",
                "chief_immigration_officer",
                "committee",
                "court",
                name="rank",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "appeal_result",
            sa.Enum(
                "allowed",
                "dismissed",
                "varied",
                "withdrawn",
                name="action_appeal_result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'appeal_decided') = (appeal_result IS NOT NULL)",
            name=op.f("ck_disruption_event_appeal_has_a_result"),
        ),
        sa.ForeignKeyConstraint(
            ["action_id", "authority_id"],
            ["disruption_action.id", "disruption_action.authority_id"],
            name=op.f("fk_disruption_event_action_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_disruption_event_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disruption_event")),
        sa.UniqueConstraint("action_id", "number", name="uq_disruption_event_action_id_number"),
    )
    op.create_table(
        "disruption_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "premises",
                "vehicle",
                "organisation",
                "licence",
                "place",
                name="target_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("of_authority_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (name IS NULL)", name=op.f("ck_disruption_target_people_sealed")),
        sa.CheckConstraint(
            "(kind = 'person') = (name_sealed IS NOT NULL)", name=op.f("ck_disruption_target_sealed_people")
        ),
        sa.CheckConstraint(
            "(record_id IS NULL) = (of_authority_id IS NULL)", name=op.f("ck_disruption_target_whole_record")
        ),
        sa.ForeignKeyConstraint(
            ["action_id", "authority_id"],
            ["disruption_action.id", "disruption_action.authority_id"],
            name=op.f("fk_disruption_target_action_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["of_authority_id"], ["authority.id"], name=op.f("fk_disruption_target_of_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disruption_target")),
        sa.UniqueConstraint("action_id", "number", name="uq_disruption_target_action_id_number"),
    )
    op.create_index("ix_disruption_target_name_key", "disruption_target", ["name_key"], unique=False)
    op.create_index("ix_disruption_target_record_id", "disruption_target", ["record_id"], unique=False)
    op.create_table(
        "effect_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("reports_before", sa.Integer(), nullable=False),
        sa.Column("reports_after", sa.Integer(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum(
                "none",
                "partial",
                "effective",
                "displaced",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("after_days IN (30, 90)", name=op.f("ck_effect_review_at_thirty_or_ninety")),
        sa.CheckConstraint("reports_before >= 0 AND reports_after >= 0", name=op.f("ck_effect_review_counted")),
        sa.ForeignKeyConstraint(
            ["action_id", "authority_id"],
            ["disruption_action.id", "disruption_action.authority_id"],
            name=op.f("fk_effect_review_action_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_effect_review_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_review")),
        sa.UniqueConstraint("action_id", "after_days", name="uq_effect_review_action_id_after_days"),
    )
