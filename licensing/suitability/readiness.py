"""What is still missing before an application can be decided: officers' own words, and what other rooms know.

Nothing here decides. The room of decisions asks for the stops, and each says its law.
"""

from datetime import date

from licensing.dates import in_words
from licensing.suitability.models import Application, ApplicationItem
from licensing.suitability.queries.applications import items_said
from licensing.suitability.queries.markers import unconsidered_markers
from licensing.suitability.rules import Item, ItemKind, ItemState, Readiness, item_of, items_asked, readiness_of

_MARKER_STOP = (
    "{} A manager asks it, considers the answer and records that first; the marker decides nothing by itself."
)


def readiness(application: Application, today: date) -> Readiness:
    """The task list of an application as at a day, and what it stops."""
    said = items_said(application.id)
    items = [_said(kind, said.get(kind)) for kind in items_asked(application.licence.kind.family)]
    return readiness_of([*items, *_markers(application)])


def _said(kind: ItemKind, item: ApplicationItem | None) -> Item:
    if item is None:
        return item_of(kind, ItemState.NOT_STARTED, "")
    words = item.opened("words_sealed")
    return item_of(kind, item.state, f"{in_words(item.on_day)}: {words}" if words else in_words(item.on_day))


def _markers(application: Application) -> list[Item]:
    person_id = application.licence.person_id
    if person_id is None:
        return []
    return [
        Item(
            f"Speak to {marker.council}",
            ItemState.NOT_STARTED,
            marker.words,
            stops_decision=_MARKER_STOP.format(f"{marker.words}."),
            person_id=person_id,
        )
        for marker in unconsidered_markers(person_id, application.received_on)
    ]
