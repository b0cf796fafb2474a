"""One of everything that is recorded while somebody's fitness is considered."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from factories import accounts
from sqlalchemy import select

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.events import RecordKind, RelevantInformation
from licensing.register.models import Organisation, Person
from licensing.setup import owner_session
from licensing.suitability.applying import ApplicationKind, ItemKind, ItemState
from licensing.suitability.changes import applications, concerns, considerations, convictions, courts, recommendations
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource, Reported
from licensing.suitability.models import Consideration, MarkerConsidered, MarkerMatch, sealed
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import Ground, InformationKind, Limb, Source
from licensing.suitability.sentences import SentenceKind, Verdict
from licensing.suitability.starting_points import Category, Outcome, RunsFrom

DAY = date(2026, 2, 2)
# Stands in every sealed column, so that a test can look for it where it may not be.
CANARY = "Canary narrative"


@dataclass(frozen=True)
class Recorded:
    """What was recorded, by id."""

    application_id: UUID
    consideration_id: UUID
    information_id: UUID
    complaint_id: UUID
    report_id: UUID
    case_id: UUID
    defendant_id: UUID


def information(**more: Any) -> dict[str, Any]:
    """A piece of information that is relied on, as the form gives it."""
    given = {"kind": InformationKind.POLICE, "received_on": DAY, "from_whom": CANARY, "summary": CANARY}
    return {**given, "case_reference": "C/1", "relied_on": True, "limb": Limb.HARM, **more}


def recommended(decision: DecisionType, **more: Any) -> dict[str, Any]:
    """A recommendation as the form gives it."""
    given = {"decision": decision, "relevant_information": RelevantInformation.NO, "reasons": CANARY}
    return {**given, "departing": None, **more}


def conviction(category: Category = Category.DISHONESTY, **more: Any) -> dict[str, Any]:
    """A conviction as the form gives it."""
    given = {"category": category, "offence": CANARY, "convicted_on": date(2024, 1, 9)}
    return {**given, "sentence_completed_on": date(2024, 3, 14), "ban_ends_on": None, **more}


def complaint(received_on: date = DAY) -> dict[str, Any]:
    """A complaint as the form gives it."""
    given = {"category": ComplaintCategory.DRIVING, "source": ComplaintSource.PASSENGER, "received_on": received_on}
    return {**given, "summary": CANARY, "case_reference": None}


def record_all(code: str, officer: UUID, person_id: UUID, licence_id: UUID, organisation_id: UUID) -> Recorded:
    """Everything about one person of an authority, by its officer."""
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        recorded = _by_officer(user, person_id, licence_id, organisation_id)
        db.session.commit()
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER, code))):
        user = who_is_acting()
        assert user is not None
        _own_policy(user)
        db.session.commit()
    _marker(code, officer, person_id)
    return recorded


def _by_officer(user: ActingUser, person_id: UUID, licence_id: UUID, organisation_id: UUID) -> Recorded:
    application_id = applications.receive(user, licence_id, ApplicationKind.RENEWAL, DAY)
    applications.say_item(user, application_id, ItemKind.IDENTITY, ItemState.LOOKED_AT_INCOMPLETE, DAY, CANARY)
    opened = (Source.POLICE_DISCLOSURE, Ground.OTHER_REASONABLE_CAUSE, DAY, CANARY)
    consideration_id = considerations.open_consideration(user, licence_id, *opened)
    information_id = considerations.add_information(user, consideration_id, information())
    convictions.record_conviction(user, db.session.get_one(Consideration, consideration_id), conviction())
    told = recommended(DecisionType.WARNING)
    recommendations.recommend_on_consideration(user, consideration_id, told, DAY)
    operator = db.session.scalars(select(Organisation).where(Organisation.id == organisation_id)).one()
    concerns.record_operator(user, person_id, operator, (None, None))
    report = {
        "what": Reported.CHARGE,
        "occurred_at": datetime(2026, 2, 1, 9, tzinfo=UTC),
        "reported_at": datetime(2026, 2, 2, 9, tzinfo=UTC),
        "words": CANARY,
        "case_reference": None,
    }
    case_id = courts.record_case(user, "Sample Crown Court", DAY, witnesses=2)
    defendant_id = courts.add_defendant(user, case_id, Verdict.GUILTY, licence_id)
    courts.pass_sentences(user, defendant_id, [(SentenceKind.CONSECUTIVE, 60)])
    return Recorded(
        application_id,
        consideration_id,
        information_id,
        concerns.record_complaint(user, RecordKind.PERSON, person_id, complaint()),
        concerns.record_self_report(user, licence_id, report),
        case_id,
        defendant_id,
    )


def open_review(code: str, licence_id: UUID) -> UUID:
    """A review of premises whose hearing has not begun."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
        user = who_is_acting()
        assert user is not None
        asked = (Source.REVIEW, Ground.LICENSING_OBJECTIVES, DAY, CANARY)
        review_id = considerations.open_consideration(user, licence_id, *asked, received_on=DAY)
        db.session.commit()
        return review_id


def _own_policy(user: ActingUser) -> None:
    given = {"outcome": Outcome.YEARS, "years": 8, "runs_from": RunsFrom.SENTENCE, "source": "Policy 4.2"}
    more = {"verified": False, "valid_from": DAY, "reason": "Adopted in council"}
    convictions.change_policy(user, Category.WEAPON, {**given, **more})


def _marker(code: str, officer: UUID, person_id: UUID) -> None:
    """A likely match with somebody of a third council, and that a marker was considered: as the database keeps them."""
    authority, row_id = accounts.authority_id(code), uuid4()
    with owner_session() as session:
        another = session.scalars(select(Person.id).where(Person.authority_id != authority).limit(1)).first()
        if another is None:
            another = person_id
        session.add(MarkerMatch(authority_id=authority, person_id=person_id, other_person_id=another))
        names = ("asked_whom_sealed", "asked_what_sealed", "words_sealed")
        words = {name: sealed(MarkerConsidered, name, row_id, CANARY) for name in names}
        days = {"marked_on": DAY, "asked_on": DAY}
        belongs = {"authority_id": authority, "person_id": person_id, "marked_by_id": authority, "by_id": officer}
        session.add(MarkerConsidered(id=row_id, **belongs, **days, **words))
        session.commit()
