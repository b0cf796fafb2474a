"""Licences that will end by themselves, in words."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.register.events import ONE_DAY
from licensing.register.models import Licence
from licensing.suitability.presenting.words import LINK, holder_link, licence_link
from licensing.suitability.queries.endings import Ending


def ending_rows(endings: Sequence[Ending]) -> list[dict[str, Any]]:
    """The list, each line with what is done next."""
    return [
        {
            "last": in_words(one.from_on - ONE_DAY),
            "holder": _holder(one.licence),
            "licence": licence_link(one.licence),
            "why": one.ends_with.label,
            "next": _next(one),
        }
        for one in endings
    ]


def _holder(licence: Licence) -> Markup | str:
    """Whose it is; a vehicle's is told by its registration, which is what everybody calls it by."""
    if licence.vehicle:
        return LINK.format(url_for("register.show_vehicle", vehicle_id=licence.vehicle_id), licence.vehicle.vrm)
    return holder_link(licence)


def _next(ending: Ending) -> Markup:
    if ending.application_id:
        address = url_for("suitability.show_application", application_id=ending.application_id)
        return LINK.format(address, "Application received")
    return LINK.format(url_for("suitability.add_application", licence_id=ending.licence.id), "Record an application")
