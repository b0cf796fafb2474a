"""Decisions: what was decided about a licence, by whom, on what; its notice, service, appeals and reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit
from licensing.row_security import allow_call, protect, within

revision: str = "0025"
down_revision: str | None = "0024"

EVENT_KINDS = (
    "received",
    "rejected_incomplete",
    "granted",
    "renewed",
    "refused",
    "renewal_refused",
    "withdrawn",
    "suspended",
    "suspension_ended",
    "revoked",
    "reinstated_by_court",
    "appealed",
    "appeal_dismissed",
    "appeal_withdrawn",
    "found_unfit",
    "badge_returned",
    "expired",
    "varied",
    "transferred",
    "surrendered",
    "lapsed",
    "interim_authority_given",
    "fee_suspended",
    "fee_paid",
    "leave_recorded",
    "died",
    "voided",
)

READ = within("casework.work")

# Whoever may decide for the council, an officer with a delegation that holds for immediate action, or whoever keeps
# what the sub-committee or a court decided.
MAY_DECIDE = """
CREATE FUNCTION may_decide(given_maker text, given_immediate boolean, given_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT acting_authority('decisions.make') IS NOT NULL
        OR (acting_authority('casework.work') IS NOT NULL AND given_maker IN ('sub_committee', 'court'))
        OR (given_maker = 'officer' AND given_immediate AND EXISTS (
            SELECT FROM delegation d
            WHERE d.user_id = acting_user() AND d.authority_id = acting_authority('casework.work')
              AND d.from_on <= given_day AND (d.until_on IS NULL OR given_day <= d.until_on)))
$$
"""
# Two people: whoever recommended does not decide, and whoever acted at once does not review it.
NOT_THE_RECOMMENDER = """(maker IN ('sub_committee', 'court') OR NOT EXISTS (
    SELECT FROM recommendation r
    WHERE r.by_id = (SELECT acting_user()) AND r.superseded_at IS NULL
      AND (r.consideration_id = decision.consideration_id OR r.application_id = decision.application_id)))"""
NOT_THE_DECIDER = """(kind <> 'immediate' OR NOT EXISTS (
    SELECT FROM decision d WHERE d.id = decision_review.decision_id AND d.decided_by = (SELECT acting_user())))"""
BY_ONESELF = "{} AND {} = (SELECT acting_user())"


def upgrade() -> None:
    admit("licence_event", "kind", "event_kind", EVENT_KINDS)
    create_tables()
    op.execute(MAY_DECIDE)
    allow_call("may_decide(text, boolean, date)")
    policies = within("policies.change")
    protect(
        "delegation",
        select=READ,
        insert=BY_ONESELF.format(policies, "recorded_by"),
        update=policies,
        update_columns=("until_on",),
    )
    protect("template_review", select=READ, insert=BY_ONESELF.format(policies, "recorded_by"))
    protect(
        "decision",
        select=READ,
        insert=f"{BY_ONESELF.format(READ, 'decided_by')} AND may_decide(maker, immediate, decided_on)"
        f" AND {NOT_THE_RECOMMENDER}",
        update=READ,
        update_columns=("event_id", "notified_on", "effective_on", "ends_on", "irregularities"),
    )
    protect("notice", select=READ, insert=BY_ONESELF.format(READ, "issued_by"))
    protect("notice_service", select=READ, insert=BY_ONESELF.format(READ, "recorded_by"))
    protect(
        "appeal",
        select=READ,
        insert=BY_ONESELF.format(READ, "recorded_by"),
        update=READ,
        update_columns=("hearing_on", "outcome", "ended_on", "costs"),
    )
    protect("decision_review", select=READ, insert=f"{BY_ONESELF.format(READ, 'reviewed_by')} AND {NOT_THE_DECIDER}")


def create_tables() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_delegation_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_delegation_recorded_by"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_delegation_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index("ix_delegation_authority_id_user_id", "delegation", ["authority_id", "user_id"], unique=False)
    op.create_table(
        "template_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_template_review_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_template_review_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_template_review"),
        sa.UniqueConstraint(
            "authority_id", "template", "version", name="uq_template_review_authority_id_template_version"
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("consideration_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "grant",
                "grant_short_term",
                "renew",
                "refuse",
                "refuse_renewal",
                "no_action",
                "warning",
                "penalty_points",
                "training_required",
                "suspend_fixed",
                "suspend_until",
                "suspend_interim",
                "suspend_unfit",
                "end_suspension",
                "revoke",
                name="decision_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "maker",
            sa.Enum(
                "officer",
                "manager",
                "sub_committee",
                "court",
                name="maker",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delegation_ref", sa.Text(), nullable=True),
        sa.Column("power_code", sa.Text(), nullable=True),
        sa.Column("grounds", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("limbs", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column(
            "relevant_information",
            sa.Enum(
                "wholly",
                "partly",
                "no",
                "not_recorded",
                name="relevant_information",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("immediate", sa.Boolean(), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("new_information", sa.Boolean(), nullable=False),
        sa.Column("legal_agreed", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_safety_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("condition_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("irregularities", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("elsewhere", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("effective_on IS NULL OR notified_on IS NOT NULL", name="ck_decision_notified_first"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_decision_authority_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name="fk_decision_decided_by"),
        sa.ForeignKeyConstraint(["event_id"], ["licence_event.id"], name="fk_decision_event_id"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_decision_licence_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("application_id", name="uq_decision_application_id"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_decision_authority_id_reference"),
        sa.UniqueConstraint("consideration_id", name="uq_decision_consideration_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_decision_id_authority_id"),
    )
    op.create_index(
        "ix_decision_authority_id_decided_on", "decision", ["authority_id", "decided_on", "id"], unique=False
    )
    op.create_index("ix_decision_licence_id", "decision", ["licence_id"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "court",
            sa.Enum(
                "magistrates",
                "crown",
                "high",
                "tribunal",
                name="court",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("court_reference", sa.Text(), nullable=False),
        sa.Column("lodged_on", sa.Date(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "allowed",
                "allowed_term_expired",
                "varied",
                "dismissed",
                "withdrawn",
                name="appeal_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("costs", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(outcome IS NULL) = (ended_on IS NULL)", name="ck_appeal_ended_with_an_outcome"),
        sa.ForeignKeyConstraint(
            ["decision_id", "authority_id"],
            ["decision.id", "decision.authority_id"],
            name="fk_appeal_decision_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_appeal_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
    )
    op.create_index("ix_appeal_decision_id", "appeal", ["decision_id"], unique=False)
    op.create_index(
        "uq_appeal_decision_id", "appeal", ["decision_id"], unique=True, postgresql_where=sa.text("outcome IS NULL")
    )
    op.create_table(
        "decision_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "immediate", "suspension", name="review_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum("stands", "to_change", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id", "authority_id"],
            ["decision.id", "decision.authority_id"],
            name="fk_decision_review_decision_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["reviewed_by"], ["user_account.id"], name="fk_decision_review_reviewed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_decision_review"),
    )
    op.create_index("ix_decision_review_decision_id", "decision_review", ["decision_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id", "authority_id"],
            ["decision.id", "decision.authority_id"],
            name="fk_notice_decision_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["user_account.id"], name="fk_notice_issued_by"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("id", "authority_id", name="uq_notice_id_authority_id"),
    )
    op.create_index("ix_notice_decision_id", "notice", ["decision_id"], unique=False)
    op.create_table(
        "notice_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column(
            "method",
            sa.Enum(
                "in_person",
                "first_class_post",
                "recorded_delivery",
                "left_at_address",
                "email",
                "at_the_hearing",
                name="service_method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id", "authority_id"],
            ["decision.id", "decision.authority_id"],
            name="fk_notice_service_decision_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_notice_service_notice_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_notice_service_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_service"),
    )
    op.create_index("ix_notice_service_decision_id", "notice_service", ["decision_id"], unique=False)
