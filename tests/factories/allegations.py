"""Cases of a designated officer, made by the product's own ways."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from factories import accounts
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.allegations import access
from licensing.allegations.changes import advice as advising
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes.sharing import Reasons
from licensing.allegations.decided import Named
from licensing.allegations.models import (
    Allegation,
    CaseAccess,
    CaseAction,
    CaseEntry,
    Duty,
    FlagSeen,
    KeptLonger,
    LadoOffice,
    Meeting,
    NamedDecision,
    ReadingAlert,
    Release,
    ReliedItem,
    Share,
    Strand,
)
from licensing.allegations.queries import advice
from licensing.allegations.queries import cases as queries
from licensing.allegations.released import Content
from licensing.allegations.subject import Subject
from licensing.allegations.unusual import Unusual
from licensing.allegations.words import Category, Limb, MeetingKind, ReferrerKind, Sector, Stage, Step
from licensing.allegations.words_of_advice import ASKED, Assurance, SettingKind
from licensing.allegations.words_of_sharing import AccessKind, Basis, Level, LookPurpose, Onward, ReleaseKind
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.sealing import seal
from licensing.setup import owner_session

REASONS = Reasons("A child may be driven by him.", "Nothing less would do.", "Agree.", "Agrees.")
CONTENT = Content(ReleaseKind.SUMMARY, "Summary of a sample", "AL-SAMPLE", "Sample Subject")
ADVISED = "Lifts home after training"
WORDS = "The caller says that he gave a child lifts at night and asked for messages to be deleted."


def officer(code: str = accounts.COUNTY) -> UUID:
    """A designated officer of an authority."""
    return accounts.user(Role.DESIGNATED_OFFICER, code)


def acting() -> ActingUser:
    user = who_is_acting()
    assert user is not None
    return user


def answers(words: str = WORDS) -> dict[Step, dict[str, object]]:
    """A whole referral, by page."""
    return {
        Step.CALLER: {
            "referrer_kind": ReferrerKind.SCHOOL_TRANSPORT,
            "name": "Sample Caller",
            "organisation": "School transport (sample)",
            "contact": "01865 000000",
            "known_on": date(2026, 6, 1),
            "under_duty": False,
        },
        Step.ALLEGED: {"limbs": [Limb.C.value], "category": Category.SEXUAL, "words": words},
        Step.SETTING: {
            "sector": Sector.LICENSED_DRIVER,
            "alleged_on": date(2026, 5, 29),
            "when_words": "On Friday nights",
            "where": "In his vehicle",
        },
        Step.SAFETY: {
            "at_risk": "no",
            "done": "The run was given to another driver.",
            "police": "yes",
            "police_reference": "TVP-SAMPLE-1",
            "mash": "no",
            "mash_reference": None,
        },
        Step.OTHERS: {"elsewhere": "Coaches a team", "child_references": "CH-SAMPLE-1"},
    }


def begin(officer_id: UUID, person_id: UUID | None = None, words: str = WORDS, name: str = "Sample Subject") -> UUID:
    """A case whose referral is written and not yet sent."""
    with acting_as(accounts.open_session(officer_id)):
        case_id = changes.begin(acting())
        db.session.commit()
        access.look(case_id, LookPurpose.OWN_CASE)
        case = queries.case(case_id)
        for step, kept in answers(words).items():
            changes.save_step(acting(), case, step, kept)
        changes.name_subject(acting(), case, Subject(name, person_id))
        db.session.commit()
    return case_id


def refer(officer_id: UUID, person_id: UUID | None = None, words: str = WORDS, name: str = "Sample Subject") -> UUID:
    """A case whose threshold is being considered."""
    case_id = begin(officer_id, person_id, words, name)
    with acting_as(accounts.open_session(officer_id)):
        access.look(case_id, LookPurpose.OWN_CASE)
        changes.refer(acting(), queries.case(case_id))
        db.session.commit()
    return case_id


def open_case(
    officer_id: UUID, person_id: UUID | None = None, words: str = WORDS, name: str = "Sample Subject"
) -> UUID:
    """A case whose threshold is met."""
    case_id = refer(officer_id, person_id, words, name)
    with acting_as(accounts.open_session(officer_id)):
        access.look(case_id, LookPurpose.OWN_CASE)
        case = queries.case(case_id)
        changes.decide_threshold(acting(), case, Stage.OPEN, dates.today(), "Limb C; police agree.", None)
        db.session.commit()
    return case_id


@dataclass(frozen=True)
class Filled:
    """A case with something in every one of its tables."""

    lado_case_id: UUID
    lado_officer: UUID
    subject_draft_id: UUID
    allegation_id: UUID
    strand_id: UUID
    meeting_id: UUID
    action_id: UUID
    entry_id: UUID
    share_id: UUID
    release_id: UUID
    sent_id: UUID  # the same, to the office that sent it
    duty_id: UUID
    access_id: UUID
    consultation_id: UUID
    setting_id: UUID
    alert_id: UUID


def fill(code: str, person_id: UUID, recipient: UUID) -> Filled:
    """A case about a person, with a release to somebody of the same authority."""
    lado = officer(code)
    case_id = open_case(lado, person_id)
    with acting_as(accounts.open_session(lado)):
        kept = {"name": "Khan", "date_of_birth": None, "number": None, "case": str(case_id)}
        draft_id = drafts.keep(acting(), DraftKind.SUBJECT, kept)
        db.session.commit()  # before a look, which takes back what is not
        access.look(case_id, LookPurpose.OWN_CASE)
        if db.session.get(LadoOffice, acting().authority.id) is None:
            of = {"authority_id": acting().authority.id, "changed_by": lado}
            db.session.add(LadoOffice(contact="A sample", meeting_name="JEM", **of))
        db.session.commit()
    consultation_id, setting_id = advise(lado)
    with owner_session() as session:
        made = _rest(accounts.authority_id(code), case_id, lado, recipient)
        for row in made.values():
            session.add(row)
            session.flush()
        first = {
            model: session.scalars(select(model.id).where(model.case_id == case_id)).first()
            for model in (Allegation, Strand, Duty, CaseEntry)
        }
        session.commit()
        return Filled(
            lado_case_id=case_id,
            lado_officer=lado,
            subject_draft_id=draft_id,
            allegation_id=_there(first[Allegation]),
            strand_id=_there(first[Strand]),
            meeting_id=made["meeting"].id,
            action_id=made["action"].id,
            entry_id=_there(first[CaseEntry]),
            share_id=made["share"].id,
            release_id=made["release"].id,
            sent_id=made["release"].id,
            duty_id=_there(first[Duty]),
            access_id=made["access"].id,
            consultation_id=consultation_id,
            setting_id=setting_id,
            alert_id=made["alert"].id,
        )


def advise(lado: UUID, words: str = ADVISED) -> tuple[UUID, UUID]:
    """A consultation, a setting with a visit, and what is said of a year."""
    with acting_as(accounts.open_session(lado)):
        consultation_id = advising.record_consultation(
            acting(),
            question=words,
            advice="Two adults in the vehicle",
            employer="Sample Football Club",
            asked_on=date(2026, 6, 2),
            referrer_kind=ReferrerKind.OTHER,
            sector=Sector.SPORT,
            category=None,
            minutes=20,
        )
        setting_id = advising.add_setting(
            acting(), SettingKind.CLUB, name="Sample Football Club", place="Sample Green", contact="Sample Steward"
        )
        db.session.commit()
        audit.record_alone(Action.LOOKED, ObjectKind.SETTING, setting_id)
        setting = advice.setting(setting_id)
        assert setting is not None
        found = dict.fromkeys(ASKED, Assurance.IN_PLACE)
        visited = {"visited_on": date(2026, 6, 3), "next_on": date(2099, 6, 3)}
        advising.record_visit(acting(), setting, words, **found, **visited)
        db.session.commit()
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        before = advice.report_words(acting().authority.id, 2025)
        advising.write_report(acting(), 2025, before, themes=words, training=words, planned=words)
        db.session.commit()
    return consultation_id, setting_id


def _there(found: UUID | None) -> UUID:
    assert found is not None
    return found


def _rest(authority_id: UUID, case_id: UUID, lado: UUID, recipient: UUID) -> dict[str, Any]:
    """Rows of the tables that opening a case does not fill."""
    of = {"authority_id": authority_id, "case_id": case_id}
    meeting = Meeting(
        id=uuid4(), kind=MeetingKind.STRATEGY, held_on=date(2026, 6, 5), changed_by=lado, recorded_by=lado, **of
    )
    action = CaseAction(id=uuid4(), meeting_id=meeting.id, due_on=date(2026, 6, 9), recorded_by=lado, **of)
    share = Share(
        id=uuid4(),
        for_authority_id=authority_id,
        level=Level.SUMMARY,
        basis=Basis.PUBLIC_TASK,
        subject_keys=[],
        set_by=lado,
        **of,
    )
    release = Release(
        id=uuid4(),
        for_authority_id=authority_id,
        to_user_id=recipient,
        to_name="Sample Officer",
        kind=ReleaseKind.SUMMARY,
        basis=Basis.PUBLIC_TASK,
        onward=Onward.NOBODY,
        expires_on=date(2099, 1, 1),
        acknowledge_by=date(2099, 1, 1),
        released_by=lado,
        **of,
    )
    seen = FlagSeen(
        id=uuid4(),
        share_id=share.id,
        for_authority_id=authority_id,
        through=ObjectKind.PERSON,
        object_id=uuid4(),
        seen_by=recipient,
        seen_name="Sample Officer",
        seen_at=datetime.now(UTC),
        transaction_id=1,
        **of,
    )
    access_row = CaseAccess(
        id=uuid4(),
        user_id=recipient,
        kind=AccessKind.NAMED,
        given_by=lado,
        until_at=datetime(2026, 1, 1, tzinfo=UTC),
        **of,
    )
    relied = ReliedItem(
        id=uuid4(),
        authority_id=authority_id,
        release_id=release.id,
        object_kind=ObjectKind.CONSIDERATION,
        object_id=uuid4(),
        relied_by=recipient,
    )
    named = NamedDecision(id=uuid4(), release_id=release.id, for_authority_id=authority_id, named_by=recipient, **of)
    longer = KeptLonger(id=uuid4(), keep_until=date(2099, 1, 1), decided_by=lado, **of)
    for row, column, words in (
        (meeting, "notes_sealed", "Notes"),
        (action, "words_sealed", "Ask the operator"),
        (action, "owner_sealed", "Sample Owner"),
        (share, "reasons_sealed", REASONS.as_kept()),
        (release, "content_sealed", CONTENT.as_kept()),
        (named, "object_sealed", Named(ObjectKind.DECISION, uuid4(), "Decision SAMPLE").as_kept()),
        (longer, "reason_sealed", "Sample"),
        (access_row, "reason_sealed", "Sample"),
        (relied, "content_sealed", CONTENT.as_kept()),
    ):
        setattr(row, column, seal(type(row), column, row.id, words))
    made = {"meeting": meeting, "action": action, "share": share, "release": release, "seen": seen}
    made |= {"access": access_row, "relied": relied, "named": named, "longer": longer}
    return {**made, "alert": alert_on(authority_id, lado)}


def alert_on(authority_id: UUID, actor: UUID) -> ReadingAlert:
    """Something that was noticed of what somebody did."""
    of = {"authority_id": authority_id, "actor_id": actor, "actor_name": "Sample Officer"}
    return ReadingAlert(id=uuid4(), kind=Unusual.ODD_HOURS, on_day=date(2026, 6, 3), cases=1, **of)
