"""Which questions the form for an event asks: those that such an event of such a licence has."""

from licensing.forms import options
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import ADVERSE, EventKind
from licensing.register.forms.licences import EventForm
from licensing.register.life_cycle import events_known_to

_TERM = ("decided_on", "starts_on", "expires_on")
_QUESTIONS = {
    EventKind.GRANTED: _TERM,
    EventKind.RENEWED: _TERM,
    EventKind.REFUSED: ("decided_on", "notified_on", "power"),
    EventKind.RENEWAL_REFUSED: ("decided_on", "notified_on", "power"),
    EventKind.SUSPENDED: ("decided_on", "notified_on", "effective_on", "ends_on", "power"),
    EventKind.REVOKED: ("decided_on", "notified_on", "effective_on", "power"),
    EventKind.FOUND_UNFIT: ("notified_on", "ends_on", "power"),
    EventKind.LAPSED: ("decided_on", "cause"),
    EventKind.INTERIM_AUTHORITY_GIVEN: ("decided_on", "ends_on"),
    EventKind.LEAVE_RECORDED: ("decided_on", "ends_on"),
    EventKind.FEE_SUSPENDED: ("decided_on", "notified_on"),
}
# 1976 Act s.61(2B): drivers' licences alone; vehicles are suspended at once under s.68.
_IMMEDIATE = {EventKind.SUSPENDED: (Family.DRIVER, Family.VEHICLE, Family.BADGE), EventKind.REVOKED: (Family.DRIVER,)}
# What may concern one of the two licences of a document alone.
_OF_ONE_ENTITLEMENT = ADVERSE | {
    EventKind.SUSPENSION_ENDED,
    EventKind.REINSTATED_BY_COURT,
    EventKind.APPEALED,
    EventKind.APPEAL_DISMISSED,
    EventKind.APPEAL_WITHDRAWN,
}
# Decided, with grounds, notice and appeal, in the room of decisions; one officer does not record them by themselves.
DECIDED = frozenset(
    {
        EventKind.GRANTED,
        EventKind.RENEWED,
        EventKind.REFUSED,
        EventKind.RENEWAL_REFUSED,
        EventKind.SUSPENDED,
        EventKind.SUSPENSION_ENDED,
        EventKind.REVOKED,
        EventKind.FOUND_UNFIT,
    }
)
# Of an appeal against a decision that was brought in by a file, whose course no other page follows.
OF_COURTS = frozenset(
    {
        EventKind.REINSTATED_BY_COURT,
        EventKind.APPEALED,
        EventKind.APPEAL_DISMISSED,
        EventKind.APPEAL_WITHDRAWN,
    }
)
DECIDED_FAMILIES = frozenset(
    {Family.DRIVER, Family.VEHICLE, Family.OPERATOR, Family.PREMISES, Family.PERSONAL, Family.HMO}
)
# These have forms of their own.
_ELSEWHERE = frozenset({EventKind.DIED, EventKind.TRANSFERRED, EventKind.VOIDED})


def questions(kind: LicenceKind, event: EventKind) -> tuple[str, ...]:
    """The names of the questions, in no order: the form has its own."""
    asked = {"event", "irregular", *_QUESTIONS.get(event, ("decided_on",))}
    if kind.family in _IMMEDIATE.get(event, ()):
        asked.add("immediate")
    if kind.family is Family.DRIVER and event in ADVERSE:
        asked.add("relevant_information")
    if kind.family is Family.DRIVER and event is EventKind.REVOKED:
        asked.add("permanent")
    if kind.entitlements and event in _OF_ONE_ENTITLEMENT:
        asked.add("entitlement")
    return tuple(sorted(asked))


def left_to_decisions(kind: LicenceKind, *, manages: bool) -> frozenset[EventKind]:
    """The events that this form leaves to the page on which decisions are made; a court's to a manager."""
    if kind.family not in DECIDED_FAMILIES:
        return frozenset()
    return DECIDED if manages else DECIDED | OF_COURTS


def offer_events(
    form: EventForm, kind: LicenceKind, present: EventKind | None = None, left_out: frozenset[EventKind] = frozenset()
) -> None:
    """The events to choose from: those that the law of this kind knows first, then the others, which are irregular.

    `present` is what a corrected event says now, which may be one that has a form of its own.
    """
    elsewhere = (_ELSEWHERE | left_out) - {present}
    known = events_known_to(kind) - elsewhere
    rest = [event for event in EventKind if event not in known and event not in elsewhere]
    form.event.choices = options(
        [
            *((event.value, event.label) for event in EventKind if event in known),
            *((event.value, f"{event.label} (not in the law of this licence)") for event in rest),
        ]
    )
