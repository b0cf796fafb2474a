"""How notes, reports, requests and what happened are called elsewhere, found by a reference, and counted at home."""

from uuid import UUID

from flask import url_for
from flask_login import current_user
from sqlalchemy import select

from licensing.accounts.home_figures import Figure, adds_figures
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.need_to_know import presenting, queries
from licensing.need_to_know.changes import drafting, reporting
from licensing.need_to_know.documents import month_in_words
from licensing.need_to_know.models import Fact, Note, Report, Request
from licensing.permissions import Permission
from licensing.register.by_reference import Referred, finds_references
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.NEED_TO_KNOW)
def notes(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Note).where(Note.id.in_(ids)).order_by(Note.id)
    return {
        one.id: (f"Need to Know {one.reference}", presenting.note_page(one.id)) for one in db.session.scalars(found)
    }


@adds_subject(ObjectKind.NEED_TO_KNOW_REPORT)
def reports(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Report).where(Report.id.in_(ids)).order_by(Report.id)
    return {
        one.id: (f"Need to Know in {month_in_words(one)}", presenting.report_page(one.id))
        for one in db.session.scalars(found)
    }


@adds_subject(ObjectKind.NEED_TO_KNOW_REQUEST)
def requests(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Request.id).where(Request.id.in_(ids)).order_by(Request.id)
    return {one: ("What a reader asked for", presenting.request_page(one)) for one in db.session.scalars(found)}


@adds_subject(ObjectKind.NEED_TO_KNOW_FACT)
def facts(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Fact).where(Fact.id.in_(ids)).order_by(Fact.id)
    return {
        one.id: (one.trigger.label, url_for("need_to_know.show_fact", fact_id=one.id))
        for one in db.session.scalars(found)
    }


@finds_references(drafting.PREFIX)
def note_by_reference(reference: str) -> Referred | None:
    one = db.session.scalars(select(Note).where(Note.reference == reference).order_by(Note.id)).first()
    return Referred("Need to Know", one.reference, presenting.note_page(one.id)) if one else None


@finds_references(reporting.PREFIX)
def report_by_reference(reference: str) -> Referred | None:
    one = db.session.scalars(select(Report).where(Report.reference == reference).order_by(Report.id)).first()
    return Referred("Monthly report", one.reference, presenting.report_page(one.id)) if one else None


@adds_figures(Permission.NOTES_READ, order=5)
def to_read() -> list[Figure]:
    waiting = queries.to_acknowledge(current_user.id)
    return [Figure("notes and reports for you to read and acknowledge", waiting, url_for("need_to_know.list_notes"))]


@adds_figures(Permission.NOTES_APPROVE, order=6)
def to_approve() -> list[Figure]:
    waiting = queries.to_approve(current_user.authority.id)
    return [Figure("Need to Know drafts to approve", waiting, url_for("need_to_know.list_notes", state="drafted"))]


@adds_figures(Permission.NOTES_WRITE, order=7)
def to_answer_for() -> list[Figure]:
    words = "things happened that leaders may need to know"
    return [Figure(words, queries.to_answer_for(), url_for("need_to_know.list_facts"))]


@adds_figures(Permission.ALLEGATIONS, order=8)
def for_lado() -> list[Figure]:
    words = "Need to Know drafts that ask for your part"
    return [Figure(words, queries.for_lado(), url_for("need_to_know.list_notes", state="drafted"))]
