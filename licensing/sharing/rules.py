"""The vocabulary of sharing under the 2022 Act, and what may follow what."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import ADVERSE, Event, RelevantInformation
from licensing.register.rules import APPEAL_DAYS

# Sections 2 and 3 came into force (SI 2023/460). What was notified before is entered by choice alone.
IN_FORCE_FROM = date(2023, 4, 27)


class SearchPurpose(StrEnum):
    """What NR3S was searched for."""

    GRANT = "grant"
    RENEWAL = "renewal"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"grant": "Before a grant", "renewal": "Before a renewal", "other": "Another reason"}[self]


class SearchTerm(StrEnum):
    """By what a search was made; never the value."""

    NAME = "name"
    DATE_OF_BIRTH = "date_of_birth"
    NI_NUMBER = "ni_number"
    DRIVER_NUMBER = "driver_number"

    @property
    def label(self) -> str:
        return {
            SearchTerm.NAME: "Name",
            SearchTerm.DATE_OF_BIRTH: "Date of birth",
            SearchTerm.NI_NUMBER: "National Insurance number",
            SearchTerm.DRIVER_NUMBER: "Driving licence number",
        }[self]


class SearchResult(StrEnum):
    """What NR3S answered."""

    NO_ENTRY = "no_entry"
    ENTRIES = "entries"

    @property
    def label(self) -> str:
        return {"no_entry": "No entry", "entries": "One entry or more"}[self]


class EntryState(StrEnum):
    """How an entry stands on NR3S, as far as is recorded here."""

    DUE = "due"
    ENTERED = "entered"
    NOT_NEEDED = "not_needed"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return {"due": "To be entered", "entered": "Entered", "not_needed": "Not needed", "removed": "Removed"}[self]


class UpdateReason(StrEnum):
    """Why an entry must be put right (2022 Act s.2(2)(b), (3))."""

    APPEAL_ALLOWED = "appeal_allowed"
    APPEAL_DISMISSED = "appeal_dismissed"
    APPEAL_VARIED = "appeal_varied"
    FURTHER_APPEAL = "further_appeal"
    CORRECTED = "corrected"
    GRANTED_LATER = "granted_later"

    @property
    def label(self) -> str:
        return _WHY_UPDATED[self]


_WHY_UPDATED = {
    UpdateReason.APPEAL_ALLOWED: "An appeal was allowed",
    UpdateReason.APPEAL_DISMISSED: "An appeal was dismissed",
    UpdateReason.APPEAL_VARIED: "The decision was varied on appeal",
    UpdateReason.FURTHER_APPEAL: "There was a further appeal",
    UpdateReason.CORRECTED: "The decision was corrected",
    UpdateReason.GRANTED_LATER: "A licence was granted to the same person later",
}


class UpdateAction(StrEnum):
    """What was done to the entry."""

    AMENDED = "amended"
    REMOVED = "removed"
    REINSTATED = "reinstated"

    @property
    def label(self) -> str:
        return {"amended": "Amended", "removed": "Removed", "reinstated": "Reinstated"}[self]


class ExchangeKind(StrEnum):
    """What one authority writes to another."""

    INFORMATION = "information"
    CONCERN = "concern"

    @property
    def label(self) -> str:
        return {
            ExchangeKind.INFORMATION: "Request for information (section 3)",
            ExchangeKind.CONCERN: "Report of a concern (section 5)",
        }[self]

    @property
    def outcomes(self) -> tuple["Outcome", ...]:
        """What may be answered."""
        return _OUTCOMES[self]


class Outcome(StrEnum):
    """What came of a request for information, or of a report of a concern."""

    DISCLOSED = "disclosed"
    NOTHING_HELD = "nothing_held"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    OTHER_ACTION = "other_action"
    NO_ACTION = "no_action"

    @property
    def label(self) -> str:
        return {
            Outcome.DISCLOSED: "The relevant information was given",
            Outcome.NOTHING_HELD: "No relevant information is held",
            Outcome.REVOKED: "The licence was revoked",
            Outcome.SUSPENDED: "The licence was suspended",
            Outcome.OTHER_ACTION: "Something else was done",
            Outcome.NO_ACTION: "Considered, and nothing was done",
        }[self]


_OUTCOMES = {
    ExchangeKind.INFORMATION: (Outcome.DISCLOSED, Outcome.NOTHING_HELD),
    ExchangeKind.CONCERN: (Outcome.REVOKED, Outcome.SUSPENDED, Outcome.OTHER_ACTION, Outcome.NO_ACTION),
}


class ExchangeState(StrEnum):
    """How a request or report stands, whichever way it went."""

    NOT_SENT = "not_sent"
    WAITING = "waiting"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        return {"not_sent": "Not sent yet", "waiting": "Waiting for an answer", "answered": "Answered"}[self]


class Method(StrEnum):
    """How something went from one authority to another."""

    SERVICE = "service"
    SECURE_EMAIL = "secure_email"
    POST = "post"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        return {
            Method.SERVICE: "In this service",
            Method.SECURE_EMAIL: "Secure e-mail",
            Method.POST: "Post",
            Method.IN_PERSON: "Handed over in person",
        }[self]


# Whatever goes out by hand: what was not delivered by this service itself.
BY_HAND = tuple(method for method in Method if method is not Method.SERVICE)


class Basis(StrEnum):
    """By what law something was disclosed."""

    SECTION_3 = "section_3"
    SECTION_5 = "section_5"
    SECTION_6 = "section_6"
    SAFEGUARDING = "safeguarding"
    CRIME_AND_DISORDER = "crime_and_disorder"
    CRIME_AND_TAXATION = "crime_and_taxation"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LAW[self]


_LAW = {
    Basis.SECTION_3: "2022 Act section 3: a request for relevant information",
    Basis.SECTION_5: "2022 Act section 5: a report to the authority that licenses the driver",
    Basis.SECTION_6: "2022 Act section 6: the reply to a report",
    Basis.SAFEGUARDING: "Children Act 2004 sections 10 and 11; Data Protection Act 2018 Schedule 1 paragraph 18",
    Basis.CRIME_AND_DISORDER: "Crime and Disorder Act 1998 section 115",
    Basis.CRIME_AND_TAXATION: "Data Protection Act 2018 Schedule 2 paragraph 2",
    Basis.OTHER: "Another law, named in the conditions",
}
BASIS_OF_ANSWER = {ExchangeKind.INFORMATION: Basis.SECTION_3, ExchangeKind.CONCERN: Basis.SECTION_6}
BASIS_OF_ASKING = {ExchangeKind.INFORMATION: Basis.SECTION_3, ExchangeKind.CONCERN: Basis.SECTION_5}


class Particular(StrEnum):
    """What identifies the person whom a request or report is about, as typed for that purpose."""

    NAME = "name"
    DATE_OF_BIRTH = "date_of_birth"
    ADDRESS = "address"
    NI_NUMBER = "ni_number"
    DRIVER_NUMBER = "driver_number"
    LICENCE_NUMBER = "licence_number"

    @property
    def label(self) -> str:
        return {
            Particular.NAME: "Full name",
            Particular.DATE_OF_BIRTH: "Date of birth",
            Particular.ADDRESS: "Home address",
            Particular.NI_NUMBER: "National Insurance number",
            Particular.DRIVER_NUMBER: "Driving licence number",
            Particular.LICENCE_NUMBER: "Taxi or private hire licence number",
        }[self]


def needs_entry(kind: LicenceKind, event: Event) -> bool:
    """Whether the decision is one that NR3S must know of (s.2(1)): a driver's, adverse, on relevant information."""
    rests_on_it = event.relevant_information in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)
    return kind in DRIVER_KINDS and event.kind in ADVERSE and rests_on_it


