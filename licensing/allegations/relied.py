"""What a licensing authority relied on of what was released to it: its own record, on the page of what it decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_login import current_user
from sqlalchemy import select

from licensing.allegations.models import ReliedItem
from licensing.allegations.queries import sharing as queries
from licensing.allegations.released import Content
from licensing.audit.rules import ObjectKind
from licensing.dates import day_of, in_words, moment_in_words
from licensing.db import db
from licensing.decisions import queries as decisions
from licensing.permissions import Permission
from licensing.register import queries as register
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.register.sections import Section, adds_section
from licensing.suitability.queries.applications import applications_of
from licensing.suitability.queries.considerations import considerations_of


@dataclass(frozen=True)
class Decided:
    """Something of the own authority in which an item may be relied on, in words, and its page."""

    kind: ObjectKind
    id: UUID
    words: str
    address: str


@dataclass(frozen=True)
class OwnRecord:
    """The record of the reader's own register that something is about, so that nobody acts on a namesake."""

    rows: list[tuple[str, str | None]]
    address: str


def own_records(people: Iterable[UUID]) -> list[OwnRecord]:
    """Name, date of birth and licences of these records; nothing for whoever does not read the register."""
    if not current_user.may(Permission.REGISTER_READ):
        return []
    return [
        OwnRecord(
            [
                ("Name", one.name),
                ("Date of birth", in_words(one.date_of_birth) if one.date_of_birth else None),
                ("Licences", ", ".join(licence_name(held) for held in one.licences) or "None"),
            ],
            url_for("register.show_person", person_id=one.id),
        )
        for one in register.people(list(people)).values()
    ]


def decisions_about(people: Iterable[UUID]) -> list[Decided]:
    """What is open or was decided about the licences of these records; nothing for whoever does not work on them."""
    if not current_user.may(Permission.CASEWORK):
        return []
    held = list(db.session.scalars(select(Licence.id).where(Licence.person_id.in_(list(people))).order_by(Licence.id)))
    if not held:
        return []
    considered = [
        Decided(
            ObjectKind.CONSIDERATION,
            one.id,
            f"Consideration {one.reference}",
            url_for("suitability.show_consideration", consideration_id=one.id),
        )
        for one in considerations_of(held)
        if one.closed_on is None
    ]
    applied = [
        Decided(
            ObjectKind.APPLICATION,
            one.id,
            f"Application {one.reference}",
            url_for("suitability.show_application", application_id=one.id),
        )
        for one in applications_of(held)
        if one.decided_on is None and one.withdrawn_on is None
    ]
    made = [
        Decided(
            ObjectKind.DECISION,
            one.id,
            f"Decision {one.reference}: {one.kind.label}",
            url_for("decisions.show_decision", decision_id=one.id),
        )
        for one in decisions.decisions_of(held)
    ]
    return considered + applied + made


def _doubt(row: ReliedItem) -> str:
    """What whoever decides must know of a copy on which nothing can rest any more."""
    if row.doubted_at is None:
        return ""
    on = in_words(day_of(row.doubted_at))
    return (
        f"On {on} the designated officer recorded that nothing is left of the allegation on which this rests. Record "
        "whether your own decision still stands on other evidence, and ring them before you use this again."
    )


def _section(kind: ObjectKind) -> Callable[[UUID], Section | None]:
    def relied_on(object_id: UUID) -> Section | None:
        items = [
            (Content.of(one), moment_in_words(one.relied_at), _doubt(one))
            for one in queries.relied_items(kind, object_id)
        ]
        title = "Relied on, from a designated officer"
        return Section(title, "allegations/_relied.html", {"items": items}) if items else None

    return relied_on


for _kind in (ObjectKind.CONSIDERATION, ObjectKind.APPLICATION, ObjectKind.DECISION):
    adds_section(_kind, Permission.CASEWORK, order=60)(_section(_kind))
