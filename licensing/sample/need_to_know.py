"""Two notes and a monthly report of the county's, in the hands of its sample readers; and one note of Oxford's."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.need_to_know import queries
from licensing.need_to_know.changes import drafting, issuing, reporting
from licensing.need_to_know.changes.drafting import Draft
from licensing.need_to_know.models import Note, Reader
from licensing.need_to_know.rules import HANDLING
from licensing.need_to_know.words import Mark, Office, Trigger
from licensing.permissions import Role
from licensing.sample.councils import OXFORD, OXFORDSHIRE, Council
from licensing.sample.users import CHIEF_EXECUTIVE, DIRECTOR, LEAD_MEMBER, SampleUser
from licensing.tasks.rules import For

_READERS = ((LEAD_MEMBER, Office.LEAD_MEMBER), (CHIEF_EXECUTIVE, Office.CHIEF_EXECUTIVE), (DIRECTOR, Office.DIRECTOR))
_CLOSED = {
    "what": "A guesthouse in Oxford was closed by the fire service after a visit: two of three exits were locked.",
    "knows": "The fire service, trading standards, Oxford’s licensing team, the police. The owner was told.",
    "safety": "No rooms are let. Nobody was staying there. Welfare checks were offered to its staff.",
    "status": "A prohibition notice is in force. Nobody was arrested.",
    "risk": "Neighbours saw the visit; the local paper may ring. An appeal can be made within 21 days.",
    "decision": "None today. The director is asked to hold the line for the press.",
    "next_update": "after the next visit",
}
_REVOKED = {
    "what": "A private hire driver’s licence was revoked at once after what a school reported.",
    "knows": "Oxford’s licensing team, school transport, the police.",
    "safety": "The badge was handed in. The driver carries nobody; the route has another driver.",
    "status": "Revoked with immediate effect. The police are looking into it.",
    "risk": "No press so far. The driver may appeal within 21 days.",
    "decision": "None.",
    "next_update": "",
}
_REVIEWED = {
    "what": "The police asked for a summary review of a pub’s licence after a night of disorder.",
    "knows": "The district’s licensing team, the police, trading standards. The licence holder was told.",
    "safety": "The pub is shut by agreement until interim steps are decided.",
    "status": "Interim steps are decided within 48 hours, the review heard within 28 days.",
    "risk": "Neighbours filmed the night. The licence holder may make representations against interim steps.",
    "decision": "None yet.",
    "next_update": "after the interim steps",
}


def brief() -> None:
    """A note that two of three have read, one of Oxford's, a draft, and a report with two signatures; commits."""
    with on_behalf_of(_author(OXFORDSHIRE).email, as_sample=True) as author:
        if db.session.scalar(select(Note.id).limit(1)):
            return
        closed = _draft(author, Trigger.CLOSURE, _CLOSED, _READERS)
    _of_oxford()
    _issue(OXFORDSHIRE, closed)
    for reader, _ in _READERS[:2]:
        _acknowledge(reader, closed)
    with on_behalf_of(_author(OXFORDSHIRE).email, as_sample=True) as author:
        _draft(author, Trigger.SUMMARY_REVIEW, _REVIEWED, _READERS)
    _report()


def _author(council: Council) -> SampleUser:
    return SampleUser(council, Role.BRIEFING_AUTHOR)


def _of_oxford() -> None:
    with on_behalf_of(_author(OXFORD).email, as_sample=True) as author:
        own = (SampleUser(OXFORD, Role.BRIEFING_READER), Office.CHIEF_EXECUTIVE)
        made = _draft(author, Trigger.IMMEDIATE_REVOCATION, _REVOKED, (own,))
    _issue(OXFORD, made)


def _id_of(reader: SampleUser) -> UUID:
    return next(one for one, name, _ in queries.possible_readers() if name == reader.name)


def _draft(
    author: ActingUser, trigger: Trigger, words: dict[str, str], readers: tuple[tuple[SampleUser, Office], ...]
) -> UUID:
    today = dates.today()
    made = drafting.draft(author, Draft(trigger, today, words, Mark.SENSITIVE, HANDLING, today + timedelta(days=3)))
    for reader, office in readers:
        drafting.add_reader(author, queries.note(made), _id_of(reader), office)
    db.session.commit()
    return made


def _issue(council: Council, note_id: UUID) -> None:
    with on_behalf_of(SampleUser(council, Role.BRIEFING_APPROVER).email, as_sample=True) as approver:
        issuing.approve(approver, note_id)
        db.session.commit()
        issuing.issue(approver, note_id)
        db.session.commit()


def _acknowledge(reader: SampleUser, note_id: UUID) -> None:
    with on_behalf_of(reader.email, as_sample=True) as user:
        mine = queries.own_reading(Reader.note_id == note_id, user.id)
        assert mine is not None
        issuing.read(mine)
        issuing.acknowledge(user, mine)
        db.session.commit()


def _report() -> None:
    """This month's, signed by two of three; the lead member asks for something."""
    overview = (
        "Two notes this month. One guesthouse was closed and one licence revoked at once; nobody was hurt. "
        "What is asked of you: hold the line for the press until the next visit."
    )
    with on_behalf_of(_author(OXFORDSHIRE).email, as_sample=True) as author:
        month = dates.today().replace(day=1)
        made = reporting.put_together(author, month, overview, Mark.SENSITIVE, HANDLING)
        for reader, office in _READERS:
            drafting.add_reader(author, queries.report(made), _id_of(reader), office)
        whom, called = For(user_id=author.id), author.name
        db.session.commit()
    with on_behalf_of(SampleUser(OXFORDSHIRE, Role.BRIEFING_APPROVER).email, as_sample=True) as approver:
        reporting.issue(approver, made)
        db.session.commit()
    for reader, _ in _READERS[:2]:
        with on_behalf_of(reader.email, as_sample=True) as user:
            mine = queries.own_reading(Reader.report_id == made, user.id)
            assert mine is not None
            issuing.read(mine)
            issuing.acknowledge(user, mine)
            if reader is LEAD_MEMBER:
                words = "A list of guesthouses that no service has visited for a year, by district."
                reporting.ask(user, mine, words, whom, called, dates.today() + timedelta(days=14))
            db.session.commit()
