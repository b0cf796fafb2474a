"""Rows of an action's parts as the database keeps them, whether one is written or many."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.disruption.models import ActionEvent, Target
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim, key_of
from licensing.disruption.words import AgencyPart, TargetKind
from licensing.sealing import seal, sealed

Row = dict[str, Any]


def target_row(authority_id: UUID, action_id: UUID, number: int, aim: Aim) -> Row:
    """At whom or what: a person's name is sealed."""
    is_person, target_id = aim.kind is TargetKind.PERSON, uuid4()
    return {
        "id": target_id,
        "authority_id": authority_id,
        "action_id": action_id,
        "number": number,
        "kind": aim.kind,
        "name": None if is_person else aim.name,
        "name_sealed": seal(Target, "name_sealed", target_id, aim.name) if is_person else None,
        "name_key": key_of(aim.kind, aim.name),
        "address": aim.address,
        "postcode": aim.postcode,
        "record_id": aim.record_id,
        "of_authority_id": aim.of_authority_id,
    }


def partner_row(authority_id: UUID, action_id: UUID, agency_id: UUID) -> Row:
    return {
        "id": uuid4(),
        "authority_id": authority_id,
        "action_id": action_id,
        "agency_id": agency_id,
        "part": AgencyPart.PARTNER,
    }


@dataclass(frozen=True)
class Said:
    """What is written down of an event beside its days: who authorised or served it, the conditions, other words."""

    officer: str = ""
    words: str = ""
    conditions: str = ""


def event_row(user: ActingUser, authority_id: UUID, action_id: UUID, number: int, event: Event, said: Said) -> Row:
    """An event that takes its place by its day; the database gives it the place, after those of the same day."""
    event_id = uuid4()
    return {
        "id": event_id,
        "authority_id": authority_id,
        "action_id": action_id,
        "number": number,
        "kind": event.kind,
        "on_day": event.on,
        "ends_on": event.ends_on,
        "officer": said.officer,
        "rank": event.rank,
        "appeal_result": event.appeal_result,
        "court": event.court,
        "stayed": event.stayed,
        "words_sealed": sealed(ActionEvent, "words_sealed", event_id, said.words),
        "conditions_sealed": sealed(ActionEvent, "conditions_sealed", event_id, said.conditions),
        "by_id": user.id,
    }
