"""Actions that agencies recorded elsewhere, many at once: in a few statements, however many there are. Views commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import insert_many, update_many
from licensing.deadlines import changes as clocks
from licensing.disruption import queries, rules
from licensing.disruption.changes import acting
from licensing.disruption.changes.acting import PREFIX
from licensing.disruption.changes.rows import Said, event_row, partner_row, target_row
from licensing.disruption.histories import Happened
from licensing.disruption.models import Action, ActionAgency, ActionEvent, EffectReview, Target
from licensing.disruption.targets import Aim
from licensing.disruption.words import Effect, EventKind, TargetKind
from licensing.permissions import Role
from licensing.references import new_reference
from licensing.sealing import seal

_BROUGHT = "Brought in from a file, which does not say when it was looked at."
_ABOUT = ObjectKind.DISRUPTION_ACTION


@dataclass(frozen=True)
class Begun:
    """What an action is that is new here. `authority_id` is the council whose officer brings it."""

    source_id: str
    power_id: UUID
    lead_agency_id: UUID
    recording_agency_id: UUID


@dataclass(frozen=True)
class Brought:
    """What a file adds to an action: all of it where `begun` says that it is new.

    `before` are the events that stand already, `told` how many were recorded, `targets` how many targets were. A
    result is kept as the look after so many days.
    """

    action_id: UUID
    begun: Begun | None
    aims: Sequence[Aim]
    targets: int
    partners: Sequence[UUID]
    before: Sequence[rules.Event]
    told: int
    happened: Sequence[Happened]
    result: tuple[int, Effect] | None

    @property
    def standing(self) -> rules.Standing:
        return rules.standing([*self.before, *(one.event for one in self.happened)])


def bring_in(user: ActingUser, brought: Sequence[Brought]) -> None:
    """Write what was checked before. The clocks of looks that are still to come are started."""
    authority_id = user.authority.id
    insert_many(Action, [_action(user, one, one.begun) for one in brought if one.begun])
    targets = ((one, aim, number) for one in brought for number, aim in enumerate(one.aims, one.targets + 1))
    insert_many(Target, [target_row(authority_id, one.action_id, number, aim) for one, aim, number in targets])
    joined = ((one, agency_id) for one in brought for agency_id in one.partners)
    insert_many(ActionAgency, [partner_row(authority_id, one.action_id, agency_id) for one, agency_id in joined])
    insert_many(ActionEvent, [row for one in brought for row in _events(user, one)])
    changed = [one for one in brought if one.begun is None]
    update_many(Action, [{"id": one.action_id, **_stands(one.standing)} for one in changed if one.happened])
    insert_many(EffectReview, _reviews(user, brought))
    for did, some in ((Did.ADDED, (one for one in brought if one.begun)), (Did.CHANGED, changed)):
        told = [(one.action_id, authority_id) for one in some]
        audit.record_many(did, _ABOUT, told, details={"what": "brought in from a file"})
    _look_later(user, brought)
    _ask_for_reviews(brought)


def _action(user: ActingUser, one: Brought, begun: Begun) -> dict[str, Any]:
    first, now = one.aims[0], one.standing
    return {
        "id": one.action_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "source_id": begun.source_id,
        "power_id": begun.power_id,
        "directed_at": first.kind,
        "place_authority_id": first.of_authority_id if first.kind is TargetKind.PREMISES else None,
        "lead_agency_id": begun.lead_agency_id,
        "recording_agency_id": begun.recording_agency_id,
        "considered_on": now.considered_on,
        **_stands(now),
        "recorded_by": user.id,
    }


def _stands(now: rules.Standing) -> dict[str, Any]:
    names = ("authorised_on", "served_on", "in_force_on", "ends_on", "ended_on", "state", "appeal_open", "stayed_on")
    return {name: getattr(now, name) for name in names}


def _events(user: ActingUser, one: Brought) -> Iterable[dict[str, Any]]:
    for number, each in enumerate(one.happened, one.told + 1):
        yield event_row(user, user.authority.id, one.action_id, number, each.event, Said(words=each.words))


def _reviews(user: ActingUser, brought: Iterable[Brought]) -> list[dict[str, Any]]:
    """What a file tells of the effect, beside what the registers counted where they know a target."""
    told = [(one.action_id, *one.result) for one in brought if one.result]
    counted = queries.reports_of_many([(action_id, days) for action_id, days, _ in told])
    return [_review(user, *one, counted.get(one[0], (None, None))) for one in told]


def _review(
    user: ActingUser, action_id: UUID, after_days: int, effect: Effect, counted: tuple[int | None, int | None]
) -> dict[str, Any]:
    review_id = uuid4()
    return {
        "id": review_id,
        "authority_id": user.authority.id,
        "action_id": action_id,
        "after_days": after_days,
        "reports_before": counted[0],
        "reports_after": counted[1],
        "effect": effect,
        "words_sealed": seal(EffectReview, "words_sealed", review_id, _BROUGHT),
        "reviewed_on": dates.today(),
        "by_id": user.id,
    }


def _ask_for_reviews(brought: Iterable[Brought]) -> None:
    """The council that licenses a place hears of a court's order on it by whichever way it comes to be known."""
    told = [one.action_id for one in brought if one.aims or any(_takes_effect(each) for each in one.happened)]
    for action in queries.closure_orders(told):
        if rules.review_follows(action.standing, dates.today()):
            acting.ask_for_review(action)


def _takes_effect(one: Happened) -> bool:
    return one.event.kind is EventKind.IN_FORCE


def _look_later(user: ActingUser, brought: Iterable[Brought]) -> None:
    """Whether it worked is asked of what came into force of late; of the years before, nobody is asked."""
    today = dates.today()
    for one in brought:
        for event in (each.event for each in one.happened if each.event.kind is EventKind.IN_FORCE):
            for days, code in rules.EFFECT_CLOCKS.items():
                if event.on + timedelta(days=days) > today:
                    clocks.start(user, code, (_ABOUT, one.action_id), event.on, team=Role.DISRUPTION_OFFICER)
