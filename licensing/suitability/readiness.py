"""What is still missing before an application can be decided: what other rooms know, and where none does the officers'
own words.

Nothing here decides. The room of decisions asks for the stops, and each says its law.
"""

from collections.abc import Iterator
from datetime import date

from licensing.dates import in_words
from licensing.register.catalogue import Family
from licensing.suitability.applying import (
    Item,
    ItemKind,
    ItemState,
    Readiness,
    item_of,
    items_asked,
    readiness_of,
    stops_a_grant,
)
from licensing.suitability.models import Application, ApplicationItem
from licensing.suitability.nr3s import searched_and_asked
from licensing.suitability.queries.applications import checked_on, items_said
from licensing.suitability.queries.markers import unconsidered_markers
from licensing.training import facts as training_facts
from licensing.training import queries as training
from licensing.training.rules import When
from licensing.vetting import queries as vetting
from licensing.vetting.rules import CheckKind, CheckState, Standing

_MARKER_STOP = (
    "{} A manager asks it, considers the answer and records that first; the marker decides nothing by itself."
)
_VETTED_INSTEAD = {CheckKind.IDENTITY: ItemKind.IDENTITY, CheckKind.REFERENCE: ItemKind.REFERENCES}


def readiness(application: Application, today: date) -> Readiness:
    """The task list of an application as at a day, and what it stops."""
    standings = vetting.standing(application.licence, today)
    known = {_VETTED_INSTEAD[one.kind] for one in standings if one.kind in _VETTED_INSTEAD}
    return readiness_of(
        [
            *_by_officers(application, known),
            *(searched_and_asked(application) if application.licence.kind.family is Family.DRIVER else ()),
            *(_vetted(application, one) for one in standings),
            *_trained(application, today),
            *_markers(application),
        ]
    )


def _by_officers(application: Application, known: set[ItemKind]) -> Iterator[Item]:
    """What an officer says has been seen, unless vetting knows it."""
    said = items_said(application.id)
    for kind in items_asked(application.licence.kind.family):
        if kind is ItemKind.DRIVER_CHECK and kind not in said and (made_on := _checked_on(application)):
            yield item_of(kind, ItemState.DONE, f"{in_words(made_on)}: it met the applicant’s own record")
        elif kind not in known:
            yield _said(kind, said.get(kind))


def _checked_on(application: Application) -> date | None:
    person_id = application.licence.person_id
    return checked_on(person_id, application.received_on) if person_id else None


def _said(kind: ItemKind, item: ApplicationItem | None) -> Item:
    if item is None:
        return item_of(kind, ItemState.NOT_STARTED, "")
    words = item.opened("words_sealed")
    return item_of(kind, item.state, f"{in_words(item.on_day)}: {words}" if words else in_words(item.on_day))


def _vetted(application: Application, standing: Standing) -> Item:
    """One check that the council's rules of vetting ask for."""
    assert application.licence.person_id
    label, status = standing.kind.label, standing.state.label
    return Item(
        label,
        status,
        standing.state in (CheckState.SATISFIED, CheckState.NOT_NEEDED),
        standing.words,
        stops_grant=stops_a_grant(label, status, "your council’s rules of vetting") if standing.blocks_grant else "",
        where=("vetting.list_checks", {"person_id": application.licence.person_id}),
    )


def _trained(application: Application, today: date) -> Iterator[Item]:
    """The training that the council's policy asks of whoever applies; what nobody has verified only warns."""
    licence, authority_id = application.licence, application.authority_id
    audiences = training_facts.COUNTED.get(licence.kind, ())
    policy = training.policy(authority_id, audiences[0], today) if audiences else None
    if licence.person_id is None or policy is None:
        return
    standing = training.standings([licence.person_id], authority_id, today, audiences)[licence.person_id]
    in_date = standing.status.is_in_date
    law = "your council’s training policy"
    if policy.needed is When.BEFORE_APPLYING:
        law = f"{law}, which asks for it before applying"
    yield Item(
        "Safeguarding training",
        standing.status.label,
        in_date,
        f"{standing.words} {policy.needed.label}",
        stops_grant="" if in_date or not policy.verified else stops_a_grant("Training", standing.status.label, law),
        where=("training.add_training", {"person_id": licence.person_id}),
    )


def _markers(application: Application) -> list[Item]:
    person_id = application.licence.person_id
    if person_id is None:
        return []
    return [
        Item(
            f"Speak to {marker.council}",
            ItemState.NOT_STARTED.label,
            False,
            marker.words,
            stops_decision=_MARKER_STOP.format(f"{marker.words}."),
            where=("suitability.show_markers", {"person_id": person_id}),
        )
        for marker in unconsidered_markers(person_id, application.received_on)
    ]
