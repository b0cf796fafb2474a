"""What happened at a place, of everything that the reader may know, in one order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.concerns import queries as concerns
from licensing.concerns.rules import LedTo
from licensing.disruption import queries as disruption
from licensing.disruption.models import Action
from licensing.disruption.presenting import link
from licensing.hotel_notices import presenting as notices
from licensing.hotel_notices import queries as hotel_notices
from licensing.hotel_notices.models import HotelNotice
from licensing.operations import presenting as visits
from licensing.operations import queries as operations
from licensing.operations.models import TestPurchase
from licensing.places.queries import HeldThere, Place
from licensing.prevention import queries as prevention
from licensing.prevention.models import AwarenessActivity
from licensing.register.events import RecordKind
from licensing.register.models import ObligationCheck
from licensing.suitability.models import Consideration
from licensing.suitability.queries import concerns as complaints
from licensing.training import queries as training


@dataclass(frozen=True)
class Entry:
    """One line, as components/timeline.html wants it."""

    title: str
    on: date
    text: Markup | str = ""


def of_place(
    place: Place,
    checks: Iterable[ObligationCheck],
    licences: Iterable[HeldThere],
    reviews: Iterable[Consideration],
    today: date,
    *,
    casework: bool,
) -> list[Entry]:
    """The newest first; of one day, by what happened. What is still to come is not told.

    `casework`: the reader works on the licensing files of this place. Nobody else is told that a complaint or a concern
    came in or that staff were trained, on which day or how often: a single date would tell of it (signals say so of
    numbers).
    """
    entries = [
        *_rated(place),
        *(_checked(one) for one in checks),
        *(entry for one in licences for entry in _licensed(one)),
        *(entry for one in disruption.actions_about([place.id]) for entry in _acted(one)),
        *_visited(place.id),
        *(_tested(one) for one in operations.purchases_at(place.id)),
        *(entry for one in hotel_notices.notices_at(place.id) for entry in _noticed(one)),
        *(entry for one in reviews for entry in _reviewed(one)),
        *(_made_aware(one) for one in prevention.activities_at(place.id)),
        *(_of_casework(place.id) if casework else ()),
    ]
    known = (entry for entry in entries if entry.on <= today)
    return sorted(known, key=lambda entry: (-entry.on.toordinal(), entry.title, str(entry.text)))


def _rated(place: Place) -> Iterator[Entry]:
    if place.food_rating and place.food_rated_on:
        yield Entry(f"Food hygiene rating: {place.food_rating}", place.food_rated_on, "From the food register")


def _checked(check: ObligationCheck) -> Entry:
    by = f"By {check.checked_by}" + (f", {check.reference}" if check.reference else "")
    return Entry(f"{check.obligation.label} checked: {check.result.label.lower()}", check.checked_on, by)


def _licensed(held: HeldThere) -> Iterator[Entry]:
    """A licence as the public register tells it."""
    for what, day in (("first", held.starts_on), ("last", held.expires_on)):
        if day:
            yield Entry(f"{held.kind.label}: its {what} day", day, held.number)


def _acted(action: Action) -> Iterator[Entry]:
    days = (
        ("considered", action.considered_on),
        ("authorised", action.authorised_on),
        ("served", action.served_on),
        ("in force", action.in_force_on),
        ("ended", action.ended_on),
    )
    leads = link(action.reference, url_for("disruption.show_action", action_id=action.id))
    for what, day in days:
        if day:
            yield Entry(f"{action.power.name}: {what}", day, Markup("{}, {}").format(leads, action.lead.name))


def _visited(place_id: UUID) -> Iterator[Entry]:
    """An operation as often as it went there: once, however much it found."""
    seen = {operation.id: operation for operation, _, _ in operations.seen_at(place_id)}
    for one in seen.values():
        yield Entry(f"{one.kind.label}", one.on_day, link(one.name, visits.page_of(one)))


def _tested(purchase: TestPurchase) -> Entry:
    address = url_for("operations.show_purchase", purchase_id=purchase.id)
    return Entry(f"Test purchase: {purchase.result.label.lower()}", purchase.on_day, link(purchase.reference, address))


def _noticed(notice: HotelNotice) -> Iterator[Entry]:
    leads = link(notice.reference, notices.page_of(notice))
    yield Entry("Hotel notice took effect", notice.effective_on, leads)
    yield Entry("Hotel notice expired", notice.expires_on, leads)
    for one in notice.requirements:
        address = url_for("hotel_notices.show_requirement", requirement_id=one.id)
        told = link(f"{notice.reference}, number {one.number}", address)
        yield Entry("Guest information required", one.made_on, told)
        yield Entry("Guest information due", one.due_on, told)


def _made_aware(one: AwarenessActivity) -> Entry:
    return Entry(f"Awareness: {one.kind.label.lower()}", one.held_on, f"{one.agency.name}, {one.place}")


def _of_casework(place_id: UUID) -> Iterator[Entry]:
    for concern in concerns.concerns_about(LedTo.PREMISES, place_id):
        address = url_for("concerns.show_concern", concern_id=concern.id)
        yield Entry("Concern reported", concern.raised_on, link(concern.reference, address))
    for complaint in complaints.complaints_about(RecordKind.PREMISES, place_id):
        address = url_for("suitability.show_complaint", complaint_id=complaint.id)
        yield Entry("Complaint received", complaint.received_on, link(complaint.reference, address))
    for one in training.trainings_at(place_id):
        yield Entry("Training of staff", one.held_on, f"{one.course}: {one.trained} of {one.staff} staff")


def _reviewed(review: Consideration) -> Iterator[Entry]:
    address = url_for("suitability.show_consideration", consideration_id=review.id)
    yield Entry("Review of the licence began", review.received_on or review.opened_on, link(review.reference, address))
    if review.closed_on:
        yield Entry("Review of the licence ended", review.closed_on, link(review.reference, address))
