"""Sharing in words: the rows of its lists, and the parts of each page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.register.models import Person
from licensing.sealing import opened
from licensing.sharing.models import Disclosure, Nr3sEntry, Nr3sSearch, Nr3sUpdate, RequestIn, RequestOut
from licensing.sharing.queries import searches
from licensing.sharing.rules import EntryState, ExchangeState, Particular, SearchTerm, information_kept_until
from licensing.sharing.sealing import particulars_of, told
from licensing.tags import status_tag

Row = tuple[str, str | Markup | None]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_TAG = Markup('<strong class="govuk-tag govuk-tag--{}">{}</strong>')
_FORMER = "A former colleague"
NO_RECORD = "Nobody on your register yet"


def link(address: str, words: str) -> Markup:
    return _LINK.format(address, words)


def due(day: date, today: date, done_on: date | None = None) -> Markup:
    """By when, and whether it has passed; of what is done, whether it was done in time."""
    if done_on:
        return Markup("{} {}").format(in_words(day), _TAG.format("red", "Late") if done_on > day else "")
    return Markup("{} {}").format(in_words(day), status_tag("overdue", "Overdue") if day < today else "")  # type: ignore[arg-type]  (the tag takes any word)


def person_link(person: Person | None) -> Markup | str:
    if person is None:
        return NO_RECORD
    return link(url_for("register.show_person", person_id=person.id), person.name)


_COLOURS = {EntryState.DUE: "yellow", EntryState.ENTERED: "green"}


def entry_tag(state: EntryState) -> Markup:
    return _TAG.format(_COLOURS.get(state, "grey"), state.label)


def exchange_tag(state: ExchangeState) -> Markup:
    return _TAG.format("green" if state is ExchangeState.ANSWERED else "yellow", state.label)


def searches_rows(found: Sequence[Nr3sSearch]) -> list[dict[str, Any]]:
    names = searches.names_of(*(one.searched_by for one in found))
    return [
        {
            "reference": link(url_for("sharing.show_search", nr3s_search_id=one.id), one.reference),
            "person": person_link(one.person),
            "purpose": one.purpose.label,
            "searched": f"{in_words(one.searched_on)}, {names.get(one.searched_by, _FORMER)}",
            "result": one.result.label,
        }
        for one in found
    ]


def search_rows(search: Nr3sSearch, trained: bool) -> list[Row]:
    names = searches.names_of(search.searched_by, search.recorded_by)
    by = names.get(search.searched_by, _FORMER)
    licence = search.licence
    return [
        ("Person", person_link(search.person)),
        (
            "For the licence",
            link(url_for("register.show_licence", licence_id=licence.id), f"{licence.kind.label} {licence.number}")
            if licence
            else "None in particular",
        ),
        ("Searched for", search.purpose.label),
        ("Searched on", in_words(search.searched_on)),
        ("Searched by", by if trained else f"{by}, who was not named as trained on that day"),
        ("Searched with", ", ".join(SearchTerm(one).label for one in search.terms)),
        ("Result", search.result.label),
        ("Entries of", ", ".join(search.authorities) or "No other authority"),
        ("Our own entries", "Yes" if search.own_entries else "No"),
        ("Recorded by", names.get(search.recorded_by, _FORMER)),
    ]


def sent_rows(found: Sequence[RequestOut], dues: dict[Any, Any], today: date) -> list[dict[str, Any]]:
    """What was sent; `dues` says for each kind how to reckon the answer's day."""
    return [
        {
            "reference": link(url_for("sharing.show_sent", request_out_id=one.id), one.reference),
            "kind": one.kind.label,
            "body": one.to_body,
            "person": person_link(one.person),
            "due": due(dues[one.kind].due_on(one.sent_on), today, one.answered_on) if one.sent_on else "–",
            "state": exchange_tag(one.state),
        }
        for one in found
    ]


def received_rows(found: Sequence[RequestIn], dues: dict[Any, Any], today: date) -> list[dict[str, Any]]:
    return [
        {
            "reference": link(url_for("sharing.show_received", request_in_id=one.id), one.reference),
            "kind": one.kind.label,
            "body": one.from_body,
            "person": person_link(one.person),
            "due": due(dues[one.kind].due_on(one.received_on), today, one.answered_on),
            "state": exchange_tag(one.state),
        }
        for one in found
    ]


def particulars_rows(row: RequestIn | RequestOut) -> list[Row]:
    kept = particulars_of(row)
    return [(kind.label, kept.get(kind)) for kind in Particular]


