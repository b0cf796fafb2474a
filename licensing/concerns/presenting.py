"""Concerns in words: the rows of the lists, and the parts of each page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import Row as Found

from licensing.audit.rules import ObjectKind
from licensing.concerns import queries
from licensing.concerns.models import Concern, ConcernStep, StaffConcern, StaffConcernStep
from licensing.concerns.queries import ReferredConcern
from licensing.concerns.rules import RING, ConcernState, StaffStepKind, StepKind, state_of
from licensing.dates import in_words, moment_in_words
from licensing.sealing import opened
from licensing.tags import status_tag
from licensing.tasks.subjects import named

Row = tuple[str, str | Markup | None]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_LINES = Markup('<span class="timeline__text">{}</span>')
_COLOURS = {ConcernState.RECEIVED: "yellow", ConcernState.ACKNOWLEDGED: "blue", ConcernState.CLOSED: "grey"}
_TAG = Markup('<strong class="govuk-tag govuk-tag--{}">{}</strong>')
_DANGER = Markup('<strong class="govuk-tag govuk-tag--red">Child in danger</strong>')


def state_tag(state: ConcernState) -> Markup:
    return _TAG.format(_COLOURS[state], state.label)


def _lines(words: str) -> Markup | None:
    return _LINES.format(words) if words else None


def concern_rows(found: Iterable[Concern]) -> list[dict[str, Any]]:
    """One's own council's; what it is about is opened on its page alone."""
    return [
        {
            "reference": _LINK.format(url_for("concerns.show_concern", concern_id=one.id), one.reference),
            "about": Markup("{} {}").format(one.about.label, _DANGER if one.in_danger else ""),
            "from": one.from_authority.name,
            "raised": in_words(one.raised_on),
            "state": state_tag(one.state),
        }
        for one in found
    ]


def said_rows(concern: Concern) -> list[Row]:
    """What was said, as it was said."""
    return [
        ("A child in danger", f"Yes. The page said: {RING}" if concern.in_danger else "No, or not known"),
        ("About", concern.about.label),
        ("Which one", opened(concern, "what_sealed")),
        ("What was seen or heard", _lines(opened(concern, "words_sealed"))),
        ("When", opened(concern, "when_sealed")),
        ("Reference of a child’s case", opened(concern, "case_sealed")),
    ]


def facts(concern: Concern) -> list[Row]:
    """Whose it is and how it stands, for the licensing team."""
    known = "Yes" if concern.council_known else "No: it came to you because nobody knew whose it is"
    return [
        ("Status", state_tag(concern.state)),
        ("Raised", f"{moment_in_words(concern.raised_at)}, {concern.raised_by_name}, {concern.from_authority.name}"),
        *_passed_on(concern),
        ("They can be reached", opened(concern, "contact_sealed")),
        ("They named your council", known),
        ("Told in answer", _lines(opened(concern, "acknowledgement_sealed")) or "Nothing yet"),
        ("Closed", in_words(concern.closed_on) if concern.closed_on else "No"),
    ]


def _passed_on(concern: Concern) -> list[Row]:
    """By which council, and when, where it came to another first."""
    if concern.passed_by is None or concern.passed_on_day is None:
        return []
    return [("Passed on to you", f"{in_words(concern.passed_on_day)}, {concern.passed_by.name}")]


def step_entries(steps: Sequence[ConcernStep]) -> list[dict[str, Any]]:
    """What was done, in order: a day, what, by whom, and the words; names of records for whoever may see them."""
    records = named((ObjectKind(one.object_kind), one.object_id) for one in steps if one.object_kind)
    people = queries.names_of({one.by_id for one in steps})
    return [
        {
            "on": in_words(one.on_day),
            "what": one.kind.label,
            "by": people.get(one.by_id, "The designated officer" if "lado_" in one.kind else "Somebody elsewhere"),
            "to": one.to_authority.name if one.to_authority else "",
            "record": _link_of(records.get(one.object_id) if one.object_id else None),
            "reference": opened(one, "reference_sealed"),
            "words": opened(one, "words_sealed"),
        }
        for one in steps
    ]


def _link_of(subject: tuple[str, str] | None) -> Markup | str:
    """A record as its room calls it, which leads to its page; nothing where the reader may not see it."""
    return _LINK.format(subject[1], subject[0]) if subject else ""


def raised_rows(found: Iterable[Concern]) -> list[dict[str, Any]]:
    """What one raised oneself."""
    return [
        {
            "reference": _LINK.format(url_for("concerns.show_raised", raised_id=one.id), one.reference),
            "about": one.about.label,
            "council": one.authority.name,
            "raised": in_words(one.raised_on),
            "state": "Received" if one.state is ConcernState.RECEIVED else one.state.label,
        }
        for one in found
    ]


def progress_rows(concern: Concern, progress: Sequence[Found[Any]]) -> list[Row]:
    """What became of it, as whoever raised it may know: what, when, where to and the MASH's reference."""
    rows: list[Row] = [("Received", f"{in_words(concern.raised_on)}, {concern.authority.name}")]
    for one in progress:
        told = [in_words(one.on_day), *([one.council] if one.council else [])]
        if one.reference_sealed:
            told.append(f"reference {_opened_step(one)}")
        if one.kind == StepKind.LADO_ACKNOWLEDGED and concern.lado_receipt:
            told.append(f"receipt {concern.lado_receipt}")
        rows.append((StepKind(one.kind).raiser_label, ", ".join(told)))
    return rows


