"""What has happened to a person's licences, in words, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.register.events import END_OF_TIME, RelevantInformation
from licensing.register.models import Licence, LicenceEvent, Person, Premises
from licensing.register.names import licence_name
from licensing.register.rules import takes_effect_on

_DECIDES_LATER = frozenset({"suspended", "revoked"})


@dataclass(frozen=True)
class Entry:
    """One line of a timeline; `on` is empty when the date is not known."""

    title: str
    on: date | None
    text: str
    tag: Markup | None = None


def of_licence(licence: Licence) -> list[Entry]:
    """Every event of one licence, those that were corrected too; not what was only completed by its notice."""
    completed = {one.supersedes_id for one in licence.events if one.supersedes_id and _completes(licence, one)}
    return _newest_first(_entry(licence, one, link=True) for one in licence.events if one.id not in completed)


def _completes(licence: Licence, event: LicenceEvent) -> bool:
    """Whether it says what another said and that the notice was given, and puts nothing right."""
    before = next((one for one in licence.events if one.id == event.supersedes_id), None)
    return (
        before is not None
        and before.notified_on is None
        and event.notified_on is not None
        and (before.kind, before.decided_on, before.ends_on) == (event.kind, event.decided_on, event.ends_on)
    )


def of_person(person: Person) -> list[Entry]:
    """Every event of every licence; those without a date come last."""
    entries = [_entry(licence, event) for licence in person.licences for event in licence.standing_events]
    return _newest_first(entries)


def of_premises(premises: Premises) -> list[Entry]:
    """Food hygiene ratings as each was first seen."""
    registration = premises.food_registration
    ratings = registration.ratings if registration else []
    return _newest_first(
        Entry(
            f"Food hygiene rating: {rating.rating}",
            rating.rated_on,
            f"In the extract of {in_words(rating.extracted_on)}",
        )
        for rating in ratings
    )


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.on or date.min, reverse=True)


_CORRECTED = Markup('<strong class="govuk-tag govuk-tag--grey">Corrected</strong>')
_IRREGULAR = Markup('<strong class="govuk-tag govuk-tag--yellow">Irregular</strong>')


def _tag(event: LicenceEvent) -> Markup | None:
    if event.superseded_at:
        return _CORRECTED
    return _IRREGULAR if event.irregular else None


def _text(facts: list[str], event: LicenceEvent, link: bool) -> str:
    words = "; ".join(facts)
    words = words[:1].upper() + words[1:]
    if not link or event.superseded_at:
        return words
    address = url_for("register.correct_event", event_id=event.id)
    return Markup(
        '{} <a class="govuk-link" href="{}">Correct<span class="govuk-visually-hidden"> {}</span></a>'
    ).format(f"{words}." if words else "", address, event.kind.label.lower())


def _entry(licence: Licence, event: LicenceEvent, *, link: bool = False) -> Entry:
    known = event.as_event()
    on = known.decided_on or known.notified_on or known.effective_on or known.starts_on
    # On the page of a licence every entry is about it.
    facts = [*([] if link else [licence_name(licence)]), *_facts(event)]
    if on is None:
        facts.append("date not recorded")
    return Entry(event.kind.label, on, _text(facts, event, link), _tag(event))


def _facts(event: LicenceEvent) -> Iterable[str]:
    if event.starts_on and event.expires_on:
        yield f"from {in_words(event.starts_on)} to {in_words(event.expires_on)}"
    if event.notified_on:
        yield f"notice given {in_words(event.notified_on)}"
    if event.kind.value in _DECIDES_LATER:
        effect = takes_effect_on(event.as_event())
        if event.immediate:
            yield "with immediate effect"
        elif date.min < effect < END_OF_TIME:
            yield f"takes effect {in_words(effect)} unless an appeal is lodged before"
    if event.ends_on:
        yield f"until {in_words(event.ends_on)}"
    if event.entitlement:
        yield f"{event.entitlement.label.lower()} only"
    if event.cause:
        yield f"cause: {event.cause.label.lower()}"
    if event.power:
        yield f"by {event.power}"
    if event.permanent:
        yield "marked by policy as permanent"
    if event.relevant_information in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY):
        yield f"relied {event.relevant_information} on relevant information"
