"""Putting right what was recorded of an action: one more entry takes the place of another. Views commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit.rules import Action as Did
from licensing.disruption import powers, queries, rules
from licensing.disruption.changes.acting import (
    add_event,
    check_court_may_be_asked,
    check_no_overlap,
    record,
    stand,
    worked,
)
from licensing.disruption.changes.moving_clocks import move_clocks
from licensing.disruption.changes.rows import Row, Said, event_row
from licensing.disruption.models import Action, ActionEvent
from licensing.disruption.words import EventKind
from licensing.errors import RuleBroken
from licensing.sealing import sealed


@dataclass(frozen=True)
class Correction:
    """What should have been recorded, and why it is put right; without an event, it never happened."""

    event: rules.Event | None
    said: Said
    why: str


def correct(user: ActingUser, action_id: UUID, event_id: UUID, correction: Correction) -> None:
    """Put one entry right, and with it how the action stands and what runs from that day.

    Raises RuleBroken where it could not have happened so, where what followed then could not have, or where somebody
    corrected it before.
    """
    action = worked(action_id, for_change=True)
    power, told = action.power.as_power(), queries.events_of(action_id)
    wrong = next((one for one in told if one.id == event_id), None)
    if wrong is None:
        raise RuleBroken("This entry was corrected a moment ago. Nothing was changed.")
    if correction.event:
        rules.check_said(power, wrong.kind, correction.said.officer, correction.said.words)
        powers.check_appeal(power, correction.event.court, correction.said.words, stayed=correction.event.stayed)
    right = _told_right(power, told, wrong, correction.event)
    now = rules.standing(right)
    check_court_may_be_asked(action, power, right)
    check_no_overlap(action, now)
    add_event(_row(user, action, wrong, correction))
    stand(action, now)
    move_clocks(user, action, power, [one.as_event() for one in told], right)
    record(Did.CORRECTED, action, {"what": wrong.kind.value, "was": wrong.on_day.isoformat()})


def _told_right(
    power: powers.Power, told: Sequence[ActionEvent], wrong: ActionEvent, event: rules.Event | None
) -> list[rules.Event]:
    """What happened, in its order, with the entry put right."""
    others = [one for one in told if one is not wrong]
    if event is None:
        if wrong.kind is EventKind.CONSIDERED:
            raise RuleBroken(
                "An action begins when it is considered. Record that the power was not used", "never_happened"
            )
        left = [one.as_event() for one in others]
        rules.check_still_follows(power, left)
        return left
    # Among the entries of its day it stands where the wrong one stood.
    at = rules.order(event, wrong.place)
    earlier = [one.as_event() for one in others if rules.order(one.as_event(), one.place) < at]
    later = [one.as_event() for one in others if rules.order(one.as_event(), one.place) > at]
    rules.check_between(power, earlier, event, later, dates.today())
    return [*earlier, event, *later]


def _row(user: ActingUser, action: Action, wrong: ActionEvent, correction: Correction) -> Row:
    event = correction.event or wrong.as_event()
    number = queries.next_number(ActionEvent, action.id)
    row = event_row(user, action.authority_id, action.id, number, event, correction.said)
    return row | {
        "replaces_id": wrong.id,
        "withdrawn": correction.event is None,
        "why_sealed": sealed(ActionEvent, "why_sealed", row["id"], correction.why),
    }
