"""The page of one entry: what stands on NR3S, and what is keyed in there, value by value."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from licensing.accounts.models import Authority
from licensing.dates import in_words
from licensing.matching.identifiers import IdentifierKind
from licensing.register.events import END_OF_TIME
from licensing.register.models import LicenceEvent, Person
from licensing.register.presenting import on_one_line
from licensing.register.rules import takes_effect_on
from licensing.sealing import opened
from licensing.sharing.clocks import Period
from licensing.sharing.models import Nr3sEntry
from licensing.sharing.presenting import Row, due, entry_tag, link, person_link, updates_waiting
from licensing.sharing.queries import searches
from licensing.sharing.rules import EntryState, is_historic

_WHOLE = Markup('<span class="copied-whole">{}</span>')
_NOT_KEPT = "This register does not hold it: ask the driver, or leave it empty"


def fields_to_key(person: Person, event: LicenceEvent, authority: Authority) -> list[Row]:
    """What section 2(4) of the 2022 Act names, each value by itself; what is missing reads as not recorded."""
    address = person.addresses[0] if person.addresses else None
    effect = takes_effect_on(event.as_event())
    told = {
        "Full name": person.name,
        "Date of birth": in_words(person.date_of_birth) if person.date_of_birth else "",
        "Home address": on_one_line(address.lines, address.postcode) if address else "",
        "National Insurance number": _identifier(person, IdentifierKind.NI_NUMBER),
        "GB driver number": _identifier(person, IdentifierKind.DRIVER_NUMBER),
    }
    rows: list[Row] = [(label, _WHOLE.format(value) if value else None) for label, value in told.items()]
    rows += [("Northern Ireland driver number", _NOT_KEPT), ("Community licence number", _NOT_KEPT)]
    rows += [
        ("Authority", _WHOLE.format(authority.name)),
        ("How to get more information", _WHOLE.format(authority.contact) if authority.contact else None),
        ("Decision", _WHOLE.format(event.kind.label)),
        ("Date of the decision", _WHOLE.format(in_words(event.decided_on)) if event.decided_on else None),
    ]
    if effect != END_OF_TIME and effect != event.decided_on:
        rows.append(("Effective from", _WHOLE.format(in_words(effect))))
    return rows


def _identifier(person: Person, kind: IdentifierKind) -> str:
    keys = current_app.config["KEYS"]
    found = (one for one in person.identifiers if one.kind is kind)
    return next((keys.open(one.sealed, "person_identifier", "sealed", one.id).decode() for one in found), "")


def missing(rows: Sequence[Row]) -> list[str]:
    """What NR3S asks for and is not recorded."""
    return [label for label, value in rows if not value]


def entry_facts(entry: Nr3sEntry, due_by: date | None, kept: tuple[date, str] | None, today: date) -> list[Row]:
    """How the entry stands; without a day by which it is due where it is entered by choice.

    `kept` is until when it is kept and how long that is, once it is entered.
    """
    names = searches.names_of(entry.settled_by)
    by = names.get(entry.settled_by, "A former colleague")
    licence = entry.licence
    facts: list[Row] = [
        ("Status", entry_tag(entry.state)),
        ("Person", person_link(entry.person)),
        (
            "Licence",
            link(url_for("register.show_licence", licence_id=licence.id), f"{licence.kind.label} {licence.number}"),
        ),
        ("Person notified", in_words(entry.notified_on)),
    ]
    if due_by is None:
        written = in_words(entry.notice_given_on) if entry.notice_given_on else None
        facts.append(("Uploaded by choice: person written to", written))
    else:
        facts.append(("Due by", due(due_by, today, entry.settled_on)))
    if entry.state is EntryState.NOT_NEEDED and entry.settled_on:
        facts.append(("Not needed", f"{in_words(entry.settled_on)}, {by}: {opened(entry, 'reason_sealed')}"))
    elif entry.settled_on:
        facts += [
            ("Entered on NR3S", f"{in_words(entry.settled_on)}, {by}"),
            ("Reference on NR3S", entry.nr3s_reference),
            ("Kept until at least", f"{in_words(kept[0])}: {kept[1]} from first entry" if kept else None),
        ]
    return facts


def entries_rows(found: Sequence[Nr3sEntry], period: Period, today: date) -> list[dict[str, Any]]:
    """The list: whose, what was decided, and by when NR3S must know, of the entry or of what changed since."""
    return [
        {
            "reference": link(url_for("sharing.show_entry", nr3s_entry_id=one.id), one.reference),
            "person": person_link(one.person),
            "decision": one.event.kind.label,
            "due": _next_due(one, period, today),
            "state": entry_tag(one.state),
        }
        for one in found
    ]


def _next_due(entry: Nr3sEntry, period: Period, today: date) -> Markup | str:
    if waiting := updates_waiting(entry):
        first = min(waiting, key=lambda one: one.from_on)
        return Markup("{}<br>{}").format(due(period.due_on(first.from_on), today), first.reason.label)
    if is_historic(entry.notified_on):
        return "By choice"
    return due(period.due_on(entry.notified_on), today, entry.settled_on)
