"""Places and their obligations as rows and words of pages, and as lines of a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.disruption.presenting import link, several
from licensing.hotel_notices.models import HotelNotice
from licensing.hotel_notices.presenting import page_of as page_of_notice
from licensing.hotel_notices.words import NoticeState
from licensing.places.queries import HeldThere, Place
from licensing.register.catalogue import Family
from licensing.register.models import ObligationCheck
from licensing.register.places import OF_GUESTS, Obligation
from licensing.register.presenting import NO_LICENCE, obligation_row, on_one_line
from licensing.suitability.models import Consideration
from licensing.tags import status_tag

Rows = list[tuple[str, Any]]

HEADINGS = (
    "Council",
    "Name",
    "Kind",
    "Address",
    "Postcode",
    "UPRN",
    "Food hygiene rating",
    *(one.label for one in Obligation),
)
_DUTIES = [one for one in Obligation if one.is_duty]
# Maps that anybody may open, by what is public of a place.
_BY_UPRN, _BY_POSTCODE = "https://uprn.uk/{}", "https://www.openstreetmap.org/search?query={}"


def guesthouse_rows(places: Iterable[Place], councils: Mapping[UUID, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": link(one.name, url_for("places.show_place", place_id=one.id)),
            "where": on_one_line(one.address_lines, one.postcode),
            "council": councils.get(one.authority_id, "–"),
            "kind": one.kind.label,
            "checked": f"{len(_DUTIES) - len(_not_checked(one))} of {len(_DUTIES)}",
            "not_checked": several(_not_checked(one)) or "–",
        }
        for one in places
    ]


def _not_checked(place: Place) -> list[str]:
    return [each.label for each in _DUTIES if each not in place.checked]


def guesthouse_line(place: Place, councils: Mapping[UUID, str]) -> list[str]:
    """One line of the file, under HEADINGS."""
    return [
        councils.get(place.authority_id, ""),
        place.name,
        place.kind.label,
        on_one_line(place.address_lines, None),
        place.postcode,
        str(place.uprn or ""),
        place.food_rating or "",
        *("Checked" if one in place.checked else "Not checked" for one in Obligation),
    ]


def place_facts(place: Place, council: str, register_page: str | None) -> Rows:
    facts: Rows = [
        ("Kind", place.kind.label),
        ("Address", on_one_line(place.address_lines, place.postcode)),
        ("Council", council),
        ("Unique property reference number (UPRN)", str(place.uprn) if place.uprn else None),
        ("Map", _map(place)),
    ]
    if place.rooms:
        facts.append(("Bedrooms for guests", str(place.rooms)))
    if register_page:
        facts.append(("On your register", link("Owner, operator, manager and licences", register_page)))
    return facts


def _map(place: Place) -> Markup | None:
    if not (place.uprn or place.postcode):
        return None
    address = _BY_UPRN.format(place.uprn) if place.uprn else _BY_POSTCODE.format(quote(place.postcode))
    words = "Show it on a public map"
    return Markup('<a class="govuk-link" href="{}" rel="noreferrer noopener">{}</a>').format(address, words)


def obligations(
    place: Place,
    checks: Sequence[ObligationCheck],
    licences: Sequence[HeldThere],
    notices: Sequence[HotelNotice],
    today: date,
) -> Rows:
    """Every layer: checked, with the day and what was found, or not checked."""
    without = {Obligation.FOOD_REGISTRATION: _food(place), Obligation.LICENSABLE_ACTIVITY: _licensed(licences)}
    rows: Rows = [obligation_row(one, checks, without.get(one)) for one in _layers(place)]
    return [*rows, ("Hotel information notice", _notice(notices, today))] if place.kind.takes_guests else rows


def _layers(place: Place) -> list[Obligation]:
    """What is asked of a place of its kind, and what else somebody checked."""
    guests = place.kind.takes_guests
    return [one for one in Obligation if guests or one in place.checked or one not in OF_GUESTS]


def _food(place: Place) -> str | None:
    if place.food_seen_on is None:
        return None
    rated = f", rated {place.food_rating}" if place.food_rating else ""
    rated += f" on {in_words(place.food_rated_on)}" if rated and place.food_rated_on else ""
    return f"On the food register{rated}; last seen there on {in_words(place.food_seen_on)}"


def _licensed(licences: Sequence[HeldThere]) -> str:
    held = several(
        f"{one.kind.label} {one.number}, {one.status.label.lower()}"
        for one in licences
        if one.kind.family is Family.PREMISES
    )
    return held or NO_LICENCE


def _notice(notices: Sequence[HotelNotice], today: date) -> Markup | str:
    standing = [one for one in notices if one.state_on(today) not in (NoticeState.ENDED, NoticeState.EXPIRED)]
    if not standing:
        return "None that you may know of"
    last, state = standing[0], standing[0].state_on(today)
    told = link(f"until {in_words(last.expires_on)}", page_of_notice(last))
    return Markup("{} {}").format(status_tag(state, state.label), told)


def licence_rows(licences: Iterable[HeldThere]) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "kind": one.kind.label,
            "status": status_tag(one.status, one.status.label),
            "first": in_words(one.starts_on) if one.starts_on else "–",
            "last": in_words(one.expires_on) if one.expires_on else "–",
        }
        for one in licences
    ]


def review_rows(reviews: Iterable[Consideration], next_due: Mapping[UUID, date]) -> list[dict[str, Any]]:
    """`next_due` is when the next thing is owed in each review that waits for one."""
    return [
        {
            "reference": link(one.reference, url_for("suitability.show_consideration", consideration_id=one.id)),
            "licence": one.licence.number,
            "source": one.source.label,
            "began": in_words(one.received_on or one.opened_on),
            "due": in_words(next_due[one.id]) if one.id in next_due else "–",
            "state": f"Closed on {in_words(one.closed_on)}" if one.closed_on else "Open",
        }
        for one in reviews
    ]
