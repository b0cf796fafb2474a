"""Allegations about invented holders, in each stage that one goes through: recorded as the county's sample officer.

A case that is closed is not among them: closing tells others, and nobody answers for a sample.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select

from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import authority_of_code, on_behalf_of
from licensing.allegations import access
from licensing.allegations.changes import allegations, cases, meetings, office
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import Subject
from licensing.allegations.words import (
    Category,
    EntryKind,
    Limb,
    MeetingKind,
    Outcome,
    ReferrerKind,
    Sector,
    Stage,
    Step,
)
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import db
from licensing.permissions import Role
from licensing.register.catalogue import DRIVER_KINDS
from licensing.register.models import Licence, Person
from licensing.sample.councils import OXFORD, OXFORDSHIRE, SOURCE_PREFIX
from licensing.sample.users import SampleUser
from licensing.setup import owner_session

_MEETING = "Joint evaluation meeting"


@dataclass(frozen=True)
class Told:
    """What a caller says, and how far the case has come."""

    words: str
    limb: Limb
    category: Category
    days_ago: int
    stage: Stage


CASES = (
    Told(
        "A run is paid for twice; the child says little of it. (Sample)", Limb.C, Category.CONDUCT, 0, Stage.RECORDING
    ),
    Told("Messages to a child late in the evening. (Sample)", Limb.B, Category.ONLINE, 1, Stage.CONSIDERING),
    Told("Lifts off the meter, and gifts. (Sample)", Limb.C, Category.SEXUAL, 45, Stage.OPEN),
    Told("Shouted at a child who would not sit down. (Sample)", Limb.D, Category.EMOTIONAL, 20, Stage.ADVICE_ONLY),
    Told("Happened in another county. (Sample)", Limb.A, Category.PHYSICAL, 30, Stage.PASSED_ON),
)


def record_cases(today: date) -> None:
    """One case for each of the first holders of Oxford, with the office's own settings; commits."""
    subjects = _subjects(len(CASES))
    with on_behalf_of(SampleUser(OXFORDSHIRE, Role.DESIGNATED_OFFICER).email, as_sample=True) as officer:
        office.choose(officer, contact="01865 000000 (sample), lado@oxfordshire.example", meeting_name=_MEETING)
        db.session.commit()
        for told, subject in zip(CASES, subjects, strict=False):
            _record(officer, told, subject, today)


def _subjects(most: int) -> list[Subject]:
    with owner_session() as session:
        found = (
            select(Person.id, Person.given_names, Person.family_name, Person.date_of_birth)
            .where(
                Person.authority_id == authority_of_code(session, OXFORD.code).id,
                func.coalesce(Person.source_id, "").startswith(SOURCE_PREFIX),
                exists().where(Licence.person_id == Person.id, Licence.kind.in_(DRIVER_KINDS)),
            )
            .order_by(Person.source_id, Person.id)
            .limit(most)
        )
        return [
            Subject(f"{given} {family}".strip(), person_id, born)
            for person_id, given, family, born in session.execute(found)
        ]


def _record(officer: ActingUser, told: Told, subject: Subject, today: date) -> None:
    referred_on = today - timedelta(days=told.days_ago)
    called_at = datetime.combine(referred_on, time(10), UTC)
    case_id = cases.begin(officer, called_at=called_at)
    db.session.commit()
    access.look(case_id, LookPurpose.OWN_CASE)
    case = queries.case(case_id)
    for step, said in _answers(told, referred_on).items():
        cases.save_step(officer, case, step, said)
    cases.name_subject(officer, case, subject)
    if told.stage is not Stage.RECORDING:
        cases.refer(officer, case)
    if told.stage not in (Stage.RECORDING, Stage.CONSIDERING):
        why = "Talked over with police and social care. (Sample)"
        review_on = referred_on + timedelta(days=30) if told.stage is Stage.OPEN else None
        cases.decide_threshold(officer, case, told.stage, referred_on, why, review_on)
    if told.stage is Stage.OPEN:
        _work_on(officer, case_id, referred_on)
    db.session.commit()


def _work_on(officer: ActingUser, case_id: UUID, referred_on: date) -> None:
    """A meeting with what was undertaken, a line by hand, and a second allegation that has its outcome."""
    case, held_on = queries.case(case_id), referred_on + timedelta(days=5)
    meeting = meetings.plan(officer, case, _MEETING, MeetingKind.STRATEGY, held_on)
    due_on = held_on + timedelta(days=20)
    what = "Ask the operator for the booking log. (Sample)"
    meetings.undertake(officer, case_id, words=what, owner="Sample Operator", due_on=due_on, meeting_id=meeting)
    rang = datetime.combine(held_on, datetime.min.time(), UTC) + timedelta(hours=14)
    cases.note(officer, case_id, EntryKind.CALL, "The head teacher rang: no further run is planned. (Sample)", rang)
    second = {"limbs": [Limb.D.value], "category": Category.CONDUCT, "words": "Left a child at a corner. (Sample)"}
    allegations.add(officer, case, **second, alleged_on=None)
    row = queries.allegations(case_id)[-1]
    found = "The log shows another driver. (Sample)"
    allegations.record_outcome(officer, case, row, outcome=Outcome.UNFOUNDED, outcome_on=due_on, words=found)


def _answers(told: Told, known_on: date) -> dict[Step, dict[str, object]]:
    return {
        Step.CALLER: {
            "referrer_kind": ReferrerKind.SCHOOL_TRANSPORT,
            "name": "Sample Caller",
            "organisation": "School transport (sample)",
            "contact": "01865 000000",
            "known_on": known_on,
            "under_duty": False,
        },
        Step.ALLEGED: {"limbs": [told.limb.value], "category": told.category, "words": told.words},
        Step.SETTING: {
            "sector": Sector.LICENSED_DRIVER,
            "alleged_on": known_on - timedelta(days=2),
            "when_words": "On the school run",
            "where": "In a licensed vehicle (sample)",
        },
        Step.SAFETY: {
            "at_risk": "no",
            "done": "The run was given to another driver. (Sample)",
            "police": "yes",
            "police_reference": "TVP-SAMPLE-1",
            "mash": "yes",
            "mash_reference": "MASH-SAMPLE-1",
        },
        Step.OTHERS: {"elsewhere": None, "child_references": "CH-SAMPLE-1"},
    }
