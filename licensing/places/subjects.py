"""How a register's page of premises leads to all that is known of the place, and a place to an action about it."""

from uuid import UUID

from flask import url_for

from licensing.audit.rules import ObjectKind
from licensing.disruption import aiming
from licensing.permissions import Permission
from licensing.places import queries
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section

SECTION = "places/_section.html"


@adds_section(RecordKind.PREMISES, Permission.DISRUPT, order=5)
def of_premises(premises_id: UUID) -> Section | None:
    if not queries.place_exists(premises_id):
        return None
    action = ("Everything known of this place, in one order", url_for("places.show_place", place_id=premises_id))
    return Section("All that is known of it", SECTION, actions=[action])


aiming.passes_on(ObjectKind.PREMISES, queries.place_exists, lambda one: aiming.place(queries.place(one)))
