"""The part that sharing adds to the page of a person and of a driver's licence."""

from uuid import UUID

from flask import url_for

from licensing.accounts.acting import signed_in_user
from licensing.permissions import Permission
from licensing.register import queries as register
from licensing.register.catalogue import DRIVER_KINDS
from licensing.register.changes.merging import Moves, moves_with_person
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section
from licensing.sharing import presenting
from licensing.sharing.models import Disclosure, Nr3sEntry, Nr3sSearch, RequestIn, RequestOut
from licensing.sharing.queries import entries, exchanges, searches

ORDER = 60

for _model in (Nr3sSearch, Nr3sEntry, RequestOut, RequestIn, Disclosure):
    moves_with_person(Moves(_model))


@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=ORDER)
def of_person(person_id: UUID) -> Section | None:
    context = {
        "searches": searches.searches_of(person_id),
        "entries": entries.entries_of(person_id),
        "sent": exchanges.sent_about(person_id),
        "received": exchanges.received_about(person_id),
        "entry_tag": presenting.entry_tag,
        "acted": exchanges.acted_elsewhere(person_id),
        "ask": url_for("sharing.ask_about_person", person_id=person_id),
    }
    return Section("NR3S and other authorities", "sharing/_section.html", context, _actions(person_id=person_id))


@adds_section(RecordKind.LICENCE, Permission.CASEWORK, order=ORDER)
def of_licence(licence_id: UUID) -> Section | None:
    licence = register.licence(licence_id)
    if licence.kind not in DRIVER_KINDS or licence.person_id is None:
        return None
    context = {
        "searches": searches.searches_of(licence.person_id, licence_id),
        "entries": entries.entries_of(licence.person_id, licence_id),
        "sent": [one for one in exchanges.sent_about(licence.person_id) if one.licence_id == licence_id],
        "received": [],
        "acted": [],
        "entry_tag": presenting.entry_tag,
    }
    return Section("NR3S and other authorities", "sharing/_section.html", context, _actions(licence_id=licence_id))


def _actions(person_id: UUID | None = None, licence_id: UUID | None = None) -> list[tuple[str, str]]:
    if licence_id is None:
        return [
            ("Record a search of NR3S", url_for("sharing.record_search", person_id=person_id)),
            ("Ask another authority in writing", url_for("sharing.ask_about_person", person_id=person_id)),
        ]
    found = [
        ("Record a search of NR3S", url_for("sharing.record_search_for_licence", licence_id=licence_id)),
        ("Ask another authority in writing", url_for("sharing.ask_for_licence", licence_id=licence_id)),
    ]
    if signed_in_user().may(Permission.DECIDE) and entries.historic_decisions(licence_id):
        found.append(("Enter an older decision on NR3S", url_for("sharing.upload", licence_id=licence_id)))
    return found