def _opened_step(row: Found[Any]) -> str:
    return opened(ConcernStep(id=row.id, reference_sealed=row.reference_sealed), "reference_sealed")


def referred_rows(found: Iterable[Concern]) -> list[dict[str, Any]]:
    return [
        {
            "reference": _LINK.format(url_for("concerns.show_referred", referred_id=one.id), one.reference),
            "about": Markup("{} {}").format(one.about.label, _DANGER if one.in_danger else ""),
            "council": one.authority.name,
            "referred": in_words(one.lado_referred_on) if one.lado_referred_on else "",
            "receipt": one.lado_receipt or status_tag(ConcernState.RECEIVED, "To be acknowledged"),
        }
        for one in found
    ]


def referral_rows(one: ReferredConcern) -> list[Row]:
    """A referral as the designated officer reads it."""
    return [
        ("From", one.council),
        ("Referred", in_words(one.referred_on)),
        ("Why", _lines(one.why)),
        ("A child in danger", f"Yes. The page said: {RING}" if one.in_danger else "No, or not known"),
        ("About", one.about.label),
        ("Which one", one.what),
        ("What was seen or heard", _lines(one.words)),
        ("When", one.when),
        ("Reference of a child’s case", one.case_reference),
        ("Raised", f"{in_words(one.raised_on)}, {one.raised_by}"),
        ("They can be reached", one.contact),
    ]


def staff_state(raised_on: date, acknowledged_on: date | None, closed_on: date | None) -> str:
    """How a concern about staff stands, in a sentence."""
    words = [f"Received on {in_words(raised_on)}."]
    if acknowledged_on:
        words.append(f"Acknowledged on {in_words(acknowledged_on)}.")
    if closed_on:
        words.append(f"Closed on {in_words(closed_on)}.")
    return " ".join(words if acknowledged_on else [*words, "Nobody has acknowledged it yet."])


def told_rows(found: Found[Any]) -> list[Row]:
    """The state of a concern about staff, for whoever raised it, with what the contact wrote to them."""
    row = StaffConcern(
        id=found.id, acknowledgement_sealed=found.acknowledgement_sealed, closing_sealed=found.closing_sealed
    )
    rows: list[Row] = [
        ("Council", found.council),
        ("Status", staff_state(found.raised_on, found.acknowledged_on, found.closed_on)),
    ]
    if found.acknowledged_on:
        rows.append(("Told in answer", _lines(opened(row, "acknowledgement_sealed"))))
    if found.closed_on:
        rows.append(("Told at the end", _lines(opened(row, "closing_sealed"))))
    return rows


def own_words(found: Found[Any]) -> str:
    """What one said oneself."""
    return opened(StaffConcern(id=found.id, words_sealed=found.words_sealed), "words_sealed")


def staff_rows(found: Iterable[Found[Any]]) -> list[dict[str, Any]]:
    return [
        {
            "reference": _LINK.format(url_for("concerns.show_staff", staff_concern_id=one.id), one.reference),
            "from": one.raised_by_name or "Somebody who stays unnamed",
            "raised": in_words(one.raised_on),
            "state": state_tag(state_of(one.acknowledged_on, one.closed_on)),
        }
        for one in found
    ]


def staff_facts(concern: StaffConcern) -> list[Row]:
    return [
        ("Status", state_tag(state_of(concern.acknowledged_on, concern.closed_on))),
        ("Raised", in_words(concern.raised_on)),
        ("By", concern.raised_by_name or "Somebody who stays unnamed"),
        ("They can be reached", opened(concern, "contact_sealed")),
        ("What was seen or heard", _lines(opened(concern, "words_sealed"))),
        ("When", opened(concern, "when_sealed")),
        ("Told in answer", _lines(opened(concern, "acknowledgement_sealed")) or "Nothing yet"),
        ("Told at the end", _lines(opened(concern, "closing_sealed")) or "Nothing yet"),
    ]


def staff_steps(steps: Iterable[StaffConcernStep]) -> list[Row]:
    """What the contact did, looking included."""
    return [
        (
            moment_in_words(one.at),
            Markup("{}{}").format(one.kind.label, _after(opened(one, "words_sealed"), one.kind)),
        )
        for one in steps
    ]


def _after(words: str, kind: StaffStepKind) -> Markup | str:
    return "" if kind is StaffStepKind.LOOKED or not words else Markup(": {}").format(_lines(words))
