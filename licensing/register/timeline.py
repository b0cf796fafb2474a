"""What has happened to a person's licences, in words, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from licensing.dates import in_words
from licensing.register.events import END_OF_TIME, RelevantInformation
from licensing.register.models import Licence, LicenceEvent, Person, Premises
from licensing.register.rules import takes_effect_on

_DECIDES_LATER = frozenset({"suspended", "revoked"})


@dataclass(frozen=True)
class Entry:
    """One line of a timeline; `on` is empty when the date is not known."""

    title: str
    on: date | None
    text: str


def of_person(person: Person) -> list[Entry]:
    """Every event of every licence; those without a date come last."""
    entries = [_entry(licence, event) for licence in person.licences for event in licence.events]
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


def _entry(licence: Licence, event: LicenceEvent) -> Entry:
    known = event.as_event()
    on = known.decided_on or known.notified_on or known.effective_on or known.starts_on
    facts = [f"{licence.kind.label} licence {licence.number}", *_facts(event)]
    if on is None:
        facts.append("date not recorded")
    return Entry(event.kind.label, on, "; ".join(facts))


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
            yield f"takes effect {in_words(effect)}"
    if event.ends_on:
        yield f"until {in_words(event.ends_on)}"
    if event.relevant_information in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY):
        yield f"relied {event.relevant_information} on relevant information"
