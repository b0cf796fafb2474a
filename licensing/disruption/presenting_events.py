"""What happened to an action as its page tells it: what stands, and below it what was recorded before."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from licensing.dates import in_words
from licensing.disruption import rules
from licensing.disruption.forms import CorrectEventForm
from licensing.disruption.models import Action, ActionEvent
from licensing.disruption.words import EventKind
from licensing.sealing import opened


def conditions_now(action: Action) -> str:
    """The conditions that were told last."""
    told = (opened(one, "conditions_sealed") for one in reversed(action.told))
    return next(filter(None, told), "")


def correctable(action: Action) -> list[ActionEvent]:
    """The entries that stand; what a hotel notice's own pages recorded is told there alone."""
    power = action.power.as_power()
    return [one for one in action.told if rules.correctable(power, one.kind)]


def event_entries(action: Action, *, works: bool) -> list[dict[str, Any]]:
    """What happened, the newest first, as components/timeline.html wants it, with a way to put each entry right."""
    before = {one.id: one for one in action.events}
    may = {one.id for one in correctable(action)} if works else set()
    withdrawn = (one for one in action.events if one.withdrawn)
    known = (*action.told, *withdrawn)
    shown = sorted(known, key=lambda one: rules.order(one.as_event(), one.place), reverse=True)
    return [
        {
            "on": one.on_day,
            "title": f"Withdrawn: {title_of(one)}" if one.withdrawn else title_of(one),
            "by": ", ".join(_by(one)),
            "text": opened(one, "words_sealed"),
            "notes": list(_notes(one, before)),
            "way": url_for("disruption.correct_event", action_id=action.id, event_id=one.id) if one.id in may else "",
        }
        for one in shown
    ]


def title_of(event: ActionEvent) -> str:
    """What happened, in a line."""
    result = f": {event.appeal_result.label.lower()}" if event.appeal_result else ""
    until = f", until {in_words(event.ends_on)}" if event.ends_on else ""
    return f"{event.kind.label}{result}{until}{_appealed(event)}"


def _appealed(event: ActionEvent) -> str:
    """Where an appeal is, and whether it stays the measure; nothing of what was recorded before this was asked."""
    told = [event.court.label] if event.court else []
    if event.stayed is not None:
        told.append("stayed meanwhile" if event.stayed else "not stayed meanwhile")
    return f": {', '.join(told)}" if told else ""


def appeal_now(action: Action) -> str:
    """How the appeal that is open stands; what the law says of one where none is."""
    if not action.appeal_open:
        return action.power.appeal
    last = next(one for one in reversed(action.told) if one.kind is EventKind.APPEALED)
    where = f", {last.court.label}" if last.court else ""
    since = action.stayed_on
    stands = f"The measure is stayed since {in_words(since)}" if since else "The measure is not stayed"
    return f"Open since {in_words(last.on_day)}{where}. {stands}"


def _by(event: ActionEvent) -> Iterable[str]:
    return filter(None, (event.officer, event.rank.label if event.rank else ""))


def _notes(event: ActionEvent, before: dict[Any, ActionEvent]) -> Iterable[str]:
    """The conditions, and every entry whose place this one took, the latest first."""
    if conditions := opened(event, "conditions_sealed"):
        yield f"Conditions: {conditions}"
    while event.replaces_id:
        wrong = before[event.replaces_id]
        yield f"Put right on {in_words(event.at.date())}: {opened(event, 'why_sealed')}"
        yield f"Before: {'; '.join(_whole(wrong))}"
        event = wrong


def _whole(event: ActionEvent) -> Iterable[str]:
    """Everything that an entry says."""
    yield f"{title_of(event)}, {in_words(event.on_day)}"
    yield from _by(event)
    if conditions := opened(event, "conditions_sealed"):
        yield f"conditions: {conditions}"
    if words := opened(event, "words_sealed"):
        yield words


def begin_with(form: CorrectEventForm, event: ActionEvent) -> None:
    """Fill the questions with what stands."""
    stands = {
        "on": event.on_day,
        "officer": event.officer,
        "rank": event.rank,
        "ends_on": event.ends_on,
        "appeal_result": event.appeal_result,
        "court": event.court,
        "stayed": None if event.stayed is None else "yes" if event.stayed else "no",
        "conditions": opened(event, "conditions_sealed"),
        "words": opened(event, "words_sealed"),
    }
    for name, data in stands.items():
        if name in form:
            form[name].data = data
