"""Allegations: the designated officer's tables. Who reads a row, and when, is in the next one.

What is written is sealed to its row, and so is who the subject is: a keyed hash finds them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also

revision: str = "0038"
down_revision: str | None = "0037"

OBJECT_KINDS = (
    "user",
    "authority",
    "person",
    "licence",
    "premises",
    "organisation",
    "vehicle",
    "merge",
    "link",
    "proposal",
    "task",
    "job",
    "driver_check",
    "import",
    "audit",
    "page",
    "clock",
    "policy",
    "vetting_check",
    "training",
    "course",
    "application",
    "consideration",
    "complaint",
    "self_report",
    "court_case",
    "decision",
    "nr3s_search",
    "nr3s_entry",
    "nr3s_request",
    "allegation",
    "consultation",
    "release",
    "setting",
    "concern",
)


CLOCKS = ("LADO_CONSIDER", "LADO_REVIEW", "LADO_ACKNOWLEDGE", "LADO_KEEP")


def upgrade() -> None:
    for table in ("clock", "clock_rule"):
        for code in CLOCKS:
            admit_also(table, "code", "clock_code", code)
    create_cases()
    create_work()
    create_sharing()
    create_access()


def word(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def create_cases() -> None:
    op.create_table(
        "lado_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            word(("recording", "considering", "open", "closed", "advice_only", "passed_on"), "stage"),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=True),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("subject_key", sa.LargeBinary(), nullable=True),
        sa.Column("follows_merges", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("consider_by", sa.Date(), nullable=True),
        sa.Column(
            "sector",
            word(
                (
                    "licensed_driver",
                    "operator_staff",
                    "passenger_assistant",
                    "accommodation_provider",
                    "licensed_premises",
                    "other_transport",
                    "education",
                    "early_years",
                    "foster_care",
                    "residential",
                    "health",
                    "faith",
                    "sport",
                    "police",
                    "other",
                ),
                "sector",
            ),
            nullable=True,
        ),
        sa.Column(
            "referrer_kind",
            word(
                (
                    "licensing",
                    "school_transport",
                    "operator",
                    "school",
                    "police",
                    "social_care",
                    "health",
                    "public",
                    "other_officer",
                    "regulator",
                    "other",
                ),
                "referrer_kind",
            ),
            nullable=True,
        ),
        sa.Column("at_immediate_risk", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("police_involved", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("under_duty", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("threshold_met", sa.Boolean(), nullable=True),
        sa.Column("threshold_on", sa.Date(), nullable=True),
        sa.Column("threshold_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("retain_until", sa.Date(), nullable=True),
        sa.Column("hold_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("held_since", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(stage IN ('closed', 'advice_only', 'passed_on')) = (closed_on IS NOT NULL)",
            name="closed_on_a_day",
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_lado_case_authority_id"),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name="fk_lado_case_changed_by"),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name="fk_lado_case_owner_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_lado_case_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_lado_case"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_lado_case_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_lado_case_id_authority_id"),
    )
    op.create_index("ix_lado_case_authority_id_stage", "lado_case", ["authority_id", "stage", "review_on", "id"])
    op.create_index(
        "ix_lado_case_subject_key", "lado_case", ["subject_key"], postgresql_where=sa.text("subject_key IS NOT NULL")
    )
    op.create_table(
        "case_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("step", word(("caller", "person", "alleged", "setting", "safety", "others"), "step"), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_step_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name="fk_case_step_changed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_step"),
        sa.UniqueConstraint("case_id", "step", name="uq_case_step_case_id_step"),
    )
    op.create_index("ix_case_step_case_id", "case_step", ["case_id"])
    op.create_table(
        "allegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("limbs", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "category",
            word(("physical", "emotional", "sexual", "neglect", "conduct", "suitability", "online"), "category"),
            nullable=False,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("alleged_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            word(
                (
                    "open",
                    "substantiated",
                    "malicious",
                    "false",
                    "unsubstantiated",
                    "unfounded",
                    "threshold_not_met",
                    "transferred",
                    "police_ongoing",
                ),
                "outcome",
            ),
            server_default=sa.text("'open'"),
            nullable=False,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(outcome = 'open') = (outcome_on IS NULL)", name="outcome_on_a_day"),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_allegation_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name="fk_allegation_changed_by"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_allegation_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_allegation"),
        sa.UniqueConstraint("id", "authority_id", name="uq_allegation_id_authority_id"),
    )
    op.create_index("ix_allegation_case_id", "allegation", ["case_id"])


def create_work() -> None:
    op.create_table(
        "case_strand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", word(("child_protection", "police", "employer"), "strand_kind"), nullable=False),
        sa.Column("for_authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            word(("not_started", "under_way", "waiting", "finished", "not_needed"), "strand_state"),
            nullable=False,
        ),
        sa.Column("owner_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_strand_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name="fk_case_strand_changed_by"),
        sa.ForeignKeyConstraint(["for_authority_id"], ["authority.id"], name="fk_case_strand_for_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_strand"),
    )
    op.create_index("ix_case_strand_case_id", "case_strand", ["case_id"])
    op.create_index(
        "uq_case_strand_case_id_kind_for",
        "case_strand",
        ["case_id", "kind", sa.literal_column("coalesce(for_authority_id, case_id)")],
        unique=True,
    )
    op.create_table(
        "case_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", word(("strategy", "review", "outcome", "discussion"), "meeting_kind"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("attendees_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_meeting_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name="fk_case_meeting_changed_by"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_case_meeting_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_meeting"),
        sa.UniqueConstraint("id", "authority_id", name="uq_case_meeting_id_authority_id"),
    )
    op.create_index("ix_case_meeting_case_id", "case_meeting", ["case_id"])
    op.create_table(
        "case_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(done_on IS NULL) = (done_sealed IS NULL)", name="done_with_words"),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_action_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "authority_id"],
            ["case_meeting.id", "case_meeting.authority_id"],
            name="fk_case_action_meeting_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_case_action_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_action"),
    )
    op.create_index("ix_case_action_case_id", "case_action", ["case_id"])
    op.create_table(
        "case_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            word(("call", "message", "visit", "information", "decision", "meeting", "change"), "entry_kind"),
            nullable=False,
        ),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_entry_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_case_entry_recorded_by"),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["case_entry.id", "case_entry.authority_id"],
            name="fk_case_entry_supersedes_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_entry"),
        sa.UniqueConstraint("id", "authority_id", name="uq_case_entry_id_authority_id"),
    )
    op.create_index("ix_case_entry_case_id", "case_entry", ["case_id"])
    op.create_index("uq_case_entry_supersedes_id", "case_entry", ["supersedes_id"], unique=True)


def create_sharing() -> None:
    op.create_table(
        "case_share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("for_authority_id", sa.Uuid(), nullable=False),
        sa.Column("level", word(("nothing", "contact", "summary", "items"), "level"), nullable=False),
        sa.Column(
            "basis",
            word(("children_act_2004", "children_act_1989", "public_task", "crime_and_disorder", "act_2022"), "basis"),
            nullable=False,
        ),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject_keys", postgresql.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_share_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["for_authority_id"], ["authority.id"], name="fk_case_share_for_authority_id"),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name="fk_case_share_set_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_share"),
        sa.UniqueConstraint("id", "authority_id", name="uq_case_share_id_authority_id"),
    )
    op.create_index("ix_case_share_case_id", "case_share", ["case_id"])
    op.create_index(
        "ix_case_share_for_authority_id",
        "case_share",
        ["for_authority_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_case_share_standing",
        "case_share",
        ["case_id", "for_authority_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "flag_seen",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("for_authority_id", sa.Uuid(), nullable=False),
        sa.Column("through", word(OBJECT_KINDS, "through"), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=False),
        sa.Column("seen_name", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_flag_seen_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["user_account.id"], name="fk_flag_seen_seen_by"),
        sa.PrimaryKeyConstraint("id", name="pk_flag_seen"),
    )
    op.create_index("ix_flag_seen_case_id", "flag_seen", ["case_id"])
    op.create_index("ix_flag_seen_share_id", "flag_seen", ["share_id", "seen_by"])
    op.create_table(
        "case_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("for_authority_id", sa.Uuid(), nullable=False),
        sa.Column("to_user_id", sa.Uuid(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("kind", word(("summary", "item", "outcome"), "release_kind"), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "basis",
            word(("children_act_2004", "children_act_1989", "public_task", "crime_and_disorder", "act_2022"), "basis"),
            nullable=False,
        ),
        sa.Column("onward", word(("nobody", "deciders", "subject"), "onward"), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("relied_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_sealed IS NULL)", name="ended_with_reason"),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_release_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["for_authority_id"], ["authority.id"], name="fk_case_release_for_authority_id"),
        sa.ForeignKeyConstraint(["released_by"], ["user_account.id"], name="fk_case_release_released_by"),
        sa.ForeignKeyConstraint(["to_user_id"], ["user_account.id"], name="fk_case_release_to_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_release"),
    )
    op.create_index("ix_case_release_case_id", "case_release", ["case_id"])
    op.create_index("ix_case_release_to_user_id", "case_release", ["to_user_id"])
    op.create_table(
        "relied_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", word(OBJECT_KINDS, "object_kind"), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("relied_by", sa.Uuid(), nullable=False),
        sa.Column("relied_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_relied_item_authority_id"),
        sa.ForeignKeyConstraint(["relied_by"], ["user_account.id"], name="fk_relied_item_relied_by"),
        sa.PrimaryKeyConstraint("id", name="pk_relied_item"),
        sa.UniqueConstraint("release_id", "object_id", name="uq_relied_item_release_id_object_id"),
    )
    op.create_index("ix_relied_item_authority_id", "relied_item", ["authority_id"])
    op.create_index("ix_relied_item_object_id", "relied_item", ["object_id"])
    op.create_table(
        "case_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            word(
                ("licensing_authority", "school_transport", "operator", "referrer", "person", "dbs", "learning"),
                "duty_kind",
            ),
            nullable=False,
        ),
        sa.Column("for_authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state", word(("owed", "done", "withheld"), "duty_state"), server_default=sa.text("'owed'"), nullable=False
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'owed') = (settled_on IS NULL)", name="settled_on_a_day"),
        sa.CheckConstraint("(state = 'owed') = (words_sealed IS NULL)", name="settled_with_words"),
        sa.CheckConstraint("state <> 'withheld' OR review_on IS NOT NULL", name="withheld_until_a_review"),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_duty_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["for_authority_id"], ["authority.id"], name="fk_case_duty_for_authority_id"),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name="fk_case_duty_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_duty"),
    )
    op.create_index("ix_case_duty_case_id", "case_duty", ["case_id"])
    op.create_index(
        "uq_case_duty_case_id_kind_for",
        "case_duty",
        ["case_id", "kind", sa.literal_column("coalesce(for_authority_id, case_id)")],
        unique=True,
    )


def create_access() -> None:
    op.create_table(
        "case_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", word(("named", "closed", "emergency"), "access_kind"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("review_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind = 'closed' OR until_at IS NOT NULL", name="not_for_ever"),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_access_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["user_account.id"], name="fk_case_access_ended_by"),
        sa.ForeignKeyConstraint(["given_by"], ["user_account.id"], name="fk_case_access_given_by"),
        sa.ForeignKeyConstraint(["reviewed_by"], ["user_account.id"], name="fk_case_access_reviewed_by"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_case_access_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_access"),
    )
    op.create_index("ix_case_access_case_id", "case_access", ["case_id"])
    op.create_index("ix_case_access_user_id", "case_access", ["user_id"])
    op.create_table(
        "lado_office",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("meeting_name", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_lado_office_authority_id"),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name="fk_lado_office_changed_by"),
        sa.PrimaryKeyConstraint("authority_id", name="pk_lado_office"),
    )
