"""Signals, where something happens again and again, and the meetings at which agencies talk about what they show.

What is counted is told by one function (0052_signals.sql). A dismissal holds for the rows it looked at: whoever does not
know of all of them does not see it either. A meeting is known to the agencies that are invited to it.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role, protect, within

revision: str = "0052"
down_revision: str | None = "0051"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
WORK = "disruption.work"
MINE = "IN (SELECT acting_agencies())"
AUTHORITY = f"authority_id = (SELECT acting_authority('{WORK}'))"
KNOWN = "IN (SELECT known_meetings())"
OPEN = "IN (SELECT m.id FROM subject_meeting m WHERE m.held_at IS NULL AND m.called_off_at IS NULL)"
TAKES_PLACE = "IN (SELECT m.id FROM subject_meeting m WHERE m.called_off_at IS NULL)"

# The places that failed, where whoever asks may know of the test: as the policy of test_purchase says it.
FAILED_TESTS = f"""
CREATE FUNCTION known_failed_tests() RETURNS SETOF test_purchase
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.* FROM test_purchase p
    WHERE p.result = 'failed' AND p.on_day BETWEEN current_date - 365 AND current_date + 1
      AND (p.recording_agency_id {MINE} OR p.operation_id IN (SELECT known_operations())
        OR p.of_authority_id IN (SELECT acting_area()))
$$
"""
# Whether whoever asks may know of all that somebody looked at: of actions and tests not everybody does.
KNOWS_COUNTED = f"""
CREATE FUNCTION knows_counted(given_rows uuid[]) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT NOT EXISTS (
        SELECT FROM disruption_action a WHERE a.id = ANY (given_rows) AND a.id NOT IN (SELECT known_actions())
    ) AND NOT EXISTS (
        SELECT FROM test_purchase p WHERE p.id = ANY (given_rows)
          AND NOT (p.recording_agency_id {MINE} OR coalesce(p.operation_id IN (SELECT known_operations()), false)
            OR coalesce(p.of_authority_id IN (SELECT acting_area()), false)))
$$
"""
KNOWN_MEETINGS = f"""
CREATE FUNCTION known_meetings() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT g.meeting_id FROM subject_meeting_agency g WHERE g.agency_id IN (SELECT acting_agencies())
$$
"""
JOIN = f"""
CREATE FUNCTION join_subject_meeting() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    INSERT INTO subject_meeting_agency (id, authority_id, meeting_id, agency_id)
    VALUES (gen_random_uuid(), NEW.authority_id, NEW.id, NEW.recording_agency_id);
    RETURN NULL;