def sent_facts(row: RequestOut, expected_by: date | None, today: date) -> list[Row]:
    """What a request or report that was sent is, and what it waits for."""
    names = searches.names_of(row.sent_by, row.believed_by)
    facts: list[Row] = [
        ("What", row.kind.label),
        ("To", row.to_body),
        ("Whom there", row.to_contact or None),
        ("How", row.method.label),
    ]
    if row.aware_on:
        facts.append(("Your council became aware", in_words(row.aware_on)))
        by = names.get(row.believed_by, _FORMER)
        facts.append(
            ("Would have considered suspending or revoking", f"Yes, said {by}: {opened(row, 'belief_sealed')}")
        )
    if row.suspended_on:
        facts.append(("Suspended on the spot by your officer", in_words(row.suspended_on)))
    if row.sent_on:
        facts.append(("Sent", f"{in_words(row.sent_on)}, {names.get(row.sent_by, _FORMER)}"))
    if expected_by:
        facts.append(("Answer expected by", due(expected_by, today, row.answered_on)))
    return facts


def answer_facts(row: RequestOut) -> list[Row]:
    """What the other authority answered, and what became of it."""
    names = searches.names_of(row.regard_by)
    if not row.answered_on or not row.outcome:
        return []
    facts: list[Row] = [
        ("Answered", in_words(row.answered_on)),
        ("Outcome", row.outcome.label),
        ("What they told", told(row, "answer_sealed")),
    ]
    if row.regard_on:
        by = names.get(row.regard_by, _FORMER)
        facts.append(("Had regard to it", f"{in_words(row.regard_on)}, {by}: {opened(row, 'regard_sealed')}"))
    if row.determined_on:
        kept_until = information_kept_until(row.determined_on)
        facts.append(("Application determined", in_words(row.determined_on)))
        facts.append(("Kept until", f"{in_words(kept_until)}, or until an appeal is decided"))
    return facts


def received_facts(row: RequestIn, due_by: date, today: date) -> list[Row]:
    names = searches.names_of(row.answered_by)
    facts: list[Row] = [
        ("What", row.kind.label),
        ("From", row.from_body),
        ("Whom there", row.from_contact or None),
        ("How", row.method.label),
        ("Received", in_words(row.received_on)),
        ("Answer due by", due(due_by, today, row.answered_on)),
        ("Who it is on your register", person_link(row.person)),
    ]
    if row.suspended_on:
        imposed = f"{in_words(row.suspended_on)}, by {row.from_body}. Your council issued the licence, and decides."
        facts.append(("Suspended on the spot", imposed))
    if row.answered_on and row.outcome:
        facts += [
            ("Answered", f"{in_words(row.answered_on)}, {names.get(row.answered_by, _FORMER)}"),
            ("Your answer", row.outcome.label),
            ("What you told", opened(row, "answer_sealed")),
        ]
    return facts


def disclosures_rows(found: Sequence[Disclosure]) -> list[dict[str, Any]]:
    return [
        {
            "reference": link(url_for("sharing.show_disclosure", disclosure_id=one.id), one.reference),
            "when": in_words(one.disclosed_on),
            "to": f"{one.to_name}, {one.to_body}",
            "fields": one.fields,
            "basis": one.basis.label,
        }
        for one in found
    ]


def disclosure_rows(one: Disclosure) -> list[Row]:
    names = searches.names_of(one.authorised_by, one.recorded_by)
    return [
        ("What was told", one.fields),
        ("About", person_link(one.person) if one.person else "Nobody on your register"),
        ("To", f"{one.to_name}, {one.to_body}"),
        ("What for", one.purpose),
        ("By what law", one.basis.label),
        ("Authorised by", names.get(one.authorised_by, _FORMER)),
        ("How", one.method.label),
        ("When", in_words(one.disclosed_on)),
        ("On what conditions", one.conditions),
        ("To be looked at again", in_words(one.review_on) if one.review_on else None),
        ("Recorded by", names.get(one.recorded_by, _FORMER)),
    ]


def update_words(update: Nr3sUpdate) -> str:
    """What was done, for the timeline; what is still to do."""
    if update.action and update.settled_on:
        note = opened(update, "note_sealed")
        return f"{update.action.label} on NR3S on {in_words(update.settled_on)}. {note}".strip()
    return "NR3S is still to be put right."


def updates_waiting(entry: Nr3sEntry) -> list[Nr3sUpdate]:
    return [one for one in entry.updates if one.action is None]
