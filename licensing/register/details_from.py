"""From the answers of the form for adding a person to the details that are kept."""

from datetime import date
from typing import Any

from licensing.forms import BaseForm
from licensing.matching.identifiers import IdentifierKind, normalise, written_postcode
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OtherName, PersonDetails
from licensing.register.events import Event, EventKind, NameKind

_NOT_ANSWERS = frozenset({"csrf_token", "submit"})


def answers(form: BaseForm) -> dict[str, Any]:
    """The form's answers as JSON can hold them."""
    kept = {name: value for name, value in form.data.items() if name not in _NOT_ANSWERS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def form_data(typed: dict[str, Any]) -> dict[str, Any]:
    """The same answers as the form wants them again."""
    dates = {"date_of_birth", "granted_on", "starts_on", "expires_on"}
    return {name: date.fromisoformat(value) if name in dates and value else value for name, value in typed.items()}


def person(typed: dict[str, Any]) -> PersonDetails:
    """The person that these answers describe."""
    given = form_data(typed)
    numbers = (
        (IdentifierKind.NI_NUMBER, given["nino"]),
        (IdentifierKind.DRIVER_NUMBER, given["driving_licence_no"]),
    )
    return PersonDetails(
        given_names=given["given_names"],
        family_name=given["family_name"],
        date_of_birth=given["date_of_birth"],
        address=given["address"] or "",
        postcode=written_postcode(normalise(given["postcode"])) if given["postcode"] else "",
        other_names=_other_names(given),
        identifiers=tuple((kind, number) for kind, number in numbers if number),
        licences=(_licence(given),) if given.get("kind") else (),
    )


def _other_names(given: dict[str, Any]) -> tuple[OtherName, ...]:
    other = (given["other_given_names"] or "", given["other_family_name"] or "")
    return (OtherName(NameKind.ALIAS, *other),) if any(other) else ()


def _licence(given: dict[str, Any]) -> LicenceDetails:
    granted = Event(
        EventKind.GRANTED,
        decided_on=given["granted_on"],
        starts_on=given["starts_on"],
        expires_on=given["expires_on"],
    )
    return LicenceDetails(LicenceKind(given["kind"]), given["number"], given["badge_no"] or "", (granted,))
