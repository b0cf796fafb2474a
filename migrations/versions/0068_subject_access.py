"""Subject access: a request of a person for what a council holds on them, and what is decided about each record.

Two tables of the information officer's, and the functions that list what is held without a word of it and find a person
on the own register (0068_subject_access.sql). A decision is added and never changed; an answer ends a request for good.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect, within

revision: str = "0068"
down_revision: str | None = "0067"

WORK = within("subject_access.work")
KINDS = (
    "details",
    "position",
    "link",
    "licence",
    "application",
    "vetting",
    "training",
    "training_offer",
    "self_report",
    "conviction",
    "court",
    "complaint",
    "concern",
    "consideration",
    "information",
    "marker",
    "decision",
    "notice",
    "appeal",
    "nr3s_search",
    "nr3s_entry",
    "request_sent",
    "request_received",
    "disclosure",
    "driver_check",
    "disruption",
    "meeting",
)
CHANGED = (
    "proof",
    "proven_on",
    "begins_on",
    "first_due_on",
    "due_on",
    "extended_on",
    "extension_sealed",
    "answered_on",
    "answered_by",
    "answer_sealed",
    "withdrawn_on",
    "withdrawn_sealed",
)


def upgrade() -> None:
    for table in ("audit_entry", "task", "proposal", "clock", "relied_item"):
        admit_also(table, "object_kind", "object_kind", "subject_access")
    admit_also("flag_seen", "through", "through", "subject_access")
    for table in ("clock", "clock_rule"):
        for code in ("SAR_ANSWER", "SAR_COMPLEX"):
            admit_also(table, "code", "clock_code", code)
    create_requests()
    create_rulings()
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    allow_call("subject_access_records(uuid)")
    allow_call("subject_access_people(uuid[], text[], date, text, text)")
    protect("subject_access_request", select=WORK, insert=WORK, update=WORK, update_columns=CHANGED)
    protect("subject_access_ruling", select=WORK, insert=WORK)
    stamp("subject_access_request", "'recorded_by', 'recorded_at', 'answered_on', 'answered_by'")
    stamp("subject_access_ruling", "'recorded_by', 'recorded_at'")
    keep("subject_access_request", "INSERT OR UPDATE", "keep_subject_request")
    keep("subject_access_ruling", "INSERT", "keep_subject_ruling")


def stamp(table: str, arguments: str) -> None:
    op.execute(
        f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
    )


def keep(table: str, when: str, routine: str) -> None:
    op.execute(f"REVOKE ALL ON FUNCTION {routine}() FROM PUBLIC")
    op.execute(f"CREATE TRIGGER keep BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {routine}()")


def _word(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def create_requests() -> None:
    op.create_table(
        "subject_access_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("person_reference", sa.Text(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("proof_asked", sa.Boolean(), nullable=False),
        sa.Column("proof", _word("proof", "document", "in_person", "known_address", "representative"), nullable=True),
        sa.Column("proven_on", sa.Date(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extension_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "proven_on IS NULL OR (proof_asked AND proven_on >= received_on)",
            name=op.f("ck_subject_access_request_proven"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) = (person_reference IS NULL)", name=op.f("ck_subject_access_request_whole_person")
        ),
        sa.CheckConstraint("(proof IS NULL) = (proven_on IS NULL)", name=op.f("ck_subject_access_request_whole_proof")),
        sa.CheckConstraint("(begins_on IS NULL) = (due_on IS NULL)", name=op.f("ck_subject_access_request_begun")),
        sa.CheckConstraint(
            "extended_on BETWEEN begins_on AND first_due_on", name=op.f("ck_subject_access_request_extended_in_time")
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= begins_on", name=op.f("ck_subject_access_request_answered_after")
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR withdrawn_on IS NULL", name=op.f("ck_subject_access_request_ended_once")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_subject_access_request_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_subject_access_request_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_subject_access_request_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_access_request")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_subject_access_request_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_subject_access_request_id_authority_id"),
    )


def create_rulings() -> None:
    op.create_table(
        "subject_access_ruling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _word("held_kind", *KINDS), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("ruling", _word("ruling", "give", "part", "hold"), nullable=False),
        sa.Column("exemption", sa.Text(), nullable=True),
        sa.Column("source_confidential", sa.Boolean(), nullable=False),
        sa.Column("harm_test_by", sa.Text(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("police_asked_on", sa.Date(), nullable=True),
        sa.Column("police_answer", _word("police_answer", "no_objection", "objection", "none_yet"), nullable=True),
        sa.Column("police_reference", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(ruling = 'give') = (exemption IS NULL) AND (ruling = 'give' OR (harm_test_by IS NOT NULL"
            " AND reason_sealed IS NOT NULL)) AND NOT (ruling = 'give' AND source_confidential)",
            name=op.f("ck_subject_access_ruling_whole"),
        ),
        sa.CheckConstraint(
            "(police_asked_on IS NULL) = (police_answer IS NULL) AND (police_asked_on IS NULL) ="
            " (police_reference IS NULL)",
            name=op.f("ck_subject_access_ruling_whole_police"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_subject_access_ruling_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "authority_id"],
            ["subject_access_request.id", "subject_access_request.authority_id"],
            name=op.f("fk_subject_access_ruling_request_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_access_ruling")),
        sa.UniqueConstraint("request_id", "number", name="uq_subject_access_ruling_request_id_number"),
    )