def is_historic(notified_on: date) -> bool:
    """Whether it was notified before the duty began, so that to enter it is a choice."""
    return notified_on < IN_FORCE_FROM


def check_upload(answer_until: date | None, today: date) -> None:
    """RuleBroken for an older decision that is about to be entered before the person could answer.

    `answer_until` is the last day for that, None where nobody has written to them.
    """
    if answer_until is None:
        raise RuleBroken("Enter the day on which you wrote to the person about it", "notice_given_on")
    if today <= answer_until:
        message = f"The person may answer until {in_words(answer_until)}. Enter it after that."
        raise RuleBroken(message, "notice_given_on")


def check_not_before(day: date, earliest: date, message: str, field: str) -> None:
    """RuleBroken with `message` where something would have happened before what it follows."""
    if day < earliest:
        raise RuleBroken(f"{message} {in_words(earliest)}", field)


def check_imposed(kind: ExchangeKind, suspended_on: date | None, received_on: date) -> None:
    """RuleBroken where a suspension on the spot came with what reports nothing, or before it happened."""
    if suspended_on is None:
        return
    if kind is not ExchangeKind.CONCERN:
        raise RuleBroken("A suspension comes with a report of a concern. Select what came", "kind")
    check_not_before(received_on, suspended_on, "Their officer suspended it on", "received_on")


