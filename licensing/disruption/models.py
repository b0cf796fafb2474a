"""The tables of disruption. What is typed about people and reasons is sealed; an event, once recorded, stays."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import Authority, User
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.disruption import rules
from licensing.disruption.models_powers import PowerRow
from licensing.disruption.words import (
    ActionState,
    AgencyKind,
    AgencyPart,
    AppealCourt,
    AppealResult,
    Effect,
    EventKind,
    Rank,
    TargetKind,
    TaskAnswer,
)
from licensing.register.models._belonging import belongs_to


class Agency(Base):
    """A service of a council, or a partner such as the police. Its details are kept by `authority_id`."""

    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_agency_id_authority_id"),
        UniqueConstraint("authority_id", "name", name="uq_agency_authority_id_name"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[AgencyKind] = enum_column(AgencyKind, name="agency_kind")
    is_partner: Mapped[bool]  # no service of the council's own
    name: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)  # an office and how it is reached, not a person
    email: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    closed_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    authority: Mapped[Authority] = relationship(viewonly=True)


class AgencyMember(Base):
    """Somebody who works for an agency here, from a moment until another."""

    __tablename__ = "agency_member"
    __table_args__ = (
        belongs_to("agency", "agency_id"),
        Index(
            "uq_agency_member_standing", "agency_id", "user_id", unique=True, postgresql_where=text("until_at IS NULL")
        ),
        Index("ix_agency_member_user_id", "user_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    agency_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    rank: Mapped[Rank | None] = enum_column(Rank, name="rank", nullable=True)
    from_at: Mapped[RecordedAt]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    until_at: Mapped[Moment | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))

    user: Mapped[User] = relationship(foreign_keys=user_id, viewonly=True)


class Action(Base):
    """One power used, or considered, on one or more targets. Its days and its state follow from its events.

    The database adds the agency that leads and the one that records to those that may know of it.
    """

    __tablename__ = "disruption_action"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_disruption_action_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_disruption_action_authority_id_reference"),
        UniqueConstraint("recording_agency_id", "source_id", name="uq_disruption_action_recording_agency_id_source_id"),
        CheckConstraint("ends_on >= in_force_on", name="ends_after_it_begins"),
        Index("ix_disruption_action_authority_id_considered_on", "authority_id", "considered_on", "id"),
        Index("ix_disruption_action_lead_agency_id", "lead_agency_id"),
        Index("ix_disruption_action_place_authority_id", "place_authority_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))  # whose officer recorded it
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in a file that was imported
    power_id: Mapped[UUID] = mapped_column(ForeignKey("power.id"))
    directed_at: Mapped[TargetKind] = enum_column(TargetKind, name="target_kind")
    place_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))  # in whose area, of premises
    lead_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    recording_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    objective_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    threshold_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    cases_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # references of cases, never a child's identity
    considered_on: Mapped[date]
    authorised_on: Mapped[date | None]
    served_on: Mapped[date | None]
    in_force_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    state: Mapped[ActionState] = enum_column(ActionState, name="action_state")
    appeal_open: Mapped[bool]
    stayed_on: Mapped[date | None]  # since when it is, while an appeal is open
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    power: Mapped[PowerRow] = relationship(viewonly=True)
    lead: Mapped[Agency] = relationship(foreign_keys=lead_agency_id, viewonly=True)
    targets: Mapped[list["Target"]] = relationship(
        primaryjoin="Action.id == foreign(Target.action_id)", order_by="Target.number", viewonly=True
    )
    agencies: Mapped[list["ActionAgency"]] = relationship(
        primaryjoin="Action.id == foreign(ActionAgency.action_id)", order_by="ActionAgency.part", viewonly=True
    )
    events: Mapped[list["ActionEvent"]] = relationship(
        primaryjoin="Action.id == foreign(ActionEvent.action_id)", order_by="ActionEvent.number", viewonly=True
    )
    reviews: Mapped[list["EffectReview"]] = relationship(
        primaryjoin="Action.id == foreign(EffectReview.action_id)", order_by="EffectReview.after_days", viewonly=True
    )

    @property
    def told(self) -> list["ActionEvent"]:
        """The events as they stand corrected, in the order of their days."""
        replaced = {one.replaces_id for one in self.events}
        stand = (one for one in self.events if one.id not in replaced and not one.withdrawn)
        return sorted(stand, key=lambda one: rules.order(one.as_event(), one.place))

    @property
    def standing(self) -> rules.Standing:
        """As the events left it; ask it for the state on a day."""
        return rules.Standing(
            considered_on=self.considered_on,
            authorised_on=self.authorised_on,
            served_on=self.served_on,
            in_force_on=self.in_force_on,
            ends_on=self.ends_on,
            ended_on=self.ended_on,
            state=self.state,
            appeal_open=self.appeal_open,
            stayed_on=self.stayed_on,
        )


class ActionAgency(Base):
    """An agency that leads or joins an action, and so may know of it."""

    __tablename__ = "disruption_action_agency"
    __table_args__ = (
        belongs_to("disruption_action", "action_id"),
        UniqueConstraint("action_id", "agency_id", name="uq_disruption_action_agency_action_id_agency_id"),
        Index("ix_disruption_action_agency_agency_id", "agency_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    action_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    part: Mapped[AgencyPart] = enum_column(AgencyPart, name="agency_part")
    added_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)


class Target(Base):
    """At whom or what an action is directed: the first one is what it is mainly about.

    What is public of a place, a vehicle or a firm stands plain; whoever is a person is sealed, and found again by a
    keyed hash. `record_id` is the record of a register where it is known, in `of_authority_id`'s; a person's is the one
    that stands today, and `given_record_id` the one that was chosen before a merge: the database sees to it.
    """

    __tablename__ = "disruption_target"
    __table_args__ = (
        belongs_to("disruption_action", "action_id"),
        UniqueConstraint("action_id", "number", name="uq_disruption_target_action_id_number"),
        CheckConstraint("(kind = 'person') = (name IS NULL)", name="people_sealed"),
        CheckConstraint("(kind = 'person') = (name_sealed IS NOT NULL)", name="sealed_people"),
        CheckConstraint("(record_id IS NULL) = (of_authority_id IS NULL)", name="whole_record"),
        Index("ix_disruption_target_record_id", "record_id"),
        Index("ix_disruption_target_name_key", "name_key"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    action_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[TargetKind] = enum_column(TargetKind, name="target_kind")
    name: Mapped[str | None] = mapped_column(Text)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_key: Mapped[bytes] = mapped_column(LargeBinary)
    address: Mapped[str] = mapped_column(Text, server_default="")
    postcode: Mapped[str] = mapped_column(Text, server_default="")
    record_id: Mapped[UUID | None]
    given_record_id: Mapped[UUID | None]
    of_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    added_at: Mapped[RecordedAt]


class ActionEvent(Base):
    """What happened on a day. None is changed: a correction replaces it, and stands in its place among those of a day;
    what never happened is replaced by one that is withdrawn."""

    __tablename__ = "disruption_event"
    __table_args__ = (
        belongs_to("disruption_action", "action_id"),
        UniqueConstraint("action_id", "number", name="uq_disruption_event_action_id_number"),
        UniqueConstraint("replaces_id", name="uq_disruption_event_replaces_id"),
        CheckConstraint("(kind = 'appeal_decided') = (appeal_result IS NOT NULL)", name="appeal_has_a_result"),
        CheckConstraint("kind = 'appealed' OR (court IS NULL AND stayed IS NULL)", name="court_of_an_appeal"),
        CheckConstraint("(replaces_id IS NULL) = (why_sealed IS NULL)", name="corrected_for_a_reason"),
        CheckConstraint("NOT withdrawn OR replaces_id IS NOT NULL", name="withdrawn_takes_a_place"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    action_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[EventKind] = enum_column(EventKind, name="action_event_kind")
    on_day: Mapped[date]
    ends_on: Mapped[date | None]
    officer: Mapped[str] = mapped_column(Text, server_default="")  # who authorised or served it, for the council
    rank: Mapped[Rank | None] = enum_column(Rank, name="rank", nullable=True)
    appeal_result: Mapped[AppealResult | None] = enum_column(AppealResult, name="action_appeal_result", nullable=True)
    court: Mapped[AppealCourt | None] = enum_column(AppealCourt, name="appeal_court", nullable=True)
    stayed: Mapped[bool | None]  # whether the measure is, from the appeal on
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    conditions_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # that hold from this event on
    place: Mapped[int]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("disruption_event.id"))
    withdrawn: Mapped[bool] = mapped_column(server_default=text("false"))
    why_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    def as_event(self) -> rules.Event:
        """The row as the rules want it: what was recorded is not asked about again."""
        return rules.Event(
            self.kind,
            self.on_day,
            self.ends_on,
            self.rank,
            self.appeal_result,
            self.court,
            self.stayed,
            limit_checked=True,
        )


class EffectReview(Base):
    """Whether an action worked, after 30 and after 90 days: what was reported before and after, in the same time."""

    __tablename__ = "effect_review"
    __table_args__ = (
        belongs_to("disruption_action", "action_id"),
        UniqueConstraint("action_id", "after_days", name="uq_effect_review_action_id_after_days"),
        CheckConstraint("after_days IN (30, 90)", name="at_thirty_or_ninety"),
        CheckConstraint("reports_before >= 0 AND reports_after >= 0", name="counted"),
        CheckConstraint("(reports_before IS NULL) = (reports_after IS NULL)", name="counted_both"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    action_id: Mapped[UUID]
    after_days: Mapped[int]
    reports_before: Mapped[int | None]  # none: no target is linked with a register, so nothing can be counted
    reports_after: Mapped[int | None]
    effect: Mapped[Effect] = enum_column(Effect, name="effect")
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reviewed_on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]


class PartnerTask(Base):
    """Something that an agency is asked to do. Whoever is asked sees these words and nothing else of the action."""

    __tablename__ = "partner_task"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_partner_task_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_partner_task_authority_id_reference"),
        Index("ix_partner_task_agency_id", "agency_id"),
        Index("ix_partner_task_action_id", "action_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    action_id: Mapped[UUID | None]  # of which action; the operation that asks stands in its own room
    asked_by_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    what_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    due_on: Mapped[date]
    answer_by: Mapped[date]  # when it should be said whether it is taken on
    answer: Mapped[TaskAnswer] = enum_column(TaskAnswer, name="task_answer")
    answered_on: Mapped[date | None]
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_on: Mapped[date]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(foreign_keys=agency_id, viewonly=True)
    asked_by_agency: Mapped[Agency] = relationship(foreign_keys=asked_by_agency_id, viewonly=True)
