"""Comparing a food hygiene file with the premises on the register."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing.db import Base, insert_many, update_many
from licensing.imports.existing import KnownPlace, PlaceName, Unregistered, place_name
from licensing.imports.plan import Outcome, Plan, RowOutcome
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_fhrs import Establishment
from licensing.imports.whose import refuse_another_council
from licensing.references import new_reference
from licensing.register.models import FoodRating, FoodRegistration, Premises
from licensing.register.places import PremisesKind

_KINDS = {
    1: PremisesKind.RESTAURANT,
    4613: PremisesKind.SHOP,
    7840: PremisesKind.SHOP,
    7842: PremisesKind.HOTEL_OR_GUESTHOUSE,
    7843: PremisesKind.PUB,
    7844: PremisesKind.TAKEAWAY,
}

_JOINED = "Row {}: it is {}, which is on your register already with the same name and postcode, and was joined to it"


class FhrsSteps:
    """Gathers rows while a file is planned; `apply` writes them all."""

    def __init__(self, authority_id: UUID) -> None:
        self.authority_id = authority_id
        self.new: dict[type[Base], list[dict[str, Any]]] = {Premises: [], FoodRegistration: [], FoodRating: []}
        self.changed: dict[type[Base], list[dict[str, Any]]] = {Premises: [], FoodRegistration: []}

    def insert(self, model: type[Base], **values: Any) -> None:
        self.new[model].append({"authority_id": self.authority_id, **values})

    @property
    def written(self) -> Iterable[UUID]:
        return (row["id"] for row in self.new[Premises])

    def apply(self) -> None:
        for model, rows in self.new.items():
            insert_many(model, rows)
        for model, rows in self.changed.items():
            update_many(model, rows)


def plan_fhrs(
    rows: Iterable[Establishment | Rejection | LeftOut],
    known: dict[int, KnownPlace],
    unregistered: dict[PlaceName, list[Unregistered]],
    authority_id: UUID,
    authority_name: str,
    extracted_on: date,
) -> Plan:
    """One plan for all establishments. FileRefused when the file is another council's.

    An establishment that is new joins the one place that has its name and postcode and no food registration yet.
    """
    steps = FhrsSteps(authority_id)
    plan = Plan(steps)
    for row in rows:
        if isinstance(row, LeftOut):
            plan.left_out += 1
        elif isinstance(row, Rejection):
            plan.rejected.append(row)
        else:
            refuse_another_council(row.authority_name, authority_name)
            plan.warnings += [f"Row {row.row}: {warning}" for warning in row.warnings]
            place = known.get(row.fhrs_id)
            plan.units |= {place.premises_id} if place else set()
            if place is None and (same := _same_place(row, unregistered)):
                plan.outcomes.append(_join(row, same, steps, extracted_on))
                plan.warnings.append(_JOINED.format(row.row, same.reference))
                plan.units.add(same.id)
            else:
                plan.outcomes.append(_plan_place(row, place, steps, extracted_on))
    return plan


def _same_place(row: Establishment, unregistered: dict[PlaceName, list[Unregistered]]) -> Unregistered | None:
    """The place this is, taken out: a second establishment of that name is another one."""
    places = unregistered.get(place_name(row.name, row.postcode), [])
    return places.pop() if row.postcode and len(places) == 1 else None


def _join(row: Establishment, same: Unregistered, steps: FhrsSteps, extracted_on: date) -> RowOutcome:
    """Its name and address are as the food register says them from here on, as for every place with a registration."""
    registration_id = _add_registration(row, same.id, steps, extracted_on)
    place = KnownPlace(
        same.id, registration_id, same.name, same.kind, same.address, same.postcode, row.business_type, extracted_on
    )
    what = ["food registration added", *_changed_place(row, place, steps)]
    return RowOutcome(row.row, Outcome.CHANGED, "; ".join(what))


def _plan_place(row: Establishment, place: KnownPlace | None, steps: FhrsSteps, extracted_on: date) -> RowOutcome:
    if place is None:
        _add(row, steps, extracted_on)
        return RowOutcome(row.row, Outcome.NEW)
    if extracted_on < place.extracted_on:
        return RowOutcome(row.row, Outcome.UNCHANGED)  # an older extract says nothing new
    what = [*_changed_place(row, place, steps), *_changed_food(row, place, steps, extracted_on)]
    return RowOutcome(row.row, Outcome.CHANGED if what else Outcome.UNCHANGED, "; ".join(what))


def _add(row: Establishment, steps: FhrsSteps, extracted_on: date) -> None:
    premises_id = uuid4()
    steps.insert(
        Premises,
        id=premises_id,
        reference=new_reference("L"),
        name=row.name,
        sort_name=row.name.casefold(),
        kind=_KINDS.get(row.business_type, PremisesKind.OTHER),
        address_lines=row.address,
        postcode=row.postcode,
    )
    _add_registration(row, premises_id, steps, extracted_on)


def _add_registration(row: Establishment, premises_id: UUID, steps: FhrsSteps, extracted_on: date) -> UUID:
    """Gather the registration with its rating; returns the id it will have."""
    registration_id = uuid4()
    steps.insert(
        FoodRegistration,
        id=registration_id,
        premises_id=premises_id,
        fhrs_id=row.fhrs_id,
        council_key=row.authority_business_id,
        business_type=row.business_type,
        extracted_on=extracted_on,
    )
    _add_rating(row, registration_id, steps, extracted_on)
    return registration_id


def _changed_place(row: Establishment, place: KnownPlace, steps: FhrsSteps) -> list[str]:
    compared = (
        ("name", row.name, place.name),
        ("address", row.address or place.address, place.address),
        ("postcode", row.postcode or place.postcode, place.postcode),
    )
    what = [label for label, now, before in compared if now != before]
    if what:
        values = {label: now for label, now, _ in compared}
        steps.changed[Premises].append(
            {
                "id": place.premises_id,
                "name": values["name"],
                "sort_name": values["name"].casefold(),
                "address_lines": values["address"],
                "postcode": values["postcode"],
            }
        )
    return what


def _changed_food(row: Establishment, place: KnownPlace, steps: FhrsSteps, extracted_on: date) -> list[str]:
    what = []
    if row.business_type != place.business_type:
        what.append("business type")
    if (row.rating, row.rated_on) != (place.rating, place.rated_on):
        what.append(f"rating now {row.rating}")
        _add_rating(row, place.registration_id, steps, extracted_on)
    if what or extracted_on > place.extracted_on:
        steps.changed[FoodRegistration].append(
            {"id": place.registration_id, "business_type": row.business_type, "extracted_on": extracted_on}
        )
    return what


def _add_rating(row: Establishment, registration_id: UUID, steps: FhrsSteps, extracted_on: date) -> None:
    steps.insert(
        FoodRating,
        id=uuid4(),
        registration_id=registration_id,
        rating=row.rating,
        rated_on=row.rated_on,
        extracted_on=extracted_on,
    )