def actions_open_to(state: EntryState) -> tuple[UpdateAction, ...]:
    """What can be done to an entry: what was removed can be put back, what stands amended or removed."""
    if state is EntryState.REMOVED:
        return (UpdateAction.REINSTATED, UpdateAction.AMENDED)
    return (UpdateAction.AMENDED, UpdateAction.REMOVED)


def state_after(state: EntryState, action: UpdateAction) -> EntryState:
    """How the entry stands after an update. RuleBroken for what cannot be done to it."""
    if action not in actions_open_to(state):
        raise RuleBroken(f"The entry is {state.label.lower()}: it cannot be {action.label.lower()}", "action")
    if action is UpdateAction.AMENDED:
        return state
    return EntryState.REMOVED if action is UpdateAction.REMOVED else EntryState.ENTERED


def information_kept_until(determined_on: date) -> date:
    """How long what another authority told may be kept: until the time for an appeal has passed."""
    return determined_on + timedelta(days=APPEAL_DAYS)


def exchange_state(sent_on: date | None, answered_on: date | None) -> ExchangeState:
    if answered_on:
        return ExchangeState.ANSWERED
    return ExchangeState.WAITING if sent_on else ExchangeState.NOT_SENT


def check_result(result: SearchResult, authorities: Iterable[str], own: bool) -> None:
    """RuleBroken where the result and whose entries were found do not fit together."""
    found = bool(list(authorities)) or own
    if result is SearchResult.ENTRIES and not found:
        raise RuleBroken("Enter which authorities have an entry, or say that the entry is your own", "authorities")
    if result is SearchResult.NO_ENTRY and found:
        raise RuleBroken("You said that there is no entry: leave the authorities empty", "authorities")


# What kind of council a name says, if it says so.
_KINDS = frozenset({"city", "county", "district", "borough", "metropolitan", "royal", "london"})
_SAY_NOTHING = frozenset({"the", "of", "council", "corporation"})


def is_same_body(one: str, other: str) -> bool:
    """Whether two written names are of one authority: "Oxford" is "Oxford City Council" and no Oxfordshire.

    The place is the same word for word, and the kind of council where both say it.
    """
    place, kinds = _place_and_kinds(one)
    other_place, other_kinds = _place_and_kinds(other)
    return place == other_place and (not kinds or not other_kinds or kinds == other_kinds)


def _place_and_kinds(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    words = name.casefold().replace(",", " ").replace(".", " ").replace("&", " and ").split()
    kinds = frozenset(words) & _KINDS
    return tuple(word for word in words if word not in _KINDS | _SAY_NOTHING), kinds
