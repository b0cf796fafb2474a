"""Links as a table and as a drawing, by the names that the reader may know things by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.disruption.presenting import link as linked
from licensing.links.drawing import Drawing, draw
from licensing.links.reading import Reading
from licensing.links.rules import Found, Link, Thing, ThingKind, walk
from licensing.places import queries as places
from licensing.register.events import RecordKind
from licensing.register.names import address_of_record, names_of

_OF_REGISTER = {
    ThingKind.PERSON: RecordKind.PERSON,
    ThingKind.ORGANISATION: RecordKind.ORGANISATION,
    ThingKind.VEHICLE: RecordKind.VEHICLE,
    ThingKind.LICENCE: RecordKind.LICENCE,
    ThingKind.PREMISES: RecordKind.PREMISES,
}
# The pages of what is no record of a register; a link to it is shown to those who may open it.
_PAGES: dict[ThingKind, Callable[[UUID], str]] = {
    ThingKind.ACTION: lambda one: url_for("disruption.show_action", action_id=one),
    ThingKind.OPERATION: lambda one: url_for("operations.show_operation", operation_id=one),
    ThingKind.COURT_CASE: lambda one: url_for("suitability.show_case", case_id=one),
}


@dataclass(frozen=True)
class Shown:
    """What the page of a thing's links shows; `left_out` is how many things there was no room for."""

    name: str
    kinds: list[ThingKind]
    drawing: Drawing
    rows: list[dict[str, Any]]
    left_out: int


def links_of(start: Thing) -> Shown:
    """Everything within two steps, with the rights of whoever is acting."""
    reading = Reading()
    found = walk(start, reading.links_of)
    names, addresses = _told(found, reading.names)
    kinds = sorted({one.kind for one in found.steps}, key=list(ThingKind).index)
    rows = [_row(one, names, addresses) for one in sorted(found.links, key=lambda one: _order(one, found, names))]
    return Shown(names[start], kinds, draw(found, names), rows, found.left_out)


def _told(found: Found, named: Mapping[Thing, str]) -> tuple[dict[Thing, str], dict[Thing, str]]:
    """How things are called, and the addresses of those that have a page: what a register calls them, if it does."""
    names, addresses = {one: named.get(one, one.kind.label) for one in found.steps}, dict[Thing, str]()
    of: dict[ThingKind, list[UUID]] = {kind: [] for kind in ThingKind}
    for one in found.steps:
        if one.record_id:
            of[one.kind].append(one.record_id)
    for kind, record_kind in _OF_REGISTER.items():
        for record_id, name in names_of(record_kind, of[kind]).items():
            thing = Thing(kind, str(record_id))
            names[thing], addresses[thing] = name, address_of_record(record_kind, record_id)
    for place in places.places_known(of[ThingKind.PREMISES]):
        thing = Thing(ThingKind.PREMISES, str(place.id))
        names[thing], addresses[thing] = place.name, url_for("places.show_place", place_id=place.id)
    for kind, page_of in _PAGES.items():
        addresses |= {Thing(kind, str(one)): page_of(one) for one in of[kind]}
    return names, addresses


def _order(link: Link, found: Found, names: Mapping[Thing, str]) -> tuple[Any, ...]:
    near, far = sorted((link.one, link.other), key=lambda one: (found.steps[one], names[one], one))
    steps = found.steps[near] + found.steps[far]
    return (steps, names[near], names[far], link.words, link.source, link.from_on is None, link.from_on, near, far)


def _row(link: Link, names: Mapping[Thing, str], addresses: Mapping[Thing, str]) -> dict[str, Any]:
    return {
        "one": _called(link.one, names, addresses),
        "words": link.words,
        "other": _called(link.other, names, addresses),
        "source": link.source,
        "days": _days(link),
    }


def _called(thing: Thing, names: Mapping[Thing, str], addresses: Mapping[Thing, str]) -> Markup:
    name: str | Markup = names[thing]
    if address := addresses.get(thing):
        name = linked(names[thing], address)
    return Markup("{} ({})").format(name, thing.kind.label.lower())


def _days(link: Link) -> str:
    if link.from_on and link.from_on == link.until_on:
        return in_words(link.from_on)
    begins = f"from {in_words(link.from_on)}" if link.from_on else ""
    ends = f"to {in_words(link.until_on)}" if link.until_on else ""
    return f"{begins} {ends}".strip() or "–"