END $$
"""
STAMPED = {
    "signal_rule": "'recorded_by', 'recorded_at'",
    "signal_dismissal": "'by_id', 'at'",
    "subject_meeting": "'recorded_by', 'recorded_at'",
    "subject_meeting_agency": "'', 'added_at'",
    "meeting_subject": "'added_by', 'added_at'",
    "meeting_decision": "'by_id', 'at'",
}


def upgrade() -> None:
    admit_also("task", "kind", "task_kind", "meeting_decision")
    create_signals()
    create_meetings()
    for signature, definition in (
        ("known_failed_tests()", FAILED_TESTS),
        ("knows_counted(uuid[])", KNOWS_COUNTED),
        ("known_meetings()", KNOWN_MEETINGS),
        ("signals_found()", Path(__file__).with_suffix(".sql").read_text("utf-8")),
    ):
        op.execute(definition)
        allow_call(signature)
    for table, arguments in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    op.execute(JOIN)
    op.execute("REVOKE ALL ON FUNCTION join_subject_meeting() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER join_agency AFTER INSERT ON subject_meeting FOR EACH ROW EXECUTE FUNCTION join_subject_meeting()"
    )
    for column in ("held_at", "called_off_at"):
        op.execute(
            f"CREATE TRIGGER keep_{column} BEFORE UPDATE ON subject_meeting"
            f" FOR EACH ROW EXECUTE FUNCTION keep_settled('{column}')"
        )
    protect_tables()


def protect_tables() -> None:
    own = "authority_id IS NULL OR authority_id = (SELECT acting_authority())"
    readers = (
        f"(SELECT acting_authority('{WORK}')) IS NOT NULL OR (SELECT acting_authority('settings.change')) IS NOT NULL"
    )
    protect("signal_rule", select=f"({own}) AND ({readers})", insert=within("settings.change"))
    services = f"{AUTHORITY} AND subject <> 'person' AND authority_id IN (SELECT acting_area())"
    dismisses = f"({within('casework.work')} OR ({services}))"
    protect("signal_dismissal", select=f"{dismisses} AND knows_counted(row_ids)", insert=dismisses)
    protect(
        "subject_meeting",
        select=f"id {KNOWN}",
        insert=f"{AUTHORITY} AND recording_agency_id {MINE}",
        update=f"id {KNOWN}",
        update_columns=("minute_sealed", "held_at", "called_off_at"),
    )
    known = f"meeting_id {KNOWN}"
    protect("subject_meeting_agency", select=known, insert=f"{known} AND meeting_id {OPEN}")
    protect("meeting_subject", select=known, insert=f"{known} AND meeting_id {OPEN}")
    protect("meeting_decision", select=known, insert=f"{known} AND meeting_id {TAKES_PLACE}")
    # What the trail says of a meeting is read by whoever is invited, and by the auditor.
    op.execute(
        f"CREATE POLICY audit_entry_meetings ON audit_entry AS RESTRICTIVE FOR SELECT TO {app_role()}"
        " USING ((SELECT acting_authority('audit.read')) IS NOT NULL OR object_kind IS DISTINCT FROM 'subject_meeting'"
        f" OR object_id {KNOWN})"
    )


def enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def create_signals() -> None:
    subjects = ("premises", "organisation", "vehicle", "address", "person")
    op.create_table(
        "signal_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("subject", enum("signal_subject", *subjects), nullable=False),
        sa.Column(
            "counted",
            enum(
                "signal_counted",
                "reports",
                "complaints",
                "adverse_decisions",
                "actions",
                "failed_tests",
                "revoked_drivers",
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("days IN (30, 90, 365)", name=op.f("ck_signal_rule_looks_back_so_far")),
        sa.CheckConstraint("threshold >= 2", name=op.f("ck_signal_rule_more_than_one")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_signal_rule_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_signal_rule_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_rule")),
    )
    op.create_index(
        "uq_signal_rule_code_valid_from",
        "signal_rule",
        ["code", "valid_from"],
        unique=True,
        postgresql_where=sa.text("authority_id IS NULL"),
    )
    op.create_index("ix_signal_rule_authority_id_code", "signal_rule", ["authority_id", "code"])
    op.create_table(
        "signal_dismissal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("signal_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("subject", enum("signal_subject", *subjects), nullable=False),
        sa.Column("row_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_signal_dismissal_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_signal_dismissal_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_dismissal")),
    )
    op.create_index(
        "ix_signal_dismissal_authority_id_signal_id", "signal_dismissal", ["authority_id", "signal_id", "at"]
    )


def create_meetings() -> None:
    op.create_table(
        "subject_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("recording_agency_id", sa.Uuid(), nullable=False),
        sa.Column("purpose_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("minute_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(held_at IS NULL) = (minute_sealed IS NULL)", name=op.f("ck_subject_meeting_held_with_a_minute")
        ),
        sa.CheckConstraint(
            "held_at IS NULL OR called_off_at IS NULL", name=op.f("ck_subject_meeting_held_or_called_off")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_subject_meeting_authority_id")),
        sa.ForeignKeyConstraint(
            ["recording_agency_id"], ["agency.id"], name=op.f("fk_subject_meeting_recording_agency_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_subject_meeting_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_meeting")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_subject_meeting_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_subject_meeting_id_authority_id"),
    )
    op.create_index("ix_subject_meeting_on_day", "subject_meeting", ["on_day", "id"])
    op.create_table(
        "subject_meeting_agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_subject_meeting_agency_agency_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "authority_id"],
            ["subject_meeting.id", "subject_meeting.authority_id"],
            name=op.f("fk_subject_meeting_agency_meeting_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_meeting_agency")),
        sa.UniqueConstraint("meeting_id", "agency_id", name="uq_subject_meeting_agency_meeting_id_agency_id"),
    )
    op.create_index("ix_subject_meeting_agency_agency_id", "subject_meeting_agency", ["agency_id"])
    op.create_table(
        "meeting_subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            enum("meeting_subject_kind", "premises", "organisation", "vehicle", "person", "address", "action"),
            nullable=False,
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("signal_id", sa.Uuid(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["user_account.id"], name=op.f("fk_meeting_subject_added_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "authority_id"],
            ["subject_meeting.id", "subject_meeting.authority_id"],
            name=op.f("fk_meeting_subject_meeting_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_subject")),
        sa.UniqueConstraint("id", "meeting_id", name="uq_meeting_subject_id_meeting_id"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_meeting_subject_meeting_id_number"),
    )
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("partner_task_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (partner_task_id IS NULL)", name=op.f("ck_meeting_decision_one_of_the_two")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_decision_agency_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_meeting_decision_by_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "authority_id"],
            ["subject_meeting.id", "subject_meeting.authority_id"],
            name=op.f("fk_meeting_decision_meeting_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id", "meeting_id"],
            ["meeting_subject.id", "meeting_subject.meeting_id"],
            name=op.f("fk_meeting_decision_subject_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_decision")),
        sa.UniqueConstraint("meeting_id", "number", name="uq_meeting_decision_meeting_id_number"),
    )
