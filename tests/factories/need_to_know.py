"""Notes and monthly reports, made by the room's own ways."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from factories import accounts, decisions
from factories.disruption import as_user
from sqlalchemy import select, text

from licensing import dates
from licensing.db import db
from licensing.decisions import changes as deciding
from licensing.decisions.powers import DecisionKind
from licensing.need_to_know import queries
from licensing.need_to_know.changes import drafting, issuing, reporting
from licensing.need_to_know.changes.drafting import Draft
from licensing.need_to_know.rules import HANDLING
from licensing.need_to_know.words import SIGNING, Mark, Office, Trigger
from licensing.permissions import Role
from licensing.register.models import Licence
from licensing.setup import owner_session
from licensing.tasks.rules import For

WORDS = {
    "what": "A licence was revoked at once after conduct on a school run.",
    "knows": "Licensing, the police and the designated officer.",
    "safety": "The badge was taken; the contract was ended.",
    "status": "Revoked. The police are looking into it.",
    "risk": "A local paper rang. No claim yet.",
    "decision": "None today.",
    "next_update": "after the meeting",
}


def written(**more: Any) -> Draft:
    given: dict[str, Any] = {
        "trigger": Trigger.IMMEDIATE_REVOCATION,
        "known_on": dates.today(),
        "words": WORDS,
        "mark": Mark.SENSITIVE,
        "handling": HANDLING,
        **more,
    }
    return Draft(**given)


def draft(author: UUID, *readers: UUID, **more: Any) -> UUID:
    """A draft, addressed to these readers as chief executives."""
    with as_user(author) as user:
        made = drafting.draft(user, written(**more))
        for one in readers:
            drafting.add_reader(user, queries.note(made), one, Office.CHIEF_EXECUTIVE)
        db.session.commit()
        return made


def add_lado_part(officer: UUID, note_id: UUID) -> None:
    """A designated officer says what there is to say."""
    with as_user(officer) as user:
        drafting.write_lado_part(user, note_id, "A meeting was held.")
        db.session.commit()


def approve(approver: UUID, note_id: UUID) -> None:
    with as_user(approver) as user:
        issuing.approve(user, note_id)
        db.session.commit()


def issue(author: UUID, approver: UUID, *readers: UUID, **more: Any) -> UUID:
    """A note that was issued to these readers."""
    made = draft(author, *readers, **more)
    approve(approver, made)
    with as_user(approver) as user:
        issuing.issue(user, made)
        db.session.commit()
    return made


def report(
    author: UUID, approver: UUID, signing: list[UUID], *, issued: bool = True, month: date | None = None
) -> UUID:
    """A month's report, to be signed by these in the offices that it waits for."""
    with as_user(author) as user:
        begins = month or dates.today().replace(day=1)
        made = reporting.put_together(user, begins, "A quiet month.", Mark.OFFICIAL, HANDLING)
        for one, office in zip(signing, SIGNING, strict=False):
            drafting.add_reader(user, queries.report(made), one, office)
        db.session.commit()
    if issued:
        with as_user(approver) as user:
            reporting.issue(user, made)
            db.session.commit()
    return made


def ask(reader: UUID, report_id: UUID, doer: UUID) -> UUID:
    """A reader asks a colleague for something."""
    with as_user(reader) as user:
        mine = queries.own_reading(queries.Reader.report_id == report_id, reader)
        assert mine is not None
        due = dates.today() + timedelta(days=14)
        made = reporting.ask(user, mine, "A list of late answers.", For(user_id=doer), "Colleague", due)
        db.session.commit()
        return made


def happened(code: str, object_id: UUID) -> UUID:
    """Something that happened to a decision, as the job finds it."""
    fact_id = uuid4()
    with owner_session() as session:
        row = {"id": fact_id, "council": accounts.authority_id(code), "object": object_id, "day": dates.today()}
        session.execute(
            text(
                "INSERT INTO need_to_know_fact (id, authority_id, trigger, object_kind, object_id, on_day)"
                " VALUES (:id, :council, 'immediate_revocation', 'decision', :object, :day)"
            ),
            row,
        )
        session.commit()
    return fact_id


def revoked_at_once(person_id: UUID, manager: UUID) -> UUID:
    """A manager revokes a driver's licence with immediate effect; returns the decision."""
    with as_user(manager) as user:
        licence_id = db.session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
        asked = replace(decisions.suspension(), kind=DecisionKind.REVOKE, ends_on=None)
        made = deciding.decide(user, deciding.open_question(licence_id, DecisionKind.REVOKE), asked)
        db.session.commit()
        return made


def noted(code: str, decision_id: UUID) -> dict[str, UUID]:
    """A draft, a note that was issued, a report with what a reader asked, and what happened: by the routes' names."""
    author, approver = accounts.user(Role.BRIEFING_AUTHOR, code), accounts.user(Role.BRIEFING_APPROVER, code)
    readers = [accounts.user(Role.BRIEFING_READER, code) for _ in SIGNING]
    drafted = draft(author, readers[0], lado_asked=True)
    with_part = draft(author, lado_asked=True)
    add_lado_part(accounts.user(Role.DESIGNATED_OFFICER, code), with_part)
    issue(author, approver, readers[0], for_county=False)
    issued_report = report(author, approver, readers)
    return {
        "note_id": drafted,
        "reader_id": reader_of(drafted),
        "notes_report_id": issued_report,
        "request_id": ask(readers[0], issued_report, author),
        "fact_id": happened(code, decision_id),
    }


def reader_of(note_id: UUID) -> UUID:
    """The row of a note's one reader."""
    with owner_session() as session:
        found = text("SELECT id FROM need_to_know_reader WHERE note_id = :note")
        return session.scalars(found, {"note": note_id}).one()
